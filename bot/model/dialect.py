"""The form of requests that a server and its model understand, found by what they refuse.

A Dialect is one form. After a refusal one thing is given up for good, so that the search for a form
ends, whatever a server refuses.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from bot.model.faults import Fault, told_limit, wait_before_retry
from bot.model.prompts import load_prompt
from bot.model.requests import Messages, Request

if TYPE_CHECKING:
    from pydantic import BaseModel

# Tokens for thoughts beside the answer itself, tried in turn.
ROOMS = (0, 4_000, 16_000)
_LIMIT_NAMES = ("max_tokens", "max_completion_tokens")
_MOST_LIMITS_TOLD = 2
# A prompt of less tokens than this is not what a server finds too large.
_SMALL_PROMPT = 4_000


class JsonMode(IntEnum):
    """Ways to ask for an object, best first."""

    SCHEMA = 0
    SCHEMA_WITHOUT_LENGTHS = 1
    OBJECT = 2
    PLAIN = 3


@dataclass(frozen=True)
class Dialect:
    """One way to ask.

    ``limit_names`` are the names of the limit that are left to try, ``rooms`` the tokens for
    thoughts; the first of each counts, and without a name no limit is sent. ``limits_told`` are
    the most tokens that the server says it writes.
    """

    limit_names: tuple[str, ...] = _LIMIT_NAMES
    limits_told: tuple[int, ...] = ()
    rooms: tuple[int, ...] = ROOMS
    json_mode: JsonMode = JsonMode.SCHEMA
    system_role: bool = True
    usage_in_streams: bool = True
    streams: bool = True
    effort: bool = False

    @classmethod
    def first_guess(cls, model: str, *, official: bool) -> "Dialect":
        """What the provider's own API wants, or what compatible servers mostly understand."""
        if not official:
            return cls()
        thinks = model.startswith(("gpt-5", "o1", "o3", "o4")) and "-chat" not in model
        return cls(
            limit_names=_LIMIT_NAMES[::-1], rooms=ROOMS[1:] if thinks else ROOMS, effort=thinks
        )

    def arguments(self, request: Request) -> dict[str, Any]:
        """The request's arguments besides the model."""
        arguments: dict[str, Any] = {"messages": self._messages(request)}
        if self.limit_names:
            arguments[self.limit_names[0]] = self.written(request)
        if self.effort:
            arguments["reasoning_effort"] = "low"
        if self.streams:
            arguments["stream"] = True
            if self.usage_in_streams:
                arguments["stream_options"] = {"include_usage": True}
        if request.schema is not None and self.json_mode < JsonMode.PLAIN:
            arguments["response_format"] = self._response_format(request.schema)
        return arguments

    def written(self, request: Request) -> int:
        """The most tokens that one call may write."""
        return min((request.max_tokens + self.rooms[0], *self.limits_told))

    def after(self, fault: Fault, request: Request, *, is_new: bool) -> "Dialect | None":
        """The next form after *fault*; None if the form is not to blame or none is left.

        What the server complains of is given up first, whatever the status. If it complains of
        nothing in particular, things are given up by guess, but only if the kind of request
        *is_new* to it.
        """
        if fault.outcome == "no-room":
            return self._with_more_room(request)
        if not fault.may_name_form:
            return None
        said = f"{fault.names} {fault.said}".lower()
        if (cut := self._within_told(said, request)) is not None:
            return cut
        rungs = [rung for rung in _RUNGS if rung.found_in(said)]
        rungs.sort(key=lambda rung: rung.found_in(said))
        if (
            fault.is_refusal
            and is_new
            and (fault.outcome != "too-long" or request.size < _SMALL_PROMPT)
        ):
            rungs += _RUNGS if fault.outcome == "bad-request" else [_JSON]
        simpler = (rung.step(self, request) for rung in rungs)
        return next((one for one in simpler if one is not None), None)

    def _within_told(self, said: str, request: Request) -> "Dialect | None":
        if not any(name in said for name in _LIMIT_NAMES):
            return None
        told = told_limit(said, below=self.written(request))
        if told is None or not self.limit_names or len(self.limits_told) >= _MOST_LIMITS_TOLD:
            return None
        return replace(self, limits_told=(*self.limits_told, told))

    def _with_more_room(self, request: Request) -> "Dialect | None":
        roomier = replace(self, rooms=self.rooms[1:]) if len(self.rooms) > 1 else self
        more = roomier.written(request) > self.written(request)
        return roomier if more and self.limit_names else None

    def _messages(self, request: Request) -> Messages:
        messages = list(request.messages)
        if request.schema is not None and self.json_mode >= JsonMode.OBJECT:
            shape = load_prompt("bot.model", "shape").render(schema=_compact(request.schema)).user
            messages[-1] = _joined(messages[-1], messages[-1]["content"], shape)
        if not self.system_role and messages[0]["role"] == "system":
            rules, first, *rest = messages
            messages = [_joined(first, rules["content"], first["content"]), *rest]
        return messages

    def _response_format(self, schema: "type[BaseModel]") -> dict[str, Any]:
        if self.json_mode == JsonMode.OBJECT:
            return {"type": "json_object"}
        shape = _shape(schema)
        if self.json_mode == JsonMode.SCHEMA_WITHOUT_LENGTHS:
            shape = _without_lengths(shape)
        name = schema.__name__.lower()
        return {
            "type": "json_schema",
            "json_schema": {"name": name, "schema": shape, "strict": True},
        }


@dataclass(frozen=True)
class _Rung:
    """Something that can be given up; ``named`` are the words that a server names it by."""

    named: re.Pattern[str]
    step: Callable[[Dialect, Request], Dialect | None]

    def found_in(self, said: str) -> int:
        """Where the server names it, from 1; 0 when it doesn't."""
        found = self.named.search(said)
        return 0 if found is None else 1 + found.start()


def _without_usage(dialect: Dialect, _: Request) -> Dialect | None:
    given = dialect.streams and dialect.usage_in_streams
    return replace(dialect, usage_in_streams=False) if given else None


def _without_system(dialect: Dialect, request: Request) -> Dialect | None:
    given = dialect.system_role and request.messages[0]["role"] == "system"
    return replace(dialect, system_role=False) if given else None


def _without_effort(dialect: Dialect, _: Request) -> Dialect | None:
    return replace(dialect, effort=False) if dialect.effort else None


def _simpler_json(dialect: Dialect, request: Request) -> Dialect | None:
    if request.schema is None or dialect.json_mode == JsonMode.PLAIN:
        return None
    return replace(dialect, json_mode=JsonMode(dialect.json_mode + 1))


def _next_limit(dialect: Dialect, _: Request) -> Dialect | None:
    if not dialect.limit_names:
        return None
    return replace(dialect, limit_names=dialect.limit_names[1:])


def _without_stream(dialect: Dialect, _: Request) -> Dialect | None:
    return replace(dialect, streams=False) if dialect.streams else None


_JSON = _Rung(re.compile("response_format|schema|grammar|json|structured|guided"), _simpler_json)
# What costs least comes first: it is given up first where a server doesn't say what it dislikes.
_RUNGS = (
    _Rung(re.compile("stream_options|include_usage"), _without_usage),
    # A system may be busy, too, and it may be upstream that something is broken.
    _Rung(re.compile(r"\broles?\b|\bsystem\W{1,2}(?:message|prompt|instruct)"), _without_system),
    _Rung(re.compile("reasoning|effort"), _without_effort),
    _JSON,
    _Rung(re.compile("|".join(_LIMIT_NAMES)), _next_limit),
    _Rung(re.compile(r"\bstream"), _without_stream),
)


def _joined(message: dict[str, Any], *texts: str) -> dict[str, Any]:
    return {**message, "content": "\n\n".join(texts)}


def _compact(schema: "type[BaseModel]") -> str:
    return json.dumps(_shape(schema), ensure_ascii=False)


def _shape(schema: "type[BaseModel]") -> dict[str, Any]:
    """The JSON schema without what is written for programmers, which would cost tokens."""
    shape: dict[str, Any] = _without_words(schema.model_json_schema())
    return shape


def _without_words(node: Any, *, named: bool = False) -> Any:
    if isinstance(node, list):
        return [_without_words(one) for one in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _without_words(value, named=key in ("properties", "$defs") and not named)
        for key, value in node.items()
        if named or key not in ("title", "description")
    }


def _without_lengths(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_lengths(one) for one in node]
    if not isinstance(node, dict):
        return node
    limits = ("maxLength", "minLength", "maxItems", "minItems")
    return {key: _without_lengths(value) for key, value in node.items() if key not in limits}


class Tries:
    """The tries of a call that can only be repeated as it is: a few, for temporary faults."""

    def __init__(self) -> None:
        self._attempt = 1

    def wait_after(self, fault: Fault) -> float | None:
        """Seconds to wait before the next try; None when no try is left."""
        wait = wait_before_retry(fault, self._attempt)
        self._attempt += 1
        return wait


class Negotiation(Tries):
    """The tries of a call whose form can change: each ``dialect`` is tried at most once more.

    *is_new*: the server has not understood a request of this kind yet. *is_hopeless*: it has just
    refused every form of one.
    """

    def __init__(
        self, dialect: Dialect, request: Request, *, is_new: bool, is_hopeless: bool
    ) -> None:
        super().__init__()
        self.dialect = dialect
        self.is_spent = False
        self._request = request
        self._is_new = is_new
        self._is_hopeless = is_hopeless
        self._tried = {dialect}

    @property
    def has_changed(self) -> bool:
        """Whether more than the first way was tried."""
        return len(self._tried) > 1

    def wait_after(self, fault: Fault) -> float | None:
        """Seconds to wait before ``dialect`` is tried next; None when no try is left."""
        wait = super().wait_after(fault)
        if wait is not None or self._is_hopeless:
            return wait
        simpler = self.dialect.after(fault, self._request, is_new=self._is_new)
        if simpler is None or simpler in self._tried:
            self.is_spent = self.has_changed and fault.is_refusal and fault.limit is None
            return None
        self.dialect = simpler
        self._tried.add(simpler)
        return 0.0

"""Reads a server's answer, streamed or whole, whatever content type it claims.

The library's own types check nothing, so any part may be missing or of another kind.
"""

import base64
import json
import struct
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bot.model.faults import RefusedError, UnusableAnswerError
from bot.model.records import Usage, usage_of
from bot.model.visible import VisibleText

_FIELDS = ("data:", "event:", "id:", "retry:", ":")
_ENDED = frozenset(
    ("stop", "eos", "eos_token", "end_turn", "stop_sequence", "complete", "completed")
)
_AT_LIMIT = frozenset(("length", "max_tokens", "max_output_tokens", "model_length"))
_REFUSAL = "refusal"
_FILTERED = frozenset(
    ("content_filter", _REFUSAL, "safety", "recitation", "sensitive", "prohibited_content")
)
# Of one value in an event stream.
_MOST_LINES = 60
# A server that reads less than this of a prompt counts in another way; contexts are larger.
LEAST_CONTEXT = 1_024
# No known tokenizer makes less than half of our own cautious guess.
_LEAST_SHARE = 0.5
# No vector holds larger numbers; a comparison with what is no number is false, too.
_LARGEST = 1e30


@dataclass(frozen=True)
class Answer:
    """What came back whole. ``finish_reason`` is ``stop`` or ``length``."""

    text: str
    finish_reason: str
    model: str
    usage: Usage


class Reading:
    """Reads what a server sends for one request, and tells in the end whether it was complete.

    *context* are the tokens that the server is known to read, when it is.
    """

    def __init__(self, asked: str, *, held: bool, context: int | None = None) -> None:
        self.visible = VisibleText(held=held)
        self.model = ""
        self._asked = asked
        self._context = context
        self._written: list[str] = []
        self._reported: object = None
        self._reason: str | None = None
        self._is_done = False

    def take(self, event: object) -> str:
        """What may be shown of one JSON value that the server sent; None is its end mark.

        Raises:
            RefusedError: it is an error.
            UnusableAnswerError: it is something else than a part of an answer.
        """
        if event is None:
            self._is_done = True
            return ""
        if not isinstance(event, dict):
            raise UnusableAnswerError("corrupt")
        if _is_error(event):
            raise RefusedError.from_body(event)
        self.model = str(event.get("model") or self.model)
        self._reported = event.get("usage") or self._reported
        # Nobody asked for a second answer beside the first.
        firsts = (one for one in _objects(event.get("choices")) if not one.get("index"))
        choice = next(firsts, None)
        return "" if choice is None else self._take(choice)

    def finish(self) -> str:
        """The server has ended; what is left to be shown.

        Raises:
            UnusableAnswerError: it did not end well, or wrote nothing.
        """
        rest = self.visible.close()
        self._check_end()
        return rest

    @property
    def usage(self) -> Usage:
        """Tokens so far, as reported or guessed."""
        return usage_of(self._reported, asked=self._asked, written="".join(self._written))

    @property
    def answer(self) -> Answer:
        """All that came, after :meth:`finish`."""
        reason = "length" if self._reason in _AT_LIMIT else "stop"
        return Answer(self.visible.text, reason, self.model, self.usage)

    def _take(self, choice: dict[str, Any]) -> str:
        delta, message = choice.get("delta"), choice.get("message")
        if isinstance(message, dict) and not delta:
            # What comes whole has ended, also where it doesn't say how.
            delta, self._is_done = message, True
        if delta is None and isinstance(choice.get("text"), str):
            delta = {"content": choice["text"]}
        if isinstance(choice.get("finish_reason"), str) and self._reason != _REFUSAL:
            self._reason = choice["finish_reason"].lower().replace("-", "_")
        if not isinstance(delta, dict):
            return ""
        if isinstance(delta.get("refusal"), str) and delta["refusal"]:
            self._reason = _REFUSAL
        text, thoughts = _texts(delta)
        self._written += (thoughts, text)
        if thoughts:
            self.visible.thoughts_elsewhere()
        return self.visible.feed(text)

    def _check_end(self) -> None:
        reason = self._reason or ("stop" if self._is_done else "")
        if reason in _FILTERED:
            raise UnusableAnswerError("filtered")
        if reason in _AT_LIMIT and not self.visible.text.strip():
            raise UnusableAnswerError("no-room")
        if reason not in _ENDED | _AT_LIMIT:
            raise UnusableAnswerError("cut-off" if self._written else "corrupt")
        if not self.visible.text.strip():
            raise UnusableAnswerError("empty" if self._written else "corrupt")
        self._check_prompt()

    def _check_prompt(self) -> None:
        """Raise when the server says to have read much less than it was sent: it cut the prompt."""
        read, sent = self.usage.input, usage_of(None, asked=self._asked, written="").input
        fits = self._context is not None and sent <= self._context
        is_cut = read < sent * _LEAST_SHARE or read == self._context
        if is_cut and not fits and read >= LEAST_CONTEXT:
            raise UnusableAnswerError("too-long", limit=read)


def events(body: Iterable[bytes]) -> Iterator[object]:
    """The JSON values of a body, as they come; None where it says that it is ``[DONE]``.

    Raises:
        UnusableAnswerError: there is something else in it.
    """
    lines = (line for line in _lines(body) if line.strip())
    first = next(lines, "").removeprefix("\ufeff").lstrip()
    if first.startswith(_FIELDS):
        yield from _stream(_before(first, lines))
    else:
        yield from _values("\n".join(_before(first, lines)))


def vectors_of(body: object, *, count: int) -> list[list[float]]:
    """The vectors of an answer in the order of their texts.

    Raises:
        RefusedError: it is an error.
        UnusableAnswerError: there aren't *count* of them, of one size and of numbers.
    """
    if isinstance(body, dict) and body.get("error"):
        raise RefusedError.from_body(body)
    found = list(_objects(body.get("data") if isinstance(body, dict) else None))
    order = [one.get("index") for one in found]
    if len(found) != count:
        raise UnusableAnswerError("corrupt")
    if sorted(map(str, order)) == sorted(map(str, range(count))):
        found.sort(key=lambda one: int(one["index"]))
    vectors = [_vector(one.get("embedding")) for one in found]
    if len({len(one) for one in vectors}) > 1:
        raise UnusableAnswerError("corrupt")
    return vectors


def models_of(body: object) -> list[dict[str, Any]]:
    """What a server tells of the models that it offers.

    Raises:
        RefusedError: it is an error.
        UnusableAnswerError: it is no list of models.
    """
    if isinstance(body, dict) and body.get("error"):
        raise RefusedError.from_body(body)
    if not isinstance(body, dict) or not isinstance(body.get("data"), list):
        raise UnusableAnswerError("corrupt")
    return list(_objects(body["data"]))


def context_of(offered: list[dict[str, Any]], name: str) -> int | None:
    """The context in tokens of the model called *name*, where the server tells it.

    vLLM gives it as ``max_model_len``, llama.cpp as ``meta.n_ctx``. A server that offers one
    model serves it by any name.
    """
    named = [one for one in offered if one.get("id") == name]
    chosen = named[0] if named else offered[0] if len(offered) == 1 else {}
    meta = chosen.get("meta")
    told = [chosen.get("max_model_len"), meta.get("n_ctx") if isinstance(meta, dict) else None]
    return next((one for one in told if isinstance(one, int) and one > 0), None)


def parse(text: str) -> Any:
    """One JSON value.

    Raises:
        UnusableAnswerError: it is none.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnusableAnswerError("corrupt") from error


def _is_error(event: dict[str, Any]) -> bool:
    words = (event.get(name) for name in ("detail", "message", "msg"))
    return bool(
        event.get("error")
        or "error" in (event.get("object"), event.get("type"))
        or ("choices" not in event and any(one and isinstance(one, str | list) for one in words))
    )


def _vector(given: object) -> list[float]:
    if isinstance(given, str):
        raw = base64.b64decode(given, validate=True)
        given = list(struct.unpack(f"<{len(raw) // 4}f", raw)) if len(raw) % 4 == 0 else None
    if not isinstance(given, list) or not given:
        raise UnusableAnswerError("corrupt")
    if not all(type(one) in (int, float) and abs(one) < _LARGEST for one in given):
        raise UnusableAnswerError("corrupt")
    return [float(one) for one in given]


def _texts(message: dict[str, Any]) -> tuple[str, str]:
    """A message's text and its thoughts."""
    content = message.get("content")
    given = content if isinstance(content, list) else [content]
    parts = list(_objects([{"text": one} if isinstance(one, str) else one for one in given]))
    said = [part for part in parts if isinstance(part.get("text"), str)]
    said = [part for part in said if part.get("type", "text") in ("text", "output_text")]
    text = "".join(part["text"] for part in said)
    apart = message.get("reasoning_content") or message.get("reasoning") or ""
    thinks = len(said) < len(parts) or (apart and not isinstance(apart, str))
    return text, apart if isinstance(apart, str) and apart else ("…" if thinks else "")


def _objects(given: object) -> Iterator[dict[str, Any]]:
    return (one for one in (given if isinstance(given, list) else []) if isinstance(one, dict))


def _before(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _lines(body: Iterable[bytes]) -> Iterator[str]:
    begun: list[bytes] = []
    for chunk in body:
        first, *more = chunk.split(b"\n")
        begun.append(first)
        for piece in more:
            yield b"".join(begun).decode().rstrip("\r")
            begun = [piece]
    yield b"".join(begun).decode()


def _stream(lines: Iterator[str]) -> Iterator[object]:
    """The values of an event stream. Each stands on one line, sometimes without its label, or on
    several that all have it."""
    begun: list[str] = []
    for line in lines:
        value = line.removeprefix("data:").strip()
        if value.lower().startswith("[done]"):
            yield None
            break
        if line.startswith("error:"):
            yield {"error": line.removeprefix("error:").strip()}
        elif line.startswith(("data:", "{")) and value:
            begun.append(value)
            with suppress(UnusableAnswerError):
                yield parse("\n".join(begun))
                begun.clear()
        if len(begun) > _MOST_LINES:
            break
    if begun:
        raise UnusableAnswerError("corrupt")


def _values(text: str) -> Iterator[object]:
    """The value that is the whole body, or one a line."""
    try:
        yield parse(text)
    except UnusableAnswerError:
        yield from [parse(line) for line in text.splitlines()]

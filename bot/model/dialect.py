"""What a server understands: found out by its refusals and remembered."""

import json
import re
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from pydantic import BaseModel

from bot.model.prompts import load_prompt

# These also spend tokens on thinking before they write; the limit must leave room for that.
_REASONING = re.compile(r"^(gpt-5(?!-chat)|o\d)")
REASONING_ROOM = 4000
_STREAM = re.compile(r"\bstream(?:ing|ed|s)?\b", re.IGNORECASE)


class JsonMode(IntEnum):
    """Ways to ask for an object, best first."""

    SCHEMA = 0
    SCHEMA_WITHOUT_LENGTHS = 1
    OBJECT = 2
    PLAIN = 3


@dataclass(frozen=True)
class Dialect:
    """How to put a request to one server and model."""

    json_mode: JsonMode = JsonMode.SCHEMA
    limit_name: str = "max_tokens"
    usage_in_streams: bool = True
    streams: bool = True
    reasoning: bool = False

    @classmethod
    def first_guess(cls, model: str, *, official: bool) -> "Dialect":
        """What the provider's own API wants, or what compatible servers mostly understand."""
        if not official:
            return cls()
        reasoning = bool(_REASONING.match(model))
        return cls(limit_name="max_completion_tokens", reasoning=reasoning)

    def simpler(self, complaint: str, *, schema: bool) -> "Dialect | None":
        """The next thing to try after a 400 that said *complaint*; None when nothing is left."""
        if self.limit_name in complaint and self.limit_name == "max_tokens":
            return replace(self, limit_name="max_completion_tokens")
        if self.limit_name in complaint:
            return replace(self, limit_name="max_tokens")
        if "reasoning_effort" in complaint and self.reasoning:
            return replace(self, reasoning=False)
        if self.streams and self.usage_in_streams and "stream_options" in complaint:
            return replace(self, usage_in_streams=False)
        if self.streams and _STREAM.search(complaint):
            return replace(self, streams=False)
        if schema and self.json_mode < JsonMode.PLAIN:
            return replace(self, json_mode=JsonMode(self.json_mode + 1))
        return None

    def arguments(self, max_tokens: int) -> dict[str, Any]:
        """The request's arguments besides model and messages."""
        arguments: dict[str, Any] = {self.limit_name: self.room(max_tokens)}
        if self.reasoning:
            arguments["reasoning_effort"] = "low"
        if self.streams:
            arguments["stream"] = True
            if self.usage_in_streams:
                arguments["stream_options"] = {"include_usage": True}
        return arguments

    def room(self, max_tokens: int) -> int:
        """The most tokens that one call may write."""
        return max_tokens + (REASONING_ROOM if self.reasoning else 0)

    def response_format(self, schema: type[BaseModel]) -> dict[str, Any] | None:
        """The request's ``response_format``; None where it is asked for in words."""
        if self.json_mode == JsonMode.PLAIN:
            return None
        if self.json_mode == JsonMode.OBJECT:
            return {"type": "json_object"}
        shape = schema.model_json_schema()
        if self.json_mode == JsonMode.SCHEMA_WITHOUT_LENGTHS:
            shape = _without_lengths(shape)
        name = schema.__name__.lower()
        return {
            "type": "json_schema",
            "json_schema": {"name": name, "schema": shape, "strict": True},
        }

    def shape_in_words(self, schema: type[BaseModel]) -> str:
        """What to add to the prompt where the server is not given the schema itself."""
        if self.json_mode < JsonMode.OBJECT:
            return ""
        words = load_prompt("bot.model", "shape").render(schema=_compact(schema))
        return f"\n\n{words.user}"


def _compact(schema: type[BaseModel]) -> str:
    return json.dumps(schema.model_json_schema(), ensure_ascii=False)


def _without_lengths(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_lengths(one) for one in node]
    if not isinstance(node, dict):
        return node
    limits = ("maxLength", "minLength", "maxItems", "minItems")
    return {key: _without_lengths(value) for key, value in node.items() if key not in limits}

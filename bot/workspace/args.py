"""Reading the arguments of a Web API call, whichever way they were encoded."""

import json
from typing import Any
from urllib.parse import parse_qsl

from bot.workspace.records import Json, Refusal

STRUCTURED = frozenset(
    ("attachments", "blocks", "chunks", "files", "metadata", "prompts", "unfurls", "view")
)
_TRUE = frozenset(("1", "true"))


def decode(body: bytes, content_type: str, query: str = "") -> Json:
    """The arguments of a request: a JSON object or a form, and the query string.

    Arguments with structure may come as JSON text in both. Raises Refusal with `invalid_json`
    or `invalid_form_data`.
    """
    args: Json = dict(parse_qsl(query, keep_blank_values=True))
    if body:
        args.update(_json(body) if "json" in content_type else _form(body))
    for name in STRUCTURED & args.keys():
        if isinstance(args[name], str):
            args[name] = _structure(name, args[name])
    return {name: value for name, value in args.items() if value is not None}


def _json(body: bytes) -> Json:
    try:
        held = json.loads(body)
    except ValueError:
        raise Refusal("invalid_json") from None
    if not isinstance(held, dict):
        raise Refusal("json_not_object")
    return held


def _form(body: bytes) -> Json:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    except UnicodeDecodeError:
        raise Refusal("invalid_form_data") from None


def _structure(name: str, value: str) -> Any:
    if not value:
        return None
    try:
        return json.loads(value)
    except ValueError:
        raise _malformed(name, "is no JSON") from None


def _malformed(name: str, why: str) -> Refusal:
    if name in ("blocks", "attachments"):
        return Refusal(f"invalid_{name}_format")
    return Refusal.of_arguments(f"{name} {why}")


class Args:
    """The arguments of one call, read by kind. Arguments that no method reads are let pass."""

    def __init__(self, held: Json) -> None:
        self.held = held

    def __contains__(self, name: str) -> bool:
        return name in self.held

    def text(self, name: str) -> str:
        """An argument as text, empty when absent."""
        value = self.held.get(name, "")
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def need(self, name: str) -> str:
        """An argument that must be there; raises Refusal with `invalid_arguments`."""
        value = self.text(name)
        if not value:
            raise Refusal.of_arguments(f"missing required field: {name}")
        return value

    def flag(self, name: str) -> bool:
        """A yes or no, in JSON or as `1`/`true` in a form; no when absent."""
        value = self.held.get(name, False)
        return value if isinstance(value, bool) else str(value).lower() in _TRUE

    def number(self, name: str, default: int, *, most: int) -> int:
        """A count between 1 and `most`; raises Refusal with `invalid_limit`."""
        raw = self.held.get(name, default)
        try:
            value = int(raw)
        except (TypeError, ValueError):
            raise Refusal("invalid_limit") from None
        if value < 0 or value > most:
            raise Refusal("invalid_limit")
        return value or default

    def items(self, name: str) -> list[Json]:
        """A list of objects, empty when absent; raises Refusal with `invalid_arguments`."""
        value = self.held.get(name) or []
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise _malformed(name, "must be a list of objects")
        return value

    def object(self, name: str) -> Json | None:
        """An object, None when absent; raises Refusal with `invalid_arguments`."""
        value = self.held.get(name)
        if value is not None and not isinstance(value, dict):
            raise _malformed(name, "must be an object")
        return value or None

"""Slack's published types with its documented limits laid over them, and why something fails."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, time
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema_rs import Draft7Validator, ValidationError
from jsonschema_rs import ValidationErrorKind as Kind

from bot.workspace.validation import limits
from bot.workspace.validation.limits import Schema

_TYPES = files("bot.workspace.validation") / "slack_types.json"
_BLOCK = {"$ref": "#/definitions/KnownBlock"}
ROOTS: dict[str, Schema] = {
    "blocks": {"items": _BLOCK},
    "home": {"$ref": "#/definitions/HomeView"},
    "modal": {"$ref": "#/definitions/ModalView"},
}


def reasons(root: str, value: Any, path: str) -> list[str]:
    """Why a value is not of that form, in Slack's words; *path* is the JSON pointer to it."""
    try:
        validator = _validator(root)
        if validator.is_valid(value):
            return []
        told = (one for error in validator.iter_errors(value) for one in _told(error, path))
        return list(dict.fromkeys(told))
    except UnicodeEncodeError:
        return [reason("holds half a letter, which cannot be sent", path)]
    except ValueError:
        return [reason("is nested too deeply", path)]


def reason(text: str, path: str) -> str:
    """One reason: what is wrong, and the JSON pointer to it."""
    return f"{text} [json-pointer:{path}]"


@cache
def _validator(root: str) -> Draft7Validator:
    known = json.loads(_TYPES.read_text(encoding="utf-8"))["definitions"]
    known["KnownBlock"]["anyOf"].append(limits.DATA_VISUALIZATION)
    definitions = {name: _limited(name, held) for name, held in known.items()}
    formats = {limits.DATE: _is_date, limits.TIME: _is_time}
    return Draft7Validator(
        {**ROOTS[root], "definitions": definitions}, formats=formats, validate_formats=True
    )


def _limited(name: str, schema: Schema) -> Schema:
    """A definition with what the tables say of it."""
    held = _with_properties(schema, limits.PROPERTIES.get(name, {}))
    return {"allOf": [held, limits.WHOLE[name]]} if name in limits.WHOLE else held


def _with_properties(schema: Any, more: Any) -> Any:
    """The schema with limits of its properties, and with those that hold anywhere in it."""
    if isinstance(schema, list):
        return [_with_properties(one, more) for one in schema]
    if not isinstance(schema, dict):
        return schema
    held = {name: _with_properties(one, more) for name, one in schema.items()}
    if isinstance(schema.get("properties"), dict):
        laid = {**limits.ANYWHERE, **more}
        held["properties"] = {
            name: {"allOf": [_with_properties(one, {}), laid.get(name, {})]}
            for name, one in schema["properties"].items()
        }
    return held


def _told(error: ValidationError, path: str) -> Iterator[str]:
    where = path + "".join(f"/{part}" for part in error.instance_path)
    match error.kind:
        case Kind.AnyOf(context) | Kind.OneOfNotValid(context):
            yield from _of_the_nearest(context, error, path)
        case Kind.Required(name) if name == "type":
            yield reason("unsupported type: None", f"{where}/type")
        case Kind.AdditionalProperties(names):
            for name in names:
                yield reason(f"invalid additional property: {name}", where)
        case _:
            yield reason(_sentence(error), where)


def _of_the_nearest(
    branches: Sequence[Sequence[ValidationError]], error: ValidationError, path: str
) -> Iterator[str]:
    """What is wrong with the one form that was meant: that of the same type, with least wrong."""
    where = error.instance_path
    meant = [one for one in branches if not _is_another_type(one, where)]
    if meant:
        for inner in min(meant, key=len):
            yield from _told(inner, path)
        return
    kind = error.instance.get("type") if isinstance(error.instance, dict) else None
    pointer = path + "".join(f"/{part}" for part in where)
    if isinstance(error.instance, dict):
        yield reason(f"unsupported type: {kind}", f"{pointer}/type")
    else:
        yield reason("must be an object", pointer)


def _is_another_type(errors: Sequence[ValidationError], where: Sequence[str | int]) -> bool:
    """Whether a form is that of another type than the object at *where* has."""
    for error in errors:
        inside = list(error.instance_path) == [*where, "type"]
        if inside or (isinstance(error.kind, Kind.Type) and error.instance_path == where):
            return True
        if isinstance(error.kind, Kind.Required) and error.kind.property == "type":
            return error.instance_path == where
        if isinstance(error.kind, Kind.AnyOf) and error.instance_path == where:
            return all(_is_another_type(one, where) for one in error.kind.context)
    return False


def _sentence(error: ValidationError) -> str:
    keyword, value = error.kind.name, error.kind.value
    if keyword in ("const", "enum", "not") and error.instance_path[-1:] == ["type"]:
        return f"unsupported type: {error.instance}"
    say = _SENTENCES.get(keyword)
    return say(value) if say else str(error.message)


_SENTENCES: Mapping[str, Callable[[Any], str]] = {
    "enum": lambda options: f"value must be one of: {', '.join(map(str, options))}",
    "format": lambda name: f"must be a {name}",
    "maxItems": lambda limit: f"no more than {limit} items allowed",
    "maxLength": lambda limit: f"must be less than {limit + 1} characters",
    "minItems": lambda limit: f"no less than {limit} items allowed",
    "minLength": lambda limit: f"must be more than {limit - 1} characters",
    "oneOf": lambda _: "only one of the fields that exclude each other may be given",
    "required": lambda name: f"missing required field: {name}",
    "type": lambda kinds: f"must be {'an' if kinds[0][0] in 'aio' else 'a'} {' or '.join(kinds)}",
}


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_time(value: str) -> bool:
    try:
        return f"{time.fromisoformat(value):%H:%M}" == value
    except ValueError:
        return False

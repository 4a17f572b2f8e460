"""The small checks that all others are made of; each yields reasons in Slack's form."""

from collections.abc import Iterator
from typing import Any

Reasons = Iterator[str]
Object = dict[str, Any]


def reason(text: str, path: str) -> str:
    """One reason: what is wrong, and the JSON pointer to it."""
    return f"{text} [json-pointer:{path}]"


def string(
    holder: Object, name: str, path: str, *, most: int, required: bool = False, least: int = 1
) -> Reasons:
    """A text field: present when required, and of a length from `least` to `most`."""
    if name not in holder or holder[name] is None:
        if required:
            yield reason(f"missing required field: {name}", path)
        return
    value, where = holder[name], f"{path}/{name}"
    if not isinstance(value, str):
        yield reason("must be a string", where)
    elif len(value) > most:
        yield reason(f"must be less than {most + 1} characters", where)
    elif len(value) < least:
        yield reason(f"must be more than {least - 1} characters", where)


def text(
    holder: Object,
    name: str,
    path: str,
    *,
    most: int,
    required: bool = True,
    plain: bool = False,
) -> Reasons:
    """A text object (`plain`: of type `plain_text` only) of 1 to `most` characters."""
    value, where = holder.get(name), f"{path}/{name}"
    if value is None:
        if required:
            yield reason(f"missing required field: {name}", path)
        return
    if not isinstance(value, dict):
        yield reason("must be an object", where)
        return
    kinds = ("plain_text",) if plain else ("plain_text", "mrkdwn")
    if value.get("type") not in kinds:
        yield reason(f"unsupported type: {value.get('type')}", f"{where}/type")
    yield from string(value, "text", where, most=most, required=True)


def items(
    holder: Object, name: str, path: str, *, most: int, least: int = 1, required: bool = True
) -> Reasons:
    """A list of objects of a length from `least` to `most`."""
    value, where = holder.get(name), f"{path}/{name}"
    if value is None:
        if required:
            yield reason(f"missing required field: {name}", path)
        return
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        yield reason("must be a list of objects", where)
    elif len(value) > most:
        yield reason(f"no more than {most} items allowed", where)
    elif len(value) < least:
        yield reason(f"no less than {least} items allowed", where)


def objects(holder: Object, name: str) -> list[Object]:
    """The objects of a list field, leaving out what `items` complains about."""
    value = holder.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def choice(holder: Object, name: str, path: str, *, allowed: tuple[str, ...]) -> Reasons:
    """An optional field with a few possible values."""
    if holder.get(name) is not None and holder[name] not in allowed:
        yield reason(f"value must be one of: {', '.join(allowed)}", f"{path}/{name}")

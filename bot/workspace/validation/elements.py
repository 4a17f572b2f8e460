"""The elements inside blocks: buttons, menus, pickers, inputs."""

import re
from collections.abc import Callable

from bot.workspace.validation.reasons import (
    Object,
    Reasons,
    choice,
    items,
    objects,
    reason,
    string,
    text,
)

SELECTS = ("static", "external", "users", "conversations", "channels")
ONE_SELECTS = frozenset(f"{kind}_select" for kind in SELECTS)
MULTI_SELECTS = frozenset(f"multi_{kind}_select" for kind in SELECTS)
PICKERS = frozenset(("datepicker", "timepicker"))
GROUPS = frozenset(("checkboxes", "radio_buttons"))
IN_ACTIONS = (
    ONE_SELECTS | PICKERS | GROUPS | {"button", "overflow", "datetimepicker", "workflow_button"}
)
IN_SECTION = (
    ONE_SELECTS | MULTI_SELECTS | PICKERS | GROUPS
    | {"button", "overflow", "image", "workflow_button"}
)  # fmt: skip
TYPED = frozenset(
    f"{kind}_input"
    for kind in ("plain_text", "email_text", "url_text", "number", "rich_text", "file")
)
IN_INPUT = ONE_SELECTS | MULTI_SELECTS | PICKERS | GROUPS | TYPED | {"datetimepicker"}
IN_CONTEXT_ACTIONS = frozenset(("feedback_buttons", "icon_button"))

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d\Z")


def element(held: Object, path: str, *, allowed: frozenset[str]) -> Reasons:
    """Any element, of one of the allowed types."""
    kind = str(held.get("type"))
    if kind not in allowed:
        yield reason(f"unsupported type: {kind}", f"{path}/type")
        return
    yield from string(held, "action_id", path, most=255)
    if kind in ONE_SELECTS | MULTI_SELECTS:
        yield from _select(held, path)
    elif kind in TYPED:
        yield from _typed(held, path)
    elif kind in _OTHERS:
        yield from _OTHERS[kind](held, path)
    if held.get("confirm") is not None:
        yield from _confirm(held, path)


def image(held: Object, path: str) -> Reasons:
    """An image block or element: where it is, and words for those who do not see it."""
    if not held.get("image_url") and not held.get("slack_file"):
        yield reason("missing required field: image_url", path)
    yield from string(held, "image_url", path, most=3000)
    yield from string(held, "alt_text", path, most=2000, required=True)


def button(held: Object, path: str) -> Reasons:
    """A button."""
    yield from text(held, "text", path, most=75, plain=True)
    yield from string(held, "value", path, most=2000, least=0)
    yield from string(held, "url", path, most=3000)
    yield from string(held, "accessibility_label", path, most=75)
    yield from choice(held, "style", path, allowed=("primary", "danger"))


def options(
    holder: Object, path: str, *, most: int, least: int = 1, name: str = "options"
) -> Reasons:
    """A list of options; values in one menu must differ for the menu to make sense of a click."""
    yield from items(holder, name, path, most=most, least=least)
    for index, option in enumerate(objects(holder, name)):
        where = f"{path}/{name}/{index}"
        yield from text(option, "text", where, most=75)
        yield from string(option, "value", where, most=150, required=True)
        yield from text(option, "description", where, most=75, required=False)
        yield from string(option, "url", where, most=3000)


def _confirm(holder: Object, path: str) -> Reasons:
    held, where = holder["confirm"], f"{path}/confirm"
    if not isinstance(held, dict):
        yield reason("must be an object", where)
        return
    yield from text(held, "title", where, most=100, plain=True)
    yield from text(held, "text", where, most=300)
    yield from text(held, "confirm", where, most=30, plain=True)
    yield from text(held, "deny", where, most=30, plain=True)


def _select(held: Object, path: str) -> Reasons:
    yield from text(held, "placeholder", path, most=150, required=False, plain=True)
    if str(held["type"]).endswith("static_select"):
        yield from _static_options(held, path)
    most = held.get("max_selected_items")
    if most is not None and (not isinstance(most, int) or most < 1):
        yield reason("must be greater than 0", f"{path}/max_selected_items")


def _static_options(held: Object, path: str) -> Reasons:
    if ("options" in held) == ("option_groups" in held):
        yield reason("either options or option_groups must be given, not both", path)
        return
    if "options" in held:
        yield from options(held, path, most=100)
    else:
        yield from items(held, "option_groups", path, most=100)
        for index, group in enumerate(objects(held, "option_groups")):
            where = f"{path}/option_groups/{index}"
            yield from text(group, "label", where, most=75, plain=True)
            yield from options(group, where, most=100)
    yield from _initial(held, path)


def _initial(held: Object, path: str) -> Reasons:
    groups = objects(held, "option_groups") or [held]
    known = [option.get("value") for group in groups for option in objects(group, "options")]
    chosen = objects(held, "initial_options")
    if isinstance(held.get("initial_option"), dict):
        chosen = [held["initial_option"]]
    for option in chosen:
        if option.get("value") not in known:
            yield reason("initial option must be one of the options", path)


def _group(held: Object, path: str) -> Reasons:
    yield from options(held, path, most=10)
    yield from _initial(held, path)


def _overflow(held: Object, path: str) -> Reasons:
    yield from options(held, path, most=5)


def _datepicker(held: Object, path: str) -> Reasons:
    yield from text(held, "placeholder", path, most=150, required=False, plain=True)
    if held.get("initial_date") is not None and not _DATE.match(str(held["initial_date"])):
        yield reason("must be a date like 2025-01-29", f"{path}/initial_date")


def _timepicker(held: Object, path: str) -> Reasons:
    yield from text(held, "placeholder", path, most=150, required=False, plain=True)
    if held.get("initial_time") is not None and not _TIME.match(str(held["initial_time"])):
        yield reason("must be a time like 09:30", f"{path}/initial_time")


def _typed(held: Object, path: str) -> Reasons:
    yield from text(held, "placeholder", path, most=150, required=False, plain=True)
    for name, least in (("min_length", 0), ("max_length", 1)):
        length = held.get(name)
        if length is not None and not (isinstance(length, int) and least <= length <= 3000):
            yield reason(f"must be between {least} and 3000", f"{path}/{name}")
    if held["type"] == "plain_text_input":
        yield from string(held, "initial_value", path, most=3000, least=0)
    if held["type"] == "number_input" and not isinstance(held.get("is_decimal_allowed"), bool):
        yield reason("missing required field: is_decimal_allowed", path)


def _feedback(held: Object, path: str) -> Reasons:
    for name in ("positive_button", "negative_button"):
        value, where = held.get(name), f"{path}/{name}"
        if not isinstance(value, dict):
            yield reason(f"missing required field: {name}", path)
            continue
        yield from text(value, "text", where, most=75, plain=True)
        yield from string(value, "value", where, most=2000, required=True)
        yield from string(value, "accessibility_label", where, most=75)


def _icon(held: Object, path: str) -> Reasons:
    yield from choice(held, "icon", path, allowed=("trash",))
    yield from text(held, "text", path, most=75, plain=True)
    yield from string(held, "value", path, most=2000)


_OTHERS: dict[str, Callable[[Object, str], Reasons]] = {
    "button": button,
    "workflow_button": button,
    "image": image,
    "overflow": _overflow,
    "checkboxes": _group,
    "radio_buttons": _group,
    "datepicker": _datepicker,
    "timepicker": _timepicker,
    "feedback_buttons": _feedback,
    "icon_button": _icon,
}

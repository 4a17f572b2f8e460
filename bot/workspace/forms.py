"""Elements that hold a value: finding them, reading and setting what they hold. Pure functions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.workspace.records import Json

_HELD_IN = {
    "channels_select": "selected_channel",
    "checkboxes": "selected_options",
    "conversations_select": "selected_conversation",
    "datepicker": "selected_date",
    "datetimepicker": "selected_date_time",
    "email_text_input": "value",
    "external_select": "selected_option",
    "file_input": "files",
    "multi_channels_select": "selected_channels",
    "multi_conversations_select": "selected_conversations",
    "multi_external_select": "selected_options",
    "multi_static_select": "selected_options",
    "multi_users_select": "selected_users",
    "number_input": "value",
    "plain_text_input": "value",
    "radio_buttons": "selected_option",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "timepicker": "selected_time",
    "url_text_input": "value",
    "users_select": "selected_user",
}
_NESTED = ("elements", "actions", "child_blocks")


def elements(blocks: Sequence[Json]) -> Iterator[tuple[Json, Json]]:
    """Each interactive element with the block that it stands in."""
    for block in blocks:
        for part in ("accessory", "element"):
            if isinstance(block.get(part), dict):
                yield block, block[part]
        for name in _NESTED:
            inner = [one for one in block.get(name) or () if isinstance(one, dict)]
            yield from ((block, one) for one in inner if "action_id" in one)
            yield from elements([one for one in inner if "action_id" not in one])


def find(
    blocks: Sequence[Json], action_id: str, *, value: str | None = None, block_id: str | None = None
) -> tuple[Json, Json]:
    """The block and the element with that action id; raises LookupError when there is none.

    `value` and `block_id` choose between several of the same action id.
    """
    for block, element in elements(blocks):
        fits = element.get("action_id") == action_id
        if fits and block_id in (None, block.get("block_id")) and _has(element, value):
            return block, element
    known = sorted({str(element.get("action_id")) for _, element in elements(blocks)})
    raise LookupError(f"no element {action_id!r} (value {value!r}) among {known}")


def _has(element: Json, value: str | None) -> bool:
    buttons = (element.get("positive_button") or {}, element.get("negative_button") or {})
    held = [element.get("value"), *(one.get("value") for one in buttons)]
    return value is None or value in held or element.get("type") in _HELD_IN


def values(blocks: Sequence[Json], given: Mapping[str, Any]) -> Json:
    """`state.values`: what each element holds, from its initial value or from `given`.

    `given` is keyed by block id, action id, or both with a slash between. Options are given by
    their value.
    """
    held: Json = {}
    for block, element in elements(blocks):
        if element.get("type") not in _HELD_IN:
            continue
        action_id, block_id = str(element.get("action_id")), str(block.get("block_id"))
        names = (f"{block_id}/{action_id}", block_id, action_id)
        chosen = next((given[name] for name in names if name in given), _initial(element))
        held.setdefault(block_id, {})[action_id] = filled(element, chosen)
    return held


def filled(element: Json, chosen: Any) -> Json:
    """An element of `state.values`, or the selection of an action, with `chosen` in it."""
    kind = str(element["type"])
    name = _HELD_IN[kind]
    if name.startswith("selected_option"):
        chosen = _options(element, chosen, many=name.endswith("s"))
    if chosen == "" and name == "value":
        chosen = None
    return {"type": kind, name: chosen}


def action(block: Json, element: Json, *, value: str | None, selected: Any) -> Json:
    """What the app hears of an element that was used, all but the moment."""
    held = {name: element.get(name) for name in ("type", "action_id")}
    held["block_id"] = block.get("block_id")
    if is_stateful(element):
        return held | filled(element, selected)
    if element["type"] == "overflow":
        return held | {"selected_option": _options(element, selected or value, many=False)}
    if "text" in element and element["type"] == "button":
        held["text"] = element["text"]
    return {**held, "value": element.get("value") if value is None else value}


def _initial(element: Json) -> Any:
    name = _HELD_IN[str(element["type"])]
    kept = name.removeprefix("selected_")
    empty: Any = [] if name.endswith("s") else None
    return element.get(f"initial_{kept}", empty)


def is_stateful(element: Json) -> bool:
    """Whether an element holds a value."""
    return element.get("type") in _HELD_IN


def missing(blocks: Sequence[Json], held: Json) -> list[str]:
    """The ids of the input blocks that must be filled and are not."""
    found = []
    for block in blocks:
        if block.get("type") == "input" and not block.get("optional"):
            block_id = str(block.get("block_id"))
            (state,) = held.get(block_id, {"": {}}).values()
            if not any(value for name, value in state.items() if name != "type"):
                found.append(block_id)
    return found


def _options(element: Json, chosen: Any, *, many: bool) -> Any:
    groups = element.get("option_groups") or [element]
    known = {
        option.get("value"): option for group in groups for option in group.get("options") or ()
    }
    if many:
        return [_option(one, known) for one in chosen or ()]
    return None if chosen is None else _option(chosen, known)


def _option(chosen: Any, known: Mapping[Any, Json]) -> Json:
    if isinstance(chosen, dict):
        return chosen
    if chosen in known:
        return known[chosen]
    if known:
        raise LookupError(f"no option {chosen!r} among {sorted(known)}")
    return {"text": {"type": "plain_text", "text": str(chosen)}, "value": str(chosen)}

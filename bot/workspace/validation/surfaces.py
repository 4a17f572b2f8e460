"""What Slack refuses in the blocks of a message or view: each by itself, and all together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from bot.workspace.validation.schema import reason, reasons

Object = dict[str, Any]
Surface = Literal["message", "modal", "home", "unfurl"]

_EVERYWHERE = frozenset(
    ("actions", "context", "divider", "header", "image", "section", "video", "rich_text")
)
_ONLY_MESSAGE = frozenset(
    [
        "context_actions",
        "data_table",
        "data_visualization",
        "file",
        "markdown",
        "plan",
        "task_card",
    ]
)
_ALLOWED: Mapping[Surface, frozenset[str]] = {
    "message": _EVERYWHERE | _ONLY_MESSAGE | {"input", "table", "card", "carousel", "container"},
    "modal": _EVERYWHERE | {"input", "alert", "card"},
    "home": _EVERYWHERE | {"input", "table", "card", "carousel", "container"},
    "unfurl": _EVERYWHERE - {"rich_text"},
}
_KNOWN = frozenset.union(*_ALLOWED.values())
_MOST_BLOCKS: Mapping[Surface, int] = {"message": 50, "modal": 100, "home": 100, "unfurl": 50}
_MOST_OF_KIND = {"table": 1, "data_visualization": 2}
_MOST_MARKDOWN = 12_000
_MOST_IN_TABLE = 10_000
_MOST_IN_BLOCKS = 12_000
_NOT_SHOWN = frozenset(("type", "block_id", "action_id", "value", "style"))


def validate_blocks(
    blocks: Sequence[Any], surface: Surface = "message", *, path: str = ""
) -> list[str]:
    """Why Slack would refuse these blocks on that surface; empty when it would take them.

    Each reason names what is wrong and a JSON pointer, as Slack's own do.
    """
    where = f"{path}/blocks"
    return [
        *_each(_as_sent(list(blocks)), surface, where),
        *_together(blocks, surface, where),
    ]


def validate_view(view: Object) -> list[str]:
    """Why Slack would refuse this modal or Home tab; empty when it would take it."""
    kind, blocks = view.get("type"), view.get("blocks")
    if kind not in ("modal", "home"):
        return [reason(f"unsupported type: {kind}", "/view/type")]
    if not isinstance(blocks, list):
        return [reason("missing required field: blocks", "/view")]
    found = validate_blocks(blocks, kind, path="/view")
    found += reasons(kind, _as_sent({**view, "blocks": []}), "/view")
    has_input = any(isinstance(one, dict) and one.get("type") == "input" for one in blocks)
    if has_input and kind == "modal" and view.get("submit") is None:
        found.append(reason("submit is required when there is an input block", "/view/submit"))
    return found


def text_length(blocks: Sequence[Any]) -> int:
    """How many characters of text the blocks hold, link targets included."""
    return sum(len(one) for one in _strings(list(blocks)))


def too_long_together(blocks: Sequence[Any]) -> bool:
    """Whether `chat.postMessage` would answer `msg_blocks_too_long`.

    Slack documents no number; people measured refusals between 11,300 and 13,300 characters
    (bolt-js issues 2509 and 2867), so 12,000 is a line to stay under, not Slack's own.
    """
    return text_length(blocks) > _MOST_IN_BLOCKS


def _each(blocks: list[Any], surface: Surface, where: str) -> Iterator[str]:
    yield from reasons("blocks", blocks, where)
    for index, one in enumerate(blocks):
        kind = one.get("type") if isinstance(one, dict) else None
        if isinstance(kind, str) and kind in _KNOWN - _ALLOWED[surface]:
            yield reason(f"unsupported type on {surface}: {kind}", f"{where}/{index}/type")
        yield from _initial_options(one, f"{where}/{index}")


def _as_sent(value: Any) -> Any:
    """What arrives of a value: plain JSON; Slack takes a field that is null for an absent one."""
    if isinstance(value, dict):
        return {str(name): _as_sent(one) for name, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [_as_sent(one) for one in value]
    return str(value) if isinstance(value, str) else value


def _initial_options(held: Any, path: str) -> Iterator[str]:
    """What is chosen in a menu from the beginning must be one of its options."""
    parts = held.items() if isinstance(held, dict) else ()
    for name, value in enumerate(held) if isinstance(held, list) else parts:
        yield from _initial_options(value, f"{path}/{name}")
    if not isinstance(held, dict) or ("option_groups" not in held and "options" not in held):
        return
    groups = _objects(held.get("option_groups")) or [held]
    known = [one.get("value") for group in groups for one in _objects(group.get("options"))]
    for one in (*_objects([held.get("initial_option")]), *_objects(held.get("initial_options"))):
        if one.get("value") not in known:
            yield reason("initial option must be one of the options", path)


def _objects(value: Any) -> list[Object]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _together(blocks: Sequence[Any], surface: Surface, where: str) -> Iterator[str]:
    held = _objects(list(blocks))
    if len(blocks) > _MOST_BLOCKS[surface]:
        yield reason(f"no more than {_MOST_BLOCKS[surface]} items allowed", where)
    yield from _repeated_ids(held, where)
    for kind, most in _MOST_OF_KIND.items():
        if sum(one.get("type") == kind for one in held) > most:
            yield reason(f"no more than {most} {kind} allowed", where)
    markdown = (str(one.get("text", "")) for one in held if one.get("type") == "markdown")
    if sum(map(len, markdown)) > _MOST_MARKDOWN:
        yield reason(f"markdown must be less than {_MOST_MARKDOWN + 1} characters", where)
    tables = [one.get("rows") or [] for one in held if one.get("type") == "table"]
    if sum(map(text_length, tables)) > _MOST_IN_TABLE:
        yield reason(f"table must be less than {_MOST_IN_TABLE + 1} characters", where)


def _repeated_ids(blocks: list[Object], where: str) -> Iterator[str]:
    seen: set[str] = set()
    for index, one in enumerate(blocks):
        block_id = one.get("block_id")
        if isinstance(block_id, str) and block_id in seen:
            yield reason(f"block_id already exists: {block_id}", f"{where}/{index}/block_id")
        seen.add(str(block_id))
        named = [held.get("action_id") for held in _objects(one.get("elements"))]
        ids = [name for name in named if isinstance(name, str)]
        for repeated in sorted({name for name in ids if ids.count(name) > 1}):
            yield reason(f"action_id already exists: {repeated}", f"{where}/{index}/elements")


def _strings(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, list):
        for one in held:
            yield from _strings(one)
    elif isinstance(held, dict):
        for name, value in held.items():
            if name not in _NOT_SHOWN:
                yield from _strings(value)

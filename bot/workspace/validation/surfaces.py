"""What concerns all blocks of a message or view together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from bot.workspace.validation.kinds import KINDS, block
from bot.workspace.validation.reasons import Object, Reasons, reason, string, text

Surface = Literal["message", "modal", "home", "unfurl"]

_EVERYWHERE = frozenset(
    ("actions", "context", "divider", "header", "image", "section", "video", "rich_text")
)
_ONLY_MESSAGE = frozenset(
    [
        "call",
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
_MOST_BLOCKS: Mapping[Surface, int] = {"message": 50, "modal": 100, "home": 100, "unfurl": 50}
_MOST_OF_KIND = {"table": 1, "data_visualization": 2}
_MOST_MARKDOWN = 12_000
_MOST_IN_TABLE = 10_000
_MOST_IN_BLOCKS = 12_000
_NOT_SHOWN = frozenset(("type", "block_id", "action_id", "value", "style"))


def validate_blocks(blocks: Sequence[Any], surface: Surface = "message") -> list[str]:
    """Why Slack would refuse these blocks on that surface; empty when it would take them.

    Each reason names what is wrong and a JSON pointer, as Slack's own do.
    """
    held = [one for one in blocks if isinstance(one, dict)]
    found = [] if len(held) == len(blocks) else [reason("must be objects", "/blocks")]
    if len(blocks) > _MOST_BLOCKS[surface]:
        found.append(reason(f"no more than {_MOST_BLOCKS[surface]} items allowed", "/blocks"))
    for index, one in enumerate(held):
        path = f"/blocks/{index}"
        found.extend(block(one, path))
        if one.get("type") in KINDS and one.get("type") not in _ALLOWED[surface]:
            found.append(reason(f"unsupported type on {surface}: {one['type']}", f"{path}/type"))
    found.extend(_together(held))
    return found


def validate_view(view: Object) -> list[str]:
    """Why Slack would refuse this modal or Home tab; empty when it would take it."""
    kind = view.get("type")
    if kind not in ("modal", "home"):
        return [reason(f"unsupported type: {kind}", "/view/type")]
    blocks = view.get("blocks")
    if not isinstance(blocks, list):
        return [reason("missing required field: blocks", "/view")]
    found = [one.replace("pointer:", "pointer:/view", 1) for one in validate_blocks(blocks, kind)]
    found.extend(string(view, "private_metadata", "/view", most=3000, least=0))
    found.extend(string(view, "callback_id", "/view", most=255, least=0))
    found.extend(string(view, "external_id", "/view", most=255, least=0))
    if kind == "modal":
        found.extend(_modal(view, blocks))
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


def _modal(view: Object, blocks: list[Any]) -> Reasons:
    yield from text(view, "title", "/view", most=24, plain=True)
    yield from text(view, "submit", "/view", most=24, required=False, plain=True)
    yield from text(view, "close", "/view", most=24, required=False, plain=True)
    has_input = any(isinstance(one, dict) and one.get("type") == "input" for one in blocks)
    if has_input and view.get("submit") is None:
        yield reason("submit is required when there is an input block", "/view/submit")


def _together(blocks: list[Object]) -> Reasons:
    yield from _repeated_ids(blocks)
    for kind, most in _MOST_OF_KIND.items():
        if sum(one.get("type") == kind for one in blocks) > most:
            yield reason(f"no more than {most} {kind} allowed", "/blocks")
    markdown = (str(one.get("text", "")) for one in blocks if one.get("type") == "markdown")
    if sum(map(len, markdown)) > _MOST_MARKDOWN:
        yield reason(f"markdown must be less than {_MOST_MARKDOWN + 1} characters", "/blocks")
    tables = [one.get("rows") or [] for one in blocks if one.get("type") == "table"]
    if sum(map(text_length, tables)) > _MOST_IN_TABLE:
        yield reason(f"table must be less than {_MOST_IN_TABLE + 1} characters", "/blocks")


def _repeated_ids(blocks: list[Object]) -> Reasons:
    seen: set[str] = set()
    for index, one in enumerate(blocks):
        block_id = one.get("block_id")
        if isinstance(block_id, str) and block_id in seen:
            yield reason(f"block_id already exists: {block_id}", f"/blocks/{index}/block_id")
        seen.add(str(block_id))
        yield from _repeated_actions(one, f"/blocks/{index}")


def _repeated_actions(held: Object, path: str) -> Reasons:
    listed = held.get("elements")
    inner = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    named = [one["action_id"] for one in inner if isinstance(one.get("action_id"), str)]
    for repeated in sorted({name for name in named if named.count(name) > 1}):
        yield reason(f"action_id already exists: {repeated}", f"{path}/elements")


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

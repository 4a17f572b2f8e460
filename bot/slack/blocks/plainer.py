"""Plainer forms of a message.

Slack fetches each picture while it takes a message, and refuses the whole message when it cannot,
or when the workspace lacks a kind of block; it does not say reliably which block it means. So every
message can be sent again, a step plainer each time, until it is text alone.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.slack.blocks.parts import Block
from bot.slack.blocks.text import truncate
from storage import Plainness

CHART = "data_visualization"
PLAIN_TEXT_LIMIT = 3900

Blocks = Sequence[Mapping[str, Any]]
Payload = Mapping[str, Any]


def without_pictures(blocks: Blocks) -> list[Block]:
    """The same blocks without any picture."""
    return [_bare(one) for one in blocks if not _is_picture(one)]


def chart_in(blocks: Blocks) -> Block | None:
    """The first chart among the blocks."""
    return next((dict(one) for one in blocks if one.get("type") == CHART), None)


def without_charts(blocks: Blocks) -> list[Block]:
    """The same blocks without any chart."""
    return [dict(one) for one in blocks if one.get("type") != CHART]


# In this order, since each costs a reader more than the one before.
_STEPS: Mapping[Plainness, Callable[[Blocks], list[Block]]] = {
    Plainness.NO_PICTURES: without_pictures,
    Plainness.NO_CHARTS: without_charts,
}


def next_step(payload: Payload) -> Plainness | None:
    """The first step that makes the message plainer; None when it is text alone already."""
    blocks = list(payload.get("blocks") or ())
    for step, taken in _STEPS.items():
        if taken(blocks) != blocks:
            return step
    is_plain = not blocks and len(str(payload.get("text", ""))) <= PLAIN_TEXT_LIMIT
    return None if is_plain else Plainness.TEXT_ALONE


def fitting(payload: Payload, plainness: Plainness) -> dict[str, Any]:
    """The message as plain as *plainness*, with every step up to that one taken."""
    if plainness is Plainness.TEXT_ALONE:
        return {
            **payload,
            "text": truncate(str(payload.get("text", "")), PLAIN_TEXT_LIMIT),
            "blocks": [],
        }
    blocks = list(payload.get("blocks") or ())
    for step, taken in _STEPS.items():
        blocks = taken(blocks) if step <= plainness else blocks
    return {**payload, "blocks": blocks}


def _bare(block: Mapping[str, Any]) -> Block:
    if not _is_picture(block.get("accessory")):
        return dict(block)
    return {name: value for name, value in block.items() if name != "accessory"}


def _is_picture(part: Any) -> bool:
    return isinstance(part, Mapping) and part.get("type") == "image"

"""Pictures and charts in messages. Slack fetches each picture while it takes the message, and
refuses the whole message when it cannot, or when the workspace has no charts: so every message can
do without."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.blocks.message import Block, Message

CHART = "data_visualization"


def has_pictures(blocks: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a block is a picture or has one beside it."""
    return any(_is_picture(one) or _is_picture(one.get("accessory")) for one in blocks)


def without_pictures(blocks: Sequence[Mapping[str, Any]]) -> list[Block]:
    """The same blocks without any picture."""
    return [_bare(one) for one in blocks if not _is_picture(one)]


def chart_in(blocks: Sequence[Mapping[str, Any]]) -> Block | None:
    """The first chart among the blocks."""
    return next((dict(one) for one in blocks if one.get("type") == CHART), None)


def without_charts(blocks: Sequence[Mapping[str, Any]]) -> list[Block]:
    """The same blocks without any chart."""
    return [dict(one) for one in blocks if one.get("type") != CHART]


def plainer(message: Message) -> Message | None:
    """The message without its pictures and charts, whose words stand beside them; None where it
    has none."""
    if not has_pictures(message.blocks) and chart_in(message.blocks) is None:
        return None
    return Message(message.text, tuple(without_charts(without_pictures(message.blocks))))


def _bare(block: Mapping[str, Any]) -> Block:
    if not _is_picture(block.get("accessory")):
        return dict(block)
    return {name: value for name, value in block.items() if name != "accessory"}


def _is_picture(part: Any) -> bool:
    return isinstance(part, Mapping) and part.get("type") == "image"

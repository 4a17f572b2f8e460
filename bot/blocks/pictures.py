"""Pictures in messages. Slack fetches each while it takes the message, and refuses the whole
message when it cannot: so every message can do without."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.blocks.message import Block, Message


def has_pictures(blocks: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a block is a picture or has one beside it."""
    return any(_is_picture(one) or _is_picture(one.get("accessory")) for one in blocks)


def without_pictures(blocks: Sequence[Mapping[str, Any]]) -> list[Block]:
    """The same blocks without any picture."""
    return [_bare(one) for one in blocks if not _is_picture(one)]


def plainer(message: Message) -> Message:
    """The message without its pictures; what they show is in nothing but the picture."""
    return Message(message.text, tuple(without_pictures(message.blocks)))


def _bare(block: Mapping[str, Any]) -> Block:
    if not _is_picture(block.get("accessory")):
        return dict(block)
    return {name: value for name, value in block.items() if name != "accessory"}


def _is_picture(part: Any) -> bool:
    return isinstance(part, Mapping) and part.get("type") == "image"

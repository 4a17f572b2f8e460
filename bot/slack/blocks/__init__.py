"""Block Kit by pure functions; every message has a complete plain text beside its blocks.

Nothing here knows a paper, a digest or an answer: the rooms build their messages from these parts.
"""

from bot.slack.blocks.message import (
    Message,
    listing_message,
    nothing_message,
    one_paragraph,
    plain_message,
)
from bot.slack.blocks.pages import MAX_BLOCKS
from bot.slack.blocks.parts import (
    Block,
    actions,
    button,
    context,
    divider,
    header,
    image,
    overflow,
    section,
)
from bot.slack.blocks.text import bold, escape, link, truncate

__all__ = [
    "MAX_BLOCKS",
    "Block",
    "Message",
    "actions",
    "bold",
    "button",
    "context",
    "divider",
    "escape",
    "header",
    "image",
    "link",
    "listing_message",
    "nothing_message",
    "one_paragraph",
    "overflow",
    "plain_message",
    "section",
    "truncate",
]

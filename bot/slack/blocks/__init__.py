"""Block Kit from pure functions: escape, truncate, split; a full plain text always goes along.

Nothing here knows a paper, a digest or an answer; rooms build their messages from these parts.
"""

from bot.slack.blocks.message import Block, Message
from bot.slack.blocks.parts import (
    actions,
    button,
    context,
    divider,
    header,
    image,
    one_paragraph,
    overflow,
    section,
)
from bot.slack.blocks.split import MAX_BLOCKS, split_blocks, split_text
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
    "one_paragraph",
    "overflow",
    "section",
    "split_blocks",
    "split_text",
    "truncate",
]

"""The single blocks. Texts for ``section`` and ``context`` are mrkdwn that is already escaped;
all others are plain text."""

from collections.abc import Sequence
from typing import Any

from bot.slack.blocks.text import truncate
from bot.text import one_line

Block = dict[str, Any]

HEADER_LIMIT = 150
SECTION_LIMIT = 3000
BUTTON_LIMIT = 75
ALT_LIMIT = 2000


def _plain(text: str, limit: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": truncate(one_line(text), limit) or "-", "emoji": True}


def mrkdwn(text: str) -> dict[str, Any]:
    """A text object in which only what is marked as a link is one.

    Otherwise Slack itself makes links of whatever looks like an address or a channel's name.
    """
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def header(text: str) -> Block:
    """A headline in plain text."""
    return {"type": "header", "text": _plain(text, HEADER_LIMIT)}


def section(text: str, *, accessory: Block | None = None, expand: bool = False) -> Block:
    """A paragraph of mrkdwn, cut at Slack's 3000 characters.

    Slack folds a long one behind "Show more" unless *expand* is set.
    """
    block: Block = {
        "type": "section",
        "text": mrkdwn(truncate(text, SECTION_LIMIT) or "-"),
    }
    if accessory is not None:
        block["accessory"] = accessory
    if expand:
        block["expand"] = True
    return block


def context(*texts: str) -> Block:
    """Small grey mrkdwn; at most ten texts."""
    elements = [mrkdwn(truncate(text, SECTION_LIMIT)) for text in texts if text]
    return {"type": "context", "elements": elements[:10]}


def divider() -> Block:
    """A rule."""
    return {"type": "divider"}


def image(url: str, alt: str) -> Block:
    """A picture with its description."""
    return {
        "type": "image",
        "image_url": url,
        "alt_text": truncate(one_line(alt), ALT_LIMIT) or "-",
    }


def button(label: str, action_id: str, value: str) -> Block:
    """A button that sends *value* to the listener of *action_id*."""
    return {
        "type": "button",
        "text": _plain(label, BUTTON_LIMIT),
        "action_id": action_id,
        "value": value,
    }


def overflow(action_id: str, options: Sequence[tuple[str, str]]) -> Block:
    """A menu of up to five (label, value) pairs behind three dots."""
    return {
        "type": "overflow",
        "action_id": action_id,
        "options": [
            {"text": _plain(label, BUTTON_LIMIT), "value": value} for label, value in options[:5]
        ],
    }


def actions(*elements: Block) -> Block:
    """A row of buttons and menus."""
    return {"type": "actions", "elements": list(elements)}

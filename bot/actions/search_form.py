"""The search modal: the words asked for, and what was found. Pure."""

from collections.abc import Sequence
from typing import Any

from bot.actions.forms import input_block, plain
from bot.languages import catalog
from bot.slack.blocks import Block, Message, section
from bot.slack.blocks.ids import ActionId, CallbackId, make_value

MOST_BLOCKS = 90
LONGEST_QUESTION = 2000


def search_view(language: str, *, query: str = "", found: Message | None = None) -> dict[str, Any]:
    """The modal; with *found* it shows that below the words."""
    words = catalog(language)
    element: Block = {
        "type": "plain_text_input",
        "max_length": 200,
    }
    if query:
        element["initial_value"] = query[:200]
    blocks: list[Block] = [
        input_block(ActionId.SEARCH_TEXT, words.text("desk-search-label"), element),
        *([] if found is None else found.blocks[:MOST_BLOCKS]),
    ]
    return {
        "type": "modal",
        "callback_id": CallbackId.SEARCH_PAPERS.value,
        "title": plain(words.text("desk-search-title")),
        "submit": plain(words.text("desk-search-submit")),
        "close": plain(words.text("desk-form-close")),
        "blocks": blocks,
    }


def question_view(
    language: str, *, paper_id: str, title: str, channel: str, thread_ts: str
) -> dict[str, Any]:
    """The modal that takes a question about a paper, to be answered in a thread."""
    words = catalog(language)
    element: Block = {
        "type": "plain_text_input",
        "multiline": True,
        "max_length": LONGEST_QUESTION,
    }
    return {
        "type": "modal",
        "callback_id": CallbackId.ASK_QUESTION.value,
        "private_metadata": make_value(
            {"paper": paper_id, "channel": channel, "thread": thread_ts}
        ),
        "title": plain(words.text("desk-ask-title")),
        "submit": plain(words.text("desk-ask-submit")),
        "close": plain(words.text("desk-form-close")),
        "blocks": [
            {"type": "section", "text": plain(title[:2900])},
            input_block(ActionId.QUESTION_TEXT, words.text("desk-ask-label"), element),
        ],
    }


def told_view(
    language: str, title: str, text: str = "", *, mrkdwn: Sequence[str] = ()
) -> dict[str, Any]:
    """A modal that only says something; *mrkdwn* are further lines, which may hold links and
    mentions."""
    return {
        "type": "modal",
        "title": plain(title[:24]),
        "close": plain(catalog(language).text("desk-form-close")),
        "blocks": [
            *([{"type": "section", "text": plain(text[:2900])}] if text else []),
            *(section(line) for line in mrkdwn),
        ],
    }

"""The search modal: the words asked for, and what was found. Pure."""

from typing import Any

from bot.blocks import Block, Message
from bot.blocks.ids import ActionId, CallbackId, make_value
from bot.i18n import catalog

MOST_BLOCKS = 90
LONGEST_QUESTION = 2000


def search_view(language: str, *, query: str = "", found: Message | None = None) -> dict[str, Any]:
    """The modal; with *found* it shows that below the words."""
    words = catalog(language)
    element: Block = {
        "type": "plain_text_input",
        "action_id": ActionId.SEARCH_TEXT.value,
        "max_length": 200,
    }
    if query:
        element["initial_value"] = query[:200]
    blocks: list[Block] = [
        _input(ActionId.SEARCH_TEXT, words.text("desk-search-label"), element),
        *([] if found is None else found.blocks[:MOST_BLOCKS]),
    ]
    return {
        "type": "modal",
        "callback_id": CallbackId.SEARCH_PAPERS.value,
        "title": _plain(words.text("desk-search-title")),
        "submit": _plain(words.text("desk-search-submit")),
        "close": _plain(words.text("desk-form-close")),
        "blocks": blocks,
    }


def question_view(
    language: str, *, paper_id: str, title: str, channel: str, thread_ts: str
) -> dict[str, Any]:
    """The modal that takes a question about a paper, to be answered in a thread."""
    words = catalog(language)
    element: Block = {
        "type": "plain_text_input",
        "action_id": ActionId.QUESTION_TEXT.value,
        "multiline": True,
        "max_length": LONGEST_QUESTION,
    }
    return {
        "type": "modal",
        "callback_id": CallbackId.ASK_QUESTION.value,
        "private_metadata": make_value(
            {"paper": paper_id, "channel": channel, "thread": thread_ts}
        ),
        "title": _plain(words.text("desk-ask-title")),
        "submit": _plain(words.text("desk-ask-submit")),
        "close": _plain(words.text("desk-form-close")),
        "blocks": [
            {"type": "section", "text": _plain(title[:2900])},
            _input(ActionId.QUESTION_TEXT, words.text("desk-ask-label"), element),
        ],
    }


def told_view(language: str, title: str, text: str) -> dict[str, Any]:
    """A modal that only says something."""
    return {
        "type": "modal",
        "title": _plain(title[:24]),
        "close": _plain(catalog(language).text("desk-form-close")),
        "blocks": [{"type": "section", "text": _plain(text[:2900])}],
    }


def _input(action: ActionId, label: str, element: Block) -> Block:
    return {
        "type": "input",
        "block_id": action.value,
        "label": _plain(label),
        "element": element,
    }


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}

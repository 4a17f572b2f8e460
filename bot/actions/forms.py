"""What modals are made of, and the modals that only say something."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.languages import Catalog, catalog
from bot.slack.blocks import Block, context, section
from bot.slack.blocks.ids import CallbackId, make_value
from storage import WHOLE_TEAM

# Slack's limit of a modal's title.
LONGEST_TITLE = 24


def plain(text: str) -> Block:
    """Plain text, as titles, labels and options want it."""
    return {"type": "plain_text", "text": text}


def input_block(name: str, label: str, element: Block, *, optional: bool = False) -> Block:
    """A labelled field whose block and element both go by *name*."""
    return {
        "type": "input",
        "block_id": str(name),
        "label": plain(label),
        "element": {**element, "action_id": str(name)},
        "optional": optional,
    }


def text_input(longest: int, *, text: str = "", multiline: bool = False) -> Block:
    """A text field's element, filled in with *text*."""
    element: Block = {
        "type": "plain_text_input",
        "multiline": multiline,
        "max_length": longest,
    }
    return element | ({"initial_value": text[:longest]} if text else {})


def modal(
    title: str,
    blocks: Sequence[Block],
    words: Catalog,
    *,
    callback: CallbackId | None = None,
    about: Mapping[str, str] | None = None,
    submit: str | None = None,
    close: str | None = None,
) -> dict[str, Any]:
    """A modal. *about* comes back with its submission; without *submit* it has nothing to send."""
    view: dict[str, Any] = {
        "type": "modal",
        "title": plain(title[:LONGEST_TITLE]),
        "close": plain(close or words.text("actions-form-close")),
        "blocks": list(blocks),
    }
    if callback:
        view["callback_id"] = callback.value
    if about is not None:
        view["private_metadata"] = make_value(about)
    if submit:
        view["submit"] = plain(submit)
    return view


def notice_view(language: str, title: str, text: str = "", *, mrkdwn: str = "") -> dict[str, Any]:
    """A modal that only says something: plain *text*, then *mrkdwn*, which may hold links and
    mentions."""
    blocks = [
        *([{"type": "section", "text": plain(text[:2900])}] if text else []),
        *([section(mrkdwn)] if mrkdwn else []),
    ]
    return modal(title, blocks, catalog(language))


def no_paper_view(language: str, title: str) -> dict[str, Any]:
    """Says that a message is about no paper; *title* is that of the form asked for."""
    return notice_view(language, title, catalog(language).text("actions-no-paper-here"))


def audience_line(place: str, language: str) -> Block:
    """Tells a writer who will see what they write: the line below a form whose text will belong
    to *place*."""
    words = catalog(language)
    if place == WHOLE_TEAM:
        return context(words.text("actions-seen-by-team"))
    if place.startswith(("U", "W")):
        return context(words.text("actions-seen-by-you"))
    return context(words.text("actions-seen-by-channel", channel=f"<#{place}>"))

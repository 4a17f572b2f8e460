"""Tells a writer who will see what they write."""

from bot.languages import catalog
from bot.slack.blocks import Block, context
from storage import WHOLE_TEAM


def seen_by(place: str, language: str) -> Block:
    """The line below a form whose text will belong to *place*."""
    words = catalog(language)
    if place == WHOLE_TEAM:
        return context(words.text("desk-seen-by-team"))
    if place.startswith(("U", "W")):
        return context(words.text("desk-seen-by-you"))
    return context(words.text("desk-seen-by-channel", channel=f"<#{place}>"))

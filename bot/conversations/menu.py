"""Asking back which paper is meant."""

from collections.abc import Sequence

from bot.blocks import Message, actions, button, escape, section, truncate
from bot.blocks.ids import ActionId, make_value, numbered
from bot.i18n import catalog
from storage import Paper

MOST_CHOICES = 8
LABEL_LIMIT = 70


def choice_menu(question_id: int, candidates: Sequence[Paper], language: str) -> Message:
    """Buttons for the papers that may be meant; each continues the question."""
    words = catalog(language)
    shown = candidates[:MOST_CHOICES]
    lead = words.text("conversations-which-paper")
    buttons = [
        button(
            truncate(paper.title, LABEL_LIMIT),
            numbered(ActionId.CHOOSE_PAPER, place),
            make_value({"question": question_id, "paper": paper.id}),
        )
        for place, paper in enumerate(shown, start=1)
    ]
    titles = "\n".join(f"{place}. {paper.title}" for place, paper in enumerate(shown, start=1))
    return Message(f"{lead}\n{titles}", (section(escape(lead)), actions(*buttons)))


def reading_note(papers: Sequence[Paper], language: str) -> Message:
    """What stands where the answer will be, while it is being made."""
    title = truncate(papers[0].title, 200) if papers else ""
    words = catalog(language)
    text = words.text("conversations-reading", title=title)
    return Message(text, (section(escape(text)),))

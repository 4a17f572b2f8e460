"""What can be done about a paper, as the row under its card."""

from bot.languages import catalog
from bot.slack.blocks import Block, actions, button, overflow
from bot.slack.blocks.ids import OPTION_VALUE_LIMIT, ActionId, make_value
from storage import Paper

MENU = ("abstract", "related", "bibtex", "correct", "unwanted")


def controls(paper: Paper, language: str, *, with_thread_button: bool = False) -> Block:
    """The row under a card: thread, list, other channels, notes, and a menu for the rest."""
    words = catalog(language)
    opening = button(words.text("digests-open-thread"), ActionId.PAPER_OPEN, paper.id)
    menu = overflow(
        ActionId.PAPER_MENU,
        [
            (
                words.text(f"desk-menu-{what}"),
                make_value({"do": what, "paper": paper.id}, limit=OPTION_VALUE_LIMIT),
            )
            for what in MENU
        ],
    )
    return actions(
        *([opening] if with_thread_button else []),
        button(words.text("desk-save"), ActionId.PAPER_SAVE, paper.id),
        button(words.text("desk-share"), ActionId.PAPER_SHARE, paper.id),
        button(words.text("desk-note-add"), ActionId.PAPER_NOTE, paper.id),
        menu,
    )

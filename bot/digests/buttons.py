"""The buttons of a paper."""

from bot.digests.localisation import Localisation
from bot.languages import LANGUAGES, catalog, own_name
from bot.slack.blocks import Block, actions, button, overflow
from bot.slack.blocks.ids import OPTION_VALUE_LIMIT, ActionId, make_value, numbered
from storage import Paper

MENU = ("abstract", "related", "bibtex", "correct", "more", "unwanted")

_OWN = ("more", "unwanted")


def open_button(paper: Paper, l10n: Localisation) -> Block:
    """The button that opens the paper's own thread."""
    return button(l10n.text("digests-open-thread"), ActionId.PAPER_OPEN, paper.id)


def own_menu(paper: Paper, language: str) -> Block:
    """The menu beside a paper in a member's own digest: its thread, more like it, or less."""
    words = catalog(language)
    labels = {"open": "digests-open-thread", **{one: f"actions-menu-{one}" for one in _OWN}}
    return overflow(
        ActionId.PAPER_MENU,
        [(words.text(label), _value(what, paper)) for what, label in labels.items()],
    )


def _value(what: str, paper: Paper) -> str:
    return make_value({"do": what, "paper": paper.id}, limit=OPTION_VALUE_LIMIT)


def paper_buttons(paper: Paper, language: str, *, with_thread_button: bool = False) -> Block:
    """The row under a paper's card: save, share, add a note, read it in another language, and a
    menu for the rest."""
    words = catalog(language)
    menu = overflow(
        ActionId.PAPER_MENU,
        [(words.text(f"actions-menu-{what}"), _value(what, paper)) for what in MENU],
    )
    return actions(
        *([open_button(paper, Localisation(language))] if with_thread_button else []),
        button(words.text("actions-save"), ActionId.PAPER_SAVE, paper.id),
        button(words.text("actions-share"), ActionId.PAPER_SHARE, paper.id),
        button(words.text("actions-note-add"), ActionId.PAPER_NOTE, paper.id),
        *(
            button(
                own_name(other),
                numbered(ActionId.PAPER_LANGUAGE, other),
                make_value({"paper": paper.id, "in": other}),
            )
            for other in LANGUAGES
            if other != language
        ),
        menu,
    )

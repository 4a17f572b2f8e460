"""Modals that are open, and those that are not any more."""

from bot.workspace.views import Views
from tests.bot.workspace.bolt import WORDS, modal
from tests.fakes import FakeClock


def test_an_answer_that_comes_after_a_modal_was_closed_does_not_open_it_again(
    clock: FakeClock,
) -> None:
    views = Views(clock)
    below = views.open("U0MINJI001", modal("Find", WORDS))
    top = views.push("U0MINJI001", modal("More", WORDS))
    views.close(top)
    views.update(top, modal("Done", WORDS))
    views.refuse(top, {"words": "Three letters at least."})
    assert views.stack("U0MINJI001") == [below]

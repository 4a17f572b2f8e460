"""What a member reads about their data names each thing that is deleted."""

import pytest

from bot.actions.forgetting import KINDS
from bot.languages import LANGUAGES, catalog
from storage import Storage
from tests.bot.actions.conftest import NOW, PAPERS, Room

USER = "U0MINJI001"


# What hangs on other rows that are told.
PARTS = {"member_texts", "digest_papers", "digest_listings"}


def test_each_kind_of_row_that_goes_has_a_line_and_only_one(storage: Storage) -> None:
    told = sorted(word for words in KINDS.values() for word in words)
    kept = storage.forgetting
    assert told == sorted({*kept.count(USER).counts, *kept.count_team().counts} - PARTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_tells_what_stays_and_that_it_is_for_good(room: Room, language: str) -> None:
    room.storage.library.save(USER, PAPERS[0].id, now=NOW)
    shown, words = str(room.actions.forgetting.view(USER, language)), catalog(language)
    for part in ("slack", "channels", "papers", "others", "backups"):
        assert words.text(f"actions-forget-stays-{part}") in shown
    assert words.text("actions-forget-for-good") in shown
    assert words.text("actions-forget-saved", count=1) in shown
    assert words.text("actions-forget-notes", count=0) not in shown


def test_who_left_nothing_gets_no_button_to_delete(room: Room) -> None:
    view = room.actions.forgetting.view("U-new", "en")
    assert "submit" not in view
    assert "stores no data" in str(view)

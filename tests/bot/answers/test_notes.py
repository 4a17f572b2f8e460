"""What the team noted about a paper is evidence too."""

from collections.abc import Callable
from datetime import datetime

from bot.answers import Answers, Ask
from bot.search import SearchIndex
from storage import Note, Storage
from tests.bot.answers.conftest import KITE

NOTE = "We reproduced KITE on two A100 cards in nine hours; the warm-up flag must be off."


def test_an_answer_quotes_a_note_and_says_that_it_is_one(
    archive: Storage, make_answers: Callable[..., Answers], now: datetime
) -> None:
    archive.notes.add(Note(KITE.id, "U1", NOTE, "slack", now))
    ask = Ask("How many hours did it take to reproduce on A100 cards?", (KITE.id,), "en")
    answer = make_answers().answer(ask)
    assert "nine hours" in answer.text
    assert "Team note" in answer.citations[0].section


def test_a_note_is_found_by_its_words(archive: Storage, search: SearchIndex, now: datetime) -> None:
    archive.notes.add(Note(KITE.id, "U1", "워밍업 옵션을 꺼야 재현됩니다.", "slack", now))
    search.index([KITE.id])
    assert [hit.paper.id for hit in search.papers("워밍업 옵션", limit=3)][:1] == [KITE.id]

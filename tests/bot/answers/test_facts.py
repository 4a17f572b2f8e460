"""What is read off a paper's record names the sources that told it."""

from datetime import date

import pytest

from bot.answers.facts import Record, tell
from bot.answers.wishes import Kind
from bot.languages import LANGUAGES, catalog
from storage import ListingDay, Paper

DAY = date(2025, 3, 19)
ARXIV, OPENREVIEW = Paper("2503.00001", "KITE"), Paper("openreview:aBcDe12345", "Loom")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_is_told_of_the_source_that_listed_the_paper(language: str) -> None:
    record = Record(ARXIV, (ListingDay("arxiv:cs.CL", DAY),))
    told = tell(Kind.DATE, record, catalog(language))
    assert told is not None
    assert "arXiv cs.CL" in told
    assert "Hugging Face" not in told


def test_votes_are_unknown_where_no_source_with_votes_lists_the_paper() -> None:
    words = catalog("en")
    assert tell(Kind.VOTES, Record(ARXIV, (ListingDay("arxiv:cs.CL", DAY),)), words) is None
    both = (ListingDay("arxiv:cs.CL", DAY), ListingDay("huggingface", DAY))
    assert tell(Kind.VOTES, Record(ARXIV, both), words) == "It has 0 votes on Hugging Face."


def test_a_paper_of_another_source_is_linked_to_its_own_page() -> None:
    told = tell(Kind.LINK, Record(OPENREVIEW), catalog("en"))
    assert told == "[OpenReview](https://openreview.net/forum?id=aBcDe12345)"

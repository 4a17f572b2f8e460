"""How sources are named in subscriptions, and what is known of them without asking."""

from datetime import date

import pytest

from bot.sources.kinds import first_day, kinds, label, next_listing, parse_sources

FRIDAY = date(2025, 3, 21)


def test_each_module_with_a_source_is_found() -> None:
    assert set(kinds()) >= {"arxiv", "huggingface", "openreview"}


def test_sources_are_read_each_once_and_a_comma_within_a_query_separates_nothing() -> None:
    text = 'huggingface, ARXIV:cs.cl\narxiv:all:"one, two" AND cat:eess.AS; arxiv:cs.CL'
    assert parse_sources(text) == (
        "huggingface",
        "arxiv:cs.CL",
        'arxiv:all:"one, two" AND cat:eess.AS',
    )


@pytest.mark.parametrize("text", ["twitter", "huggingface:x", "arxiv", "arxiv:"])
def test_what_is_no_source_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_sources(text)


def test_there_is_a_bound_on_sources() -> None:
    with pytest.raises(ValueError, match="at most"):
        parse_sources(", ".join(f"arxiv:au:n{number}" for number in range(30)))


def test_people_read_names_of_sources() -> None:
    assert label("arxiv:cs.CL") == "arXiv cs.CL"
    assert label("huggingface") == "Hugging Face"
    assert label("gone:x") == "gone:x"


def test_after_a_weekend_the_next_listing_is_mondays_unless_a_source_knows_no_weekends() -> None:
    assert next_listing(["arxiv:cs.CL", "huggingface"], FRIDAY) == date(2025, 3, 24)
    assert next_listing(["openreview:A/B"], FRIDAY) == date(2025, 3, 22)


def test_lists_begin_with_the_oldest_of_a_channels_sources() -> None:
    assert first_day(["huggingface"]) == date(2023, 5, 4)
    assert first_day(["huggingface", "arxiv:cs.CL"]) < date(1992, 1, 1)

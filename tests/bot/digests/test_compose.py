"""Composing the daily digest from what is stored."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.digests import Notice, compose_daily, render_digest
from bot.digests.compose import candidates_of, choose_daily, entries_of
from bot.digests.lists import day_message
from bot.digests.topics import matching
from bot.digests.wish import Wish
from bot.languages import LANGUAGES
from storage import ListingEntry, Paper, Storage, Summary, open_storage
from tests.bot.digests.samples import DAY, NOW, paper, summary


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    storage = open_storage(tmp_path / "paperboy.db")
    yield storage
    storage.close()


def _list(storage: Storage, papers: list[Paper], *, day: date = DAY) -> None:
    storage.papers.save(papers, now=NOW)
    entries = [ListingEntry(one.id, rank, one.votes) for rank, one in enumerate(papers, start=1)]
    storage.listings.save("huggingface", day, entries, settled=False, now=NOW)


def test_the_most_voted_papers_come_first_and_the_rest_by_title(storage: Storage) -> None:
    _list(storage, [paper(3), paper(1), paper(2)])
    content = compose_daily(storage, DAY, Wish("ko", "brief", 2))
    assert [(one.number, one.paper.id) for one in content.entries] == [
        (1, "2503.14001"),
        (2, "2503.14002"),
    ]
    assert [one.id for one in content.rest] == ["2503.14003"]
    assert content.paper_ids == ("2503.14001", "2503.14002", "2503.14003")
    assert content.period == "2025-03-19"


def test_votes_are_those_of_the_listing(storage: Storage) -> None:
    storage.papers.save([paper(1, votes=500)], now=NOW)
    storage.listings.save(
        "huggingface", DAY, [ListingEntry("2503.14001", 1, 7)], settled=False, now=NOW
    )
    content = compose_daily(storage, DAY, Wish("ko"))
    assert content.entries[0].votes == 7


def test_papers_that_the_channel_has_had_are_left_out_entirely(storage: Storage) -> None:
    _list(storage, [paper(1), paper(2)])
    choice = choose_daily(
        storage, storage.listings.on(DAY), Wish("ko"), exclude=frozenset({"2503.14001"})
    )
    assert [one.id for one in choice.papers] == ["2503.14002"]


def test_wanted_topics_come_first_and_say_why(storage: Storage) -> None:
    _list(storage, [paper(1), paper(2, title="Robotics at home")])
    content = compose_daily(storage, DAY, Wish("ko", "brief", topics=("robotics",)))
    assert content.entries[0].paper.title == "Robotics at home"
    assert content.entries[0].topics == ("robotics",)
    assert "관심 주제: robotics" in str(render_digest(content)[0].blocks)


def test_unwanted_topics_are_left_out_and_counted(storage: Storage) -> None:
    _list(storage, [paper(1), paper(2, title="Robotics at home")])
    content = compose_daily(storage, DAY, Wish("ko", "brief", negative_topics=("robotics",)))
    assert content.paper_ids == ("2503.14001",)
    assert content.hidden == 1


def test_summaries_are_shown_and_missing_ones_are_told(storage: Storage) -> None:
    _list(storage, [paper(1), paper(2)])
    storage.summaries.save(summary("2503.14001", "ko"), now=NOW)
    content = compose_daily(storage, DAY, Wish("ko"))
    assert content.entries[0].summary is not None
    assert content.entries[1].summary is None
    assert content.notices == (Notice.FROM_ABSTRACT,)
    (message,) = render_digest(content)
    assert "We study case 2 of many." in message.text
    assert "1편은 아직 요약이 없어" in message.text


def test_a_summary_with_a_problem_counts_as_missing(storage: Storage) -> None:
    _list(storage, [paper(1)])
    broken = Summary("2503.14001", "ko", tldr="We study case 1 of many.", problem="timed out")
    storage.summaries.save(broken, now=NOW)
    content = compose_daily(storage, DAY, Wish("ko"))
    assert content.notices == (Notice.FROM_ABSTRACT,)


def test_both_languages_bring_both_summaries(storage: Storage) -> None:
    _list(storage, [paper(1)])
    for language in LANGUAGES:
        storage.summaries.save(summary("2503.14001", language), now=NOW)
    (entry,) = compose_daily(storage, DAY, Wish("both")).entries
    assert [one.language for one in entry.summaries] == list(LANGUAGES)


def test_a_source_that_is_down_is_told(storage: Storage) -> None:
    _list(storage, [paper(1)])
    storage.listings.save_read("huggingface", problem="503", now=NOW)
    content = compose_daily(storage, DAY, Wish("en"))
    assert Notice.SOURCE_DOWN in content.notices
    assert "could be fetched from Hugging Face" in render_digest(content)[0].text


def test_what_could_not_be_read_of_a_list_is_told_with_a_link_to_it(storage: Storage) -> None:
    storage.papers.save([paper(1)], now=NOW)
    entries = [ListingEntry(paper(1).id, 1, 9)]
    storage.listings.save("huggingface", DAY, entries, settled=True, now=NOW, unreadable=2)
    for language, told in (
        ("en", "2 more papers on the list are not on arXiv"),
        ("ko", "논문 2편은 arXiv"),
    ):
        content = compose_daily(storage, DAY, Wish(language))
        for message in (render_digest(content)[0], day_message(content)):
            assert told in message.text
            assert told in str(message.blocks)
            assert f"huggingface.co/papers/date/{DAY}" in str(message.blocks)


def test_a_day_without_a_listing_is_an_empty_digest(storage: Storage) -> None:
    content = compose_daily(storage, date(2025, 3, 22), Wish("ko"))
    assert content.total == 0
    assert "논문이 없습니다" in render_digest(content)[0].text


@pytest.mark.parametrize(
    ("topic", "title", "fits"),
    [
        ("agents", "An Agent that acts", True),
        ("agent", "Multi-agents in the wild", True),
        ("RAG", "Fragmentation in dragging", False),
        ("RAG", "A RAG system", True),
        ("reinforcement learning", "Reinforcement-Learning at scale", True),
        ("강화학습", "강화 학습으로 추론하기", True),
        ("강화 학습", "강화학습으로 추론하기", True),
        ("cs.CL", "", True),
        ("Ada One", "", True),
        ("Example Lab", "", True),
        ("diffusion", "Language models", False),
        (" ", "Language models", False),
        ("c++ (modern)", "On C++ (Modern) code", True),
    ],
)
def test_topics_are_found_in_whatever_is_known_of_a_paper(
    topic: str, title: str, fits: bool
) -> None:
    one = paper(1, title=title, abstract="", keywords=(), categories=("cs.CL",))
    assert (matching([topic], one) == [topic]) is fits


def test_a_passing_mention_in_the_abstract_is_no_topic() -> None:
    once = paper(1, abstract="Text, images and video. It works.", keywords=())
    twice = paper(1, abstract="We make video. The video is long.", keywords=())
    assert matching(["video"], once) == []
    assert matching(["video"], twice) == ["video"]


def test_a_digest_may_speak_more_than_two_languages(storage: Storage) -> None:
    _list(storage, [paper(1), paper(2)])
    for language in ("ko", "en", "fr"):
        storage.summaries.save(summary("2503.14001", language, text=language), now=NOW)
    storage.summaries.save(summary("2503.14002", "fr", text="fr"), now=NOW)
    candidates = candidates_of(storage, storage.listings.on(DAY))
    first, second = entries_of(storage, candidates, Wish("ko"), languages=("ko", "en", "fr"))
    assert [one.language for one in first.summaries] == ["ko", "en", "fr"]
    assert [one.language for one in second.summaries] == ["fr"]
    assert second.summary is None

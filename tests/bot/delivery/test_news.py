"""News about a paper is told in its own thread, once, and nowhere else."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest

from bot.delivery.news import NewsTeller
from storage import Paper
from tests.bot.delivery.conftest import Stage
from tests.bot.delivery.fakes import CHANNEL, listing, paper, subscription

MONDAY = date(2025, 3, 17)


@dataclass
class Refreshing:
    asked: list[str] = field(default_factory=list)

    def renew(self, ids: Iterable[str]) -> None:
        self.asked += ids


@pytest.fixture
def sources() -> Refreshing:
    return Refreshing()


@pytest.fixture
def teller(stage: Stage, sources: Refreshing) -> NewsTeller:
    """Two papers have cards with threads in the channel."""
    stage.storage.subscriptions.save(subscription(), now=stage.clock())
    stage.collector.days[MONDAY] = listing(1, 2)
    stage.morning.run(subscription(layout="cards"))
    change(stage, paper(1), version=1)
    teller = NewsTeller(stage.storage, sources, stage.outbox, stage.clock)
    teller.tell()
    return teller


def change(stage: Stage, one: Paper, **changes: object) -> None:
    stage.storage.papers.save([replace(one, **changes)], now=stage.clock())  # type: ignore[arg-type]


def news(stage: Stage) -> list[str]:
    stage.drain()
    return [one.text for one in stage.slack.posts[3:]]


def test_a_version_known_for_the_first_time_is_no_news(stage: Stage, teller: NewsTeller) -> None:
    assert news(stage) == []


def test_a_new_version_is_told_in_the_papers_thread(stage: Stage, teller: NewsTeller) -> None:
    change(stage, paper(1), version=2)
    assert teller.tell() == 1
    assert "version 2" in news(stage)[0]
    card, reply = stage.slack.posts[1], stage.slack.posts[-1]
    assert reply.thread_ts == card.ts


def test_a_code_link_is_told(stage: Stage, teller: NewsTeller) -> None:
    change(stage, paper(2), code_url="https://github.com/a/b")
    teller.tell()
    assert "github.com/a/b" in news(stage)[0]
    assert stage.slack.posts[-1].thread_ts == stage.slack.posts[2].ts


def test_a_withdrawal_is_told_rather_than_the_version_that_brought_it(
    stage: Stage, teller: NewsTeller
) -> None:
    change(stage, paper(1), version=3, withdrawn_at=datetime(2025, 3, 19, tzinfo=UTC))
    assert teller.tell() == 1
    assert "withdrawn" in news(stage)[0]


def test_news_is_told_once(stage: Stage, teller: NewsTeller) -> None:
    change(stage, paper(1), version=2, code_url="https://github.com/a/b")
    assert teller.tell() == 2
    assert teller.tell() == 0
    assert len(news(stage)) == 2


def test_a_hostile_link_is_no_news(stage: Stage, teller: NewsTeller) -> None:
    change(stage, paper(1), code_url="javascript:alert(1)")
    assert teller.tell() == 0


def test_the_sources_are_asked_about_watched_papers(
    stage: Stage, teller: NewsTeller, sources: Refreshing
) -> None:
    teller.ask()
    assert sources.asked == [paper(1).id, paper(2).id]


def test_old_threads_are_left_in_peace(
    stage: Stage, teller: NewsTeller, sources: Refreshing
) -> None:
    stage.clock.forward(days=31)
    change(stage, paper(1), version=2)
    teller.ask()
    assert (teller.tell(), sources.asked) == (0, [])
    assert stage.slack.in_channel(CHANNEL)[-1].text.startswith("Paper number 2")

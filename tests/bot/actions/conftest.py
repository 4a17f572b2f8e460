"""The actions on a real database and a real outbox, with Slack and the sources faked."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from bot.actions import build_actions
from bot.delivery.outbox import Outbox
from bot.search import SearchIndex
from bot.settings import Settings
from storage import ListingEntry, Paper, Storage
from tests.fakes import FakeClock, FakeCollector, FakeSlack

NOW = datetime(2025, 3, 20, 0, 30, tzinfo=UTC)
DAY = date(2025, 3, 19)
TITLES = (
    "DAPO: An Open-Source LLM Reinforcement Learning System at Scale",
    "Cosmos-Reason1: From Physical Common Sense To Embodied Reasoning",
    "RWKV-7 Goose with Expressive Dynamic State Evolution",
)
PAPERS = tuple(
    Paper(f"2503.1000{number}", title, abstract=f"About {title}.", votes=30 - number)
    for number, title in enumerate(TITLES, start=1)
)


class Room:
    """The actions and what stands around them."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.clock = FakeClock(NOW)
        self.slack = FakeSlack()
        self.collector = FakeCollector(storage, self.clock)
        self.index = SearchIndex(storage, None)
        self.outbox = Outbox(
            storage,
            self.slack,
            self.clock,
            sleep=self.clock.sleep,
        )
        self.actions = build_actions(
            storage=storage,
            collector=self.collector,
            index=self.index,
            outbox=self.outbox,
            slack=self.slack,
            settings=Settings(),
            clock=self.clock,
        )

    def close(self) -> None:
        """End its threads."""
        self.actions.listings.close()
        self.actions.members.close()

    def stock(self) -> None:
        """Store one day's listing."""
        self.storage.papers.save(PAPERS, now=NOW)
        entries = [
            ListingEntry(paper.id, rank, paper.votes) for rank, paper in enumerate(PAPERS, start=1)
        ]
        self.storage.listings.save("huggingface", DAY, entries, settled=True, now=NOW)
        self.index.index([paper.id for paper in PAPERS])


@pytest.fixture
def room(storage: Storage) -> Iterator[Room]:
    made = Room(storage)
    made.stock()
    yield made
    made.close()


@pytest.fixture
def empty_room(storage: Storage) -> Iterator[Room]:
    made = Room(storage)
    yield made
    made.close()

"""A desk on a real database and a real outbox, with Slack and the sources faked."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from bot.actions import Desk
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


class DeskRoom:
    """The desk and what stands around it."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.clock = FakeClock(NOW)
        self.slack = FakeSlack()
        self.collector = FakeCollector(storage, self.clock)
        self.search = SearchIndex(storage, None)
        self.outbox = Outbox(
            storage,
            self.slack,
            self.clock,
            sleep=self.clock.sleep,
        )
        self.desk = Desk(
            storage=storage,
            collector=self.collector,
            search=self.search,
            outbox=self.outbox,
            slack=self.slack,
            settings=Settings(),
            clock=self.clock,
        )

    def stock(self) -> None:
        """Store one day's listing."""
        self.storage.papers.save(PAPERS, now=NOW)
        entries = [
            ListingEntry(paper.id, rank, paper.votes) for rank, paper in enumerate(PAPERS, start=1)
        ]
        self.storage.listings.save(DAY, entries, settled=True, now=NOW)
        self.search.index([paper.id for paper in PAPERS])


@pytest.fixture
def room(storage: Storage) -> Iterator[DeskRoom]:
    made = DeskRoom(storage)
    made.stock()
    yield made
    made.desk.close()


@pytest.fixture
def empty_room(storage: Storage) -> Iterator[DeskRoom]:
    made = DeskRoom(storage)
    yield made
    made.desk.close()

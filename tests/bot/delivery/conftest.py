"""A morning's whole cast on a real database file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.delivery import Morning, Outbox, Pace
from bot.delivery.outbox import DrainReport
from storage import Storage, open_storage
from tests.bot.delivery.fakes import FakeCollector, FakeSearch, FakeSummarizer
from tests.fakes import FakeClock, FakeSlack

# 09:00 on a Tuesday in Seoul: the newest listing is Monday's.
START = datetime(2025, 3, 18, 0, 0, tzinfo=UTC)


@dataclass
class Stage:
    storage: Storage
    clock: FakeClock
    slack: FakeSlack
    outbox: Outbox
    collector: FakeCollector
    summarizer: FakeSummarizer
    search: FakeSearch
    morning: Morning

    def drain(self) -> DrainReport:
        return self.outbox.drain()

    def another_outbox(self) -> Outbox:
        """What a second process, or the next one, would have."""
        return Outbox(self.storage, self.slack, self.clock, pace=Pace(), sleep=self.clock.sleep)


@pytest.fixture
def stage(database: Path | str) -> Iterator[Stage]:
    storage = open_storage(database)
    clock = FakeClock(START)
    slack = FakeSlack(clock)
    outbox = Outbox(storage, slack, clock, pace=Pace(), sleep=clock.sleep)
    collector = FakeCollector(storage, clock)
    summarizer = FakeSummarizer(storage, clock)
    search = FakeSearch()
    morning = Morning(storage, collector, summarizer, search, outbox, clock)
    yield Stage(storage, clock, slack, outbox, collector, summarizer, search, morning)
    storage.close()

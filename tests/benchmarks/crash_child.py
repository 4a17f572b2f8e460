"""The process that the crash harness kills: a morning for all channels, begun anew or taken up."""

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.delivery import Morning, Outbox, Pace, Scheduler
from bot.slack.client import SlackClient
from storage import DatabaseUnusableError, RunState, Storage, open_storage
from storage.connections import Connections
from tests.bot.delivery.fakes import FakeCollector, FakeSearch, FakeSummarizer, listing
from tests.fakes import FakeClock

DUE = datetime(2025, 3, 18, tzinfo=UTC)
LISTED = date(2025, 3, 17)
PACE = Pace(
    spacing=timedelta(0),
    edit_spacing=timedelta(0),
    lease=timedelta(seconds=10),
    settle=timedelta(seconds=0.2),
)
# Then it looks again whether the other process, if there is one, has died.
PATIENCE = timedelta(seconds=0.5)
CALLS = ("post", "find", "update", "conversation_open")


@dataclass(frozen=True)
class Task:
    """What a child is to do. It dies at the *fatal*-th point of the kind it watches (``call`` or
    ``commit``), or not at all when that is None; ``instruction`` is the parent's work."""

    database: Path | str
    api_url: str
    token: str
    channels: tuple[str, ...]
    papers: int
    began: float
    watches: str = "nothing"
    fatal: int | None = None


class Points:
    """Counts the places where a process may die, and dies at the chosen one."""

    def __init__(self, fatal: int | None) -> None:
        self.passed = 0
        self._fatal = fatal

    def __call__(self) -> None:
        self.passed += 1
        if self.passed == self._fatal:
            os.kill(os.getpid(), signal.SIGKILL)


def deadly_slack(slack: SlackClient, point: Callable[[], None]) -> SlackClient:
    """The same client with a point before and after each of its calls."""
    for name in CALLS:
        setattr(slack, name, _between(point, getattr(slack, name)))
    return slack


def _between(point: Callable[[], None], call: Callable[..., Any]) -> Callable[..., Any]:
    def deadly(*args: Any, **kwargs: Any) -> Any:
        point()
        answer = call(*args, **kwargs)
        point()
        return answer

    return deadly


def deadly_commits(kind: type[Connections], point: Callable[[], None]) -> None:
    """Put a point before and after each commit of this process."""
    original = kind.transaction

    @contextmanager
    def transaction(self: Connections, *, durable: bool = False) -> Iterator[None]:
        outermost = not self.in_transaction
        with original(self, durable=durable):
            yield
            if outermost:
                point()
        if outermost:
            point()

    kind.transaction = transaction  # type: ignore[method-assign]


class RunningClock(FakeClock):
    """The morning's clock: real seconds, counted from its due time."""

    def __init__(self, began: float) -> None:
        super().__init__(DUE)
        self._began = began

    def __call__(self) -> datetime:
        return DUE + timedelta(seconds=datetime.now(UTC).timestamp() - self._began)


def build(task: Task, storage: Storage, slack: SlackClient) -> tuple[Scheduler, Outbox]:
    """The real morning, outbox and scheduler; sources and summaries that cost nothing."""
    clock = RunningClock(task.began)
    outbox = Outbox(storage, slack, clock, pace=PACE)
    collector = FakeCollector(storage, clock, {LISTED: listing(*range(1, task.papers + 1))})
    summarizer = FakeSummarizer(storage, clock)
    morning = Morning(storage, collector, summarizer, FakeSearch(), outbox, clock)
    return Scheduler(morning, storage, clock), outbox


def work(task: Task) -> None:
    """Do what is left of the morning; ends when nothing is."""
    point = Points(task.fatal)
    slack = SlackClient.connect(task.token, task.api_url, timeout_seconds=5)
    if task.watches == "call":
        slack = deadly_slack(slack, point)
    storage = _opened(task.database)
    if task.watches == "commit":
        deadly_commits(type(storage._connections), point)
    scheduler, outbox = build(task, storage, slack)
    nap = threading.Event()
    done = False
    while not done:
        try:
            scheduler.reconcile()
            for channel in task.channels:
                scheduler.run_due(channel, DUE)
            outbox.drain(patience=PATIENCE)
            done = _done(storage, outbox, task.channels)
        except DatabaseUnusableError:
            pass  # as the threads of a running bot do, it goes on when the database is back
        nap.wait(0.02)
    storage.close()


def _opened(database: Path | str) -> Storage:
    while True:
        try:
            return open_storage(database)
        except DatabaseUnusableError:
            time.sleep(0.1)


def _done(storage: Storage, outbox: Outbox, channels: Sequence[str]) -> bool:
    runs = [storage.runs.get(channel, DUE) for channel in channels]
    finished = all(run is not None and run.state is RunState.DONE for run in runs)
    return finished and outbox.next_moment() is None


def random_death(
    chance: random.Random, kinds: Sequence[str], points: Mapping[str, int]
) -> tuple[str, int | None]:
    """A kind of death and, unless the parent kills, after how many points.

    Rather early than late, since a process that takes up a morning passes fewer points.
    """
    kind = chance.choice(kinds)
    if kind == "instruction":
        return kind, None
    return kind, min(chance.randint(1, points[kind]), chance.randint(1, points[kind]))

"""The same morning in hundreds of channels of many workspaces, installed by OAuth.

Every process is built and at rest before anybody wishes for a digest. While the minute is waited
for, it is measured what a process costs that has nothing to do.
"""

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from storage import Storage, open_storage
from tests.benchmarks.capacity.apps import (
    Cost,
    Slack,
    Started,
    app,
    http,
    paperboy_settings,
    wait_until_idle,
)
from tests.benchmarks.capacity.digests import (
    PAPERS,
    WORKSPACE_SECONDS,
    Delivered,
    stock,
    subscribe,
    wait,
)
from tests.benchmarks.capacity.progress import tell
from tests.benchmarks.capacity.rows import Row
from tests.many_workspaces import CLIENT_ID, CLIENT_SECRET
from tests.postgres import USUAL, server

WORKSPACES, QUICK_WORKSPACES = 50, 5
CHANNELS_EACH = 10
PATIENCE_SECONDS = 900.0
# What is left until the morning's minute when the last wish is stored.
LEAD = timedelta(seconds=15)
# The last seconds before it, in which the wishes have been taken in.
RESTING_SECONDS = 10.0
OAUTH = {
    "SLACK_BOT_TOKEN": "",
    "SLACK_CLIENT_ID": CLIENT_ID,
    "SLACK_CLIENT_SECRET": CLIENT_SECRET,
    "SLACK_REDIRECT_URI": "https://papers.example.com/slack/oauth_redirect",
}


@dataclass(frozen=True)
class _Size:
    """Of the largest process."""

    megabytes: float
    threads: int

    @classmethod
    def of(cls, apps: Sequence[Started]) -> "_Size":
        threads = max(psutil.Process(one.process.pid).num_threads() for one in apps)
        return cls(max(one.megabytes for one in apps), threads)


def measure(*, quick: bool) -> Iterator[Row]:
    """A morning of one process on SQLite, and of one and three on PostgreSQL."""
    many = QUICK_WORKSPACES if quick else WORKSPACES
    with tempfile.TemporaryDirectory() as place:
        yield from _morning("SQLite ×1", str(Path(place) / "paperboy.db"), many, 1)
    with server(USUAL) as postgresql:
        for processes in (1, 3):
            name = f"PostgreSQL ×{processes}"
            yield from _morning(name, postgresql.create(), many, processes, postgresql.pid)


def _morning(
    name: str, database: str, workspaces: int, processes: int, *database_pids: int
) -> list[Row]:
    """Rows of one morning, from its minute on; memory and threads are the largest process's."""
    channels = workspaces * CHANNELS_EACH
    with (
        tempfile.TemporaryDirectory() as place,
        closing(open_storage(database)) as storage,
        Slack() as slack,
        ExitStack() as stack,
    ):
        stock(storage, PAPERS)
        _install(storage, workspaces)
        apps = [stack.enter_context(_started(slack, place, database)) for _ in range(processes)]
        ready = max(one.wait_until_ready() for one in apps)
        wait_until_idle(apps)
        rest = _Size.of(apps)
        due = _wish(storage, workspaces)
        idle = _resting(apps, due)
        own, beside = Cost(*(one.process.pid for one in apps)), Cost(*database_pids)
        wait(storage, channels, seconds=PATIENCE_SECONDS)
        spent, spent_beside = own.spent, beside.spent
        came = Delivered.told(slack, since=due.timestamp())
        most = _Size.of(apps)
    tell(f"{name} {came}")
    limit = came.messages / workspaces * WORKSPACE_SECONDS
    what = f"{name}, {channels} channels of {workspaces}"
    return [
        Row("workspaces", f"{what}: ready after", ready, "s"),
        Row("workspaces", f"{what}: messages", came.messages, ""),
        Row("workspaces", f"{what}: twice", came.doubled, "", 0, "wanted"),
        Row("workspaces", f"{what}: first message after", came.first, "s"),
        Row("workspaces", f"{what}: last message after", came.whole, "s", limit, "300/min each"),
        Row("workspaces", f"{what}: processor time", spent, "s"),
        Row("workspaces", f"{what}: the database's", spent_beside, "s"),
        Row("workspaces", f"{what}: processor a second at rest, a process", idle, "ms"),
        Row("workspaces", f"{what}: memory at rest", rest.megabytes, "MB"),
        Row("workspaces", f"{what}: memory then", most.megabytes, "MB"),
        Row("workspaces", f"{what}: threads at rest", rest.threads, ""),
        Row("workspaces", f"{what}: threads then", most.threads, ""),
    ]


def _resting(apps: Sequence[Started], due: datetime) -> float:
    """Milliseconds of processor that a process takes in a second, just before *due*."""
    time.sleep(max(0.0, due.timestamp() - time.time() - RESTING_SECONDS))
    cost, began = Cost(*(one.process.pid for one in apps)), time.monotonic()
    time.sleep(max(0.0, due.timestamp() - time.time()))
    return 1000 * cost.spent / len(apps) / (time.monotonic() - began)


def _started(slack: Slack, place: str, database: str) -> AbstractContextManager[Started]:
    settings = {"PAPERBOY_DATABASE": database, **OAUTH, **http()}
    settings = paperboy_settings(Path(place), **settings)
    return app("bot", "run", slack=slack, folder=Path(place), settings=settings)


def _install(storage: Storage, many: int) -> None:
    for number in range(many):
        storage.workspaces.add(_team(number), "Team", installed_by=None, now=datetime.now(UTC))
        storage.workspaces.save_token(_team(number), CLIENT_ID, f"xoxb-{number}")


def _wish(storage: Storage, workspaces: int) -> datetime:
    """Every channel's wish for the same minute; when that is."""
    due = (datetime.now(UTC) + LEAD + timedelta(minutes=1)).replace(second=0, microsecond=0)
    for number in range(workspaces):
        channels = range(number * CHANNELS_EACH, (number + 1) * CHANNELS_EACH)
        subscribe(storage.of_team(_team(number)), channels, "list", PAPERS, due=due)
    return due


def _team(number: int) -> str:
    return f"T{number:09d}"

"""The same morning in hundreds of channels of many workspaces, installed by OAuth."""

import sys
import tempfile
import time
from contextlib import AbstractContextManager, ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from storage import Storage, open_storage
from tests.benchmarks.capacity.apps import Cost, Slack, Started, app, http, paperboy_settings
from tests.benchmarks.capacity.digests import (
    PAPERS,
    WORKSPACE_SECONDS,
    Delivered,
    stock,
    subscribe,
    wait,
)
from tests.benchmarks.capacity.rows import Row
from tests.many_workspaces import CLIENT_ID, CLIENT_SECRET
from tests.postgres import USUAL, server

WORKSPACES, QUICK_WORKSPACES = 50, 5
CHANNELS_EACH = 10
PATIENCE_SECONDS = 900.0
# What is left until the morning's minute when the last wish is stored.
LEAD = timedelta(seconds=15)
OAUTH = {
    "SLACK_BOT_TOKEN": "",
    "SLACK_CLIENT_ID": CLIENT_ID,
    "SLACK_CLIENT_SECRET": CLIENT_SECRET,
    "SLACK_REDIRECT_URI": "https://papers.example.com/slack/oauth_redirect",
}


def measure(*, quick: bool) -> list[Row]:
    """A morning of one process on SQLite, and of one and three on PostgreSQL."""
    many = QUICK_WORKSPACES if quick else WORKSPACES
    with tempfile.TemporaryDirectory() as place:
        rows = _morning("SQLite ×1", str(Path(place) / "paperboy.db"), many, 1)
    with server(USUAL) as postgresql:
        for processes in (1, 3):
            name = f"PostgreSQL ×{processes}"
            rows += _morning(name, postgresql.create(), many, processes, postgresql.pid)
    return rows


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
        pids = [one.process.pid for one in apps]
        at_rest = _megabytes(pids)
        due = _wish(storage, workspaces)
        own, beside = Cost(*pids), Cost(*database_pids)
        time.sleep(due.timestamp() - time.time())
        wait(storage, channels, seconds=PATIENCE_SECONDS)
        own.stop()
        beside.stop()
        came = Delivered.told(slack, since=due.timestamp())
        threads = max(psutil.Process(pid).num_threads() for pid in pids)
        most = _megabytes(pids)
    print(name, came, file=sys.stderr)
    limit = came.messages / workspaces * WORKSPACE_SECONDS
    what = f"{name}, {channels} channels of {workspaces}"
    return [
        Row("workspaces", f"{what}: connected after", apps[-1].seconds, "s"),
        Row("workspaces", f"{what}: messages", came.messages, ""),
        Row("workspaces", f"{what}: twice", came.doubled, "", 0, "wanted"),
        Row("workspaces", f"{what}: first message after", came.first, "s"),
        Row("workspaces", f"{what}: last message after", came.whole, "s", limit, "300/min each"),
        Row("workspaces", f"{what}: processor time", own.processor_seconds, "s"),
        Row("workspaces", f"{what}: the database's", beside.processor_seconds, "s"),
        Row("workspaces", f"{what}: memory at rest", at_rest, "MB"),
        Row("workspaces", f"{what}: memory then", most, "MB"),
        Row("workspaces", f"{what}: threads", threads, ""),
    ]


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


def _megabytes(pids: list[int]) -> float:
    return max(psutil.Process(pid).memory_info().rss for pid in pids) / 1e6

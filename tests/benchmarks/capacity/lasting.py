"""Requests a second that last, by HTTP: one process and several, on both databases.

The load rises until it is too much: until p99 leaves its bound, something is late, or work is left
when the last request has come. Beside it stand as many bare Bolt apps.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.benchmarks.capacity.acks import ECHO, PAPERBOY, WARM_UP_SECONDS, started
from tests.benchmarks.capacity.apps import Cost, Slack, Started, http
from tests.benchmarks.capacity.company import COMFORTABLE_MS
from tests.benchmarks.capacity.rows import Row, quantile
from tests.postgres import USUAL, Server, server

RATES, QUICK_RATES = (25, 50, 75, 100, 150, 200, 300, 400, 500), (25, 50)
SECONDS, QUICK_SECONDS = 8.0, 3.0
PROCESSES = (1, 2, 4)
LONGEST_REST_SECONDS = 2.0
# Rates in a row that are too much: on a shared machine a single one may be the machine's fault.
ENOUGH = 2
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class Load:
    """One rate: ``own`` and the ``database``'s processor time, in ms a request and in cores, and
    how many cores of the machine were ``busy`` in all; megabytes of the largest process."""

    rate: int
    p99: float
    late: int
    rest_seconds: float
    own: float
    database: float
    own_cores: float
    database_cores: float
    busy: float
    megabytes: float

    @property
    def lasts(self) -> bool:
        """Whether the same rate could go on for ever."""
        in_time = self.p99 < COMFORTABLE_MS and not self.late
        return in_time and self.rest_seconds < LONGEST_REST_SECONDS


def measure(*, quick: bool) -> list[Row]:
    """The highest rate that lasts, what a request costs then, and what the machine did when it
    was too much."""
    rows = []
    with server(USUAL) as postgresql:
        for many in PROCESSES[:2] if quick else PROCESSES:
            bare = list(_loads(ECHO, many, None, quick=quick))
            if many == 1:
                loads = list(_loads(PAPERBOY, many, None, quick=quick))
                rows += _rows("SQLite ×1", loads, bare)
            loads = list(_loads(PAPERBOY, many, postgresql, quick=quick))
            rows += _rows(f"PostgreSQL ×{many}", loads, bare)
    return rows


def _rows(name: str, loads: list[Load], bare: list[Load]) -> list[Row]:
    best, most = _best(loads), loads[-1]
    beside = next((one for one in bare if one.rate == best.rate), bare[-1])
    told = [
        ("requests a second that last", best.rate, "/s", _best(bare).rate),
        (f"p99 at {best.rate}/s", best.p99, "ms", beside.p99),
        ("processor time a request", best.own, "ms", beside.own),
        ("the database's processor time a request", best.database, "ms", None),
        ("memory a process", most.megabytes, "MB", bare[-1].megabytes),
        (f"cores busy at {most.rate}/s", most.busy, "", None),
        (f"of them Paperboy's at {most.rate}/s", most.own_cores, "", None),
        (f"of them the database's at {most.rate}/s", most.database_cores, "", None),
    ]
    return [
        Row("lasting", f"{name}, {what}", measured, unit, bare_one, "bare Bolt")
        for what, measured, unit, bare_one in told
    ]


def _best(loads: list[Load]) -> Load:
    return max((one for one in loads if one.lasts), key=lambda one: one.rate, default=loads[0])


def _loads(name: str, many: int, postgresql: Server | None, *, quick: bool) -> Iterator[Load]:
    """Rising loads, the last of which are too much."""
    more = {} if postgresql is None else {"PAPERBOY_DATABASE": postgresql.create()}
    pids = [] if postgresql is None else [postgresql.pid]
    with tempfile.TemporaryDirectory() as place, Slack() as slack, ExitStack() as stack:
        apps = [
            stack.enter_context(started(name, slack, Path(place), **http(), **more))
            for _ in range(many)
        ]
        urls = [one.url for one in apps if one.url]
        slack.load(urls, rate=10, seconds=WARM_UP_SECONDS)
        _wait_until_idle(apps)
        tired = 0
        for rate in QUICK_RATES if quick else RATES:
            load = _load(slack, apps, pids, rate, QUICK_SECONDS if quick else SECONDS)
            where = "" if postgresql is None else "PostgreSQL"
            print(name, f"×{many}", where, load, file=sys.stderr)
            yield load
            tired = 0 if load.lasts else tired + 1
            if tired == ENOUGH:
                return


def _load(
    slack: Slack, apps: list[Started], database: list[int], rate: int, seconds: float
) -> Load:
    own, beside = Cost(*(one.process.pid for one in apps)), Cost(*database)
    began, idle = time.monotonic(), psutil.cpu_times().idle
    told = slack.load([one.url for one in apps if one.url], rate=rate, seconds=seconds)
    passed = time.monotonic() - began
    busy = (psutil.cpu_count() or 1) - (psutil.cpu_times().idle - idle) / passed
    own.settle(slack)
    beside.stop()
    many = len(told["taken"])
    return Load(
        rate=rate,
        p99=1000 * quantile([taken for _, taken in told["taken"]], 0.99),
        late=told["failed"],
        rest_seconds=own.drain_seconds,
        own=1000 * own.processor_seconds / many,
        database=1000 * beside.processor_seconds / many,
        own_cores=own.processor_seconds / (passed + own.drain_seconds),
        database_cores=beside.processor_seconds / (passed + own.drain_seconds),
        busy=busy,
        megabytes=max(psutil.Process(one.process.pid).memory_info().rss for one in apps) / 1e6,
    )


def _wait_until_idle(apps: list[Started]) -> None:
    """Until they have loaded what they load after their start."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        cost = Cost(*(one.process.pid for one in apps))
        time.sleep(1.0)
        cost.stop()
        if cost.processor_seconds < 0.1 * len(apps):
            return

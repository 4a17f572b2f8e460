"""Requests a second that last, by HTTP: one process and several, on both databases.

The load rises until it is too much: until p99 leaves its bound, something is late, or work is left
when the last request has come. Beside it stands one bare Bolt app, which climbs the same ladder of
rates. At the rate that was too much the cores tell what ended it: Paperboy, the database, or the
load's generator with its Slack, which takes a part of the same cores.
"""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks.capacity.acks import ECHO, PAPERBOY, WARM_UP_SECONDS, started
from tests.benchmarks.capacity.apps import Slack, http, wait_until_idle
from tests.benchmarks.capacity.company import COMFORTABLE_MS
from tests.benchmarks.capacity.loads import Load, load
from tests.benchmarks.capacity.progress import tell
from tests.benchmarks.capacity.rows import Row
from tests.postgres import USUAL, Server, server

RATES = (25, 50, 75, 100, 150, 200, 250, 300, 400, 500, 650, 800)
QUICK_RATES = (25, 100)
SECONDS, QUICK_SECONDS = 8.0, 3.0
PROCESSES = (1, 2, 4)
LONGEST_REST_SECONDS = 2.0
# Rates in a row that are too much: on a shared machine a single one may be the machine's fault.
ENOUGH = 2


def measure(*, quick: bool) -> Iterator[Row]:
    """The highest rate that lasts, what a request costs then, and what the machine did when it
    was too much."""
    bare = list(_loads(ECHO, 1, None, quick=quick))
    yield from _rows(f"{ECHO} ×1", bare)
    yield from _rows("SQLite ×1", list(_loads(PAPERBOY, 1, None, quick=quick)), bare)
    with server(USUAL) as postgresql:
        for many in PROCESSES:
            loads = list(_loads(PAPERBOY, many, postgresql, quick=quick))
            yield from _rows(f"PostgreSQL ×{many}", loads, bare)


def _rows(name: str, loads: list[Load], bare: list[Load] | None = None) -> Iterator[Row]:
    """The rows of *loads*; the bare app's own have nothing beside them."""

    def row(what: str, unit: str, measured: float, beside: float | None = None) -> Row:
        return Row("lasting", f"{name}, {what}", measured, unit, beside if bare else None, ECHO)

    best, most = _best(loads), loads[-1]
    same = next((one for one in bare or loads if one.rate == best.rate), most)
    lasting = "requests a second that last" + (", the most that was tried" if _lasts(most) else "")
    yield row(lasting, "/s", best.rate, _best(bare or loads).rate)
    yield row(f"p99 at {best.rate}/s", "ms", best.p99, same.p99)
    yield row("processor time a request", "ms", best.own, same.own)
    if best.database:
        yield row("the database's processor time a request", "ms", best.database)
    yield row("memory a process", "MB", most.megabytes, (bare or loads)[-1].megabytes)
    for what, cores in (
        ("cores busy", most.cores.busy),
        ("cores of the apps", most.cores.own),
        ("cores of the database", most.cores.database),
        ("cores of Slack and generator", most.cores.slack),
    ):
        yield row(f"{what} at {most.rate}/s", "", cores)
    yield row(f"the generator's own lag at {most.rate}/s, p99", "ms", most.lag)


def _best(loads: list[Load]) -> Load:
    return max((one for one in loads if _lasts(one)), key=lambda one: one.rate, default=loads[0])


def _lasts(load: Load) -> bool:
    """Whether the same rate could go on for ever."""
    in_time = load.p99 < COMFORTABLE_MS and not load.late
    return in_time and load.rest_seconds < LONGEST_REST_SECONDS


def _loads(name: str, many: int, postgresql: Server | None, *, quick: bool) -> Iterator[Load]:
    """Rising loads, the last of which are too much."""
    more = {} if postgresql is None else {"PAPERBOY_DATABASE": postgresql.create()}
    database = [] if postgresql is None else [postgresql.pid]
    with tempfile.TemporaryDirectory() as place, Slack() as slack, ExitStack() as stack:
        apps = [
            stack.enter_context(started(name, slack, Path(place), **http(), **more))
            for _ in range(many)
        ]
        slack.load([one.url for one in apps if one.url], rate=10, seconds=WARM_UP_SECONDS)
        wait_until_idle(apps)
        tired = 0
        for rate in QUICK_RATES if quick else RATES:
            seconds = QUICK_SECONDS if quick else SECONDS
            one = load(slack, apps, database, rate=rate, seconds=seconds)
            tell(f"{name} ×{many}{' on PostgreSQL' if postgresql else ''}, {one}")
            yield one
            tired = 0 if _lasts(one) else tired + 1
            if tired == ENOUGH:
                return

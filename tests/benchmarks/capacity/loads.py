"""A load at one rate: how it was answered, what it cost everybody, and how busy the machine was."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import psutil

from tests.benchmarks.capacity.apps import Cost, Slack, Started, drain
from tests.benchmarks.capacity.progress import tell
from tests.benchmarks.capacity.rows import quantile

# A generator that had no turn for so long was not kept waiting by what it measures.
STANDSTILL_SECONDS = 2.0
ATTEMPTS = 3


@dataclass(frozen=True)
class Cores:
    """How many cores were at work on the mean while the load came. What is missing of all that
    were ``busy`` is other work on the machine; ``slack`` makes the load as well."""

    own: float
    database: float
    slack: float
    busy: float


@dataclass(frozen=True)
class Load:
    """One rate: milliseconds until each request was ``acknowledged``, and by which each was sent
    too late, and the seconds in which the generator had no turn at all; processor time of the apps,
    the ``database`` and ``slack`` in milliseconds a request, with the work behind; ``megabytes`` of
    the largest app."""

    rate: int
    acknowledged: Sequence[float]
    lags: Sequence[float]
    standstill: float
    late: int
    rest_seconds: float
    calls: float
    own: float
    database: float
    slack: float
    cores: Cores
    megabytes: float

    @property
    def p50(self) -> float:
        """Half are acknowledged within so many milliseconds."""
        return quantile(self.acknowledged, 0.5)

    @property
    def p99(self) -> float:
        """Nearly all are."""
        return quantile(self.acknowledged, 0.99)

    @property
    def lag(self) -> float:
        """Nearly all were sent within so many milliseconds of their moment."""
        return quantile(self.lags, 0.99)

    def __str__(self) -> str:
        return (
            f"{self.rate}/s: p99 {self.p99:.0f} ms, {self.late} late, {self.own:.1f} ms a request, "
            f"{self.cores.busy:.1f} cores busy, done {self.rest_seconds:.1f} s later"
        )


def load(
    slack: Slack, apps: Sequence[Started], database: Sequence[int], *, rate: int, seconds: float
) -> Load:
    """Send *rate* requests a second to *apps* in turn, the same ones whichever apps they are;
    *database* are the processes of a server. Once more if the machine stood still meanwhile."""
    for attempt in range(ATTEMPTS):
        told = _load(slack, apps, database, rate=rate, seconds=seconds, seed=rate + 1_000 * attempt)
        if told.standstill < STANDSTILL_SECONDS:
            break
        tell(f"the machine stood still for {told.standstill:.0f} s")
    return told


def _load(
    slack: Slack,
    apps: Sequence[Started],
    database: Sequence[int],
    *,
    rate: int,
    seconds: float,
    seed: int,
) -> Load:
    costs = [Cost(*(one.process.pid for one in apps)), Cost(*database), Cost(slack.pid)]
    began, idle, calls = time.monotonic(), _idle(), slack.calls
    urls = [one.url for one in apps if one.url]
    told = slack.load(urls, rate=rate, seconds=seconds, seed=seed)
    passed = time.monotonic() - began
    busy = (psutil.cpu_count() or 1) - (_idle() - idle) / passed
    own_cores, servers_cores, slacks_cores = (one.spent / passed for one in costs)
    rest_seconds = drain(slack)
    many = len(told["taken"])
    own, servers, slacks = (1000 * one.spent / many for one in costs)
    return Load(
        rate=rate,
        acknowledged=[1000 * taken for _, taken in told["taken"]],
        lags=[1000 * one for one in told["lags"]],
        standstill=told["standstill"],
        late=told["failed"],
        rest_seconds=rest_seconds,
        calls=(slack.calls - calls) / many,
        own=own,
        database=servers,
        slack=slacks,
        cores=Cores(own_cores, servers_cores, slacks_cores, busy),
        megabytes=max(one.megabytes for one in apps),
    )


def _idle() -> float:
    """Seconds of all cores without work; those who wait for the disk have none."""
    times = psutil.cpu_times()
    return float(times.idle + getattr(times, "iowait", 0.0))

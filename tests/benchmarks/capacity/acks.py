"""How fast Slack's requests are acknowledged, beside a Bolt app that does nothing else.

Such an app sends Slack nothing, where Paperboy answers two requests of three. What the work behind
costs therefore stands beside a second app as well, which answers the same ones with a line of text.
Paperboy besides asks Slack about each of the two hundred members when it meets them, most of them
at a hundred requests a second: ``calls to Slack`` tells.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.sample import load_sample
from storage import open_storage
from tests.benchmarks.capacity.apps import (
    Slack,
    Started,
    app,
    http,
    paperboy_settings,
    socket_mode,
    wait_until_idle,
)
from tests.benchmarks.capacity.loads import Load, load
from tests.benchmarks.capacity.progress import tell
from tests.benchmarks.capacity.rows import Row

RATES = (1, 10, 100, 300)
MODES = {"http": http, "socket": socket_mode}
# Only a load that lasts tells what a request costs.
LASTING_RATES = (100, 300)
SECONDS, QUICK_SECONDS = 10.0, 3.0
WARM_UP_SECONDS = 3.0
ECHO, ANSWERING, PAPERBOY = "bare Bolt", "Bolt that answers", "Paperboy"
_COMMANDS = {
    ECHO: ("tests.benchmarks.capacity.echo_app",),
    ANSWERING: ("tests.benchmarks.capacity.echo_app", "--answering"),
    PAPERBOY: ("bot", "run"),
}


def measure(*, quick: bool) -> Iterator[Row]:
    """p50 and p99 at each rate, by HTTP and by Socket Mode; what the work behind takes."""
    seconds = QUICK_SECONDS if quick else SECONDS
    for mode in MODES:
        bare = _loads(ECHO, mode, RATES, seconds)
        answering = _loads(ANSWERING, mode, LASTING_RATES, seconds)
        for rate, ours in _loads(PAPERBOY, mode, RATES, seconds).items():
            yield from _rows(f"{mode}, {rate}/s", ours, bare[rate])
            if rate in LASTING_RATES:
                yield from _work(f"{mode}, {rate}/s", ours, bare[rate], answering[rate])


def _rows(where: str, ours: Load, bare: Load) -> Iterator[Row]:
    late = f"not within 3 s, of {len(ours.acknowledged)}"
    yield Row("acks", f"{where}, p50", ours.p50, "ms", bare.p50, ECHO)
    yield Row("acks", f"{where}, p99", ours.p99, "ms", bare.p99, ECHO)
    yield Row("acks", f"{where}, {late}", ours.late, "", bare.late, ECHO)


def _work(where: str, ours: Load, bare: Load, answering: Load) -> Iterator[Row]:
    cost = f"{where}, processor time a request"
    yield Row("acks", cost, ours.own, "ms", bare.own, ECHO)
    yield Row("acks", cost, ours.own, "ms", answering.own, ANSWERING)
    yield Row("acks", f"{where}, p99", ours.p99, "ms", answering.p99, ANSWERING)
    yield Row("acks", f"{where}, calls to Slack", ours.calls, "", answering.calls, ANSWERING)
    yield Row("acks", f"{where}, last reply after the burst", ours.rest_seconds, "s")
    yield Row("acks", f"{where}, the generator's own lag, p99", ours.lag, "ms", bare.lag, ECHO)
    yield Row("acks", f"{where}, cores of Slack and generator", ours.cores.slack, "")


def _loads(name: str, mode: str, rates: tuple[int, ...], seconds: float) -> dict[int, Load]:
    with (
        tempfile.TemporaryDirectory() as place,
        Slack() as slack,
        started(name, slack, Path(place), **MODES[mode]()) as one,
    ):
        slack.load([one.url] if one.url else [], rate=10, seconds=WARM_UP_SECONDS)
        wait_until_idle([one])
        told = {rate: load(slack, [one], (), rate=rate, seconds=seconds) for rate in rates}
    for each in told.values():
        tell(f"{name}, {mode}, {each}")
    return told


@contextmanager
def started(name: str, slack: Slack, folder: Path, **more: str) -> Iterator[Started]:
    """A bare Bolt app, or Paperboy with the bundled papers once it is built."""
    settings = more
    if name == PAPERBOY:
        settings = paperboy_settings(folder, **more)
        stock(settings["PAPERBOY_DATABASE"])
    with app(*_COMMANDS[name], slack=slack, folder=folder, settings=settings) as one:
        if name == PAPERBOY:
            one.wait_until_ready()
        yield one


def stock(database: str) -> None:
    """Store the bundled papers, as the listings of these days."""
    storage, now = open_storage(database), datetime.now(UTC)
    listing = storage.listings.get("huggingface", load_sample(storage, now))
    assert listing is not None
    for back in range(3):
        day = (now - timedelta(days=back)).date()
        storage.listings.save("huggingface", day, listing.entries, settled=True, now=now)
    storage.close()

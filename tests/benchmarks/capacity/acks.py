"""How fast Slack's requests are acknowledged, beside a Bolt app that does nothing else."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.sample import load_sample
from storage import open_storage
from tests.benchmarks.capacity.apps import Cost, Slack, Started, app, http, paperboy_settings
from tests.benchmarks.capacity.rows import Row, quantile

RATES = (1, 10, 100, 300)
MODES = ("http", "socket")
# Only a load that lasts tells what a request costs.
LASTING_RATE = 100
SECONDS, QUICK_SECONDS = 10.0, 3.0
WARM_UP_SECONDS = 3.0
ECHO, PAPERBOY = "echo", "paperboy"


def measure(*, quick: bool) -> list[Row]:
    """p50 and p99 at each rate, by HTTP and by Socket Mode; what the work behind takes."""
    rows: list[Row] = []
    for mode in MODES:
        seconds = QUICK_SECONDS if quick else SECONDS
        bare = {rate: (told, cost) for rate, told, cost in _loads(ECHO, mode, seconds)}
        for rate, told, cost in _loads(PAPERBOY, mode, seconds):
            bare_told, bare_cost = bare[rate]
            rows += _rows(f"{mode}, {rate}/s", told, bare_told)
            if rate >= LASTING_RATE:
                rows += _work(f"{mode}, {rate}/s", told, cost, bare_cost)
    return rows


def _rows(where: str, told: dict[str, Any], bare: dict[str, Any]) -> list[Row]:
    rows = [
        Row(
            "acks",
            f"{where}, {name}",
            1000 * quantile(_seconds(told), share),
            "ms",
            1000 * quantile(_seconds(bare), share),
            "bare Bolt",
        )
        for name, share in (("p50", 0.5), ("p99", 0.99))
    ]
    late = Row(
        "acks",
        f"{where}, not within 3 s, of {len(told['taken'])}",
        told["failed"],
        "",
        bare["failed"],
        "bare Bolt",
    )
    return [*rows, late]


def _work(where: str, told: dict[str, Any], cost: Cost, bare: Cost) -> list[Row]:
    each, beside = (1000 * one.processor_seconds / len(told["taken"]) for one in (cost, bare))
    return [
        Row("acks", f"{where}, processor time a request", each, "ms", beside, "bare Bolt"),
        Row("acks", f"{where}, last reply after the burst", cost.drain_seconds, "s"),
        Row(
            "acks",
            f"{where}, the generator's own lag, p99",
            1000 * quantile(told["lags"], 0.99),
            "ms",
        ),
    ]


def _seconds(told: dict[str, Any]) -> list[float]:
    return [seconds for _, seconds in told["taken"]]


def _loads(name: str, mode: str, seconds: float) -> Iterator[tuple[int, dict[str, Any], Cost]]:
    with (
        tempfile.TemporaryDirectory() as place,
        Slack() as slack,
        started(name, slack, Path(place), **(http() if mode == "http" else {})) as one,
    ):
        urls = [one.url] if one.url else []
        slack.load(urls, rate=10, seconds=WARM_UP_SECONDS)
        for rate in RATES:
            cost = Cost(one.process.pid)
            told = slack.load(urls, rate=rate, seconds=seconds)
            cost.settle(slack)
            yield rate, told, cost


@contextmanager
def started(name: str, slack: Slack, folder: Path, **more: str) -> Iterator[Started]:
    """A bare Bolt app, or Paperboy with the bundled papers."""
    command, settings = ["tests.benchmarks.capacity.echo_app"], paperboy_settings(folder, **more)
    if name == PAPERBOY:
        command = ["bot", "run"]
        _stock(settings["PAPERBOY_DATABASE"])
    with app(*command, slack=slack, folder=folder, settings=settings) as one:
        yield one


def _stock(database: str) -> None:
    """The bundled papers, as the listings of these days."""
    storage, now = open_storage(database), datetime.now(UTC)
    listing = storage.listings.get("huggingface", load_sample(storage, now))
    assert listing is not None
    for back in range(3):
        day = (now - timedelta(days=back)).date()
        storage.listings.save("huggingface", day, listing.entries, settled=True, now=now)
    storage.close()

"""From the start of the process to the open connection, beside a bare Bolt app."""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import psutil

from tests.benchmarks.capacity.apps import Slack, app, paperboy_settings
from tests.benchmarks.capacity.rows import Row, quantile

TIMES, QUICK_TIMES = 3, 1


def measure(large: Path | None, *, quick: bool) -> list[Row]:
    """Start-up on an empty database and on *large*, in Socket Mode; memory once connected."""
    times = QUICK_TIMES if quick else TIMES
    bare, bare_memory = _start("tests.benchmarks.capacity.echo_app", (), None, times)
    rows = []
    for what, database in (("empty", None), *((("100k papers", large),) if large else ())):
        seconds, memory = _start("bot", ("run",), database, times)
        rows += [
            Row("start", f"to connected, {what}", seconds, "s", bare, "bare Bolt"),
            Row("start", f"memory at rest, {what}", memory, "MB", bare_memory, "bare Bolt"),
        ]
    return rows


def _start(
    module: str, arguments: Sequence[str], database: Path | None, times: int
) -> tuple[float, float]:
    seconds, memory = [], []
    for _ in range(times):
        with tempfile.TemporaryDirectory() as place, Slack(call_seconds=0.0) as slack:
            folder = Path(place)
            if database is not None:
                shutil.copy(database, folder / "paperboy.db")
            settings = paperboy_settings(folder)
            with app(module, *arguments, slack=slack, folder=folder, settings=settings) as one:
                seconds.append(one.seconds)
                memory.append(psutil.Process(one.process.pid).memory_info().rss / 1e6)
    return quantile(seconds, 0.5), quantile(memory, 0.5)

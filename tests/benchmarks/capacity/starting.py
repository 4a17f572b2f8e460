"""From the start of the process to the open connection and to the built bot, beside a bare Bolt
app, which is built when it connects; and the memory of each, once it has loaded what it loads."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tests.benchmarks.archive_at_scale import memory
from tests.benchmarks.capacity.acks import ECHO
from tests.benchmarks.capacity.apps import (
    Slack,
    Started,
    app,
    paperboy_settings,
    socket_mode,
    wait_until_idle,
)
from tests.benchmarks.capacity.rows import Row

TIMES, QUICK_TIMES = 3, 1
EMBEDDINGS = {"": "", ", without embeddings": "none"}


def measure(papers: int, large: Path, *, quick: bool) -> Iterator[Row]:
    """Start-up on an empty database and on *large*, in Socket Mode; memory once it rests, and once
    it has searched."""
    times = QUICK_TIMES if quick else TIMES
    bare = [_bare() for _ in range(times)]
    bare_seconds, bare_memory = (median(one) for one in zip(*bare, strict=True))
    size = f"{papers:,} papers"
    for what, database in (("empty", None), (size, large)):
        found = [_ours(database) for _ in range(times)]
        connected, ready, megabytes = (median(one) for one in zip(*found, strict=True))
        yield Row("start", f"to connected, {what}", connected, "s", bare_seconds, ECHO)
        yield Row("start", f"to ready, {what}", ready, "s", bare_seconds, ECHO)
        yield Row("start", f"memory at rest, {what}", megabytes, "MB", bare_memory, ECHO)
    for name, model in EMBEDDINGS.items():
        with tempfile.TemporaryDirectory() as place:
            shutil.copy(large, Path(place) / "paperboy.db")
            idle, searched, _ = memory(Path(place), model)
        yield Row("start", f"memory of a bot that sits idle, {size}{name}", idle, "MiB")
        yield Row("start", f"memory after searching, {size}{name}", searched, "MiB")


def _bare() -> tuple[float, float]:
    with _started("tests.benchmarks.capacity.echo_app") as one:
        wait_until_idle([one])
        return one.seconds, one.megabytes


def _ours(database: Path | None) -> tuple[float, float, float]:
    with _started("bot", "run", database=database) as one:
        ready = one.wait_until_ready()
        wait_until_idle([one])
        return one.seconds, ready, one.megabytes


@contextmanager
def _started(module: str, *arguments: str, database: Path | None = None) -> Iterator[Started]:
    with tempfile.TemporaryDirectory() as place, Slack(call_seconds=0.0) as slack:
        folder = Path(place)
        if database is not None:
            shutil.copy(database, folder / "paperboy.db")
        settings = paperboy_settings(folder, **socket_mode())
        with app(module, *arguments, slack=slack, folder=folder, settings=settings) as one:
            yield one

"""How soon commands and the bot are there: ``python -m tests.benchmarks.startup [--times 5]``.

Each figure is the median, beside what it can be compared with in the same run: Python with
``click`` for the command line, the encoder's load for a search, a bare Bolt app for the connection.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psutil

from bot.sample import load_sample
from bot.search import SearchIndex, load_embedder
from storage import open_storage
from tests.benchmarks.capacity.apps import Slack, app, paperboy_settings
from tests.process import ROOT

Cost = tuple[float, float]
ENCODER = "from bot.search import load_embedder; load_embedder().embed(['paper'])"
SLACK_CALL_SECONDS = 0.1


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    print(f"{'':22} {'seconds':>8} {'processor':>9}   beside")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _stock(folder)
        click = _median(times, lambda: _python(folder, "-c", "import click"))
        encoder = _median(times, lambda: _python(folder, "-c", ENCODER))
        for arguments, beside, what in (
            (("--version",), click, "Python with click"),
            (("--help",), click, "Python with click"),
            (("search", "reinforcement learning"), encoder, "the encoder's load"),
            (("demo", "--once"), encoder, "the encoder's load"),
        ):
            took = _median(times, lambda: _python(folder, "-m", "bot", *arguments))  # noqa: B023
            _row(" ".join(arguments), took, beside, what)
        bare, bare_first = _starts(times, folder, "tests.benchmarks.capacity.echo_app")
        connected, first = _starts(times, folder, "bot", "run")
        _row("run, to connected", connected, bare)
        _row("run, to a first answer", first, bare_first)


def _row(name: str, took: Cost, beside: Cost, what: str = "a bare Bolt app") -> None:
    times = f"{took[0] / beside[0]:.2f} and {took[1] / beside[1]:.2f} times"
    known = f"{what} ({beside[0]:.2f} and {beside[1]:.2f})"
    print(f"{name[:22]:22} {took[0]:8.2f} {took[1]:9.2f}   {times} {known}")


def _median(times: int, measured: Callable[[], Cost]) -> Cost:
    return _middle([measured() for _ in range(times)])


def _middle(costs: Sequence[Cost]) -> Cost:
    return (
        statistics.median(seconds for seconds, _ in costs),
        statistics.median(processor for _, processor in costs),
    )


def _python(folder: Path, *arguments: str) -> Cost:
    """Seconds and processor seconds of a process."""
    began, before = time.monotonic(), _spent_by_children()
    subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **paperboy_settings(folder)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.monotonic() - began, _spent_by_children() - before


def _starts(times: int, folder: Path, module: str, *arguments: str) -> tuple[Cost, Cost]:
    """Until an app has opened its connection, and until it has acknowledged what came right then;
    processor time of the one is counted before anything comes, of the other at the end."""
    costs = [_start(folder, module, *arguments) for _ in range(times)]
    return _middle([one for one, _ in costs]), _middle([one for _, one in costs])


def _start(folder: Path, module: str, *arguments: str) -> tuple[Cost, Cost]:
    with Slack(call_seconds=SLACK_CALL_SECONDS) as slack:
        settings = paperboy_settings(folder)
        with app(module, *arguments, slack=slack, folder=folder, settings=settings) as one:
            connected = one.seconds, _spent_by(one.process.pid)
            ((_, waited),) = slack.load([], rate=0.01, seconds=0.001)["taken"]
            return connected, (one.seconds + waited, _spent_by(one.process.pid))


def _spent_by(pid: int) -> float:
    used = psutil.Process(pid).cpu_times()
    return used.user + used.system


def _spent_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _stock(folder: Path) -> None:
    with closing(open_storage(folder / "paperboy.db")) as storage:
        load_sample(storage, datetime.now(UTC))
        SearchIndex(storage, load_embedder()).index_missing()


if __name__ == "__main__":
    main()

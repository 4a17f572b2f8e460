"""What one machine holds, as one table and one plot.

    python -m tests.benchmarks.capacity [--quick] [--only acks,digests] [--plot FILE]
        [--archive FILE]

Each figure has its baseline or physical limit beside it, measured in the same run where it can be
measured. *acks*: p50 and p99 at 1, 10, 100 and 300 requests a second, beside a bare Bolt app, from
a load generator in its own process that never waits for answers; Slack takes 100 ms for each call.
*digests*: 50 papers in one channel, and 1, 10 and 50 channels in the same minute. *questions*: a
hundred at once. *archive*: search and ``/papers today`` at 1,000, 10,000 and 100,000 papers.
*start*: from the start to the open connection. *tokens*: what a digest costs. All of it takes
about ten minutes, ``--quick`` two. *FILE* is an archive that
``python -m tests.large_archive FILE --papers 100000 --vectors`` has written; without it one is
made.
Memory over a month is told by ``python -m tests.benchmarks.soak``.
"""

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import psutil

from bot.search import load_embedder
from storage import open_storage
from tests.benchmarks.capacity import (
    acks,
    archive,
    company,
    digests,
    lasting,
    questions,
    starting,
    tokens,
    workspaces,
)
from tests.benchmarks.capacity.plot import draw
from tests.benchmarks.capacity.rows import Row, table
from tests.large_archive import fill
from tests.shared_data import shared_folder

SIZES, QUICK_SIZES = (1_000, 10_000, 100_000), (1_000,)
PARTS = ("acks", "lasting", "digests", "workspaces", "questions", "archive", "start", "tokens")


def main() -> int:
    """Measure, print and draw; 1 when the real data is not here."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--plot", type=Path, default=Path("capacity.png"))
    parser.add_argument("--archive", type=Path)
    asked = parser.parse_args()
    wanted = asked.only.split(",")
    if unknown := set(wanted) - set(PARTS):
        parser.error(f"unknown parts: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    if shared_folder() is None:
        print("the real data is not here", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as place:
        rows = _measure(wanted, asked.quick, asked.archive, Path(place))
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(
        f"{psutil.cpu_count()} cores, {psutil.virtual_memory().total / 1e9:.0f} GB, "
        f"Python {platform.python_version()}, load at the end {load}\n"
    )
    print(table(rows))
    for sentence in company.sentences(rows):
        print(f"\n- {sentence}")
    draw(rows, asked.plot)
    print(f"\n{asked.plot}")
    return 0


def _measure(wanted: list[str], quick: bool, large: Path | None, folder: Path) -> list[Row]:
    files = _archives(quick, large, folder) if {"archive", "start"} & set(wanted) else []
    largest = files[-1][1] if files and files[-1][0] >= SIZES[-1] else None
    parts: dict[str, Callable[[], list[Row]]] = {
        "acks": lambda: acks.measure(quick=quick),
        "lasting": lambda: lasting.measure(quick=quick),
        "digests": lambda: digests.measure(quick=quick),
        "workspaces": lambda: workspaces.measure(quick=quick),
        "questions": lambda: questions.measure(quick=quick),
        "archive": lambda: archive.measure(files),
        "start": lambda: starting.measure(largest, quick=quick),
        "tokens": tokens.measure,
    }
    rows: list[Row] = []
    for name in (one for one in PARTS if one in wanted):
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        rows += parts[name]()
    return rows


def _archives(quick: bool, large: Path | None, folder: Path) -> list[tuple[int, Path]]:
    found = []
    for papers in QUICK_SIZES if quick else SIZES:
        file = folder / f"{papers}.db"
        print(f"an archive of {papers:,} papers …", file=sys.stderr, flush=True)
        if papers == SIZES[-1] and large is not None:
            shutil.copy(large, file)
        else:
            storage = open_storage(file)
            fill(storage, papers, embedder=load_embedder())
            storage.close()
        found.append((papers, file))
    return found


if __name__ == "__main__":
    sys.exit(main())

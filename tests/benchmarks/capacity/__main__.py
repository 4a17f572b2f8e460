"""What one machine holds, as one table and one plot, in one run from an empty start.

    python -m tests.benchmarks.capacity [--quick] [--only acks,lasting] [--plot FILE]
        [--archive FILE [--address URL]]

Each figure has its baseline or physical limit beside it, measured in the same run where it can be
measured. Lines of the table are printed as they come. A part that fails or takes longer than it may
has its error in the table, the others go on, and the exit code is 1. What is just measured is told
on stderr.

- *acks*: p50 and p99 at 1, 10, 100 and 300 requests a second, beside a bare Bolt app, from a load
  generator in its own process that never waits for answers; Slack takes 100 ms for each call. What
  the work behind costs, beside a Bolt app that answers as often.
- *requests*: what each kind of request costs by itself, in processor time and statements, on both
  databases.
- *lasting*: requests a second that last: bare Bolt, one process on SQLite, one, two and four on
  PostgreSQL; what a request costs each, and whose the cores are when it is too much.
- *digests*: 50 papers in one channel, and 1, 10 and 50 channels in the same minute.
- *workspaces*: the same morning in 500 channels of 50 workspaces: one process on SQLite, one and
  three on PostgreSQL.
- *questions*: a hundred at once, beside the model alone.
- *archives*: made for the next three, whenever one of them is wanted: 1,000, 10,000 and 100,000
  papers.
- *archive*: search and ``/papers today`` on each of them, on SQLite.
- *search*: the same queries on both databases among the most papers, recall beside exact search.
- *start*: to the connection and to the built bot, and memory, empty and with the most papers.
- *tokens*: what a digest costs.

All of it takes about an hour on two cores, ``--quick`` ten minutes, with a thousand papers at
the most. *FILE* is an archive that ``python -m tests.large_archive FILE --papers 100000 --vectors
--fulltexts 1000`` has written; without it one is made. What lies at *URL*, on this machine, has
been carried over from it before.

Memory over a month is told by ``python -m tests.benchmarks.soak``.
"""

import argparse
import os
import platform
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.benchmarks.capacity import (
    acks,
    archive,
    company,
    digests,
    lasting,
    questions,
    requests,
    search,
    starting,
    tokens,
    workspaces,
)
from tests.benchmarks.capacity.archives import Archives
from tests.benchmarks.capacity.plot import draw
from tests.benchmarks.capacity.progress import MINUTE, at_most, tell, telling
from tests.benchmarks.capacity.rows import HEAD, Row, failed
from tests.shared_data import shared_folder

QUICK_MINUTES = 8.0
ON_ARCHIVES = {"archive", "search", "start"}


@dataclass(frozen=True)
class Run:
    """What the parts of one run share."""

    quick: bool
    archives: Archives
    address: str | None


@dataclass(frozen=True)
class Part:
    """Gives its rows, in so many minutes at the most."""

    measure: Callable[[Run], Iterable[Row]]
    minutes: float


PARTS = {
    "acks": Part(lambda run: acks.measure(quick=run.quick), 15),
    "requests": Part(lambda run: requests.measure(quick=run.quick), 10),
    "lasting": Part(lambda run: lasting.measure(quick=run.quick), 30),
    "digests": Part(lambda run: digests.measure(quick=run.quick), 15),
    "workspaces": Part(lambda run: workspaces.measure(quick=run.quick), 30),
    "questions": Part(lambda run: questions.measure(quick=run.quick), 10),
    "archives": Part(lambda run: run.archives.make(), 20),
    "archive": Part(lambda run: archive.measure(run.archives.files), 10),
    "search": Part(lambda run: search.measure(*run.archives.largest, run.address), 60),
    "start": Part(lambda run: starting.measure(*run.archives.largest, quick=run.quick), 15),
    "tokens": Part(lambda _: tokens.measure(), 5),
}


def main() -> int:
    """Measure, print and draw; 1 when a part failed or the real data is not here."""
    asked = _asked()
    wanted = asked.only.split(",")
    if shared_folder() is None:
        print("the real data is not here", file=sys.stderr)
        return 1
    # Servers and bots end with the run, also when it is told to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    print(HEAD, flush=True)
    rows, good = list[Row](), True
    with tempfile.TemporaryDirectory() as place:
        archives = Archives(Path(place), asked.archive, quick=asked.quick)
        run = Run(asked.quick, archives, asked.address)
        for name in PARTS:
            if name in wanted or (name == "archives" and ON_ARCHIVES & set(wanted)):
                good = _measure(name, run, rows) and good
    _conclude(rows, asked.plot)
    return 0 if good else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--plot", type=Path, default=Path("capacity.png"))
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--address")
    asked = parser.parse_args()
    if unknown := set(asked.only.split(",")) - set(PARTS):
        parser.error(f"unknown parts: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    if asked.address and not asked.archive:
        parser.error("--address needs the --archive that was carried over to it")
    return asked


def _measure(name: str, run: Run, rows: list[Row]) -> bool:
    """Print the rows of one part and keep them; whether it came to its end."""
    began, minutes = time.monotonic(), QUICK_MINUTES if run.quick else PARTS[name].minutes
    tell(f"{name}, {minutes:g} minutes at the most")
    good = True
    try:
        with telling(name), at_most(MINUTE * minutes):
            for row in PARTS[name].measure(run):
                rows.append(row)
                print(row, flush=True)
    except Exception as error:
        traceback.print_exc()
        print(failed(name, error), flush=True)
        good = False
    took = Row(name, "took", time.monotonic() - began, "s", MINUTE * minutes, "at the most")
    print(took, flush=True)
    return good


def _conclude(rows: list[Row], plot: Path) -> None:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(
        f"\n{psutil.cpu_count()} cores, {psutil.virtual_memory().total / 1e9:.0f} GB, "
        f"Python {platform.python_version()}, load at the end {load}"
    )
    for sentence in company.sentences(rows):
        print(f"\n- {sentence}")
    draw(rows, plot)
    print(f"\n{plot}")


if __name__ == "__main__":
    sys.exit(main())

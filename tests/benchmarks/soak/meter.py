"""Memory, threads, files and the database of the bot as days pass, and whether they stay flat."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil

# The first days of a life load the encoder, fill caches and fragment the heap.
WARM_UP_DAYS = 5
# Vectors of new papers are kept in memory: fifty papers with passages are a good megabyte.
MOST_MB_A_DAY = 2.0
MOST_NEW_THREADS = MOST_NEW_FILES = 8
# A thread's connection to the database opens the file and its write-ahead log; all share the index
# of the log. Threads are started, and open theirs, when work comes for them.
FILES_A_CONNECTION = 2
MOST_WAL_MB = 32.0
FEWEST_DAYS = 4


@dataclass(frozen=True)
class Sample:
    """One evening. ``life`` counts the processes, ``files`` what is open besides the
    ``database_files``; sizes are in MB."""

    day: int
    life: int
    memory: float
    threads: int
    files: int
    database_files: int
    database: float
    wal: float


def sample(day: int, life: int, pid: int, database: Path) -> Sample:
    """The process and its database as they are now."""
    process, wal = psutil.Process(pid), database.with_name(database.name + "-wal")
    of_database = sum(_is_of(database, link) for link in Path(f"/proc/{pid}/fd").iterdir())
    return Sample(
        day=day,
        life=life,
        memory=process.memory_info().rss / 1e6,
        threads=process.num_threads(),
        files=process.num_fds() - of_database,
        database_files=of_database,
        database=database.stat().st_size / 1e6,
        wal=wal.stat().st_size / 1e6 if wal.exists() else 0.0,
    )


def _is_of(database: Path, link: Path) -> bool:
    """Whether an open file is the database or one of those that SQLite keeps beside it."""
    try:
        return str(link.readlink()).startswith(str(database))
    except OSError:  # closed in the meantime
        return False


def slope(values: Sequence[float]) -> float:
    """Growth a day, by least squares."""
    return float(np.polyfit(range(len(values)), values, 1)[0])


def longest_life(samples: Sequence[Sample]) -> list[Sample]:
    """The evenings of the process that lived longest, after its warm-up."""
    lives = {one.life for one in samples}
    longest = max(([s for s in samples if s.life == life] for life in lives), key=len)
    return longest[WARM_UP_DAYS:]


def not_flat(samples: Sequence[Sample]) -> list[str]:
    """What grows that should not, in words. Lives too short to tell are let pass."""
    problems = [
        f"day {one.day}: the write-ahead log has {one.wal:.0f} MB"
        for one in samples
        if one.wal > MOST_WAL_MB
    ]
    problems += [
        f"day {one.day}: {one.database_files} files of the database for {one.threads} threads"
        for one in samples
        if one.database_files > FILES_A_CONNECTION * one.threads + 1
    ]
    steady = longest_life(samples)
    if len(steady) < FEWEST_DAYS:
        return problems
    growth = slope([one.memory for one in steady])
    if growth > MOST_MB_A_DAY:
        problems.append(f"memory grows by {growth:.2f} MB a day")
    for name in ("threads", "files"):
        held = [getattr(one, name) for one in steady]
        # Idle connections come and go, so the least of each half is compared.
        half = len(held) // 2
        more = min(held[half:]) - min(held[:half])
        if more > MOST_NEW_THREADS:
            problems.append(f"{more} more {name} in the second half")
    return problems

"""Carries all tables from one database to another, whichever they are, and checks that they
arrived: the same rows, by number and by checksum. The full-text index is not carried: it is made
anew from what it indexes."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from storage.connections import Connections
from storage.errors import DatabaseUnusableError, StorageError, Trouble

# What the full-text index is made of; whoever opens the copy finds its papers unindexed.
_MADE_ANEW = ("indexed_papers", "member_texts")
_AT_ONCE = 1_000


class NotEmptyError(StorageError):
    """The database that everything is to be copied to holds something already."""


class CopyError(StorageError):
    """The copy is not what was to be copied, or has no room for it."""


class Step(StrEnum):
    """What is being done: rows are copied, and compared; then vectors are put into their index,
    where the database has one."""

    COPYING = "copying"
    COMPARING = "comparing"
    VECTORS = "vectors"


# What is told how far a step is: how many rows are done of how many.
Progress = Callable[[Step, int, int], object]
_Rows = Sequence[tuple[Any, ...]]


def to_nobody(_step: Step, _done: int, _of: int) -> None:
    """For who need not know."""


class _Counted:
    """Counts the rows of one step, and tells of them."""

    def __init__(self, progress: Progress, step: Step, of: int) -> None:
        self._progress, self._step, self._of = progress, step, of
        self._done = 0
        progress(step, 0, of)

    def __call__(self, portions: Iterator[_Rows]) -> Iterator[_Rows]:
        for rows in portions:
            yield rows
            self._done += len(rows)
            self._progress(self._step, self._done, self._of)


def carry(
    source: Connections, target: Connections, progress: Progress = to_nobody
) -> dict[str, int]:
    """Copy every row of *source*, as it is at one moment, into *target*, which must be new.

    Returns:
        How many rows of each table there were.

    Raises:
        NotEmptyError: there are rows in *target*.
        CopyError: there are other ones than in *source* afterwards; nothing is kept.
    """
    tables = _in_order(source)
    with source.snapshot(), target.transaction():
        for table in tables:
            if target.row(f"SELECT 1 FROM {table} LIMIT 1") is not None:
                raise NotEmptyError(f"{target.location} holds something already ({table})")
        rows = sum(source.row(f"SELECT count(*) FROM {table}")[0] for table in tables)
        counted = _Counted(progress, Step.COPYING, rows)
        carried = {table: _copy(source, target, table, counted) for table in tables}
        counted = _Counted(progress, Step.COMPARING, 2 * rows)
        for table in tables:
            if _checksum(source, table, counted) != _checksum(target, table, counted):
                raise CopyError(f"{table} in {target.location} is not as in {source.location}")
        target.renumber(tables)
        if target.vectors is not None:
            vectors = carried["paper_vectors"]
            progress(Step.VECTORS, 0, vectors)
            target.vectors.keep()
            progress(Step.VECTORS, vectors, vectors)
    return carried


def write_file(source: Connections, target: Path) -> None:
    """Copy everything to the new SQLite file *target*; an older one is replaced by a whole one.

    Raises:
        CopyError: the copy is not whole.
        DatabaseUnusableError: the file cannot be written.
    """
    from storage import sqlite

    unfinished = target.with_name(target.name + ".part")
    try:
        unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise DatabaseUnusableError(target, Trouble.NOT_OPENED, error) from error
    copy = sqlite.connect(unfinished)
    try:
        carry(source, copy)
        copy.single_file()
    finally:
        copy.close()
    unfinished.replace(target)


def _in_order(source: Connections) -> list[str]:
    """The tables, those that others refer to before these."""
    tables = [one for one in source.tables() if one not in _MADE_ANEW]
    before: dict[str, set[str]] = {table: set() for table in tables}
    for table in tables:
        for referring, _ in source.references(table):
            if referring in before and referring != table:
                before[referring].add(table)
    return list(TopologicalSorter(before).static_order())


def _copy(source: Connections, target: Connections, table: str, counted: _Counted) -> int:
    columns = [one for one in source.columns(table) if one in target.columns(table)]
    names, count = ", ".join(columns), 0
    order = "ORDER BY id" if "id" in columns else ""
    for rows in counted(_portions(source, f"SELECT {names} FROM {table} {order}")):
        target.load(table, columns, rows)
        count += len(rows)
    return count


def _portions(source: Connections, sql: str) -> Iterator[_Rows]:
    with source.streamed(sql, at_once=_AT_ONCE) as portions:
        yield from portions


def _checksum(connections: Connections, table: str, counted: _Counted) -> tuple[int, int]:
    """The number of rows, and a sum over all that doesn't depend on their order."""
    columns = sorted(set(connections.columns(table)) - {"embedding"})
    count = total = 0
    for rows in counted(_portions(connections, f"SELECT {', '.join(columns)} FROM {table}")):
        for row in rows:
            digest = hashlib.blake2b(_told(row).encode("utf-8", "surrogatepass"), digest_size=16)
            total = (total + int.from_bytes(digest.digest(), "big")) % 2**128
            count += 1
    return count, total


def _told(row: Sequence[Any]) -> str:
    # PostgreSQL's texts hold no NUL.
    return repr(row).replace("\\x00", "") if any(isinstance(v, str) for v in row) else repr(row)

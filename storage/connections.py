"""The one way to the database, whichever it is: what the table groups ask of it.

Statements are written once for SQLite and PostgreSQL: ``?`` or ``:name`` for parameters, upserts,
RETURNING. What the two say differently stands in ``storage.sqlite`` and ``storage.postgresql``.
"""

import logging
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from storage.errors import DatabaseClosedError, DatabaseUnusableError

if TYPE_CHECKING:
    from storage.postgresql.vectors import PostgresVectors
    from storage.words import Words

log = logging.getLogger(__name__)

CLOSE_SECONDS = 5.0
PATIENCE_SECONDS = 15.0
# Between tries of what the database did not take: at first, doubling, and at the most.
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.25, 5.0
_DOUBLINGS = 10
_Result = TypeVar("_Result")
Parameters = Sequence[Any] | dict[str, Any]
# What is told when others may have something new to do: the topic and the team.
Listener = Callable[[str, str], object]
# A block for a thread that computes nothing.
Waiting = Callable[[], AbstractContextManager[object]]


class Connections(ABC):
    """Statements and transactions on one database. Safe in any thread.

    Raises:
        DatabaseClosedError: from every method, after :meth:`close`.
        DatabaseUnusableError: from every method, while the database cannot be used.
    """

    # The folder of what this database says differently.
    dialect: ClassVar[str]
    # The values of a JSON list in parameter ``?`` as rows, to stand behind IN.
    each: ClassVar[str]
    # At the end of a SELECT within a transaction: nobody else may change the rows until it ends;
    # the other leaves out rows that somebody holds like that.
    for_update: ClassVar[str]
    skip_locked: ClassVar[str]
    # How the database is called in logs and errors, without any password.
    location: str
    # The full-text index, and the search by vectors where the database has one.
    words: "Words"
    vectors: "PostgresVectors | None" = None

    def __init__(self) -> None:
        # What belongs to each thread alone.
        self._local = threading.local()
        # What a thread does while it waits for a server.
        self.waiting: Waiting = nullcontext
        # Whether the database failed since it was last seen to take what is written.
        self._is_doubtful = False
        self._is_tireless = False
        self._leaving_off = threading.Event()

    @property
    def path(self) -> Path | None:
        """The database file, None where it is a server's."""
        return None

    def query(self, sql: str, parameters: Parameters = ()) -> list[dict[str, Any]]:
        """All rows, each by column."""
        names, rows = self._fetched(sql, parameters)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def columns_and_rows(
        self, sql: str, parameters: Parameters = ()
    ) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """The names of the columns, and all rows: for what is read so often that a mapping for each
        row would cost more than it helps."""
        names, rows = self._fetched(sql, parameters)
        return tuple(names), rows

    def first(self, sql: str, parameters: Parameters = ()) -> dict[str, Any] | None:
        """The first row by column, or None."""
        return next(iter(self.query(sql, parameters)), None)

    def rows(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """All rows as tuples."""
        return self._fetched(sql, parameters)[1]

    def row(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first row as a tuple, or None."""
        return next(iter(self.rows(sql, parameters)), None)

    def changed(self, sql: str, parameters: Parameters = ()) -> Any:
        """Change something; the first row of its RETURNING as a tuple, or None."""
        with self.writing():
            return self.row(sql, parameters)

    def add(self, table: str, values: Mapping[str, Any]) -> bool:
        """Add a row; False where one with the same key is there."""
        return bool(self.execute(_addition(table, values), list(values.values())))

    def add_many(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Like :meth:`add`, many rows with the same columns."""
        if rows:
            values = [list(one.values()) for one in rows]
            self.executemany(_addition(table, rows[0]), values)

    def add_numbered(self, table: str, values: Mapping[str, Any]) -> int | None:
        """Like :meth:`add`; the row's new id, or None."""
        row = self.changed(f"{_addition(table, values)} RETURNING id", list(values.values()))
        return None if row is None else int(row[0])

    def upsert(self, table: str, key: Sequence[str], values: Mapping[str, Any]) -> None:
        """Add a row, or replace the one with the same *key*."""
        sets = ", ".join(f"{name} = excluded.{name}" for name in values if name not in key)
        self.execute(
            f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks(values)}) "
            f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {sets}",
            list(values.values()),
        )

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Part of the thread's transaction, or one of its own: for a single statement."""
        if self.in_transaction:
            yield
            return
        with self.transaction():
            yield

    @property
    @abstractmethod
    def in_transaction(self) -> bool:
        """Whether the calling thread is in a transaction."""

    @abstractmethod
    def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """Change something, in a transaction of its own unless in one; how many rows it was."""

    @abstractmethod
    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """The same change with each of *rows*."""

    def load(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Add many rows, as quickly as the database can."""
        names = ", ".join(columns)
        self.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks(columns)})", rows)

    @abstractmethod
    def run(self, script: str) -> None:
        """Several statements of a schema, in SQLite's words where there are no others."""

    @abstractmethod
    def transaction(self, *, durable: bool = False) -> AbstractContextManager[None]:
        """A write transaction: all of the block or nothing of it. May be nested.

        Every commit survives the death of the process. A *durable* one also survives a power cut,
        with all commits before it; it waits for the disk, and belongs where something is about to
        be said to the outside world.

        Raises:
            DatabaseBusyError: others were writing for as long as this thread's patience lasts.
            DatabaseUnusableError: the database cannot be written now (full disk, gone …); nothing
                of the block is kept.
        """

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[None]:
        """Within the block, the thread sees everything as it was at its beginning."""

    @abstractmethod
    def streamed(
        self, sql: str, *, at_once: int
    ) -> AbstractContextManager[Iterator[list[tuple[Any, ...]]]]:
        """All rows in portions, within a transaction."""

    @abstractmethod
    def renumber(self, tables: Iterable[str]) -> None:
        """Give new rows of these tables numbers above those that are there."""

    @contextmanager
    def patience(self, seconds: float) -> Iterator[None]:
        """Within the block, all waiting of this thread for locks takes *seconds* together at most;
        what needs longer raises :class:`DatabaseBusyError`. Blocks may be nested; the shortest
        counts."""
        before = self._patience_ends
        until = time.monotonic() + seconds
        self._local.patience_ends = until if before is None else min(before, until)
        try:
            yield
        finally:
            self._local.patience_ends = before

    @property
    def _patience_ends(self) -> float | None:
        """Until when this thread may wait, a time of ``time.monotonic``; None as long as usual."""
        ends: float | None = getattr(self._local, "patience_ends", None)
        return ends

    def patience_left(self) -> float:
        """For how many seconds this thread still waits for locks."""
        ends = self._patience_ends
        return PATIENCE_SECONDS if ends is None else max(0.0, ends - time.monotonic())

    def insist(self, work: Callable[[], _Result]) -> _Result:
        """The result of *work*, done again at growing distances while the database can't be used:
        for what would be lost otherwise. Not for use within a transaction.

        Raises:
            DatabaseUnusableError: it still can't be used when this thread's patience ends, which
                it does only with the process once :meth:`keep_trying` was called, unless the
                thread is within a block of :meth:`patience`.
        """
        until = time.monotonic() + self.patience_left()
        is_tireless = self._is_tireless and self._patience_ends is None
        for failures in count(1):
            try:
                return work()
            except DatabaseClosedError:
                raise
            except DatabaseUnusableError as error:
                is_late = not is_tireless and time.monotonic() > until
                if is_late or self._leaving_off.is_set():
                    raise
                log.warning("what was done is kept until the database takes it: %s", error)
                with self.waiting():
                    self._leaving_off.wait(pause_after(failures))
        raise AssertionError

    def keep_trying(self) -> None:
        """From now on insist for as long as this process lives."""
        self._is_tireless = True

    def leave_off(self) -> None:
        """From now on insist on nothing: the process is ending."""
        self._leaving_off.set()

    def ensure_writable(self) -> None:
        """Before something costly whose result is to be stored: make sure that it can be, if the
        database failed lately.

        Raises:
            DatabaseUnusableError: it can't.
        """
        if self._is_doubtful:
            self.try_writing()
            self._is_doubtful = False

    def _doubt(self) -> None:
        self._is_doubtful = True

    @abstractmethod
    def lock(self, name: str) -> None:
        """Until the transaction ends, nobody else gets past the lock of this name."""

    @abstractmethod
    def tables(self) -> list[str]:
        """Every table, by name; not what an index keeps for itself."""

    @abstractmethod
    def references(self, table: str) -> list[tuple[str, str]]:
        """Tables and columns that refer to *table*."""

    @abstractmethod
    def keys(self, table: str) -> list[tuple[str, ...]]:
        """The columns of each unique key of *table*."""

    @abstractmethod
    def columns(self, table: str) -> list[str]:
        """The columns of *table*, in their order."""

    @abstractmethod
    def drop_forgotten(self) -> None:
        """Overwrite what was deleted, as far as that is ours to do."""

    @abstractmethod
    def bytes_used(self) -> int:
        """The size of the database on its disk, in bytes."""

    @abstractmethod
    def try_writing(self) -> None:
        """Write a little, as a test."""

    @abstractmethod
    def backup(self, target: Path) -> None:
        """Write a consistent copy to the SQLite file *target* while others read and write.

        Raises:
            DatabaseUnusableError: the copy cannot be written.
        """

    @abstractmethod
    def notify(self, topic: str, team: str) -> None:
        """Once the transaction is committed, tell the listeners of every process, if the database
        can."""

    @abstractmethod
    def listen(self, listener: Listener) -> None:
        """Have *listener* told of every :meth:`notify`; it must return at once."""

    @abstractmethod
    def close(self, *, within_seconds: float = CLOSE_SECONDS) -> None:
        """Refuse new work and close every connection. What is under way may end in half of the
        time; then its statements are interrupted. A thread that even so doesn't leave its work
        in time closes its connection itself when it does."""

    @abstractmethod
    def _fetched(self, sql: str, parameters: Parameters) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The names of the columns, and all rows."""


def _addition(table: str, values: Mapping[str, Any]) -> str:
    names = ", ".join(values)
    return f"INSERT INTO {table} ({names}) VALUES ({marks(values)}) ON CONFLICT DO NOTHING"


def pause_after(failures: int, *, longest: float = LONGEST_PAUSE_SECONDS) -> float:
    """How many seconds to wait after so many failures in a row."""
    return min(longest, FIRST_PAUSE_SECONDS * 2.0 ** min(failures - 1, _DOUBLINGS))


def marks(values: Iterable[object]) -> str:
    """As many marks for parameters as there are values."""
    return ", ".join("?" for _ in values)

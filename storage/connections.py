"""One SQLite connection for each thread, with the pragmas that every one of them needs."""

import math
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from storage.errors import DatabaseBusyError, DatabaseClosedError
from storage.trouble import explained

PATIENCE_SECONDS = 15.0
CLOSE_SECONDS = 5.0
Parameters = Sequence[Any] | dict[str, Any]


class _Handle:
    """A thread's connection. Whoever holds ``in_use`` may touch it, and nobody else: closing a
    connection under a statement of another thread crashes the process."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.in_use = threading.RLock()
        self.depth = 0
        self._busy_milliseconds = -1

    def wait_for_locks(self, seconds: float) -> None:
        """Let statements wait so long, rounded up to tenths, for locks of other connections."""
        milliseconds = 100 * math.ceil(10 * max(0.0, seconds))
        if milliseconds != self._busy_milliseconds:
            self.db.conn.execute(f"PRAGMA busy_timeout = {milliseconds}").close()
            self._busy_milliseconds = milliseconds

    def close_before(self, until: float) -> bool:
        """Close the connection once its thread has left the statement or transaction it is in.
        False when it didn't leave before *until*, a time of ``time.monotonic``."""
        if not self.in_use.acquire(timeout=max(0.0, until - time.monotonic())):
            return False
        try:
            self.db.close()
        finally:
            self.in_use.release()
        return True

    def interrupt(self) -> None:
        """End the statement that runs at the moment, with an error."""
        with suppress(sqlite3.ProgrammingError):  # its thread has just closed it
            self.db.conn.interrupt()


class Connections:
    """The only way to one file: statements and transactions, each on its thread's connection.

    Raises:
        DatabaseClosedError: from every method, after :meth:`close`.
        DatabaseUnusableError: the file cannot be opened or is not a database.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._open: dict[threading.Thread, _Handle] = {}
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._closed = False
        self._log_is_due = False

    def query(self, sql: str, parameters: Parameters = ()) -> list[dict[str, Any]]:
        """All rows, each by column."""
        with self.held() as db, explained(self.path):
            cursor = db.execute(sql, parameters)
            columns = [name for name, *_ in cursor.description]
            return [dict(zip(columns, row, strict=True)) for row in cursor]

    def first(self, sql: str, parameters: Parameters = ()) -> dict[str, Any] | None:
        """The first row by column, or None."""
        return next(iter(self.query(sql, parameters)), None)

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Any]:
        """All rows as tuples."""
        with self.held() as db, explained(self.path):
            found: list[Any] = db.execute(sql, parameters).fetchall()
            return found

    def row(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first row as a tuple, or None."""
        return next(iter(self.rows(sql, parameters)), None)

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

    @contextmanager
    def transaction(self, *, durable: bool = False) -> Iterator[Database]:
        """A write transaction: all of the block or nothing of it. May be nested.

        It takes the write lock at once (BEGIN IMMEDIATE), so that two writers queue up for it
        instead of failing half-way: threads of this process by a lock of its own, processes under
        the busy timeout. Every commit survives the death of the process. A *durable* one also
        survives a power cut, with all commits before it; it waits for the disk, and belongs where
        something is about to be said to the outside world.

        Raises:
            DatabaseBusyError: others were writing for as long as this thread's patience lasts.
            DatabaseUnusableError: the file cannot be written now (full disk, damage …); nothing of
                the block is kept.
        """
        with self.held() as db:
            if db.conn.in_transaction:
                with _nested(db.conn):
                    yield db
                return
            until = time.monotonic() + self._patience()
            with explained(self.path), self._turn_to_write(until):
                self._local.handle.wait_for_locks(until - time.monotonic())
                db.conn.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                db.conn.execute("BEGIN IMMEDIATE")
                try:
                    yield db
                    db.conn.execute("COMMIT")
                except BaseException:
                    if db.conn.in_transaction:
                        db.conn.execute("ROLLBACK")
                    raise
            if self._log_is_due:
                with self.patience(0):
                    self.empty_log()

    def empty_log(self) -> bool:
        """Bring all that the write-ahead log holds into the file and cut it to nothing, as soon as
        nobody reads from it. False when somebody still does at the end of this thread's patience:
        then each later transaction tries again."""
        self._log_is_due = bool(self.row("PRAGMA wal_checkpoint(TRUNCATE)")[0])
        return not self._log_is_due

    @contextmanager
    def held(self) -> Iterator[Database]:
        """The calling thread's connection, which is not closed before the block ends."""
        handle = self._own_handle()
        with handle.in_use:
            if not handle.depth:
                self._refuse_if_closed(handle)
            if not handle.db.conn.in_transaction:
                handle.wait_for_locks(self._patience())
            handle.depth += 1
            try:
                yield handle.db
            finally:
                handle.depth -= 1
                if self._closed and not handle.depth:
                    handle.db.close()

    def close(self, *, within_seconds: float = CLOSE_SECONDS) -> None:
        """Refuse new work and close every connection. What is under way may end in half of the
        time; then its statements are interrupted. A thread that even so doesn't leave its work
        in time closes its connection itself when it does."""
        with self._lock:
            self._closed = True
            handles = list(self._open.values())
            self._open.clear()
        now = time.monotonic()
        busy = [one for one in handles if not one.close_before(now + within_seconds / 2)]
        for handle in busy:
            handle.interrupt()
        for handle in busy:
            handle.close_before(now + within_seconds)

    @property
    def _patience_ends(self) -> float | None:
        ends: float | None = getattr(self._local, "patience_ends", None)
        return ends

    def _patience(self) -> float:
        """For how many seconds this thread still waits for locks."""
        ends = self._patience_ends
        return PATIENCE_SECONDS if ends is None else max(0.0, ends - time.monotonic())

    @contextmanager
    def _turn_to_write(self, until: float) -> Iterator[None]:
        if not self._writing.acquire(timeout=max(0.0, until - time.monotonic())):
            raise DatabaseBusyError(f"{self.path}: other writers took too long")
        try:
            if self._closed:
                raise DatabaseClosedError(f"{self.path}: the database is closed")
            yield
        finally:
            self._writing.release()

    def _own_handle(self) -> _Handle:
        handle: _Handle | None = getattr(self._local, "handle", None)
        if handle is None:
            handle = self._local.handle = _Handle(self._connect())
            with self._lock:
                self._close_those_of_ended_threads()
                self._open[threading.current_thread()] = handle
        return handle

    def _refuse_if_closed(self, handle: _Handle) -> None:
        if self._closed:
            handle.db.close()
            raise DatabaseClosedError(f"{self.path}: the database is closed")

    def _close_those_of_ended_threads(self) -> None:
        # Handles lie in reference cycles: left to the collector, their files pile up for days.
        for thread in [one for one in self._open if not one.is_alive()]:
            self._open.pop(thread).db.close()

    def _connect(self) -> Database:
        if self._closed:
            raise DatabaseClosedError(f"{self.path}: the database is closed")
        with explained(self.path):
            # Connections are closed from the main thread at exit, hence check_same_thread.
            raw = sqlite3.connect(self.path, timeout=self._patience(), check_same_thread=False)
            try:
                raw.execute("PRAGMA journal_mode = WAL")
                raw.execute("PRAGMA foreign_keys = ON")
                # What is deleted or replaced is overwritten, so that it can be forgotten.
                raw.execute("PRAGMA secure_delete = ON")
            except sqlite3.Error:
                raw.close()
                raise
        return Database(raw, strict=True)


@contextmanager
def _nested(connection: sqlite3.Connection) -> Iterator[None]:
    """All of the block or nothing of it, within a transaction. One name for all savepoints, which
    SQLite takes innermost first, lets their statements be prepared once."""
    connection.execute("SAVEPOINT nested")
    try:
        yield
    except BaseException:
        # Some errors end the whole transaction and its savepoints with it.
        if connection.in_transaction:
            connection.execute("ROLLBACK TO nested")
            connection.execute("RELEASE nested")
        raise
    connection.execute("RELEASE nested")

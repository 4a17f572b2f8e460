"""One SQLite connection for each thread, with the pragmas that every one of them needs."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from storage.trouble import explained

BUSY_TIMEOUT_SECONDS = 15.0


class Connections:
    """Hands each thread its own :class:`sqlite_utils.Database` on one file.

    Raises:
        DatabaseUnusableError: the file cannot be opened or is not a database.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._open: dict[threading.Thread, Database] = {}
        self._lock = threading.Lock()

    @property
    def db(self) -> Database:
        """The calling thread's database handle, opened on first use."""
        handle: Database | None = getattr(self._local, "db", None)
        if handle is None:
            handle = self._connect()
            self._local.db = handle
            with self._lock:
                self._close_those_of_ended_threads()
                self._open[threading.current_thread()] = handle
        return handle

    @contextmanager
    def transaction(self, *, durable: bool = False) -> Iterator[Database]:
        """A write transaction: all of the block or nothing of it. May be nested.

        It takes the write lock at once (BEGIN IMMEDIATE), so that two threads queue up for it
        under the busy timeout instead of failing half-way. Every commit survives the death of the
        process. A *durable* one also survives a power cut, with all commits before it; it waits
        for the disk, and belongs where something is about to be said to the outside world.

        Raises:
            DatabaseUnusableError: the file cannot be written now (full disk, lock, damage …);
                nothing of the block is kept.
        """
        db = self.db
        if db.conn.in_transaction:
            with _nested(db.conn):
                yield db
            return
        with explained(self.path):
            db.conn.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            db.conn.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.conn.execute("COMMIT")
            except BaseException:
                if db.conn.in_transaction:
                    db.conn.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close every thread's connection. Later use opens new ones."""
        with self._lock:
            for handle in self._open.values():
                handle.close()
            self._open.clear()
        self._local = threading.local()

    def _close_those_of_ended_threads(self) -> None:
        # Handles lie in reference cycles: left to the collector, their files pile up for days.
        for thread in [one for one in self._open if not one.is_alive()]:
            self._open.pop(thread).close()

    def _connect(self) -> Database:
        with explained(self.path):
            # Connections are closed from the main thread at exit, hence check_same_thread.
            raw = sqlite3.connect(self.path, timeout=BUSY_TIMEOUT_SECONDS, check_same_thread=False)
            try:
                raw.execute("PRAGMA journal_mode = WAL")
                raw.execute("PRAGMA foreign_keys = ON")
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

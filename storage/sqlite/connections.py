"""One SQLite connection for each thread, with the pragmas that every one of them needs."""

import logging
import math
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from storage.connections import CLOSE_SECONDS, Connections, Listener, Parameters
from storage.errors import DatabaseBusyError, DatabaseClosedError, Trouble
from storage.sqlite.copies import copy_database
from storage.sqlite.trouble import Explained
from storage.sqlite.words import SqliteWords

log = logging.getLogger(__name__)


class _Handle:
    """A thread's connection, in a ``with`` statement: it is not closed before the block ends.

    Whoever holds ``in_use`` may touch it, and nobody else: closing a connection under a statement
    of another thread crashes the process.
    """

    def __init__(self, db: Database, owner: "SqliteConnections") -> None:
        self.db = db
        self.in_use = threading.RLock()
        self._owner = owner
        self._depth = 0
        self._patience = self._busy_milliseconds = -1.0
        self._is_durable: bool | None = None

    def __enter__(self) -> Database:
        self.in_use.acquire()
        try:
            if not self._depth:
                self._owner.refuse_if_closed(self)
            if not self.db.conn.in_transaction:
                self.wait_for_locks(self._owner.patience_left())
        except BaseException:
            self.in_use.release()
            raise
        self._depth += 1
        return self.db

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        try:
            if not self._depth and self._owner.is_closed:
                self.db.close()
        finally:
            self.in_use.release()

    def wait_for_locks(self, seconds: float) -> None:
        """Let statements wait so long, rounded up to tenths, for locks of other connections."""
        if seconds == self._patience:
            return
        self._patience = seconds
        milliseconds = 100 * math.ceil(10 * max(0.0, seconds))
        if milliseconds != self._busy_milliseconds:
            self.db.conn.execute(f"PRAGMA busy_timeout = {milliseconds}").close()
            self._busy_milliseconds = milliseconds

    def make_durable(self, durable: bool) -> None:
        """Let the next transaction wait for the disk, or not."""
        if durable != self._is_durable:
            self.db.conn.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self._is_durable = durable

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


class SqliteConnections(Connections):
    """The only way to one file: statements and transactions, each on its thread's connection."""

    dialect = "sqlite"
    each = "(SELECT value FROM json_each(?))"
    # A transaction has the whole file to itself.
    for_update = skip_locked = ""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self.location = str(path)
        self._explained = Explained(self.location, self._doubt)
        self.words = SqliteWords(self)
        self._open: dict[threading.Thread, _Handle] = {}
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self.is_closed = False
        self._log_is_due = False

    @property
    def path(self) -> Path:
        return self._path

    @property
    def in_transaction(self) -> bool:
        handle: _Handle | None = getattr(self._local, "handle", None)
        return handle is not None and handle.db.conn.in_transaction

    def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """Change something; how many rows it was."""
        with self.writing(), self.held() as db:
            return int(db.execute(sql, parameters).rowcount)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        with self.writing(), self.held() as db:
            db.conn.executemany(sql, rows)

    def _fetched(self, sql: str, parameters: Parameters) -> tuple[list[str], list[tuple[Any, ...]]]:
        with self.held() as db, self._explained:
            cursor = db.execute(sql, parameters)
            return [one[0] for one in cursor.description or ()], cursor.fetchall()

    @contextmanager
    def transaction(self, *, durable: bool = False) -> Iterator[None]:
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
                    yield
                return
            until = time.monotonic() + self.patience_left()
            with self._explained, self._turn_to_write(until):
                self._local.handle.wait_for_locks(until - time.monotonic())
                self._local.handle.make_durable(durable)
                db.conn.execute("BEGIN IMMEDIATE")
                try:
                    yield
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

    def run(self, script: str) -> None:
        """The statements one by one: run as a script, they would commit the transaction."""
        statement = ""
        for line in script.splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                self.execute(statement)
                statement = ""

    def notify(self, topic: str, team: str) -> None:
        """Nobody to tell: a file has no way to."""

    def listen(self, listener: Listener) -> None:
        """Nothing will be heard: a file has no way to tell."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Within the block, nobody else writes."""
        return self.transaction()

    @contextmanager
    def streamed(self, sql: str, *, at_once: int) -> Iterator[Iterator[list[tuple[Any, ...]]]]:
        with self.held() as db, self._explained:
            cursor = db.execute(sql)
            yield iter(lambda: cursor.fetchmany(at_once), [])

    def renumber(self, tables: Iterable[str]) -> None:
        """Nothing to do: SQLite looks at the rows that are there."""

    def single_file(self) -> None:
        """Have everything in the file itself, for whoever takes it elsewhere."""
        with self.held() as db:
            db.conn.execute("PRAGMA journal_mode = DELETE")

    def lock(self, name: str) -> None:
        """Nothing to do: a transaction has the whole file to itself."""

    def tables(self) -> list[str]:
        """Every table, by name; not what the full-text index keeps for itself."""
        rows = self.rows("SELECT name FROM pragma_table_list WHERE type = 'table' ORDER BY name")
        return [row[0] for row in rows if not row[0].startswith(("sqlite_", "_sqlite_"))]

    def references(self, table: str) -> list[tuple[str, str]]:
        return self.rows(
            'SELECT m.name, f."from" FROM sqlite_master m '
            "JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND f.\"table\" = ?",
            [table],
        )

    def keys(self, table: str) -> list[tuple[str, ...]]:
        rows = self.rows(
            "SELECT i.name, c.name FROM pragma_index_list(?) i JOIN pragma_index_info(i.name) c "
            'WHERE i."unique" ORDER BY i.seq, c.seqno',
            [table],
        )
        keys = dict[str, tuple[str, ...]]()
        for index, column in rows:
            keys[index] = (*keys.get(index, ()), column)
        return list(keys.values())

    def columns(self, table: str) -> list[str]:
        return [row[0] for row in self.rows("SELECT name FROM pragma_table_info(?)", [table])]

    def drop_forgotten(self) -> None:
        """Every connection overwrites deleted rows; here the write-ahead log with the earlier
        pages is emptied."""
        if not self.empty_log():
            log.warning(
                "what was forgotten stays in %s-wal as long as somebody reads the database",
                self.path,
            )

    def bytes_used(self) -> int:
        """The size of the database file, its write-ahead log not counted."""
        row = self.row("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return 0 if row is None else int(row[0])

    def try_writing(self) -> None:
        with self.transaction(durable=True):
            self.execute("CREATE TABLE writing_test AS SELECT randomblob(100000) AS x")
            self.execute("DROP TABLE writing_test")

    def backup(self, target: Path) -> None:
        """Write a consistent copy to *target*."""
        copy_database(self.path, target)

    def held(self) -> AbstractContextManager[Database]:
        """The calling thread's connection, which is not closed before the block ends."""
        return self._own_handle()

    def refuse_if_closed(self, handle: _Handle) -> None:
        """Close what a thread still has open, and do nothing more on it."""
        if self.is_closed:
            handle.db.close()
            raise DatabaseClosedError(self.location, Trouble.CLOSED)

    def close(self, *, within_seconds: float = CLOSE_SECONDS) -> None:
        with self._lock:
            self.is_closed = True
            handles = list(self._open.values())
            self._open.clear()
        now = time.monotonic()
        busy = [one for one in handles if not one.close_before(now + within_seconds / 2)]
        for handle in busy:
            handle.interrupt()
        for handle in busy:
            handle.close_before(now + within_seconds)

    @contextmanager
    def _turn_to_write(self, until: float) -> Iterator[None]:
        if not self._writing.acquire(timeout=max(0.0, until - time.monotonic())):
            raise DatabaseBusyError(self.location, Trouble.LOCKED)
        try:
            if self.is_closed:
                raise DatabaseClosedError(self.location, Trouble.CLOSED)
            yield
        finally:
            self._writing.release()

    def _own_handle(self) -> _Handle:
        handle: _Handle | None = getattr(self._local, "handle", None)
        if handle is None:
            handle = self._local.handle = _Handle(self._connect(), self)
            with self._lock:
                self._close_those_of_ended_threads()
                self._open[threading.current_thread()] = handle
        return handle

    def _close_those_of_ended_threads(self) -> None:
        # Handles lie in reference cycles: left to the collector, their files pile up for days.
        for thread in [one for one in self._open if not one.is_alive()]:
            self._open.pop(thread).db.close()

    def _connect(self) -> Database:
        if self.is_closed:
            raise DatabaseClosedError(self.location, Trouble.CLOSED)
        with self._explained:
            # Connections are closed from the main thread at exit, hence check_same_thread.
            raw = sqlite3.connect(self.path, timeout=self.patience_left(), check_same_thread=False)
            try:
                raw.execute("PRAGMA journal_mode = WAL")
                raw.execute("PRAGMA foreign_keys = ON")
                # In kilobytes. A hundred threads have a connection each, and the system keeps
                # the file's pages for all of them.
                raw.execute("PRAGMA cache_size = -512")
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

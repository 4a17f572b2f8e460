"""A pool of connections to a PostgreSQL server, of which a thread holds one at a time."""

import logging
import math
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import ConnectionPool, PoolTimeout

from storage import transfer
from storage.connections import (
    CLOSE_SECONDS,
    PATIENCE_SECONDS,
    Listener,
    Parameters,
)
from storage.errors import DatabaseClosedError, DatabaseUnusableError, Trouble
from storage.postgresql.catalogue import Catalogued
from storage.postgresql.connection import (
    CONNECTING,
    Connection,
    TextDumper,
    is_pooled,
    keeps_prepared_apart,
    telling,
)
from storage.postgresql.listening import CHANNEL, Listening
from storage.postgresql.statements import copied, translated, translated_schema
from storage.postgresql.trouble import explained
from storage.postgresql.vectors import TYPES
from storage.postgresql.words import PostgresWords

log = logging.getLogger(__name__)

# A process holds no more, and one to listen; a server allows a hundred by default.
MOST_CONNECTIONS = 10
# The pool gives up after some tries to connect, and begins anew when it is asked again.
ASK_AGAIN_SECONDS = 1.0
_Result = TypeVar("_Result")


class PostgresConnections(Catalogued):
    """Statements and transactions on one server. Every commit waits until the server keeps it,
    since a server restarts more often than a disk dies."""

    dialect = "postgresql"
    each = "(SELECT jsonb_array_elements_text(CAST(? AS jsonb)))"
    for_update = " FOR UPDATE"
    skip_locked = " FOR UPDATE SKIP LOCKED"

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self.location = _without_password(url)
        self.words = PostgresWords(self)
        self._in_use: set[Connection] = set()
        self._lock = threading.Lock()
        self._closed = False
        self._lost_since: float | None = None
        self._told = ""
        self._is_pooled = False
        self._can_notify = True
        self._listening: Listening | None = None
        with self._explained():
            self._pool = ConnectionPool(
                url,
                kwargs=CONNECTING,
                connection_class=telling(self._note_failure),
                min_size=1,
                max_size=MOST_CONNECTIONS,
                timeout=PATIENCE_SECONDS,
                reconnect_timeout=ASK_AGAIN_SECONDS,
                configure=self._configure,
                open=False,
            )

    def open(self) -> None:
        """Connect for the first time.

        Raises:
            DatabaseUnusableError: the server cannot be reached, or doesn't let us in.
        """
        with self._explained():
            # What the pool says of every single try is said here once.
            logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
            with psycopg.connect(self._url, **CONNECTING) as first:
                encoding = first.info.parameter_status("server_encoding")
            if encoding not in (None, "UTF8"):
                raise DatabaseUnusableError(self.location, Trouble.ENCODING, encoding)
            self._pool.open()

    def try_to_notify(self) -> None:
        """Find out whether we can tell other processes anything."""
        refused = ""
        try:
            self.rows("SELECT pg_notify(?, '')", [f"{CHANNEL}_try"])
        except (psycopg.Error, DatabaseUnusableError) as error:
            trouble = getattr(error, "trouble", Trouble.NOT_ALLOWED)
            if trouble is not Trouble.NOT_ALLOWED:
                raise
            refused = str(error)
        if self._is_pooled:
            refused = "a connection pooler stands in between"
        if refused:
            self._can_notify = False
            log.warning(
                "%s tells nobody of news: processes ask now and then (%s)", self.location, refused
            )

    @property
    def in_transaction(self) -> bool:
        return self._held is not None

    def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """Change something; how many rows it was."""
        with self.writing():
            return self._on_held(lambda held: held.execute(translated(sql), parameters).rowcount)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        with self.writing():
            self._on_held(lambda held: held.cursor().executemany(translated(sql), rows))

    def load(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        types = list[str]()
        if table == "paper_vectors" and self.vectors is not None:
            columns, rows = self.vectors.with_embeddings(columns, rows)
            types = [TYPES[one] for one in columns]
        with self.writing():
            self._on_held(lambda held: copied(held, table, columns, rows, types))

    def planned(self, sql: str, parameters: Parameters) -> list[tuple[Any, ...]]:
        """Rows of a SELECT that is planned for these very values: whether a few rows are found
        soonest by an index or by looking through the table depends on how common they are."""
        return self._fetched(sql, parameters, prepare=False)[1]

    def run(self, script: str) -> None:
        """Several statements of a schema, written for SQLite."""
        with self.writing():
            self._on_held(lambda held: held.execute(translated_schema(script)))

    @contextmanager
    def transaction(self, *, durable: bool = False) -> Iterator[None]:  # noqa: ARG002
        outer = self._held
        with self._explained():
            if outer is not None:
                with outer.transaction():
                    yield
                return
            held = self._local.held = self._begun()
            try:
                yield
                held.execute("COMMIT")
            except BaseException:
                with suppress(psycopg.Error):
                    held.execute("ROLLBACK")
                raise
            finally:
                self._local.held = None
                self._give_back(held)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        with self.transaction():
            self.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield

    @contextmanager
    def streamed(self, sql: str, *, at_once: int) -> Iterator[Iterator[list[tuple[Any, ...]]]]:
        assert self._held is not None
        with self._held.cursor(name="streamed") as cursor:
            cursor.execute(translated(sql))
            yield iter(lambda: cursor.fetchmany(at_once), [])

    def lock(self, name: str) -> None:
        self.rows("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", [name])

    def drop_forgotten(self) -> None:
        """Take deleted rows out of the tables' files. The write-ahead log, replicas and backups
        are the server's keeper's."""
        self._alone(lambda held: held.execute("VACUUM"))

    def try_writing(self) -> None:
        with self.transaction():
            self.execute("CREATE TEMPORARY TABLE writing_test (x TEXT) ON COMMIT DROP")
            self.execute("INSERT INTO writing_test SELECT repeat('x', 100000)")
            self.execute("UPDATE moments SET at = at WHERE name = ''")

    def backup(self, target: Path) -> None:
        """Write all tables, as they are at one moment, to the SQLite file *target*."""
        transfer.write_file(self, target)

    def notify(self, topic: str, team: str) -> None:
        if self._can_notify:
            self.rows("SELECT pg_notify(?, ?)", [CHANNEL, f"{topic} {team}"])

    def listen(self, listener: Listener) -> None:
        """Have *listener* told of every :meth:`notify`, and after an outage that it may have
        missed some."""
        if self._is_pooled:
            return
        with self._lock:
            if self._listening is None:
                self._listening = Listening(self._url, self.location)
            self._listening.add(listener)

    def close(self, *, within_seconds: float = CLOSE_SECONDS) -> None:
        ends = time.monotonic() + within_seconds
        self._closed = True
        if self._listening is not None:
            self._listening.close()
        self._wait_for_idle(ends - within_seconds / 2)
        with self._lock:
            busy = list(self._in_use)
        for one in busy:
            one.cancel_safe(timeout=1)
        self._wait_for_idle(ends)
        self._pool.close(timeout=max(0.1, ends - time.monotonic()))

    def _wait_for_idle(self, until: float) -> None:
        while self._in_use and time.monotonic() < until:
            time.sleep(0.01)

    def _fetched(
        self, sql: str, parameters: Parameters, *, prepare: bool | None = None
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        def fetched(held: Connection) -> tuple[list[str], list[tuple[Any, ...]]]:
            cursor = held.execute(translated(sql), parameters, prepare=prepare)
            result = cursor.pgresult
            if result is None or not result.nfields:
                return [], []
            # Quicker than ``description``, which makes an object of each.
            names = [(result.fname(at) or b"").decode() for at in range(result.nfields)]
            return names, cursor.fetchall()

        if self._held is None and self._patience_ends is None:
            return self._alone(fetched)
        with self.writing():
            return self._on_held(fetched)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            with explained(self.location, self._doubt):
                yield
        except DatabaseUnusableError as error:
            if not self._closed:
                raise
            raise DatabaseClosedError(self.location, Trouble.CLOSED) from error

    def _on_held(self, work: Callable[[Connection], _Result]) -> _Result:
        with self._explained():
            assert self._held is not None
            return work(self._held)

    def _alone(self, work: Callable[[Connection], _Result]) -> _Result:
        """A statement outside of transactions, that may be tried twice: a connection may have been
        lost since it was used last."""
        with self._explained():
            for _ in range(MOST_CONNECTIONS):
                with self._lent() as held:
                    try:
                        return work(held)
                    except psycopg.OperationalError:
                        if not held.broken:
                            raise
            with self._lent() as held:
                return work(held)

    @contextmanager
    def _lent(self) -> Iterator[Connection]:
        held = self._lend()
        try:
            yield held
        finally:
            self._give_back(held)

    def _begun(self) -> Connection:
        """A connection in a new transaction, which ends in time with this thread's patience."""
        # Behind a pooler, what was set for a connection holds for whoever comes by it next.
        opening = f"BEGIN; SET LOCAL {_lock_timeout()}" if self._is_pooled else "BEGIN"
        if self._patience_ends is not None:
            milliseconds = max(1, round(1000 * self.patience_left()))
            opening += f"; SET LOCAL statement_timeout = {milliseconds}"
        while True:
            held = self._lend()
            try:
                held.execute(opening)
            except psycopg.OperationalError:
                was_lost = held.broken
                self._give_back(held)
                if not was_lost:
                    raise
            except BaseException:
                self._give_back(held)
                raise
            else:
                return held

    def _lend(self) -> Connection:
        if self._closed:
            raise DatabaseClosedError(self.location, Trouble.CLOSED)
        held = self._from_pool()
        with self._lock:
            was_lost, self._lost_since, self._told = self._lost_since is not None, None, ""
            self._in_use.add(held)
        if was_lost:
            log.warning("the database at %s is back", self.location)
        return held

    def _from_pool(self) -> Connection:
        ends = time.monotonic() + self.patience_left()
        while True:
            left = max(0.001, min(ends, self._hope_ends()) - time.monotonic())
            try:
                with self.waiting():
                    return self._pool.getconn(timeout=min(left, ASK_AGAIN_SECONDS))
            except PoolTimeout:
                self._notice_loss()
                if left <= ASK_AGAIN_SECONDS:
                    if self._lost_since is not None:
                        raise psycopg.OperationalError(self._told) from None
                    raise

    def _notice_loss(self) -> None:
        """Say it once if there is no connection because the server gives none."""
        with self._lock:
            # Or else they are just all in use, or nobody had the time to wait for one.
            if not self._told or self._lost_since is not None or self._in_use:
                return
            self._lost_since = time.monotonic()
        log.error("the database at %s cannot be reached: %s", self.location, self._told)

    def _hope_ends(self) -> float:
        """Until when a connection is worth waiting for. A server that restarts is waited for; once
        it has been away for longer, whoever asks for something is told so at once."""
        lost = self._lost_since
        if lost is None:
            return math.inf
        return max(lost + PATIENCE_SECONDS, time.monotonic() + ASK_AGAIN_SECONDS)

    def _note_failure(self, told: str) -> None:
        self._told = told

    def _give_back(self, held: Connection) -> None:
        with self._lock:
            self._in_use.discard(held)
        self._pool.putconn(held)

    def _configure(self, connection: Connection) -> None:
        connection.waiting = lambda: self.waiting()
        connection.adapters.register_dumper(str, TextDumper)
        # No statement takes so long that compiling it would pay, and hardly a page is read from a
        # disk that turns.
        connection.execute(f"SET {_lock_timeout()}; SET jit = off; SET random_page_cost = 1.1")
        self._is_pooled = is_pooled(connection)
        if self._is_pooled and not keeps_prepared_apart(connection):
            connection.prepare_threshold = None

    @property
    def _held(self) -> Connection | None:
        held: Connection | None = getattr(self._local, "held", None)
        return held


def _lock_timeout() -> str:
    return f"lock_timeout = '{PATIENCE_SECONDS:g}s'"


def _without_password(url: str) -> str:
    """The address as logs and errors may show it."""
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise DatabaseUnusableError("PAPERBOY_DATABASE", Trouble.NO_ADDRESS) from error
    # Of a password that holds these signs as they are, a part would count as host or database.
    user, _, _ = url.partition("?")[0].partition("://")[2].rpartition("@")
    if "@" in user or "/" in user:
        raise DatabaseUnusableError("PAPERBOY_DATABASE", Trouble.NO_ADDRESS)
    host, name = parts.get("host", "localhost"), parts.get("dbname", "")
    port = f":{parts['port']}" if "port" in parts else ""
    return f"postgresql://{host}{port}/{name}"

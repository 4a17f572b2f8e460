"""Opens the database file, brings its schema up to date, and holds the table groups together."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from storage.archive import Archive
from storage.connections import Connections
from storage.copies import copy_before, copy_database
from storage.deliveries import Deliveries
from storage.digests import Digests
from storage.early_messages import EarlyMessages
from storage.errors import DatabaseUnusableError, NewerSchemaError, StorageError
from storage.events import Events
from storage.figures import Figures
from storage.fulltexts import Fulltexts
from storage.incidents import Incidents, Moments
from storage.library import Library
from storage.listings import Listings
from storage.members import Members
from storage.migrations import migrations
from storage.model_calls import ModelCalls
from storage.news import News
from storage.notes import Notes
from storage.papers import Papers
from storage.problems import ChannelProblems
from storage.questions import Questions
from storage.relations import Relations
from storage.runs import Runs
from storage.search import Search
from storage.subscriptions import Subscriptions
from storage.summaries import Summaries
from storage.threads import Threads

log = logging.getLogger(__name__)

COUNTED_TABLES = (
    "papers",
    "listings",
    "summaries",
    "passages",
    "subscriptions",
    "digests",
    "deliveries",
    "threads",
    "questions",
    "notes",
    "model_calls",
)


class Storage:
    """Everything Paperboy keeps. One attribute for each group of tables; safe in any thread."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self.papers = Papers(connections)
        self.listings = Listings(connections)
        self.fulltexts = Fulltexts(connections)
        self.summaries = Summaries(connections)
        self.model_calls = ModelCalls(connections)
        self.subscriptions = Subscriptions(connections)
        self.digests = Digests(connections)
        self.deliveries = Deliveries(connections)
        self.runs = Runs(connections)
        self.problems = ChannelProblems(connections)
        self.news = News(connections)
        self.threads = Threads(connections)
        self.early_messages = EarlyMessages(connections)
        self.questions = Questions(connections)
        self.events = Events(connections)
        self.members = Members(connections)
        self.library = Library(connections)
        self.search = Search(connections)
        self.notes = Notes(connections)
        self.archive = Archive(connections)
        self.relations = Relations(connections)
        self.incidents = Incidents(connections)
        self.moments = Moments(connections)
        self.figures = Figures(connections)

    @property
    def path(self) -> Path:
        """The database file."""
        return self._connections.path

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All the writes of the block, or none. May be nested."""
        with self._connections.transaction():
            yield

    def counts(self) -> dict[str, int]:
        """Rows in each table a user knows by name."""
        db = self._connections.db
        return {
            name: int(db.execute(f"SELECT count(*) FROM {name}").fetchone()[0])
            for name in COUNTED_TABLES
        }

    def is_ready(self) -> bool:
        """Whether the file can be read now."""
        try:
            self._connections.db.execute("SELECT 1 FROM papers").fetchone()
        except sqlite3.Error:
            return False
        return True

    def try_writing(self) -> None:
        """Write a little, as a test.

        Raises:
            DatabaseUnusableError: the file cannot be written.
        """
        with self._connections.transaction(durable=True) as db:
            db.execute("CREATE TABLE writing_test AS SELECT randomblob(100000) AS x")
            db.execute("DROP TABLE writing_test")

    def backup(self, target: Path) -> None:
        """Write a consistent copy to *target* while others go on reading and writing.

        Raises:
            DatabaseUnusableError: the copy cannot be written.
        """
        copy_database(self.path, target)

    def close(self) -> None:
        """Close all connections."""
        self._connections.close()


def open_storage(path: Path) -> Storage:
    """Open (or make) the database at *path* with the newest schema.

    Before the schema of a file changes, a copy of it is made beside it, for the way back.

    Raises:
        DatabaseUnusableError: no usable SQLite file can be had at *path*, or no copy be made.
        NewerSchemaError: a newer Paperboy has written the file.
    """
    connections = Connections(path)
    try:
        with connections.transaction() as db:
            _refuse_newer(db, path)
            _keep_copy(db, path)
            migrations.apply(db)
    except sqlite3.Error as error:
        connections.close()
        raise DatabaseUnusableError(f"{path}: {error}") from error
    except StorageError:
        connections.close()
        raise
    return Storage(connections)


def _refuse_newer(db: Database, path: Path) -> None:
    known = {step.name for step in migrations.pending(db)} | {
        step.name for step in migrations.applied(db)
    }
    registered = {step.name for step in migrations._migrations}
    unknown = sorted(known - registered)
    if unknown:
        copy = copy_before(path, unknown[0])
        raise NewerSchemaError(
            f"unknown migrations: {', '.join(unknown)}", copy=copy if copy.exists() else None
        )


def _keep_copy(db: Database, path: Path) -> None:
    """Copy the file as it is before its schema changes; a new file has nothing to lose.

    Others wait for the lock that is held here, so only one process makes the copy.
    """
    pending = migrations.pending(db)
    if migrations.applied(db) and pending:
        copy = copy_before(path, pending[0].name)
        copy_database(path, copy)
        log.warning("the schema changes; the database as it was is in %s", copy)

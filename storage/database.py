"""Opens the database file, brings its schema up to date, and holds the table groups together."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database

from storage.archive import Archive
from storage.connections import Connections
from storage.deliveries import Deliveries
from storage.digests import Digests
from storage.errors import DatabaseUnusableError, NewerSchemaError
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

    def backup(self, target: Path) -> None:
        """Write a consistent copy to *target* while others go on reading and writing.

        Raises:
            DatabaseUnusableError: the copy cannot be written.
        """
        unfinished = target.with_name(target.name + ".part")
        try:
            copy = sqlite3.connect(unfinished)
            try:
                self._connections.db.conn.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            finally:
                copy.close()
            # An older copy is replaced by a whole one only.
            unfinished.replace(target)
        except (sqlite3.Error, OSError) as error:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise DatabaseUnusableError(f"{target}: {error}") from error

    def close(self) -> None:
        """Close all connections."""
        self._connections.close()


def open_storage(path: Path) -> Storage:
    """Open (or make) the database at *path* with the newest schema.

    Raises:
        DatabaseUnusableError: no usable SQLite file can be had at *path*.
        NewerSchemaError: a newer Paperboy has written the file.
    """
    connections = Connections(path)
    try:
        with connections.transaction() as db:
            _refuse_newer(db)
            migrations.apply(db)
    except sqlite3.Error as error:
        connections.close()
        raise DatabaseUnusableError(f"{path}: {error}") from error
    except NewerSchemaError:
        connections.close()
        raise
    return Storage(connections)


def _refuse_newer(db: Database) -> None:
    known = {step.name for step in migrations.pending(db)} | {
        step.name for step in migrations.applied(db)
    }
    registered = {step.name for step in migrations._migrations}
    unknown = sorted(known - registered)
    if unknown:
        raise NewerSchemaError(f"unknown migrations: {', '.join(unknown)}")

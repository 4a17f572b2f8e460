"""Opens the database file, brings its schema up to date, and holds the table groups together."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from storage import sqlite
from storage.archive import Archive
from storage.connections import CLOSE_SECONDS, Connections, Listener, Waiting
from storage.deliveries import Deliveries
from storage.digests import Digests
from storage.early_messages import EarlyMessages
from storage.errors import DatabaseUnusableError, StorageError, Trouble
from storage.events import Events
from storage.figures import Figures
from storage.forgetting import Forgetting
from storage.fulltexts import Fulltexts
from storage.incidents import Incidents, Moments
from storage.library import Library
from storage.listings import Listings
from storage.member_texts import MemberTexts
from storage.members import Members
from storage.model_calls import ModelCalls
from storage.model_limits import ModelLimits
from storage.news import News
from storage.notes import Notes
from storage.papers import Papers
from storage.problems import ChannelProblems
from storage.questions import Questions
from storage.relations import Relations
from storage.runs import Runs
from storage.scope import NO_TEAM, SINGLE_TEAM
from storage.search import Search
from storage.subscriptions import Subscriptions
from storage.summaries import Summaries
from storage.threads import Threads
from storage.transfer import NotEmptyError, Progress, carry, to_nobody
from storage.week_texts import WeekTexts
from storage.workspaces import Workspaces

_Result = TypeVar("_Result")

READY_SECONDS = 1.0
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
    """Everything Paperboy keeps, as a team sees it: papers, their texts, summaries and index
    belong to nobody, all the rest to one team. One attribute for each group of tables; safe in
    any thread."""

    def __init__(self, connections: Connections, team: str) -> None:
        self._connections = connections
        self.team = team
        self._shared(connections)
        self._owned(connections, team)

    def _shared(self, connections: Connections) -> None:
        self.papers = Papers(connections)
        self.listings = Listings(connections)
        self.fulltexts = Fulltexts(connections)
        self.model_calls = ModelCalls(connections)
        self.model_limits = ModelLimits(connections)
        self.search = Search(connections)
        self.words = connections.words
        self.relations = Relations(connections)
        self.moments = Moments(connections)
        self.figures = Figures(connections)
        self.workspaces = Workspaces(connections)

    def _owned(self, connections: Connections, team: str) -> None:
        self.subscriptions = Subscriptions(connections, team)
        self.digests = Digests(connections, team)
        self.deliveries = Deliveries(connections, team)
        self.runs = Runs(connections, team)
        self.problems = ChannelProblems(connections, team)
        self.news = News(connections, team)
        self.threads = Threads(connections, team)
        self.early_messages = EarlyMessages(connections, team)
        self.incidents = Incidents(connections, team)
        self.questions = Questions(connections, team)
        self.events = Events(connections, team)
        self.members = Members(connections, team)
        self.library = Library(connections, team)
        self.archive = Archive(connections, team)
        self.summaries = Summaries(connections, team)
        self.notes = Notes(connections, team)
        self.member_texts = MemberTexts(connections, team)
        self.week_texts = WeekTexts(connections, team)
        self.forgetting = Forgetting(connections, team)

    def of_team(self, team: str) -> "Storage":
        """The same file as another team sees it."""
        return Storage(self._connections, team)

    def of_nobody(self) -> "Storage":
        """The same file without anything that a team owns: for services that teams share."""
        return Storage(self._connections, NO_TEAM)

    @property
    def path(self) -> Path | None:
        """The database file; None where it is a server's."""
        return self._connections.path

    @property
    def location(self) -> str:
        """How the database is called, without any password."""
        return self._connections.location

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All the writes of the block, or none. May be nested."""
        with self._connections.transaction():
            yield

    def counts(self, *tables: str) -> dict[str, int]:
        """Rows in *tables*, or in each table a user knows by name, of all teams together."""
        names = tables or COUNTED_TABLES
        counted = ", ".join(f"(SELECT count(*) FROM {name})" for name in names)
        return dict(zip(names, map(int, self._connections.row(f"SELECT {counted}")), strict=True))

    def is_ready(self) -> bool:
        """Whether the database can be read now; whoever asks for it waits no longer than that."""
        try:
            with self._connections.patience(READY_SECONDS):
                self._connections.row("SELECT 1 FROM papers LIMIT 1")
        except StorageError:
            return False
        return True

    def try_writing(self) -> None:
        """Write a little, as a test.

        Raises:
            DatabaseUnusableError: the file cannot be written.
        """
        self._connections.try_writing()

    def ensure_writable(self) -> None:
        """Before something costly whose result is to be stored: make sure that it can be, if the
        database failed lately.

        Raises:
            DatabaseUnusableError: it can't.
        """
        self._connections.ensure_writable()

    def insist(self, work: Callable[[], _Result]) -> _Result:
        """The result of *work*, which stores what would be lost otherwise: done again at growing
        distances until the database takes it. Not for use within a transaction.

        Raises:
            DatabaseUnusableError: this thread's patience has ended; once :meth:`keep_trying` was
                called that has an end in blocks of :meth:`patience` alone, or with the process.
        """
        return self._connections.insist(work)

    def keep_trying(self) -> None:
        """From now on insist for as long as this process lives."""
        self._connections.keep_trying()

    def leave_off(self) -> None:
        """From now on insist on nothing: the process is ending."""
        self._connections.leave_off()

    def backup(self, target: Path) -> None:
        """Write a consistent copy to the SQLite file *target* while others go on reading and
        writing.

        Raises:
            DatabaseUnusableError: the copy cannot be written.
        """
        self._connections.backup(target)

    def listen(self, listener: Listener) -> None:
        """Have *listener* told topic and team of what other processes promise, if the database
        can; both are empty when it may have missed some. It must return at once."""
        self._connections.listen(listener)

    def wait_in(self, waiting: Waiting) -> None:
        """From now on have each thread wait for the server, if there is one, in such a block: it
        computes nothing there."""
        self._connections.waiting = waiting

    @contextmanager
    def patience(self, seconds: float) -> Iterator[None]:
        """Within the block, this thread waits for other writers *seconds* together at most. For
        what must not be held up, such as an acknowledgement.

        Raises:
            DatabaseBusyError: from what needs the database for longer than that.
        """
        with self._connections.patience(seconds):
            yield

    def close(self, *, within_seconds: float = CLOSE_SECONDS) -> None:
        """Close the file for all threads: new work is refused with DatabaseClosedError, what is
        under way may end within that time."""
        self._connections.leave_off()
        self._connections.close(within_seconds=within_seconds)


def open_storage(database: Path | str, *, team: str = SINGLE_TEAM) -> Storage:
    """Open (or make) a database with the newest schema, as *team* sees it: an SQLite file, or
    PostgreSQL at a ``postgresql://`` address.

    Before the schema of a file changes, a copy of it is made beside it, for the way back.

    Raises:
        DatabaseUnusableError: the database cannot be had.
        NewerSchemaError: a newer Paperboy has written it.
    """
    return Storage(connect(database), team)


def connect(database: Path | str) -> Connections:
    """The connections to a database, as :func:`open_storage` opens it."""
    if is_server(database):
        from storage.postgresql import connect as connect_to_server

        return connect_to_server(str(database))
    return sqlite.connect(Path(database))


def carry_over(
    source: Path | str, target: Path | str, *, progress: Progress = to_nobody
) -> dict[str, int]:
    """Copy everything from one database to a new one; how many rows of each table there were.

    Raises:
        NotEmptyError: the new one holds something already.
        CopyError: it doesn't hold the same afterwards.
        DatabaseUnusableError: either cannot be used; the source must be there.
    """
    if not is_server(source) and not Path(source).exists():
        raise DatabaseUnusableError(source, Trouble.MISSING)
    if Path(source).absolute() == Path(target).absolute():
        raise NotEmptyError(f"{shown(source)} is what is to be copied")
    with closing(connect(source)) as old, closing(connect(target)) as new:
        return carry(old, new, progress)


def shown(database: Path | str) -> str:
    """A database's address without any password, for messages."""
    text = str(database)
    if not is_server(text):
        return text
    scheme, _, rest = text.partition("?")[0].partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def is_server(database: Path | str) -> bool:
    """Whether this is a server's address, not a file."""
    return str(database).startswith(("postgresql://", "postgres://"))

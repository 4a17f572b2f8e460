"""What can go wrong with the database, in the words of this room.

StorageError
├── DatabaseUnusableError   the file cannot be opened, read or written
│   ├── DatabaseBusyError   somebody else has locked it for longer than the caller waits
│   └── DatabaseClosedError this process has closed it
├── NewerSchemaError        the file was written by a newer Paperboy
└── AlreadyExistsError      a row with this key was there before
"""

from enum import StrEnum
from pathlib import Path


class Trouble(StrEnum):
    """What is the matter with a database that cannot be used."""

    FULL = "full"
    FAILING = "failing"
    READ_ONLY = "read-only"
    NOT_OPENED = "not-opened"
    LOCKED = "locked"
    CLOSED = "closed"
    DAMAGED = "damaged"
    FOREIGN = "foreign"
    MISSING = "missing"
    NOT_ALLOWED = "not-allowed"
    REFUSED = "refused"
    BUSY_SERVER = "busy-server"
    UNREACHABLE = "unreachable"
    TOO_OLD = "too-old"
    NO_ADDRESS = "no-address"
    ENCODING = "encoding"
    OTHER = "other"


class StorageError(Exception):
    """Base of every error that storage raises on purpose."""


class DatabaseUnusableError(StorageError):
    """The database at ``location`` cannot be opened, read or written, because of ``trouble``;
    ``told`` is what SQLite, PostgreSQL or the system said of it, if anything."""

    def __init__(self, location: Path | str, trouble: Trouble, told: object = "") -> None:
        self.location = str(location)
        self.trouble = trouble
        self.told = " ".join(str(told).split())
        super().__init__(": ".join(filter(None, (self.location, trouble.value, self.told))))


class DatabaseBusyError(DatabaseUnusableError):
    """The database stayed locked for as long as the caller was ready to wait. Nothing was
    written; the same may succeed a moment later."""


class DatabaseClosedError(DatabaseUnusableError):
    """The database was closed in this process, before or during the work."""


class NewerSchemaError(StorageError):
    """The database holds migrations that this program does not know.

    ``copy`` is the file as it was before the first of them, where it is still there.
    """

    def __init__(self, detail: str, *, copy: Path | None) -> None:
        super().__init__(detail)
        self.copy = copy


class AlreadyExistsError(StorageError):
    """A row with this key was there before."""

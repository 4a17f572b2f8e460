"""SQLite's complaints about the file, in words that say what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import DatabaseBusyError, DatabaseClosedError, DatabaseUnusableError

# By SQLite's primary result code. What is not here is a mistake in a statement, not in the file.
_WORDS = {
    sqlite3.SQLITE_FULL: "the disk is full; make room and start again",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written (full, over quota, or failing)",
    sqlite3.SQLITE_READONLY: "the file or its folder is read-only",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened; check the path and its permissions",
    sqlite3.SQLITE_PERM: "permission denied",
    sqlite3.SQLITE_BUSY: "another process has locked the file for too long",
    sqlite3.SQLITE_LOCKED: "another connection has locked a table for too long",
    sqlite3.SQLITE_INTERRUPT: "the database was closed in the middle of this",
    sqlite3.SQLITE_CORRUPT: "the file is damaged; restore a backup",
    sqlite3.SQLITE_NOTADB: "the file is not a Paperboy database",
}
_ERRORS = {
    sqlite3.SQLITE_BUSY: DatabaseBusyError,
    sqlite3.SQLITE_LOCKED: DatabaseBusyError,
    sqlite3.SQLITE_INTERRUPT: DatabaseClosedError,
}
_PRIMARY = 0xFF
# What SQLite says of a full-text expression that makes no sense to it.
_MALFORMED = ("fts5", "unterminated string")


def is_malformed_query(error: sqlite3.OperationalError) -> bool:
    """Whether SQLite complains about a full-text expression, not about the file."""
    return any(sign in str(error) for sign in _MALFORMED)


def cannot_open(path: Path, error: OSError) -> DatabaseUnusableError:
    """What to say of a file at *path* that the system doesn't let us have."""
    words = _WORDS[sqlite3.SQLITE_CANTOPEN]
    return DatabaseUnusableError(f"{path}: {words} ({error.strerror or error})")


@contextmanager
def explained(location: str) -> Iterator[None]:
    """Turn an error about the file at *location* into one that says what is the matter.

    Raises:
        DatabaseUnusableError: the file cannot be used now. Other errors pass unchanged.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
        if code not in _WORDS:
            raise
        kind = _ERRORS.get(code, DatabaseUnusableError)
        raise kind(f"{location}: {_WORDS[code]} ({error})") from error

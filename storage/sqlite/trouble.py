"""What SQLite complains of, as one of the troubles that storage knows."""

import sqlite3
from collections.abc import Callable

from storage.errors import DatabaseBusyError, DatabaseClosedError, DatabaseUnusableError, Trouble

# By SQLite's primary result code. What is not here is a mistake in a statement, not in the file.
_TROUBLES = {
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_IOERR: Trouble.FAILING,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Trouble.NOT_OPENED,
    sqlite3.SQLITE_PERM: Trouble.NOT_OPENED,
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
    sqlite3.SQLITE_INTERRUPT: Trouble.CLOSED,
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.FOREIGN,
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


class Explained:
    """Turns the errors of a block about the file at *location* into ones that name the trouble. A
    class, since every statement enters it.

    Raises:
        DatabaseUnusableError: the file cannot be used now. Other errors pass unchanged.
    """

    def __init__(self, location: str, failed: Callable[[], object]) -> None:
        """*failed* is called when the file cannot be used for more than the moment."""
        self._location = location
        self._failed = failed

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: object
    ) -> None:
        if not isinstance(error, sqlite3.DatabaseError):
            return
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
        if code in _TROUBLES:
            kind = _ERRORS.get(code, DatabaseUnusableError)
            if kind is DatabaseUnusableError:
                self._failed()
            raise kind(self._location, _TROUBLES[code], error) from error

"""PostgreSQL's complaints in words that say what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors
from psycopg_pool import PoolClosed, PoolTimeout, TooManyRequests

from storage.errors import DatabaseBusyError, DatabaseClosedError, DatabaseUnusableError

_WORDS: dict[type[Exception], str] = {
    errors.QueryCanceled: "it took too long, or the database was closed in the middle of it",
    errors.LockNotAvailable: "others were writing for too long",
    errors.DeadlockDetected: "two writers waited for each other",
    errors.SerializationFailure: "two writers were in each other's way",
    errors.TooManyConnections: "the server has no connection left",
    PoolTimeout: "no connection could be had in time",
    TooManyRequests: "too many wait for a connection",
    PoolClosed: "the database is closed",
    errors.DiskFull: "the server's disk is full",
    errors.ReadOnlySqlTransaction: "the server only reads; it may be a standby",
    errors.InsufficientPrivilege: "the role may not do this",
    errors.InvalidPassword: "the password is wrong",
    errors.InvalidCatalogName: "there is no such database",
    psycopg.OperationalError: "the server cannot be reached, or has ended the connection",
    psycopg.InterfaceError: "the connection is gone",
}
_BUSY = (
    errors.QueryCanceled,
    errors.LockNotAvailable,
    errors.DeadlockDetected,
    errors.SerializationFailure,
    errors.TooManyConnections,
    PoolTimeout,
    TooManyRequests,
)


@contextmanager
def explained(location: str) -> Iterator[None]:
    """Turn an error about the database at *location* into one that says what is the matter.

    Raises:
        DatabaseUnusableError: the database cannot be used now. Other errors pass unchanged.
    """
    try:
        yield
    except (psycopg.Error, PoolTimeout, TooManyRequests, PoolClosed) as error:
        words = next((text for kind, text in _WORDS.items() if isinstance(error, kind)), None)
        if words is None:
            raise
        told = " ".join(str(error).split())
        kind = DatabaseUnusableError
        if isinstance(error, _BUSY):
            kind = DatabaseBusyError
        if isinstance(error, PoolClosed):
            kind = DatabaseClosedError
        raise kind(f"{location}: {words} ({told})") from error

"""What PostgreSQL complains of, as one of the troubles that storage knows."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors
from psycopg_pool import PoolClosed, PoolTimeout, TooManyRequests

from storage.errors import DatabaseBusyError, DatabaseClosedError, DatabaseUnusableError, Trouble

_TROUBLES: dict[type[Exception], Trouble] = {
    errors.QueryCanceled: Trouble.LOCKED,
    errors.LockNotAvailable: Trouble.LOCKED,
    errors.DeadlockDetected: Trouble.LOCKED,
    errors.SerializationFailure: Trouble.LOCKED,
    errors.TooManyConnections: Trouble.BUSY_SERVER,
    PoolTimeout: Trouble.BUSY_SERVER,
    TooManyRequests: Trouble.BUSY_SERVER,
    PoolClosed: Trouble.CLOSED,
    errors.DiskFull: Trouble.FULL,
    errors.ReadOnlySqlTransaction: Trouble.READ_ONLY,
    errors.InsufficientPrivilege: Trouble.NOT_ALLOWED,
    errors.InvalidPassword: Trouble.PASSWORD,
    errors.InvalidCatalogName: Trouble.MISSING,
    psycopg.OperationalError: Trouble.UNREACHABLE,
    psycopg.InterfaceError: Trouble.UNREACHABLE,
}
_ERRORS = {
    Trouble.LOCKED: DatabaseBusyError,
    Trouble.BUSY_SERVER: DatabaseBusyError,
    Trouble.CLOSED: DatabaseClosedError,
}


@contextmanager
def explained(location: str) -> Iterator[None]:
    """Turn an error about the database at *location* into one that names the trouble.

    Raises:
        DatabaseUnusableError: the database cannot be used now. Other errors pass unchanged.
    """
    try:
        yield
    except (psycopg.Error, PoolTimeout, TooManyRequests, PoolClosed) as error:
        trouble = next((one for kind, one in _TROUBLES.items() if isinstance(error, kind)), None)
        if trouble is None:
            raise
        raise _ERRORS.get(trouble, DatabaseUnusableError)(location, trouble, error) from error

"""What PostgreSQL complains of, as one of the troubles that storage knows."""

from collections.abc import Callable, Iterator
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
    PoolTimeout: Trouble.BUSY_SERVER,
    TooManyRequests: Trouble.BUSY_SERVER,
    PoolClosed: Trouble.CLOSED,
    errors.DiskFull: Trouble.FULL,
    errors.ReadOnlySqlTransaction: Trouble.READ_ONLY,
    errors.InsufficientPrivilege: Trouble.NOT_ALLOWED,
    # Only our tables are made, and only where there is none of ours.
    errors.DuplicateTable: Trouble.FOREIGN,
    psycopg.OperationalError: Trouble.UNREACHABLE,
    psycopg.InterfaceError: Trouble.UNREACHABLE,
}
_ERRORS = {
    Trouble.LOCKED: DatabaseBusyError,
    Trouble.BUSY_SERVER: DatabaseBusyError,
    Trouble.CLOSED: DatabaseClosedError,
}


@contextmanager
def explained(location: str, failed: Callable[[], object]) -> Iterator[None]:
    """Turn an error about the database at *location* into one that names the trouble; *failed* is
    called when it cannot be used for more than the moment.

    Raises:
        DatabaseUnusableError: the database cannot be used now. Other errors pass unchanged.
    """
    try:
        yield
    except (psycopg.Error, PoolTimeout, TooManyRequests, PoolClosed) as error:
        trouble = _trouble_of(error)
        if trouble is None:
            raise
        kind = _ERRORS.get(trouble, DatabaseUnusableError)
        if kind is DatabaseUnusableError:
            failed()
        raise kind(location, trouble, _told_by(error)) from error


def _trouble_of(error: Exception) -> Trouble | None:
    # A connection that could not be made has no code. That a password was asked for tells at least
    # that the server is there.
    lost = getattr(error, "pgconn", None)
    is_plain = type(error) is psycopg.OperationalError
    if is_plain and lost and (lost.used_password or lost.needs_password):
        return Trouble.REFUSED
    return next((one for kind, one in _TROUBLES.items() if isinstance(error, kind)), None)


def _told_by(error: Exception) -> str:
    """What the server said, without the statement in which it met that."""
    if isinstance(error, psycopg.Error) and error.diag.message_primary:
        return ". ".join(filter(None, (error.diag.message_primary, error.diag.message_hint)))
    return str(error)

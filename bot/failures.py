"""What becomes of a failure that nobody foresaw: how it is logged, and how far it reaches."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

# What lets Slack in uses this module as well, and waits for no database to be imported.


def log_failure(logger: logging.Logger, what: str, error: BaseException) -> None:
    """Log a failure: of the database in one line, since it fails everything at once."""
    from storage import StorageError

    if isinstance(error, StorageError):
        logger.error("%s: %s", what, error)
    else:
        logger.error(what, exc_info=error)


@contextmanager
def contained(logger: logging.Logger, what: str, *names: object) -> Iterator[None]:
    """Let a failure of the block be no one else's: it is logged, and what stands behind the block
    is done all the same.

    Raises:
        DatabaseUnusableError: the database has cut the block short. That fails what is around it
            as well, and whoever does all of it again does so when the database is back.
    """
    try:
        yield
    except Exception as error:
        from storage import DatabaseUnusableError

        if isinstance(error, DatabaseUnusableError):
            raise
        logger.exception(what, *names)


def may_pass(error: Exception) -> bool:
    """Whether the database can't be used now, and may be later."""
    from storage import DatabaseClosedError, DatabaseUnusableError

    is_closed = isinstance(error, DatabaseClosedError)
    return isinstance(error, DatabaseUnusableError) and not is_closed

"""SQLite: one file, by default."""

import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database, Migrations

from storage.errors import DatabaseUnusableError, NewerSchemaError, StorageError, Trouble
from storage.migrations import STEPS, Step, unknown_steps
from storage.sqlite.connections import SqliteConnections
from storage.sqlite.copies import copy_before, copy_database
from storage.sqlite.private_files import keep_private

log = logging.getLogger(__name__)


def connect(path: Path) -> SqliteConnections:
    """The file at *path*, made if need be, with the newest schema.

    Raises:
        DatabaseUnusableError: no usable SQLite file can be had at *path*, or no copy be made.
        NewerSchemaError: a newer Paperboy has written the file.
    """
    connections = SqliteConnections(path)
    try:
        keep_private(path)
        _migrate(connections)
    except OSError as error:
        connections.close()
        raise DatabaseUnusableError(path, Trouble.NOT_OPENED, error.strerror or error) from error
    except sqlite3.Error as error:
        connections.close()
        raise DatabaseUnusableError(path, Trouble.OTHER, error) from error
    except StorageError:
        connections.close()
        raise
    return connections


def _migrate(connections: SqliteConnections) -> None:
    """Apply the steps that the file lacks, all or none. A new file has nothing to lose; of any
    other a copy is made first. Others wait for the lock that is held here, so only one process
    makes the copy.

    Raises:
        DatabaseUnusableError: the copy cannot be made.
        NewerSchemaError: a newer Paperboy has written the file.
    """
    steps = Migrations("paperboy")
    for step in STEPS:
        steps(name=step.__name__)(_on(connections, step))
    path = connections.path
    with connections.transaction(), connections.held() as db:
        applied = [one.name for one in steps.applied(db)]
        if unknown := unknown_steps(applied):
            copy = copy_before(path, unknown[0])
            raise NewerSchemaError(
                f"unknown migrations: {', '.join(unknown)}", copy=copy if copy.exists() else None
            )
        pending = steps.pending(db)
        if applied and pending:
            copy = copy_before(path, pending[0].name)
            copy_database(path, copy)
            log.warning("the schema changes; the database as it was is in %s", copy)
        steps.apply(db)


def _on(connections: SqliteConnections, step: Step) -> Callable[[Database], None]:
    """A step on these connections, as sqlite-utils calls it: with one of its own, which is the
    same here."""
    return lambda _: step(connections)

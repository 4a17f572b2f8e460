"""Brings the schema of a file up to date, after a copy for the way back."""

import logging
from collections.abc import Callable

from sqlite_utils import Database, Migrations

from storage.errors import NewerSchemaError
from storage.migrations import STEPS, Step, unknown_steps
from storage.sqlite.connections import SqliteConnections
from storage.sqlite.copies import copy_before, copy_database

log = logging.getLogger(__name__)


def migrate(connections: SqliteConnections) -> None:
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

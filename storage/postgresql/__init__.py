"""PostgreSQL, 15 or newer: for as many equal processes as it takes."""

import logging

from storage.errors import DatabaseUnusableError, NewerSchemaError, Trouble
from storage.migrations import STEPS, unknown_steps
from storage.postgresql.connections import PostgresConnections
from storage.postgresql.vectors import PostgresVectors

log = logging.getLogger(__name__)

_OLDEST = 150_000


def connect(url: str) -> PostgresConnections:
    """The database at an address, with the newest schema.

    Raises:
        DatabaseUnusableError: the server cannot be reached, doesn't let us in, or is too old.
        NewerSchemaError: a newer Paperboy has written the database.
    """
    connections = PostgresConnections(url)
    try:
        connections.open()
        _refuse_older(connections)
        _migrate(connections)
        connections.try_to_notify()
        connections.vectors = PostgresVectors.where_possible(connections)
    except BaseException:
        connections.close()
        raise
    return connections


def _refuse_older(connections: PostgresConnections) -> None:
    version = int(connections.row("SHOW server_version_num")[0])
    if version < _OLDEST:
        found = f"PostgreSQL {version // 10_000}"
        raise DatabaseUnusableError(connections.location, Trouble.TOO_OLD, found)


def _migrate(connections: PostgresConnections) -> None:
    """Apply the steps that the database lacks, all or none; one process at a time."""
    with connections.transaction():
        connections.lock("migrations")
        connections.run(
            "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at TEXT);"
        )
        applied = [row[0] for row in connections.rows("SELECT name FROM migrations")]
        if unknown := unknown_steps(applied):
            raise NewerSchemaError(f"unknown migrations: {', '.join(unknown)}", copy=None)
        for step in STEPS:
            if step.__name__ not in applied:
                step(connections)
                connections.execute(
                    "INSERT INTO migrations (name, applied_at) "
                    "VALUES (?, CAST(clock_timestamp() AS TEXT))",
                    [step.__name__],
                )

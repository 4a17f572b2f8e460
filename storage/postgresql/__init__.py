"""PostgreSQL, 15 or newer: for as many equal processes as it takes."""

from storage.errors import DatabaseUnusableError, Trouble
from storage.migrations import migrate
from storage.postgresql.connections import PostgresConnections
from storage.postgresql.vectors import PostgresVectors

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
        migrate(connections)
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

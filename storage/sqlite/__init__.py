"""SQLite: one file, by default."""

import sqlite3
from pathlib import Path

from storage.errors import DatabaseUnusableError, StorageError, Trouble
from storage.migrations import migrate
from storage.sqlite.connections import SqliteConnections
from storage.sqlite.private_files import keep_private


def connect(path: Path) -> SqliteConnections:
    """The file at *path*, made if need be, with the newest schema.

    Raises:
        DatabaseUnusableError: no usable SQLite file can be had at *path*, or no copy be made.
        NewerSchemaError: a newer Paperboy has written the file.
    """
    connections = SqliteConnections(path)
    try:
        keep_private(path)
        migrate(connections)
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

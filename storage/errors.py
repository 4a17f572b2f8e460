"""What can go wrong with the database, in the words of this room.

StorageError
├── DatabaseUnusableError   the file cannot be opened, read or written
├── NewerSchemaError        the file was written by a newer Paperboy
└── AlreadyExistsError      a row with this key was there before
"""

from pathlib import Path


class StorageError(Exception):
    """Base of every error that storage raises on purpose."""


class DatabaseUnusableError(StorageError):
    """The database file cannot be opened, read or written."""


class NewerSchemaError(StorageError):
    """The database holds migrations that this program does not know.

    ``copy`` is the file as it was before the first of them, where it is still there.
    """

    def __init__(self, detail: str, *, copy: Path | None) -> None:
        super().__init__(detail)
        self.copy = copy


class AlreadyExistsError(StorageError):
    """A row with this key was there before."""

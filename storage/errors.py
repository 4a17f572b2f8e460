"""What can go wrong with the database, in the words of this room.

StorageError
├── DatabaseUnusableError   the file cannot be opened, read or written
├── NewerSchemaError        the file was written by a newer Paperboy
└── AlreadyExistsError      a row with this key was there before
"""


class StorageError(Exception):
    """Base of every error that storage raises on purpose."""


class DatabaseUnusableError(StorageError):
    """The database file cannot be opened, read or written."""


class NewerSchemaError(StorageError):
    """The database holds migrations that this program does not know."""


class AlreadyExistsError(StorageError):
    """A row with this key was there before."""

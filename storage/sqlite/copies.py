"""Consistent copies of the database file, made while others read and write it."""

import logging
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from storage.errors import DatabaseUnusableError, Trouble
from storage.sqlite.private_files import create_private

log = logging.getLogger(__name__)


def copy_database(source: Path, target: Path) -> None:
    """Write what is committed in *source* to *target*, for its owner alone to read; an older copy
    is replaced by a whole one.

    Raises:
        DatabaseUnusableError: the copy cannot be written.
    """
    unfinished = target.with_name(target.name + ".part")
    try:
        unfinished.unlink(missing_ok=True)
        create_private(unfinished)
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as read,
            closing(sqlite3.connect(unfinished)) as copy,
        ):
            read.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        unfinished.replace(target)
    except (sqlite3.Error, OSError) as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise DatabaseUnusableError(target, Trouble.NOT_OPENED, error) from error


def copy_before(path: Path, migration: str) -> Path:
    """Where the copy is that was made of *path* before *migration* changed its schema."""
    return path.with_name(f"{path.name}.before-{migration}")

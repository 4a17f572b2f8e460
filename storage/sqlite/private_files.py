"""Files that hold what members wrote are for their owner alone, whatever the umask says."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from storage.errors import DatabaseUnusableError, Trouble

OWNER_ALONE = 0o600
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
# What SQLite and :mod:`storage.sqlite.copies` put beside a database.
_BESIDE = ("-wal", "-shm", "-journal", ".before-*")


def keep_private(path: Path) -> None:
    """Make the database file *path* where there is none, and close it and its companions to
    others. Files SQLite adds later take the mode of the database.

    Raises:
        DatabaseUnusableError: the file cannot be made.
    """
    try:
        create_private(path)
    except OSError as error:
        raise DatabaseUnusableError(path, Trouble.NOT_OPENED, error.strerror or error) from error
    for ending in ("", *_BESIDE):
        for one in path.parent.glob(f"{_escaped(path.name)}{ending}"):
            _close_to_others(one)


def create_private(path: Path) -> None:
    """Make an empty file that only its owner can read; one that is there stays as it is.

    Raises:
        OSError: the file cannot be made.
    """
    # An existing database must not be opened here: closing it again would drop the locks that
    # SQLite holds on it in this process.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ALONE))


def _close_to_others(path: Path) -> None:
    # Somebody else's file stays as its owner wants it, and a companion may vanish any moment.
    with suppress(PermissionError, FileNotFoundError):
        mode = path.stat().st_mode
        if stat.S_ISREG(mode) and mode & _OTHERS:
            path.chmod(stat.S_IMODE(mode) & ~_OTHERS)


def _escaped(name: str) -> str:
    return "".join(f"[{one}]" if one in "*?[" else one for one in name)

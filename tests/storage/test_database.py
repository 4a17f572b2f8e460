"""The file itself: migrations, transactions, copies, and what is refused."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from threading import Thread

import psutil
import pytest

from storage import DatabaseUnusableError, NewerSchemaError, Paper, Storage, open_storage
from storage.migrations import STEPS


def test_migrations_are_numbered_in_rising_order() -> None:
    numbers = [int(step.__name__[1:4]) for step in STEPS]
    assert numbers == sorted(set(numbers))


def test_opening_twice_keeps_what_is_stored(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "paperboy.db"
    first = open_storage(path)
    first.papers.save([Paper("1", "One")], now=now)
    first.close()
    second = open_storage(path)
    assert second.counts()["papers"] == 1
    second.close()


def test_a_transaction_that_fails_leaves_nothing(storage: Storage, now: datetime) -> None:
    def half() -> None:
        with storage.transaction():
            storage.papers.save([Paper("1", "One")], now=now)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        half()
    assert storage.counts()["papers"] == 0


def test_a_database_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "paperboy.db"
    open_storage(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('paperboy', 'm999_future', '2030')"
        )
    raw.close()
    with pytest.raises(NewerSchemaError, match="m999_future"):
        open_storage(path)


@pytest.mark.parametrize("kind", ["folder", "text", "missing folder"])
def test_a_path_that_cannot_hold_a_database_is_told(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "there" / "paperboy.db" if kind == "missing folder" else tmp_path / "x"
    if kind == "folder":
        path.mkdir()
    elif kind == "text":
        path.write_text("not a database, but long enough to look at " * 50)
    with pytest.raises(DatabaseUnusableError):
        open_storage(path)


def test_many_threads_write_without_losing_a_row(storage: Storage, now: datetime) -> None:
    def save(number: int) -> None:
        storage.papers.save([Paper(f"{number}", "Title")], now=now)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(save, range(200)))
    assert storage.counts()["papers"] == 200


def test_a_copy_is_whole(storage: Storage, now: datetime, tmp_path: Path) -> None:
    storage.papers.save([Paper("1", "One")], now=now)
    storage.backup(tmp_path / "copy.db")
    copy = open_storage(tmp_path / "copy.db")
    assert copy.counts() == storage.counts()
    copy.close()


def test_every_table_comes_from_a_migration(storage: Storage, now: datetime) -> None:
    # Inserting into a misspelt table would make it; the counts name real ones only.
    assert set(storage.counts()) <= set(storage._connections.tables())


def test_connections_of_ended_threads_are_closed(tmp_path: Path) -> None:
    storage = open_storage(tmp_path / "paperboy.db")
    storage.counts()
    for _ in range(20):
        thread = Thread(target=storage.counts)
        thread.start()
        thread.join()
    held = [one for one in psutil.Process().open_files() if Path(one.path) == storage.path]
    storage.close()
    # SQLite itself keeps a file or two for the next connection.
    assert len(held) < 6

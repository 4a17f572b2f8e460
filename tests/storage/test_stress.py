"""The database under stress: killed writers, full disks, locks. Clear errors, nothing lost."""

import multiprocessing
import os
import resource
import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from storage import DatabaseUnusableError, Paper, Storage, StorageError, open_storage

NOW = datetime(2025, 3, 20, tzinfo=UTC)
# Big enough that a limit on the file's size is met soon.
LONG = "word " * 2000
NOBODY = 65534


def write_papers(path: Path, told: Connection, limit: int | None) -> None:
    """Save one paper after the other and tell each number once it is saved."""
    storage = open_storage(path)
    if limit is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    number = 0
    try:
        while True:
            number += 1
            storage.papers.save([Paper(f"2503.{number:05d}", f"Paper {number}", LONG)], now=NOW)
            told.send(number)
    except StorageError as error:
        told.send(str(error))


def open_as_nobody(path: Path, told: Connection) -> None:
    """Try to write as somebody who may only read."""
    if os.geteuid() == 0:
        os.setuid(NOBODY)
    try:
        storage = open_storage(path)
        storage.papers.save([Paper("2503.00001", "One")], now=NOW)
        told.send("written")
    except StorageError as error:
        told.send(str(error))


def context() -> ForkServerContext:
    return multiprocessing.get_context("forkserver")


def papers_stored(path: Path) -> int:
    """How many papers a sound file holds."""
    storage = open_storage(path)
    check = sqlite3.connect(path)
    assert check.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    check.close()
    count = storage.counts()["papers"]
    storage.close()
    return count


def test_a_killed_writer_loses_nothing_that_it_had_saved(tmp_path: Path) -> None:
    for deaths_after in (1, 7, 23):
        path = tmp_path / f"{deaths_after}.db"
        here, there = context().Pipe(duplex=False)
        child = context().Process(target=write_papers, args=(path, there, None))
        child.start()
        there.close()
        while (saved := here.recv()) < deaths_after:
            pass
        child.kill()
        child.join()
        with suppress(EOFError):
            while True:
                saved = here.recv()
        here.close()
        child.close()
        assert papers_stored(path) >= saved >= deaths_after


def test_a_full_disk_is_told_and_what_was_saved_stays(tmp_path: Path) -> None:
    path = tmp_path / "paperboy.db"
    here, there = context().Pipe(duplex=False)
    child = context().Process(target=write_papers, args=(path, there, 2_000_000))
    child.start()
    saved = 0
    while isinstance(message := here.recv(), int):
        saved = message
    child.join()
    child.close()
    here.close()
    there.close()
    assert "disk" in message
    assert papers_stored(path) >= saved > 0
    again = open_storage(path)
    again.papers.save([Paper("2504.00001", "After the disk was cleared")], now=NOW)
    again.close()


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that any user may read, and a database in it that only its owner may write."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "paperboy.db"
        open_storage(path).close()
        path.chmod(0o444)
        if os.geteuid() != 0:
            Path(folder).chmod(0o555)
        yield path
        Path(folder).chmod(0o755)


def test_a_read_only_file_is_told(open_to_all: Path) -> None:
    here, there = context().Pipe(duplex=False)
    child = context().Process(target=open_as_nobody, args=(open_to_all, there))
    child.start()
    message = here.recv()
    child.join()
    child.close()
    here.close()
    there.close()
    assert "read-only" in message


def test_a_file_that_another_process_has_locked_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.connections.PATIENCE_SECONDS", 0.05)
    storage = open_storage(tmp_path / "paperboy.db")
    other = sqlite3.connect(tmp_path / "paperboy.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnusableError, match="locked"):
        storage.papers.save([Paper("2503.00001", "One")], now=NOW)
    other.execute("ROLLBACK")
    other.close()
    storage.papers.save([Paper("2503.00001", "One")], now=NOW)
    assert storage.counts()["papers"] == 1
    storage.close()


def test_a_short_lock_is_waited_for(tmp_path: Path) -> None:
    storage = open_storage(tmp_path / "paperboy.db")
    locked = threading.Event()

    def hold() -> None:
        other = sqlite3.connect(tmp_path / "paperboy.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        locked.set()
        threading.Event().wait(0.1)
        other.execute("COMMIT")
        other.close()

    holder = threading.Thread(target=hold)
    holder.start()
    locked.wait()
    storage.papers.save([Paper("2503.00001", "One")], now=NOW)
    holder.join()
    storage.close()


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "paperboy.db"
    storage = open_storage(path)
    storage.papers.save(
        [Paper(f"2503.{number:05d}", f"Paper {number}", LONG) for number in range(40)], now=NOW
    )
    storage.close()
    content = bytearray(path.read_bytes())
    for start in range(4096, len(content), 8192):
        content[start : start + 4096] = b"\xff" * 4096
    path.write_bytes(content)
    with pytest.raises(DatabaseUnusableError, match="damaged"):
        save_one_more(path)


def save_one_more(path: Path) -> None:
    storage = open_storage(path)
    try:
        storage.papers.save([Paper("2503.00041", "One more", LONG)], now=NOW)
    finally:
        storage.close()


def test_a_mistake_in_a_statement_is_not_blamed_on_the_file(storage: Storage) -> None:
    with pytest.raises((sqlite3.Error, psycopg.Error), match="nowhere"):
        storage._connections.execute("INSERT INTO nowhere VALUES (1)")


def while_writing(storage: Storage, work: Callable[[], None]) -> int:
    """Do *work* while another thread saves papers two at a time; how many it saved."""
    stop, started = threading.Event(), threading.Event()
    saved = [0]

    def write() -> None:
        while not stop.is_set():
            first = saved[0] + 1
            pair = [Paper(f"2503.{first + one:05d}", "Half of a pair") for one in range(2)]
            storage.papers.save(pair, now=NOW)
            saved[0] += 2
            started.set()

    writer = threading.Thread(target=write)
    writer.start()
    started.wait()
    try:
        work()
    finally:
        stop.set()
        writer.join()
    return saved[0]


def test_a_backup_taken_while_writing_is_whole_and_can_be_restored(tmp_path: Path) -> None:
    storage = open_storage(tmp_path / "paperboy.db")
    copies = [tmp_path / f"copy{number}.db" for number in range(5)]

    def back_up() -> None:
        for copy in copies:
            storage.backup(copy)

    while_writing(storage, back_up)
    storage.close()
    counts = [papers_stored(copy) for copy in copies]
    assert counts == sorted(counts)
    assert all(count % 2 == 0 for count in counts)
    # Restoring is putting the copy in the file's place.
    for leftover in tmp_path.glob("paperboy.db*"):
        leftover.unlink()
    copies[-1].rename(tmp_path / "paperboy.db")
    restored = open_storage(tmp_path / "paperboy.db")
    assert restored.counts()["papers"] == counts[-1]
    restored.close()


def test_a_backup_that_fails_leaves_the_older_one(storage: Storage, tmp_path: Path) -> None:
    copy = tmp_path / "folder" / "copy.db"
    copy.parent.mkdir()
    storage.backup(copy)
    before = copy.read_bytes()
    (copy.parent / "copy.db.part").mkdir()
    with pytest.raises(DatabaseUnusableError):
        storage.backup(copy)
    assert copy.read_bytes() == before

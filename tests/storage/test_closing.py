"""A database that is closed while others use it: refused, waited for, interrupted; no crash."""

import multiprocessing
import sqlite3
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import DatabaseBusyError, DatabaseClosedError, Paper, Storage, open_storage

NOW = datetime(2025, 3, 20, tzinfo=UTC)
WRITERS, READERS, TIMES = 4, 3, 3
ENDLESS = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"


def close_while_threads_work(path: Path) -> None:
    """Exit with 0 when every thread's work ended in DatabaseClosedError, 1 when not."""
    storage = open_storage(path)
    ended: list[type[Exception]] = []
    busy = threading.Barrier(WRITERS + READERS + 1)

    def work(step: Callable[[int], object]) -> None:
        number = 0
        try:
            while True:
                step(number)
                number += 1
                if number == 5:
                    busy.wait()
        except Exception as error:
            ended.append(type(error))

    def write(number: int) -> None:
        batch = [Paper(f"{number}.{one}", "Title", "words " * 200) for one in range(20)]
        storage.papers.save(batch, now=NOW)

    def read(_number: int) -> None:
        storage.papers.find(["words"], limit=500)

    threads = [threading.Thread(target=work, args=(write,)) for _ in range(WRITERS)]
    threads += [threading.Thread(target=work, args=(read,)) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    busy.wait()
    storage.close()
    for thread in threads:
        thread.join()
    raise SystemExit(0 if ended == [DatabaseClosedError] * len(threads) else 1)


def test_closing_while_threads_read_and_write_ends_their_work_and_not_the_process(
    tmp_path: Path,
) -> None:
    context = multiprocessing.get_context("forkserver")
    for _ in range(TIMES):
        path = tmp_path / "paperboy.db"
        child = context.Process(target=close_while_threads_work, args=(path,))
        child.start()
        child.join()
        assert child.exitcode == 0
        child.close()
        check = sqlite3.connect(path)
        assert check.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        # A batch is stored whole or not at all.
        assert check.execute("SELECT count(*) % 20 FROM papers").fetchone() == (0,)
        check.close()


def in_thread(work: Callable[[], object]) -> tuple[threading.Thread, list[Exception]]:
    """Begin *work* on a thread; what it raises is put into the list."""
    raised: list[Exception] = []

    def run() -> None:
        try:
            work()
        except Exception as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, raised


def test_a_closed_database_refuses_every_thread_with_a_clear_error(storage: Storage) -> None:
    storage.counts()
    storage.close()
    storage.close()
    for _ in range(2):
        with pytest.raises(DatabaseClosedError, match="closed"):
            storage.papers.save([Paper("1", "One")], now=NOW)
    thread, raised = in_thread(storage.counts)
    thread.join()
    assert [type(one) for one in raised] == [DatabaseClosedError]
    assert not storage.is_ready()


def test_closing_lets_a_transaction_end(storage: Storage, database: Path | str) -> None:
    inside, closing = threading.Event(), threading.Event()

    def save() -> None:
        with storage.transaction():
            storage.papers.save([Paper("1", "One")], now=NOW)
            inside.set()
            closing.wait()
            storage.papers.save([Paper("2", "Two")], now=NOW)

    thread, raised = in_thread(save)
    inside.wait()
    threading.Timer(0.05, closing.set).start()
    storage.close(within_seconds=30)
    thread.join()
    assert raised == []
    again = open_storage(database)
    assert again.counts()["papers"] == 2
    again.close()


def test_closing_interrupts_a_statement_that_takes_too_long(storage: Storage) -> None:
    thread, raised = in_thread(lambda: storage._connections.rows(ENDLESS))
    time.sleep(0.05)
    storage.close(within_seconds=0.1)
    thread.join(30)
    assert not thread.is_alive()
    assert [type(one) for one in raised] == [DatabaseClosedError]


@pytest.mark.sqlite
def test_a_thread_that_stays_in_its_work_holds_up_closing_for_a_bounded_time(
    storage: Storage,
) -> None:
    inside, leave = threading.Event(), threading.Event()

    def stay() -> None:
        with storage.transaction():
            inside.set()
            leave.wait()

    thread, _ = in_thread(stay)
    inside.wait()
    storage.close(within_seconds=0.05)
    assert thread.is_alive()
    leave.set()
    thread.join()
    # The last to leave has closed the file: SQLite takes the log away then.
    assert not Path(f"{storage.path}-wal").exists()


@pytest.mark.sqlite
def test_writers_that_wait_for_their_turn_are_refused_when_the_database_is_closed(
    storage: Storage,
) -> None:
    inside, leave = threading.Event(), threading.Event()

    def stay() -> None:
        with storage.transaction():
            inside.set()
            leave.wait()

    holder, _ = in_thread(stay)
    inside.wait()
    waiting = [
        in_thread(lambda: storage.papers.save([Paper("1", "One")], now=NOW)) for _ in range(3)
    ]
    time.sleep(0.05)
    storage.close(within_seconds=0.05)
    leave.set()
    holder.join()
    for thread, raised in waiting:
        thread.join()
        assert [type(one) for one in raised] == [DatabaseClosedError]


@pytest.mark.sqlite
def test_patience_bounds_all_waiting_of_a_thread_together(storage: Storage) -> None:
    other = sqlite3.connect(storage.location, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    with storage.patience(0.3):
        for _ in range(20):
            with pytest.raises(DatabaseBusyError, match="locked"):
                storage.papers.save([Paper("1", "One")], now=NOW)
    # One after the other with the usual patience this would take minutes.
    assert time.monotonic() - began < 10
    other.execute("ROLLBACK")
    other.close()
    with storage.patience(0.3):
        storage.papers.save([Paper("1", "One")], now=NOW)
    assert storage.counts()["papers"] == 1


@pytest.mark.sqlite
def test_many_writers_behind_a_foreign_lock_all_give_up_at_their_own_time(
    storage: Storage,
) -> None:
    other = sqlite3.connect(storage.location, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    def write() -> None:
        with storage.patience(0.3):
            storage.papers.save([Paper("1", "One")], now=NOW)

    began = time.monotonic()
    writers = [in_thread(write) for _ in range(60)]
    for thread, raised in writers:
        thread.join()
        assert [type(one) for one in raised] == [DatabaseBusyError]
    assert time.monotonic() - began < 10
    other.execute("ROLLBACK")
    other.close()


@pytest.mark.sqlite
def test_patience_of_one_thread_is_not_that_of_another(storage: Storage) -> None:
    inside, leave = threading.Event(), threading.Event()

    def stay() -> None:
        with storage.transaction():
            inside.set()
            leave.wait()

    holder, _ = in_thread(stay)
    inside.wait()
    patient, raised = in_thread(lambda: storage.papers.save([Paper("1", "One")], now=NOW))
    with storage.patience(60), storage.patience(0.05), pytest.raises(DatabaseBusyError):
        storage.papers.save([Paper("2", "Two")], now=NOW)
    leave.set()
    holder.join()
    patient.join()
    assert raised == []
    assert storage.counts()["papers"] == 1

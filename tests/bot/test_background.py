"""Threads in the background go on after failures and end when told; nobody waits too long."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot import background
from bot.background import BackgroundThread, JobQueue, KeyedLocks, RepeatingThread, in_time

LONG = 60.0


def test_a_turn_is_made_again_when_it_is_woken() -> None:
    wake, turns = threading.Event(), threading.Semaphore(0)

    def turn() -> float:
        turns.release()
        return LONG

    thread = RepeatingThread("turns", turn, wake=wake)
    thread.start()
    assert turns.acquire(timeout=10)
    wake.set()
    assert turns.acquire(timeout=10)
    assert thread.stop(within_seconds=10)


def test_what_is_asked_for_during_a_turn_is_not_overlooked() -> None:
    wake, turns, going_on = threading.Event(), threading.Semaphore(0), threading.Event()

    def turn() -> float:
        turns.release()
        going_on.wait(10)
        return LONG

    thread = RepeatingThread("turns", turn, wake=wake)
    thread.start()
    assert turns.acquire(timeout=10)
    wake.set()
    going_on.set()
    assert turns.acquire(timeout=10)
    assert thread.stop(within_seconds=10)


def test_a_turn_that_fails_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "AFTER_FAILURE_SECONDS", 0.01)
    troubles, done = [OSError("disk full")], threading.Event()

    def turn() -> float:
        if troubles:
            raise troubles.pop()
        done.set()
        return LONG

    thread = RepeatingThread("turns", turn)
    thread.start()
    assert done.wait(10)
    assert thread.stop(within_seconds=10)


def test_whoever_stops_a_thread_that_hangs_is_told_and_goes_on() -> None:
    over = threading.Event()
    thread = BackgroundThread("hangs", lambda: over.wait(LONG))
    thread.start()
    assert not thread.stop(within_seconds=0.01)
    assert thread.stopping.is_set()
    over.set()
    assert thread.stop(within_seconds=10)


def test_a_thread_that_never_began_is_stopped_at_once() -> None:
    assert BackgroundThread("never", lambda: None).stop()
    assert RepeatingThread("never", lambda: LONG).stop()
    assert JobQueue("never").stop()


def test_a_queue_without_jobs_has_no_thread() -> None:
    jobs = JobQueue("without jobs")
    jobs.start()
    assert "without jobs" not in {one.name for one in threading.enumerate()}
    assert jobs.stop(within_seconds=10)


def test_a_job_that_waits_or_runs_is_not_queued_again_and_a_failure_ends_no_queue() -> None:
    jobs, begun, go_on = JobQueue("jobs"), threading.Event(), threading.Event()
    done: list[str] = []
    last = threading.Event()

    def slow() -> None:
        begun.set()
        go_on.wait(10)
        done.append("slow")

    def broken() -> None:
        done.append("broken")
        raise RuntimeError("a bug")

    jobs.start()
    jobs.submit("slow", slow)
    assert begun.wait(10)
    for _ in range(3):
        jobs.submit("slow", slow)
        jobs.submit("broken", broken)
    jobs.submit("last", last.set)
    assert jobs.waiting == 3
    assert jobs.busy_for().total_seconds() >= 0
    go_on.set()
    assert last.wait(10)
    assert jobs.stop(within_seconds=10)
    assert done == ["slow", "broken"]


def test_late_work_is_left_and_goes_on() -> None:
    go_on, ended = threading.Event(), threading.Event()

    def work() -> None:
        go_on.wait(10)
        ended.set()

    with pytest.raises(TimeoutError):
        in_time(work, until=time.monotonic() + 0.01, name="late")
    go_on.set()
    assert ended.wait(10)


def test_work_in_time_brings_its_result_or_its_failure() -> None:
    until = time.monotonic() + LONG
    assert in_time(lambda: 7, until=until, name="quick") == 7

    def broken() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        in_time(broken, until=until, name="broken")


def test_work_on_the_same_key_is_done_one_after_the_other() -> None:
    locks, at_work, most = KeyedLocks(), 0, 0

    def work(_: int) -> None:
        nonlocal at_work, most
        with locks.of("paper"):
            at_work += 1
            most = max(most, at_work)
            time.sleep(0.001)
            at_work -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(40)))
    assert most == 1


def test_hundreds_of_other_keys_are_free_while_one_is_held() -> None:
    locks = KeyedLocks()
    done = threading.Event()

    def work() -> None:
        for number in range(500):
            with locks.of(number):
                pass
        done.set()

    with locks.of("held"):
        threading.Thread(target=work, daemon=True).start()
        assert done.wait(10)


def test_a_lock_that_another_holds_is_waited_for_no_longer_than_asked() -> None:
    locks = KeyedLocks()

    def wait_for_it() -> None:
        with locks.of("paper", until=time.monotonic() + 0.01):
            pass

    with locks.of("paper"), ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(wait_for_it)
        with pytest.raises(TimeoutError):
            waiting.result(timeout=10)
    with locks.of("paper", until=time.monotonic()):
        pass


def test_a_failure_leaves_the_lock_free() -> None:
    locks = KeyedLocks()
    with pytest.raises(ValueError, match="oops"), locks.of("paper"):
        raise ValueError("oops")
    with locks.of("paper", until=time.monotonic()):
        pass

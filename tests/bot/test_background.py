"""Threads in the background go on after failures and end when told; nobody waits too long."""

import queue
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot import background
from bot.background import BackgroundThread, JobQueue, KeyedLocks, Repeating, Turns, in_time
from storage import DatabaseClosedError, DatabaseUnusableError, Trouble

LONG = 60.0


def test_a_turn_is_made_again_when_it_is_woken() -> None:
    turns = threading.Semaphore(0)

    def turn() -> float:
        turns.release()
        return LONG

    thread = Repeating("turns", turn)
    thread.start()
    assert turns.acquire(timeout=10)
    thread.wake()
    assert turns.acquire(timeout=10)
    assert thread.stop(within_seconds=10)


def test_what_is_asked_for_during_a_turn_is_not_overlooked() -> None:
    turns, going_on = threading.Semaphore(0), threading.Event()

    def turn() -> float:
        turns.release()
        going_on.wait(10)
        return LONG

    thread = Repeating("turns", turn)
    thread.start()
    assert turns.acquire(timeout=10)
    thread.wake()
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

    thread = Repeating("turns", turn)
    thread.start()
    assert done.wait(10)
    assert thread.stop(within_seconds=10)


def test_a_turn_that_is_wanted_later_brings_the_planned_one_forward_and_never_puts_it_off() -> None:
    turns: queue.Queue[float] = queue.Queue()

    def turn() -> float:
        turns.put(time.monotonic())
        return LONG

    thread = Repeating("turns", turn)
    thread.start()
    first = turns.get(timeout=10)
    thread.wake(in_seconds=0.2)
    thread.wake(in_seconds=LONG)
    assert turns.get(timeout=10) >= first + 0.2
    assert thread.stop(within_seconds=10)


def test_a_job_that_the_database_cuts_short_is_done_again_behind_the_others() -> None:
    jobs, done, last = JobQueue("jobs"), list[str](), threading.Event()

    def cut_short() -> None:
        done.append("first")
        if len(done) == 1:
            raise DatabaseUnusableError("paperboy.db", Trouble.FULL)
        last.set()

    jobs.submit("first", cut_short)
    jobs.submit("second", lambda: done.append("second"))
    jobs.start()
    assert last.wait(10)
    assert jobs.stop(within_seconds=10)
    assert done == ["first", "second", "first"]


def test_a_job_whose_database_is_closed_is_not_done_again() -> None:
    jobs, last = JobQueue("jobs"), threading.Event()

    def closed() -> None:
        raise DatabaseClosedError("paperboy.db", Trouble.CLOSED)

    jobs.submit("first", closed)
    jobs.submit("last", last.set)
    jobs.start()
    assert last.wait(10)
    assert jobs.stop(within_seconds=10)
    assert not jobs.waiting


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
    assert Repeating("never", lambda: LONG).stop()
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


def test_many_things_have_their_turns_on_one_thread_while_they_are_short() -> None:
    turns, names = Turns("shared", most=8), set[str]()
    done = threading.Semaphore(0)

    def turn() -> float:
        names.add(threading.current_thread().name)
        done.release()
        return LONG

    many = [Repeating(str(number), turn, turns=turns) for number in range(100)]
    before = threading.active_count()
    for one in many:
        one.start()
    for _ in many:
        assert done.acquire(timeout=10)
    assert threading.active_count() - before <= 8
    assert all(one.stop(within_seconds=10) for one in many)
    assert names == {"shared"}


def test_a_turn_that_takes_long_holds_up_no_other() -> None:
    turns, over, others = Turns("shared", most=2), threading.Event(), threading.Semaphore(0)
    slow = Repeating("slow", lambda: over.wait(LONG), turns=turns)
    slow.start()

    def turn() -> float:
        others.release()
        return 0.01

    quick = Repeating("quick", turn, turns=turns)
    quick.start()
    for _ in range(20):
        assert others.acquire(timeout=10)
    assert not slow.stop(within_seconds=0.01)
    over.set()
    assert slow.stop(within_seconds=10)
    assert quick.stop(within_seconds=10)


def test_no_more_turns_are_had_together_than_there_are_threads_for() -> None:
    turns, over, begun = Turns("shared", most=3), threading.Event(), threading.Semaphore(0)

    def turn() -> None:
        begun.release()
        over.wait(LONG)

    many = [Repeating(str(number), turn, turns=turns) for number in range(9)]
    for one in many:
        one.start()
    for _ in range(3):
        assert begun.acquire(timeout=10)
    assert not begun.acquire(timeout=0.2)
    over.set()
    for _ in range(6):
        assert begun.acquire(timeout=10)
    assert all(one.stop(within_seconds=10) for one in many)


def test_what_only_wants_to_be_woken_is_left_alone_until_then() -> None:
    had = threading.Semaphore(0)
    one = Repeating("woken", had.release)
    one.wake()
    assert not had.acquire(timeout=0.05)
    one.start()
    assert had.acquire(timeout=10)
    assert not had.acquire(timeout=0.05)
    for _ in range(3):
        one.wake()
        assert had.acquire(timeout=10)
    assert one.stop(within_seconds=10)
    one.wake()
    assert not had.acquire(timeout=0.05)


def test_turns_without_anything_planned_have_no_thread() -> None:
    before = threading.active_count()
    one = Repeating("once", lambda: LONG)
    one.start()
    assert one.stop(within_seconds=10)
    until = time.monotonic() + 10
    while threading.active_count() > before and time.monotonic() < until:
        time.sleep(0.01)
    assert threading.active_count() == before

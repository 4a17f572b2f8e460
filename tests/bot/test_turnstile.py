"""Few threads compute at a time, those that wait are not among them, and none waits for ever."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from bot import turnstile
from bot.turnstile import MOST_INSIDE, inside, waiting

LONG = 30.0


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turnstile, "PATIENCE_SECONDS", LONG)


class Count:
    """How many are in its block, and the most there ever were."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self._lock = threading.Lock()

    @contextmanager
    def one(self) -> Iterator[None]:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        yield
        with self._lock:
            self.now -= 1


def together(work: Callable[[], object], *, times: int) -> None:
    """Do *work* on so many threads."""
    with ThreadPoolExecutor(times) as pool:
        for done in [pool.submit(work) for _ in range(times)]:
            done.result(timeout=LONG)


def test_no_more_than_a_few_are_inside_at_a_time() -> None:
    count = Count()

    def work() -> None:
        with inside(), count.one():
            time.sleep(0.01)

    together(work, times=5 * MOST_INSIDE)
    assert count.most == MOST_INSIDE


def test_all_can_wait_for_somebody_else_at_the_same_time() -> None:
    many = 5 * MOST_INSIDE
    everybody = threading.Barrier(many)

    def work() -> None:
        with inside(), waiting():
            everybody.wait(LONG)

    together(work, times=many)


def test_whoever_has_waited_comes_in_again_as_one_of_the_few() -> None:
    count = Count()

    def work() -> None:
        with inside():
            with waiting():
                time.sleep(0.01)
            with count.one():
                time.sleep(0.01)

    together(work, times=5 * MOST_INSIDE)
    assert count.most == MOST_INSIDE


def test_one_for_whose_lock_those_inside_wait_gets_in_nevertheless(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turnstile, "PATIENCE_SECONDS", 0.02)
    lock, is_waiting = threading.Lock(), threading.Event()

    def hold() -> None:
        with inside(), lock, waiting():
            assert is_waiting.wait(LONG)
            time.sleep(0.05)  # until all of the others are inside and want the lock

    def want() -> None:
        with inside():
            is_waiting.set()
            with lock:
                pass

    with ThreadPoolExecutor(1 + MOST_INSIDE) as pool:
        held = pool.submit(hold)
        others = [pool.submit(want) for _ in range(MOST_INSIDE)]
        for one in (held, *others):
            one.result(timeout=LONG)


def test_late_ones_leave_no_room_behind_that_was_not_theirs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turnstile, "PATIENCE_SECONDS", 0.001)

    def work() -> None:
        with inside():
            time.sleep(0.01)

    together(work, times=5 * MOST_INSIDE)
    monkeypatch.setattr(turnstile, "PATIENCE_SECONDS", LONG)
    test_no_more_than_a_few_are_inside_at_a_time()


def test_a_failure_inside_makes_room_again() -> None:
    for _ in range(2 * MOST_INSIDE):
        with pytest.raises(ValueError, match="spoilt"), inside(), waiting():
            raise ValueError("spoilt")
    test_no_more_than_a_few_are_inside_at_a_time()


def test_waiting_outside_is_just_waiting() -> None:
    with waiting():
        pass
    test_no_more_than_a_few_are_inside_at_a_time()

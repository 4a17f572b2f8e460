"""Work beside the caller, on threads that keep no process from ending, and limits on waiting.

A thread can't be ended from outside. So whoever stops one waits no longer than it likes; what is
still going on then is left, and must be of a kind that the next start takes up again.
"""

import contextvars
import heapq
import logging
import math
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from itertools import count
from typing import TypeVar

from bot.failures import log_failure, may_pass
from bot.telemetry.request_ids import request

T = TypeVar("T")

# Between tries of what fails again and again, at the most: of a turn, and of a job, which may do
# much before it fails.
AFTER_FAILURE_SECONDS, AFTER_CUT_SECONDS = 5.0, 60.0
# Longer than most turns come again.
SPARE_SECONDS = 20.0

log = logging.getLogger(__name__)


class BackgroundThread:
    """A thread for one piece of work. Long work looks at ``stopping`` and leaves off when set."""

    def __init__(self, name: str, work: Callable[[], object]) -> None:
        self.stopping = threading.Event()
        self._thread = threading.Thread(target=work, name=name, daemon=True)

    def start(self) -> None:
        """Begin, and return at once."""
        self._thread.start()

    def stop(self, *, within_seconds: float | None = None) -> bool:
        """Have the work leave off, and wait for that, without a limit by default. False when it
        takes longer."""
        self.stopping.set()
        if self._thread.ident is not None:
            self._thread.join(within_seconds)
        return not self._thread.is_alive()

    def is_alive(self) -> bool:
        """Whether it has begun and not ended."""
        return self._thread.is_alive()


class Turns:
    """Threads on which many things are done again and again: as many as have something to do at a
    moment, *most* of them together, and one that waits for the next."""

    def __init__(self, name: str, *, most: int = 1) -> None:
        self._name = name
        self._most = most
        # What is to be done and when, by ``time.monotonic``; the earliest first.
        self._coming: list[tuple[float, int, Repeating]] = []
        self._numbers = count()
        # One thread waits for what comes next; spare ones stay a while for what comes beside it,
        # since a new thread needs a new connection to the database.
        self._threads = self._spares = self._called = 0
        self._is_watched = False
        lock = threading.RLock()
        self.changed, self._call = threading.Condition(lock), threading.Condition(lock)

    def plan(self, one: "Repeating", seconds: float, *, from_turn: bool = False) -> int:
        """Let *one* have its turn in so many seconds. Returns the number of that turn. For holders
        of ``changed``; at the end of a turn its own thread sees to what comes next."""
        number = next(self._numbers)
        heapq.heappush(self._coming, (time.monotonic() + seconds, number, one))
        self.changed.notify_all()
        if not from_turn:
            self._watch()
        return number

    def forget(self, one: "Repeating") -> None:
        """Plan nothing more for *one*. For holders of ``changed``."""
        self._coming = [each for each in self._coming if each[2] is not one]
        heapq.heapify(self._coming)
        self.changed.notify_all()
        if not self._coming:
            self._call.notify_all()

    def _watch(self) -> None:
        """See that some thread waits for the next turn, if there can be one more."""
        if self._is_watched or not self._coming:
            return
        if self._spares:
            self._spares -= 1
            self._called += 1
            self._is_watched = True
            self._call.notify()
        elif self._threads < self._most:
            self._threads += 1
            self._is_watched = True
            BackgroundThread(self._name, self._serve).start()

    def _serve(self) -> None:
        while (found := self._next()) is not None:
            number, one = found
            one.take(number)
            if not self._is_needed():
                return

    def _is_needed(self) -> bool:
        """Whether this thread is to wait for the next turn. It is spare while another does."""
        with self.changed:
            if not self._is_watched:
                self._is_watched = True
                return True
            self._spares += 1
            until = time.monotonic() + SPARE_SECONDS
            while self._coming and not self._called and (wait := until - time.monotonic()) > 0:
                self._call.wait(wait)
            if self._called:
                self._called -= 1
                return True
            self._spares -= 1
            self._threads -= 1
            return False

    def _next(self) -> "tuple[int, Repeating] | None":
        with self.changed:
            while self._coming and (wait := self._coming[0][0] - time.monotonic()) > 0:
                self.changed.wait(wait)
            self._is_watched = False
            if not self._coming:
                self._threads -= 1
                return None
            _, number, one = heapq.heappop(self._coming)
            self._watch()
            return number, one


class Repeating:
    """One thing that is done again and again, never twice at the same time."""

    def __init__(
        self, name: str, turn: Callable[[], float | None], *, turns: Turns | None = None
    ) -> None:
        """*turn* returns after how many seconds it wants to be called again, None for not before it
        is woken. One that fails is logged, and made again soon, at growing distances. Without
        *turns* it has a thread of its own."""
        self._name = name
        self._turn = turn
        self._turns = turns or Turns(name)
        self._changed = self._turns.changed
        # The number of the turn that is planned; a turn with another number is no longer wanted.
        self._planned: int | None = None
        self._planned_at = 0.0
        self._is_taken = False
        # In how many seconds a turn was asked for during this one.
        self._wanted_in = math.inf
        self._is_open = False
        self._failures = 0

    def start(self, *, in_seconds: float | None = 0.0) -> None:
        """Have the first turn in so many seconds, with None not before it is woken. Returns at
        once."""
        with self._changed:
            self._is_open = True
            if in_seconds is not None:
                self._plan(in_seconds)

    def wake(self, *, in_seconds: float = 0.0) -> None:
        """Make the next turn at once, or so soon at the latest; what is asked for during one is
        not overlooked."""
        with self._changed:
            if self._is_taken:
                self._wanted_in = min(self._wanted_in, in_seconds)
            elif self._is_open and not self._comes_within(in_seconds):
                self._plan(in_seconds)

    def stop(self, *, within_seconds: float | None = None) -> bool:
        """End after the turn in hand. False when that takes longer."""
        with self._changed:
            self._is_open = False
            self._planned = None
            self._turns.forget(self)
            return self._changed.wait_for(lambda: not self._is_taken, within_seconds)

    def take(self, number: int) -> None:
        """Have the turn with this number, and plan the one after it."""
        with self._changed:
            if number != self._planned:
                return
            self._planned, self._is_taken, self._wanted_in = None, True, math.inf
        seconds = self._attempt()
        with self._changed:
            self._is_taken = False
            wait = min(math.inf if seconds is None else seconds, self._wanted_in)
            if self._is_open and wait < math.inf:
                self._plan(wait, from_turn=True)
            self._changed.notify_all()

    def _plan(self, seconds: float, *, from_turn: bool = False) -> None:
        self._planned = self._turns.plan(self, seconds, from_turn=from_turn)
        self._planned_at = time.monotonic() + seconds

    def _comes_within(self, seconds: float) -> bool:
        return self._planned is not None and self._planned_at <= time.monotonic() + seconds

    def _attempt(self) -> float | None:
        try:
            seconds = self._turn()
        except Exception as error:  # a full disk or a lock that lasts must not end the thread
            log_failure(log, f"{self._name} failed; trying again", error)
            self._failures += 1
            return _pause_after(self._failures, longest=AFTER_FAILURE_SECONDS)
        self._failures = 0
        return seconds


class JobQueue:
    """Does one job after the other, by key; one that waits or runs already is not queued again.

    A job that the database cuts short is done again, behind the others, at growing distances: all
    jobs are of a kind that may be begun twice."""

    def __init__(self, name: str, *, turns: Turns | None = None) -> None:
        """Each job is a turn of *turns*; without those it has a thread while there are jobs."""
        # In the order in which they came; the first is in hand.
        self._jobs: dict[Hashable, Callable[[], object]] = {}
        self._lock = threading.Lock()
        self._begun: float | None = None
        self._cuts = 0
        self._working = Repeating(name, self._do_next, turns=turns)

    def start(self) -> None:
        """From now on do what is submitted, and was before."""
        self._working.start(in_seconds=None)
        if self.waiting:
            self._working.wake()

    def submit(self, key: Hashable, job: Callable[[], object]) -> None:
        """Have *job* done when its turn comes."""
        with self._lock:
            self._jobs.setdefault(key, job)
        self._working.wake()

    @property
    def waiting(self) -> int:
        """How many jobs wait or run."""
        with self._lock:
            return len(self._jobs)

    def busy_for(self) -> timedelta:
        """How long the job in hand has been running; nothing when there is none."""
        begun = self._begun
        return timedelta(seconds=0 if begun is None else time.monotonic() - begun)

    def stop(self, *, within_seconds: float | None = None) -> bool:
        """End after the job in hand, leaving those that wait. False when that takes longer."""
        return self._working.stop(within_seconds=within_seconds)

    def _do_next(self) -> float | None:
        with self._lock:
            key, job = next(iter(self._jobs.items()), (None, None))
        if job is None:
            return None
        self._begun = time.monotonic()
        with request():
            is_done = self._do(key, job)
        with self._lock:
            self._begun = None
            del self._jobs[key]
            if is_done:
                self._cuts = 0
                return 0.0 if self._jobs else None
            self._jobs[key] = job
            self._cuts += 1
            return _pause_after(self._cuts, longest=AFTER_CUT_SECONDS)

    def wake(self) -> None:
        """Try again at once what was cut short."""
        if self.waiting:
            self._working.wake()

    def _do(self, key: Hashable, job: Callable[[], object]) -> bool:
        """False when the database has cut it short."""
        try:
            job()
        except Exception as error:  # a job's failure must not end the thread
            is_done = not may_pass(error)
            log_failure(log, f"{key} failed" if is_done else f"{key} is to be done again", error)
            return is_done
        return True


def _pause_after(failures: int, *, longest: float) -> float:
    from storage import pause_after

    return pause_after(failures, longest=longest)


class KeyedLocks:
    """The locks of the keys that are in use now; those of others are forgotten."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        # Each lock with the number of threads that hold it or wait for it.
        self._locks: dict[Hashable, tuple[threading.Lock, int]] = {}

    @contextmanager
    def of(self, key: Hashable, *, until: float | None = None) -> Iterator[None]:
        """Hold the lock of *key* while the block runs.

        Raises:
            TimeoutError: another thread has it until then, a moment of ``time.monotonic``.
        """
        lock = self._entered(key)
        try:
            seconds = seconds_left(until)
            if not lock.acquire(timeout=-1 if seconds is None else seconds):
                raise TimeoutError
            try:
                yield
            finally:
                lock.release()
        finally:
            self._left(key)

    def _entered(self, key: Hashable) -> threading.Lock:
        with self._guard:
            lock, users = self._locks.get(key, (threading.Lock(), 0))
            self._locks[key] = (lock, users + 1)
            return lock

    def _left(self, key: Hashable) -> None:
        with self._guard:
            lock, users = self._locks[key]
            if users == 1:
                del self._locks[key]
            else:
                self._locks[key] = (lock, users - 1)


def seconds_left(until: float | None) -> float | None:
    """The seconds until a moment of ``time.monotonic``, never below 0; None for no limit."""
    return None if until is None else max(0.0, until - time.monotonic())


def in_time(work: Callable[[], T], *, until: float, name: str) -> T:
    """The result of *work*, which is done on a thread of its own.

    Work that is late goes on, and what it brings is stored, but nobody waits for it.

    Raises:
        TimeoutError: it was not done by then.
    """
    return begun(work, name=name).result(timeout=seconds_left(until))


def begun(work: Callable[[], T], *, name: str) -> Future[T]:
    """*work* as it is being done on a thread of its own."""
    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:
            done.set_exception(error)

    context = contextvars.copy_context()
    BackgroundThread(name, partial(context.run, run)).start()
    return done

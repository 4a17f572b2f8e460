"""Work beside the caller, on threads that keep no process from ending, and limits on waiting.

A thread can't be ended from outside. So whoever stops one waits no longer than it likes; what is
still going on then is left, and must be of a kind that the next start takes up again.
"""

import contextvars
import logging
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import TypeVar

from bot.telemetry.request_ids import request

T = TypeVar("T")

AFTER_FAILURE_SECONDS = 5.0

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


class RepeatingThread(BackgroundThread):
    """A thread that does one thing again and again."""

    def __init__(
        self, name: str, turn: Callable[[], float], *, wake: threading.Event | None = None
    ) -> None:
        """*turn* returns after how many seconds it wants to be called again; setting *wake* has it
        called at once. A turn that fails is logged, and made again a few seconds later."""
        super().__init__(name, self._repeat)
        self._turn = turn
        self._wake = wake or threading.Event()

    def stop(self, *, within_seconds: float | None = None) -> bool:
        """End after the turn in hand. False when that takes longer."""
        self.stopping.set()
        self._wake.set()
        return super().stop(within_seconds=within_seconds)

    def _repeat(self) -> None:
        while True:
            # Cleared before the turn: what is asked for during one is not overlooked.
            self._wake.clear()
            if self.stopping.is_set():
                return
            self._wake.wait(self._attempt())

    def _attempt(self) -> float:
        try:
            return self._turn()
        except Exception:  # a full disk or a lock that lasts must not end the thread
            log.exception("%s failed; trying again", self._thread.name)
            return AFTER_FAILURE_SECONDS


class JobQueue:
    """Does one job after the other, by key, on a thread that there is only as long as there are
    jobs; one that waits or runs already is not queued again."""

    def __init__(self, name: str) -> None:
        self._name = name
        # In the order in which they came; the first is in hand.
        self._jobs: dict[Hashable, Callable[[], object]] = {}
        self._lock = threading.Lock()
        self._thread: BackgroundThread | None = None
        self._open = False
        self._begun: float | None = None

    def start(self) -> None:
        """From now on do what is submitted, and was before."""
        with self._lock:
            self._open = True
            self._go_on()

    def submit(self, key: Hashable, job: Callable[[], object]) -> None:
        """Have *job* done when its turn comes."""
        with self._lock:
            self._jobs.setdefault(key, job)
            self._go_on()

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
        """End after the job in hand, forgetting those that wait. False when that takes longer."""
        with self._lock:
            self._open = False
            thread = self._thread
        return thread is None or thread.stop(within_seconds=within_seconds)

    def _go_on(self) -> None:
        if self._open and self._jobs and self._thread is None:
            self._thread = BackgroundThread(self._name, self._run)
            self._thread.start()

    def _run(self) -> None:
        while (item := self._next()) is not None:
            key, job = item
            self._begun = time.monotonic()
            with request():
                self._do(key, job)
            with self._lock:
                self._begun = None
                del self._jobs[key]

    def _next(self) -> tuple[Hashable, Callable[[], object]] | None:
        with self._lock:
            if self._open and self._jobs:
                return next(iter(self._jobs.items()))
            self._thread = None
            return None

    def _do(self, key: Hashable, job: Callable[[], object]) -> None:
        try:
            job()
        except Exception:  # a job's failure must not end the thread
            log.exception("%s failed", key)


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

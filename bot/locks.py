"""A lock for each key in use, so that two threads don't do the same work twice."""

import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

from bot.background import seconds_left


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

"""How many calls at a time and how many a minute."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_MINUTE = 60.0


class Gate:
    """Lets callers through one by one; shared by all threads.

    A pause that the server asked one caller to make (Retry-After) holds for all of them.
    """

    def __init__(
        self,
        *,
        concurrency: int,
        per_minute: int | None,
        monotonic: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        self._places = threading.BoundedSemaphore(concurrency)
        self._per_minute = per_minute
        self._monotonic = monotonic
        self._sleep = sleep
        self._lock = threading.Lock()
        self._starts: deque[float] = deque()
        self._closed_until = 0.0

    @contextmanager
    def place(self) -> Iterator[None]:
        """Wait for a place, keep it for the block."""
        with self._places:
            while (wait := self._enter()) > 0:
                self._sleep(wait)
            yield

    def pause(self, seconds: float) -> None:
        """Let nobody in for this long."""
        with self._lock:
            self._closed_until = max(self._closed_until, self._monotonic() + seconds)

    def _enter(self) -> float:
        """Enter (0.0), or the seconds to wait before trying again."""
        with self._lock:
            now = self._monotonic()
            if now < self._closed_until:
                return self._closed_until - now
            while self._starts and now - self._starts[0] >= _MINUTE:
                self._starts.popleft()
            if self._per_minute and len(self._starts) >= self._per_minute:
                return _MINUTE - (now - self._starts[0])
            self._starts.append(now)
            return 0.0

"""How many calls at a time and how many a minute, and who goes first.

People who asked something go before work that nobody waits for, such as a morning's summaries:
whichever place falls free is theirs. Calls under way are never broken off for them.
"""

import math
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial

from bot.model.shared_limits import SharedLimits

_MINUTE = 60.0


class CallQueue:
    """The queue of callers. Pure: it is told the time, and never waits itself.

    Among people, and among the rest, it is first come, first served.
    """

    def __init__(self, *, places: int, per_minute: int | None) -> None:
        self._free = places
        self._per_minute = per_minute
        self._people: deque[object] = deque()
        self._others: deque[object] = deque()
        self._starts: deque[float] = deque()
        self._closed_until = -math.inf

    def join(self, *, for_people: bool) -> object:
        """Queue; returns a ticket."""
        ticket = object()
        (self._people if for_people else self._others).append(ticket)
        return ticket

    def enter(self, ticket: object, now: float) -> float:
        """Take a place: 0.0. Otherwise the seconds until trying again can help, which is infinite
        for one who has to wait for others to come or go."""
        queue = self._people or self._others
        if queue[0] is not ticket or self._free == 0:
            return math.inf
        wait = self._wait(now)
        if wait > 0:
            return wait
        queue.popleft()
        self._free -= 1
        self._starts.append(now)
        return 0.0

    def leave(self) -> None:
        """Give a place back."""
        self._free += 1

    def give_up(self, ticket: object) -> None:
        """Leave the queue."""
        for queue in (self._people, self._others):
            if ticket in queue:
                queue.remove(ticket)

    def close(self, until: float) -> None:
        """Let nobody in before this time."""
        self._closed_until = max(self._closed_until, until)

    def _wait(self, now: float) -> float:
        if now < self._closed_until:
            return self._closed_until - now
        while self._starts and now - self._starts[0] >= _MINUTE:
            self._starts.popleft()
        if self._per_minute and len(self._starts) >= self._per_minute:
            return _MINUTE - (now - self._starts[0])
        return 0.0


class Gate:
    """Lets callers through one by one; shared by all threads.

    A pause that the server asked one caller to make (Retry-After) holds for all of them.
    """

    def __init__(
        self,
        concurrency: int,
        per_minute: int | None,
        *,
        monotonic: Callable[[], float],
        sleep: Callable[[float], None],
        shared: SharedLimits | None = None,
        server: str = "",
    ) -> None:
        """*shared* are the limits at *server* of all processes together."""
        self.shared = shared
        self._shared_place = shared and partial(shared.place, server, concurrency, per_minute)
        self._queue = CallQueue(places=concurrency, per_minute=per_minute)
        self._monotonic = monotonic
        self._sleep = sleep
        self._moved = threading.Condition()

    @contextmanager
    def place(self, *, for_people: bool = False) -> Iterator[None]:
        """Wait for a place, keep it for the block; people's calls go before all others."""
        with self._moved:
            ticket = self._queue.join(for_people=for_people)
        try:
            while (seconds := self._enter(ticket)) > 0:
                self._sleep(seconds)
        except BaseException:
            with self._moved:
                self._queue.give_up(ticket)
                self._moved.notify_all()
            raise
        try:
            with self._shared_place(for_people) if self._shared_place else nullcontext():
                yield
        finally:
            with self._moved:
                self._queue.leave()
                self._moved.notify_all()

    def close(self) -> None:
        """Hold nothing for other processes to see any more."""
        if self.shared is not None:
            self.shared.close()

    def pause(self, seconds: float) -> None:
        """Let nobody in for this long."""
        with self._moved:
            self._queue.close(self._monotonic() + seconds)

    def _enter(self, ticket: object) -> float:
        """Enter (0.0), or the seconds to sleep before trying again; returns when it is either."""
        with self._moved:
            while (seconds := self._queue.enter(ticket, self._monotonic())) == math.inf:
                self._moved.wait()
            if seconds == 0.0:
                self._moved.notify_all()
            return seconds

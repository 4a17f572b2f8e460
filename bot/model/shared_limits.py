"""Places, calls a minute and budget that several processes on one database share."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from bot.background import Repeating
from bot.clock import Clock
from bot.leases import Pieces
from storage import DatabaseUnusableError, Reserved, Storage

log = logging.getLogger(__name__)

# What a process that has died on another machine held is free after so long.
HELD = timedelta(seconds=60)
# Whoever waits for a place looks now and then whether those who have one are alive.
_LOOK_EVERY_SECONDS = 2.0
# People look for a free place more often, so that they mostly come first.
_PEOPLE_ASK_SECONDS, _OTHERS_ASK_SECONDS = 0.1, 1.0


class SharedLimits:
    """One process's part in the limits of all. Safe in any thread.

    While the database is lost, a process keeps to its own limits alone.
    """

    def __init__(self, storage: Storage, clock: Clock, sleep: Callable[[float], None]) -> None:
        self._limits = storage.model_limits
        self._insist = storage.insist
        self._clock = clock
        self._sleep = sleep
        # Each hold is a piece of its own, so that none is kept of which nobody knows.
        self._pieces = Pieces()
        self._lock = threading.Lock()
        self._look_at = 0.0
        self._keeping: Repeating | None = None

    @classmethod
    def of(
        cls, storage: Storage, clock: Clock, sleep: Callable[[float], None]
    ) -> "SharedLimits | None":
        """None where all that use the database are on one machine: a file's."""
        return cls(storage, clock, sleep) if storage.model_limits.is_shared else None

    @contextmanager
    def place(
        self, server: str, places: int, per_minute: int | None, for_people: bool
    ) -> Iterator[None]:
        """Wait for a place, and keep it for the block."""
        self._start_keeping()
        with self._pieces.piece() as owner:
            hold = self._wait(owner, server, places, per_minute, for_people)
            try:
                yield
            finally:
                self._let_go(hold)

    @contextmanager
    def reserved(self, most_usd: float, *, limit_usd: float, since: datetime) -> Iterator[Reserved]:
        """A part of the budget for the block; its id is None where the rest is too little."""
        self._start_keeping()
        with self._pieces.piece() as owner:
            told = self._insist(
                lambda: self._limits.reserve(
                    most_usd,
                    limit_usd=limit_usd,
                    since=since,
                    owner=owner,
                    now=self._clock().astimezone(UTC),
                    lasting=HELD,
                )
            )
            try:
                yield told
            finally:
                self._let_go(told.id)

    def close(self) -> None:
        """Renew nothing any more."""
        if self._keeping is not None:
            self._keeping.stop(within_seconds=1)

    def _wait(
        self, owner: str, server: str, places: int, per_minute: int | None, for_people: bool
    ) -> int | None:
        while True:
            try:
                hold = self._limits.take_place(
                    server,
                    places=places,
                    per_minute=per_minute,
                    owner=owner,
                    now=self._clock(),
                    lasting=HELD,
                )
            except DatabaseUnusableError as error:
                log.warning("the limits of other processes are not known: %s", error)
                return None
            if hold is not None:
                return hold
            self._free_dead()
            self._sleep(_PEOPLE_ASK_SECONDS if for_people else _OTHERS_ASK_SECONDS)

    def _free_dead(self) -> None:
        """Free at once what is held by pieces of work that ended here, and by processes that died
        on this machine."""
        with self._lock:
            if time.monotonic() < self._look_at:
                return
            self._look_at = time.monotonic() + _LOOK_EVERY_SECONDS
        now = self._clock()
        try:
            owners = self._limits.owners(now=now)
            for one in (*self._pieces.ended(owners), *self._pieces.dead(owners)):
                self._limits.let_go_of(one, now=now)
        except DatabaseUnusableError:
            log.debug("what is held ends by itself", exc_info=True)

    def _let_go(self, hold: int | None) -> None:
        if hold is None:
            return
        try:
            self._limits.let_go(hold, now=self._clock())
        except DatabaseUnusableError:
            log.debug("a hold ends by itself", exc_info=True)

    def _start_keeping(self) -> None:
        with self._lock:
            if self._keeping is None:
                self._keeping = Repeating("model-limits", self._keep)
                self._keeping.start()

    def _keep(self) -> float:
        if owners := self._pieces.in_hand():
            self._limits.keep(owners, now=self._clock(), lasting=HELD)
        return HELD.total_seconds() / 3

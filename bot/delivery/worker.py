"""A thread that does one job after the other and never keeps the process from ending."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Hashable
from datetime import timedelta

from bot.telemetry.request_ids import request

log = logging.getLogger(__name__)


class Worker:
    """Jobs by key; one that waits or runs already is not queued again."""

    def __init__(self, name: str) -> None:
        self._queue: queue.Queue[tuple[Hashable, Callable[[], object]] | None] = queue.Queue()
        self._known: set[Hashable] = set()
        self._lock = threading.Lock()
        self._stopping = False
        self._begun: float | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def submit(self, key: Hashable, job: Callable[[], object]) -> None:
        """Have *job* done when its turn comes."""
        with self._lock:
            if key in self._known:
                return
            self._known.add(key)
        self._queue.put((key, job))

    @property
    def waiting(self) -> int:
        """How many jobs wait or run."""
        with self._lock:
            return len(self._known)

    def busy_for(self) -> timedelta:
        """How long the job in hand has been running; nothing when there is none."""
        begun = self._begun
        return timedelta(seconds=0 if begun is None else time.monotonic() - begun)

    def stop(self, *, within_seconds: float) -> bool:
        """End after the job in hand, forgetting those that wait. False when that takes longer."""
        self._stopping = True
        self._queue.put(None)
        if self._thread.ident is not None:
            self._thread.join(within_seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (item := self._queue.get()) is not None and not self._stopping:
            key, job = item
            self._begun = time.monotonic()
            try:
                with request():
                    self._do(key, job)
            finally:
                self._begun = None
                with self._lock:
                    self._known.discard(key)

    def _do(self, key: Hashable, job: Callable[[], object]) -> None:
        try:
            job()
        except Exception:  # a job's failure must not end the thread
            log.exception("%s failed", key)

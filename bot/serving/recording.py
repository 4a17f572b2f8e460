"""Records what Slack sent before it gets its acknowledgement, without letting it wait too long.

Slack waits three seconds. A database that somebody has locked makes a write wait for many more; an
event that isn't recorded by then is not acknowledged, and Slack sends it again. Recording twice is
once, so the first try may end whenever it likes.
"""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import wait as wait_for

from bot.failures import log_failure
from bot.telemetry.request_ids import RequestThreads

# What is left of Slack's three seconds is for the way, and for a busy machine.
PATIENCE_SECONDS = 1.5
THREADS = 16

log = logging.getLogger(__name__)


class Recorder:
    """Does the recording on threads of its own. Safe in any thread."""

    def __init__(self) -> None:
        self._threads = RequestThreads(THREADS, thread_name_prefix="recording")
        self._lock = threading.Lock()
        # What is being recorded, by when it was begun, the oldest first.
        self._open: dict[Future[None], float] = {}

    def recorded(self, record: Callable[[], None]) -> bool:
        """Whether *record* was done, and in time."""
        job = self._submit(record)
        if job is None:
            return False
        if not wait_for([job], timeout=PATIENCE_SECONDS).done:
            log.warning("a payload could not be recorded in time; Slack sends it again")
            return False
        error = None if job.cancelled() else job.exception()
        if error is not None:
            log_failure(log, "a payload could not be recorded", error)
        return error is None and not job.cancelled()

    def close(self) -> None:
        """Begin nothing more. What isn't recorded is not acknowledged either."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _submit(self, record: Callable[[], None]) -> Future[None] | None:
        """None while others have been waiting for too long: one more would only be in the way, and
        whoever brought it would keep others from being acknowledged."""
        now = time.monotonic()
        with self._lock:
            oldest = next(iter(self._open.values()), now)
            if now - oldest > PATIENCE_SECONDS:
                return None
            job = self._threads.submit(record)
            self._open[job] = now
        job.add_done_callback(self._close)
        return job

    def _close(self, job: Future[None]) -> None:
        with self._lock:
            del self._open[job]

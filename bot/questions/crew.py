"""The threads that work on questions, and the heartbeat that keeps hold of what they work on."""

import logging
import threading
from collections.abc import Callable

from bot.clock import Clock
from bot.delivery.owners import is_gone
from bot.questions.worker import LEASE
from bot.telemetry.request_ids import RequestThreads, request
from storage import Storage

HEARTBEAT_SECONDS = LEASE.total_seconds() / 3

logger = logging.getLogger(__name__)


class Crew:
    """Works on each question once at a time. Safe in any thread."""

    def __init__(
        self,
        work: Callable[[int], None],
        *,
        storage: Storage,
        owner: str,
        clock: Clock,
        threads: int,
    ) -> None:
        self._work = work
        self._storage = storage
        self._owner = owner
        self._clock = clock
        self._executor = RequestThreads(threads, thread_name_prefix="answers")
        self._running: set[int] = set()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._heart: threading.Thread | None = None

    def start(self, also: Callable[[], None]) -> None:
        """From now on keep hold of running work, take up what others left, and do *also*, at
        each beat."""
        self._heart = threading.Thread(
            target=self._beat, args=(also,), name="answers-heart", daemon=True
        )
        self._heart.start()

    def close(self) -> None:
        """Finish what is being worked on; the rest stays stored."""
        with self._lock:
            self._closing.set()
        self._executor.shutdown(wait=True, cancel_futures=True)
        if self._heart is not None:
            self._heart.join()

    @property
    def busy(self) -> int:
        """How many questions are in hand."""
        with self._lock:
            return len(self._running)

    def take(self, question_id: int) -> None:
        """Work on a question, unless that is going on."""
        with self._lock:
            if question_id in self._running or self._closing.is_set():
                return
            self._running.add(question_id)
            self._executor.submit(self._run, question_id)

    def soon(self, task: Callable[[], None]) -> None:
        """Do something else in one of the threads."""
        with self._lock:
            if not self._closing.is_set():
                self._executor.submit(task)

    def take_up_unfinished(self) -> int:
        """Take up every question nobody works on; returns how many there were."""
        questions = self._storage.questions
        for owner in questions.owners():
            if is_gone(owner, mine=self._owner):
                questions.release(owner)
        unfinished = questions.unfinished(now=self._clock())
        with self._lock:
            waiting = [one for one in unfinished if one not in self._running]
        for question_id in waiting:
            self.take(question_id)
        return len(waiting)

    def _run(self, question_id: int) -> None:
        try:
            with request():
                self._work(question_id)
        except Exception:
            logger.exception("question %s was left unfinished", question_id)
        finally:
            with self._lock:
                self._running.discard(question_id)

    def _beat(self, also: Callable[[], None]) -> None:
        while True:
            try:
                self._renew()
                self.take_up_unfinished()
                also()
            except Exception:
                logger.exception("the heartbeat of the answers missed a beat")
            if self._closing.wait(HEARTBEAT_SECONDS):
                return

    def _renew(self) -> None:
        with self._lock:
            running = list(self._running)
        if running:
            self._storage.questions.renew(
                running, owner=self._owner, now=self._clock(), lease=LEASE
            )

"""The threads that work on questions, each question once at a time."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from bot.background import Repeating, Turns
from bot.clock import Clock
from bot.leases import LeaseKeeper
from bot.telemetry.request_ids import RequestThreads, request
from storage import DatabaseUnusableError, Storage, pause_after

LEASE = timedelta(seconds=45)
BEAT_SECONDS = LEASE.total_seconds() / 3

logger = logging.getLogger(__name__)


class QuestionQueue:
    """Hands questions to a pool of threads, keeps hold of those in hand, and takes up what other
    processes left or the database has cut short. Safe in any thread."""

    def __init__(
        self,
        work: Callable[[int], object],
        *,
        storage: Storage,
        leases: LeaseKeeper,
        clock: Clock,
        threads: int,
        each_beat: Callable[[], object],
        turns: Turns | None = None,
    ) -> None:
        """*work* answers the question with an id; *each_beat* is called every few seconds."""
        self._work = work
        self._storage = storage
        self._leases = leases
        self._clock = clock
        self._each_beat = each_beat
        self._executor = RequestThreads(threads, thread_name_prefix="answers")
        self._running: set[int] = set()
        # Those of them that are to be looked at once more: they were changed meanwhile.
        self._again: set[int] = set()
        # What else the database has cut short, and how often it did since it last didn't.
        self._left: list[Callable[[], object]] = []
        self._cuts = 0
        self._lock = threading.Lock()
        self._closed = False
        self._beating = Repeating("answers-beat", self._beat, turns=turns)

    def start(self) -> None:
        """From now on keep hold of running work, and take up what others left."""
        self._beating.start()

    def close(self) -> None:
        """Finish what is being worked on; the rest stays stored."""
        with self._lock:
            self._closed = True
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._beating.stop()

    @property
    def busy(self) -> int:
        """How many questions are in hand."""
        with self._lock:
            return len(self._running)

    def take(self, *question_ids: int) -> None:
        """Work on questions; on one that is being worked on, once that is done."""
        with self._lock:
            for one in question_ids:
                if one in self._running:
                    self._again.add(one)
                elif not self._closed:
                    self._running.add(one)
                    self._executor.submit(self._run, one)

    def submit(self, task: Callable[[], object]) -> None:
        """Do something else in one of the threads; a failure is logged."""
        with self._lock:
            if not self._closed:
                self._executor.submit(self._attempt, task, task)

    def take_up_unfinished(self) -> int:
        """Take up every question nobody works on; returns how many there were."""
        self._leases.free_dead()
        unfinished = self._storage.questions.unfinished(now=self._clock())
        with self._lock:
            waiting = [one for one in unfinished if one not in self._running]
        self.take(*waiting)
        return len(waiting)

    def _run(self, question_id: int) -> None:
        try:
            with request():
                self._attempt(partial(self._work, question_id), None)
        finally:
            with self._lock:
                self._running.discard(question_id)
                again = question_id in self._again
                self._again.discard(question_id)
            if again:
                self.take(question_id)

    def _attempt(self, task: Callable[[], object], left: Callable[[], object] | None) -> None:
        """Do a task. When the database cuts it short the next beat comes soon, which finds
        unfinished questions by itself, and submits what is *left* besides."""
        try:
            task()
        except DatabaseUnusableError as error:
            logger.warning("cut short and to be done again: %s", error)
            with self._lock:
                self._cuts += 1
                self._left += [left] if left else []
            self._beating.wake(in_seconds=pause_after(self._cuts, longest=BEAT_SECONDS))
        except Exception:
            logger.exception("left unfinished until a later beat")
        else:
            self._cuts = 0

    def _beat(self) -> float:
        # What was left unfinished is not in hand: its lease runs out, and it is taken up again.
        self._leases.renew()
        self.take_up_unfinished()
        with self._lock:
            left, self._left = self._left, []
        for task in left:
            self.submit(task)
        self._each_beat()
        return BEAT_SECONDS

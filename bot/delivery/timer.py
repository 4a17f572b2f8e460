"""What happens at its time: threads and a timer for all schedulers of a process."""

from collections.abc import Callable, Mapping, Sequence
from threading import Lock

from apscheduler.executors.debug import DebugExecutor
from apscheduler.job import Job
from apscheduler.schedulers.background import BackgroundScheduler

from bot.background import Repeating, Turns
from bot.clock import utc_now

MISFIRE_GRACE_SECONDS = 3600
LOOK_SECONDS = 10.0


# Turns that ask the database alone, and those of sending, which wait for Slack: however slow that
# is, leases are renewed in time.
TURNS_AT_ONCE, SENDING_AT_ONCE = 8, 32
MORNINGS_AT_ONCE = 32
# Work that is done again and again, by its kind; see ``scheduler.Job``.
JOBS_AT_ONCE = {"upkeep": 8, "watch": 4}


class Timer:
    """Calls what is planned on a thread of its own, which there is as long as something is. What
    is called returns at once. Safe in any thread."""

    def __init__(self, turns: Turns) -> None:
        self._looking = Repeating("timer", self._look, turns=turns)
        self._lock = Lock()
        self._jobs: dict[str, Job] = {}
        self._scheduler = _scheduler()

    def plan(self, work: Callable[..., object], when: Mapping[str, int], *arguments: object) -> str:
        """Call *work* whenever it is *when*, fields of a cron trigger in UTC. Returns the name of
        this plan."""
        with self._lock:
            if not self._jobs:
                self._scheduler = _scheduler()
                self._scheduler.start()
                self._looking.start()
            job = self._scheduler.add_job(work, "cron", arguments, **when)
            self._jobs[job.id] = job
            return str(job.id)

    def drop(self, names: Sequence[str]) -> None:
        """Call these no more."""
        with self._lock:
            for one in names:
                self._jobs.pop(one).remove()
            if names and not self._jobs:
                self._scheduler.shutdown(wait=False)
                self._looking.stop(within_seconds=0.0)

    def planned(self) -> list[Job]:
        """What is planned at the moment."""
        with self._lock:
            return list(self._jobs.values())

    def keep_time(self) -> None:
        """Bring forward what waits for a time too far ahead, as all does once the machine's clock
        was set back: the next time of each is reckoned only when it was called."""
        now = utc_now()
        with self._lock:
            for job in self._jobs.values():
                at = job.trigger.get_next_fire_time(None, now)
                if at is not None and job.next_run_time > at:
                    job.modify(next_run_time=at)

    def _look(self) -> float:
        self.keep_time()
        return LOOK_SECONDS


class Clockwork:
    """What all schedulers of a process share, so that a further workspace costs no thread."""

    def __init__(self) -> None:
        self.turns = Turns("turns", most=TURNS_AT_ONCE)
        self.sending = Turns("outbox", most=SENDING_AT_ONCE)
        self.mornings = Turns("mornings", most=MORNINGS_AT_ONCE)
        self.jobs = {name: Turns(name, most=most) for name, most in JOBS_AT_ONCE.items()}
        self.timer = Timer(self.turns)


def _scheduler() -> BackgroundScheduler:
    return BackgroundScheduler(
        timezone="UTC",
        # What is called hands its work to other threads.
        executors={"default": DebugExecutor()},
        job_defaults={
            "coalesce": True,
            "max_instances": 1,
            "misfire_grace_time": MISFIRE_GRACE_SECONDS,
        },
    )

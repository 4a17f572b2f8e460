"""Starts everything that happens by itself: mornings, sending, re-reading, repairs.

One job ticks every minute and asks the pure functions of ``schedule`` what is due; a run is a row
claimed by channel and due time. So nothing has to be re-armed when a subscription changes, a
restart, a laptop's sleep or a changed clock needs no misfire rules, catching up is the same code as
being in time, and daylight saving is decided in one tested place.
"""

import logging
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.background import JobQueue, Repeating, seconds_left
from bot.clock import Clock
from bot.delivery.morning import Morning, MorningReport, Outcome
from bot.delivery.schedule import last_due
from bot.delivery.timer import Clockwork
from bot.failures import contained
from bot.leases import LeaseKeeper
from storage import PROMISED, DatabaseUnusableError, Run, RunState, Storage, Subscription

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=150)
# A source that was down, and a run that failed, are tried again after this long.
TRY_AGAIN = timedelta(minutes=15)
# Another process may promise a message at any time; not every database wakes this one then.
POLL_SECONDS = 10.0
# Then others have their turn, if there are more than can be sent to at the same time.
SENDING_SECONDS = 5.0
EACH_MINUTE = {"second": 0}
STOP_SECONDS = 8.0
# Without a tick for this long the scheduler has stopped.
ALIVE_FOR = timedelta(minutes=3)
# What comes after its limit takes seconds; a morning that takes this long hangs.
HANGING_AFTER = timedelta(minutes=2)
MISSED, FAILED = "missed", "failed"


@dataclass(frozen=True)
class Job:
    """Work that is done again and again: *when* are fields of a cron trigger in UTC. Jobs of one
    *thread*, a kind in ``timer.JOBS_AT_ONCE``, wait for each other."""

    name: str
    work: Callable[[], object]
    when: Mapping[str, int]
    thread: str = "upkeep"


class Scheduler:
    """Runs mornings when they are due, one after the other, sends what is promised, and starts
    further jobs in time."""

    def __init__(
        self,
        morning: Morning,
        storage: Storage,
        clock: Clock,
        *,
        jobs: Sequence[Job] = (),
        catch_up: timedelta = timedelta(hours=6),
        clockwork: Clockwork | None = None,
    ) -> None:
        """A run that is late by more than *catch_up* is let go. The schedulers of a process share
        a *clockwork*; one that is alone has its own."""
        clockwork = clockwork or Clockwork()
        self._morning = morning
        self._storage = storage
        self._clock = clock
        self._outbox = morning.outbox
        self._jobs = tuple(jobs)
        self._catch_up = catch_up
        self._ticked_at: datetime | None = None
        self._leases = LeaseKeeper(storage.runs.leases, clock, lasting=LEASE)
        self._sending = Repeating("outbox", self._send_due, turns=clockwork.sending)
        self._outbox.when_promised(self._sending.wake)
        self._ticking = Repeating("tick", self.tick, turns=clockwork.turns)
        # One run after the other: the second channel finds the first one's summaries.
        self._mornings = JobQueue("mornings", turns=clockwork.mornings)
        self._queues = {
            name: JobQueue(name, turns=clockwork.jobs[name])
            for name in sorted({one.thread for one in jobs})
        }
        self._timer = clockwork.timer
        self._planned: list[str] = []
        # When the database last cut a morning short, by ``time.monotonic``.
        self._cut_at = -math.inf

    def start(self) -> None:
        """Take up what a dead process left, catch up what was missed, then keep time."""
        self.reconcile()
        self._outbox.retry_mended()
        self._storage.listen(self._hear)
        self._sending.start()
        self._mornings.start()
        for queue in self._queues.values():
            queue.start()
        self._ticking.start()
        self._planned = [self._timer.plan(self._ticking.wake, EACH_MINUTE)]
        for job in self._jobs:
            submit, work = self._queues[job.thread].submit, partial(self._do, job)
            self._planned.append(self._timer.plan(submit, job.when, job.name, work))

    def stop(self, *, within_seconds: float = STOP_SECONDS) -> None:
        """End in time. What can't be finished by then is parked for the next start: it looks for
        a message that was being sent before it sends that again."""
        until = time.monotonic() + within_seconds
        self._timer.drop(self._planned)
        self._planned = []
        self._outbox.stop()
        queues = (self._mornings, *self._queues.values())
        ended = [
            one.stop(within_seconds=seconds_left(until)) for one in (self._ticking, self._sending)
        ]
        ended += [one.stop(within_seconds=seconds_left(until)) for one in queues]
        if not all(ended):
            log.warning("stopped before everything was done; the next start goes on with it")
        self._leases.let_go()

    def _send_due(self) -> float:
        """Send what is due; returns for how many seconds there is nothing to do."""
        until = time.monotonic() + SENDING_SECONDS
        due = self._outbox.drain(until_empty=False, until=until).waiting_until
        return POLL_SECONDS if due is None else min(self._outbox.seconds_until(due), POLL_SECONDS)

    def _do(self, job: Job) -> None:
        """Do a job; it asks the sources and the model, so not before what they say can be kept."""
        self._storage.ensure_writable()
        job.work()

    def _hear(self, topic: str, team: str) -> None:
        """Another process may have promised something, or the database is back."""
        if not topic:
            self._ticking.wake()
        if not topic or (topic, team) == (PROMISED, self._storage.team):
            self._sending.wake()

    def reconcile(self) -> None:
        """Free the messages and runs of processes that died on this machine."""
        messages = self._outbox.reconcile()
        self._leases.free_dead()
        if messages:
            log.info("%d messages were on their way when their sending was cut short", messages)

    def tick(self) -> None:
        """Queue every run that is due and that nobody has in hand."""
        self.reconcile()
        now = self._clock()
        # Mornings that are due together run one after the other, and share the time they have.
        until = time.monotonic() + self._morning.limit.total_seconds()
        self._leases.renew()
        for subscription in self._storage.subscriptions.active():
            due = self.due(subscription, now)
            if due is not None:
                run = partial(self.run_due, subscription.channel, due, until=until)
                self._mornings.submit((subscription.channel, due), run)
        # The database is there, so what it cut short can go on.
        for queue in (self._mornings, *self._queues.values()):
            queue.wake()
        self._ticked_at = now

    def run_once(self) -> list[tuple[str, Run]]:
        """Run every morning that is due, without starting anything that goes on: promised is not
        sent. Returns the channels' runs as they ended."""
        self.reconcile()
        self._outbox.retry_mended()
        renewing = Repeating("leases", self._renewed)
        renewing.start()
        try:
            until = time.monotonic() + self._morning.limit.total_seconds()
            ended = []
            for one in self._storage.subscriptions.active():
                due = self.due(one, self._clock())
                if due is not None:
                    run_due = partial(self.run_due, one.channel, due, until=until)
                    self._storage.insist(run_due)
                    run = self._storage.runs.get(one.channel, due)
                    ended += [(one.channel, run)] if run else []
            return ended
        finally:
            renewing.stop(within_seconds=STOP_SECONDS)
            self._leases.let_go()

    def _renewed(self) -> float:
        self._leases.renew()
        return LEASE.total_seconds() / 3

    def is_alive(self) -> bool:
        """Whether the last tick went well and is not long ago, and no morning has outlasted the
        time it has."""
        if self._mornings.busy_for() > self._morning.limit + HANGING_AFTER:
            return False
        return self._ticked_at is not None and self._clock() - self._ticked_at < ALIVE_FOR

    def waiting(self) -> dict[str, int]:
        """How many jobs wait, by what does them."""
        further = {name: queue.waiting for name, queue in self._queues.items()}
        return {"mornings": self._mornings.waiting, **further}

    def due(self, subscription: Subscription, now: datetime) -> datetime | None:
        """The due time of a run that should be under way at *now*, or None."""
        due = last_due(subscription, now)
        changed = subscription.changed_at
        # One that was changed after now was changed while the clock was ahead.
        if due is not None and changed is not None and due < changed <= now:
            due = None  # nobody wished for this one
        begun = self._storage.runs.latest(subscription.channel, now=now)
        if begun is not None and begun.state is not RunState.DONE:
            due = begun.due if due is None else max(due, begun.due)
        if due is None or not self._storage.runs.is_open(subscription.channel, due, now=now):
            return None
        return due

    def run_due(
        self, channel: str, due: datetime, *, until: float | None = None
    ) -> MorningReport | None:
        """Run one channel's morning if nobody else does, *until* a moment of ``time.monotonic``.
        Returns its report, None without one.

        Raises:
            DatabaseUnusableError: the database has cut it short. Called again, it goes on.
        """
        if until is not None:  # the time while the database was away doesn't count
            until = max(until, self._cut_at + self._morning.limit.total_seconds())
        try:
            self._storage.ensure_writable()
            with self._leases.piece() as owner:
                return self._run(channel, due, owner, until)
        except DatabaseUnusableError:
            self._cut_at = time.monotonic()
            raise

    def _run(
        self, channel: str, due: datetime, owner: str, until: float | None
    ) -> MorningReport | None:
        now, runs = self._clock(), self._storage.runs
        subscription = self._storage.subscriptions.get(channel)
        if subscription is None or not subscription.active:
            return None
        if not runs.claim(channel, due, owner=owner, now=now, lease=LEASE):
            return None
        if now - due > self._catch_up:
            log.warning("%s missed its run of %s by more than %s", channel, due, self._catch_up)
            runs.finish(channel, due, outcome=MISSED, now=now)
            return None
        with contained(log, "the morning of %s failed", channel):
            run = runs.get(channel, due)
            wished = None if run is not None and run.asked else due
            report = self._morning.run(subscription, now=now, due=wished, until=until, drain=False)
            self._end(channel, due, report.outcome, again=report.outcome is Outcome.SOURCE_DOWN)
            return report
        self._end(channel, due, FAILED, again=True)
        return None

    def _end(self, channel: str, due: datetime, outcome: str, *, again: bool) -> None:
        now = self._clock()
        if again and now + TRY_AGAIN - due <= self._catch_up:
            self._storage.runs.put_off(channel, due, outcome=outcome, next_try=now + TRY_AGAIN)
        else:
            self._storage.runs.finish(channel, due, outcome=outcome, now=now)

"""Starts everything that happens by itself: mornings, the outbox, re-reading, repairs.

One job ticks every minute and asks the pure functions of ``schedule`` what is due; a run is a row
claimed by channel and due time. So nothing has to be re-armed when a subscription changes, a
restart, a laptop's sleep or a changed clock needs no misfire rules, catching up is the same code as
being in time, and daylight saving is decided in one tested place.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from apscheduler.schedulers.background import BackgroundScheduler

from bot.clock import Clock, utc_now
from bot.delivery.morning import Morning, MorningReport, Outcome
from bot.delivery.owners import is_gone, new_owner
from bot.delivery.pump import Pump
from bot.delivery.schedule import last_due
from bot.delivery.worker import Worker
from storage import RunState, Storage, Subscription

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=150)
# A source that was down, and a run that failed, are tried again after this long.
TRY_AGAIN = timedelta(minutes=15)
MISFIRE_GRACE_SECONDS = 3600
# After the tick of the same minute has queued what is due.
WATCH_SECOND = 5
STOP_SECONDS = 8.0
# Without a tick for this long the clockwork has stopped.
ALIVE_FOR = timedelta(minutes=3)
# What comes after its limit takes seconds; a morning that takes this long hangs.
HANGING_AFTER = timedelta(minutes=2)
HOURLY, DAILY = {"minute": 20}, {"hour": 5, "minute": 40}
MISSED, FAILED = "missed", "failed"


class Upkeep(Protocol):
    """Keeps posted digests true."""

    def hourly(self) -> None:
        """Re-read unsettled listings, repair summaries, edit posts."""

    def daily(self) -> None:
        """Look for new versions, withdrawals and code links of papers with threads."""


class Clockwork:
    """Runs mornings when they are due, one after the other, and keeps the outbox empty."""

    def __init__(
        self,
        morning: Morning,
        storage: Storage,
        clock: Clock,
        *,
        upkeep: Upkeep | None = None,
        catch_up: timedelta = timedelta(hours=6),
        watch: Callable[[], object] | None = None,
    ) -> None:
        """*watch* is called once a minute, on a thread of its own."""
        self._morning = morning
        self._storage = storage
        self._clock = clock
        self._outbox = morning.outbox
        self._upkeep = upkeep
        self._catch_up = catch_up
        self._watch = watch
        self._ticked_at: datetime | None = None
        self._owner = new_owner()
        self._pump = Pump(self._outbox, each_turn=self.keep_time)
        # One run after the other: the second channel finds the first one's summaries.
        self._mornings = Worker("mornings")
        self._rounds = Worker("rounds")
        self._watcher = Worker("watch")
        self._scheduler = BackgroundScheduler(
            timezone="UTC",
            job_defaults={
                "coalesce": True,
                "max_instances": 1,
                "misfire_grace_time": MISFIRE_GRACE_SECONDS,
            },
        )

    def start(self) -> None:
        """Take up what a dead process left, catch up what was missed, then keep time."""
        self.reconcile()
        self._outbox.retry_mended()
        self._pump.start()
        self._mornings.start()
        self._rounds.start()
        self._scheduler.add_job(self.tick, "cron", second=0)
        if self._watch is not None:
            self._watcher.start()
            self._scheduler.add_job(
                self._watcher.submit, "cron", ("watch", self._watch), second=WATCH_SECOND
            )
        if self._upkeep is not None:
            for job, when in ((self._upkeep.hourly, HOURLY), (self._upkeep.daily, DAILY)):
                self._scheduler.add_job(self._rounds.submit, "cron", (job.__name__, job), **when)
        self._scheduler.start()
        self.tick()

    def stop(self, *, within_seconds: float = STOP_SECONDS) -> None:
        """End in time. What can't be finished by then is parked for the next start."""
        until = time.monotonic() + within_seconds
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        ended = [
            part.stop(within_seconds=max(0.0, until - time.monotonic()))
            for part in (self._pump, self._mornings, self._rounds, self._watcher)
        ]
        if not all(ended):
            log.warning("stopped before everything was done; the next start goes on with it")
        self._storage.runs.release(self._owner, now=self._clock())

    def keep_time(self) -> None:
        """Bring forward the jobs that wait for a time too far ahead, as they all do once the
        machine's clock was set back: the scheduler reckons each job's next time only when it has
        run the one before."""
        if not self._scheduler.running:
            return  # until it starts, its jobs have no next time
        now = utc_now()
        for job in self._scheduler.get_jobs():
            at = job.trigger.get_next_fire_time(None, now)
            if at is not None and job.next_run_time > at:
                job.modify(next_run_time=at)

    def refresh(self) -> None:
        """A subscription has changed: see at once what is due."""
        self.tick()

    def reconcile(self) -> None:
        """Free the messages and runs of processes that died on this machine."""
        messages = self._outbox.reconcile()
        runs = self._storage.runs
        for owner in runs.owners():
            if is_gone(owner, mine=self._owner):
                runs.release(owner, now=self._clock())
        if messages:
            log.info("%d messages were on their way when a process died", messages)

    def tick(self) -> None:
        """Queue every run that is due and that nobody has in hand."""
        self.reconcile()
        now = self._clock()
        # Mornings that are due together run one after the other, and share the time they have.
        until = time.monotonic() + self._morning.limit.total_seconds()
        self._storage.runs.renew(self._owner, now=now, lease=LEASE)
        for subscription in self._storage.subscriptions.active():
            due = self.due(subscription, now)
            if due is not None:
                run = partial(self.run_due, subscription.channel, due, until=until)
                self._mornings.submit((subscription.channel, due), run)
        self._ticked_at = now

    def is_alive(self) -> bool:
        """Whether the last tick went well and is not long ago, and no morning has outlasted the
        time it has."""
        if self._mornings.busy_for() > self._morning.limit + HANGING_AFTER:
            return False
        return self._ticked_at is not None and self._clock() - self._ticked_at < ALIVE_FOR

    def waiting(self) -> dict[str, int]:
        """How many jobs wait, by what does them."""
        return {"mornings": self._mornings.waiting, "rounds": self._rounds.waiting}

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
        Returns its report, None without one."""
        now, runs = self._clock(), self._storage.runs
        subscription = self._storage.subscriptions.get(channel)
        if subscription is None or not subscription.active:
            return None
        if not runs.claim(channel, due, owner=self._owner, now=now, lease=LEASE):
            return None
        if now - due > self._catch_up:
            log.warning("%s missed its run of %s by more than %s", channel, due, self._catch_up)
            runs.finish(channel, due, outcome=MISSED, now=now)
            return None
        try:
            report = self._morning.run(subscription, now=now, due=due, until=until, drain=False)
        except Exception:  # one channel's failure is never another's
            log.exception("the morning of %s failed", channel)
            self._end(channel, due, FAILED, again=True)
            return None
        self._end(channel, due, report.outcome, again=report.outcome is Outcome.SOURCE_DOWN)
        return report

    def _end(self, channel: str, due: datetime, outcome: str, *, again: bool) -> None:
        now = self._clock()
        if again and now + TRY_AGAIN - due <= self._catch_up:
            self._storage.runs.put_off(channel, due, outcome=outcome, next_try=now + TRY_AGAIN)
        else:
            self._storage.runs.finish(channel, due, outcome=outcome, now=now)

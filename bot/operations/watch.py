"""Opens and closes incidents, and tells the admins of each once when it begins and when it ends."""

import logging
import shutil
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.clock import Clock
from bot.delivery.problems import Plan
from bot.model.costs import REFUSED
from bot.operations.alarms import Alarm, ChannelSigns, Disk, Signs, decide, dues
from bot.operations.words import begun, mended
from storage import Incident, Storage, Subscription

log = logging.getLogger(__name__)

# The moment that the watch marks each time it looks: Paperboy's heartbeat for other processes.
HEARTBEAT = "heartbeat"
# Room for a copy of the database, which an upgrade and a backup make.
COPIES = 2


class Watch:
    """Looks at everything that can be wrong. Safe in any number of processes on one database."""

    def __init__(
        self,
        storage: Storage,
        plan: Plan,
        clock: Clock,
        *,
        admins: Sequence[str],
        language_of: Callable[[str], str],
        disk_wanted: int,
        timezone: str,
    ) -> None:
        """*language_of* a user; *disk_wanted* bytes at least; *timezone* for times of day."""
        self._storage = storage
        self._plan = plan
        self._clock = clock
        self._admins = admins
        self._language_of = language_of
        self._disk_wanted = disk_wanted
        self._timezone = timezone

    def look(self) -> None:
        """Compare what is wrong now with what was wrong before, and tell the difference."""
        now = self._clock()
        self._storage.moments.mark(HEARTBEAT, now=now)
        before = {(one.kind, one.subject): one for one in self._storage.incidents.open()}
        alarms = {
            (one.kind, one.subject): one for one in decide(self._signs(now, frozenset(before)))
        }
        for name, alarm in alarms.items():
            if name not in before:
                self._begin(alarm, now)
        for name, incident in before.items():
            if name not in alarms:
                self._end(incident, now)

    def _begin(self, alarm: Alarm, now: datetime) -> None:
        languages = self._languages()
        with self._storage.transaction():
            incident = self._storage.incidents.begin(
                alarm.kind, alarm.subject, detail=alarm.detail, now=now
            )
            if incident is None:
                return
            for admin, language in languages.items():
                message = begun(alarm, language, timezone=self._zone_of(alarm))
                self._plan(f"incident/{incident.id}/begun/{admin}", admin, message, "notice")
        log.warning("wrong: %s %s (%s)", alarm.kind, alarm.subject, alarm.detail)

    def _end(self, incident: Incident, now: datetime) -> None:
        languages = self._languages()
        with self._storage.transaction():
            if not self._storage.incidents.end(incident.id, now=now):
                return
            for admin, language in languages.items():
                message = mended(incident.kind, incident.subject, language)
                self._plan(f"incident/{incident.id}/mended/{admin}", admin, message, "notice")
        log.info("mended: %s %s", incident.kind, incident.subject)

    def _languages(self) -> dict[str, str]:
        """Each admin's language; asked for outside a transaction, since Slack may be asked."""
        return {admin: self._language_of(admin) for admin in self._admins}

    def _zone_of(self, alarm: Alarm) -> str:
        subscription = self._storage.subscriptions.get(alarm.subject)
        return self._timezone if subscription is None else subscription.timezone

    def _signs(self, now: datetime, known: frozenset[tuple[str, str]]) -> Signs:
        storage = self._storage
        return Signs(
            now=now,
            channels=tuple(self._channel(one, now) for one in storage.subscriptions.active()),
            sources=tuple(storage.listings.last_reads()),
            budget_refused=storage.moments.last(REFUSED),
            model_outcome=storage.model_calls.last_outcome(),
            disk=self._disk(),
            open=known,
        )

    def _disk(self) -> Disk | None:
        """The disk of the database file; that of a server is its keeper's."""
        path = self._storage.path
        if path is None:
            return None
        wanted = max(self._disk_wanted, COPIES * self._storage.figures.bytes_used())
        return Disk(shutil.disk_usage(path.absolute().parent).free, wanted)

    def _channel(self, subscription: Subscription, now: datetime) -> ChannelSigns:
        runs = self._storage.runs
        found = {due: runs.get(subscription.channel, due) for due in dues(subscription, now)}
        last = self._storage.deliveries.last_posted(subscription.channel)
        return ChannelSigns(
            subscription,
            runs={due: run for due, run in found.items() if run is not None},
            newest=self._storage.deliveries.newest_root(subscription.channel),
            last_posted=last.posted_at if last else None,
        )

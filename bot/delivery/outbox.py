"""The outbox: every message is promised in the database before it is sent, and sent once.

A delivery goes planned → sending → posted. Its key travels in the message's metadata. Whoever finds
a row ``sending`` whose owner is gone, or whose answer got lost, looks for the key in the channel
before sending again, so neither a crash nor a lost answer posts a message twice.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.background import seconds_left
from bot.clock import Clock, comes_within
from bot.delivery.parts import Part, part_key
from bot.delivery.sender import LONG_AGO, Pace, Sender
from bot.delivery.verdicts import FOR_THE_OPERATOR, OPERATOR_PAUSE
from bot.digests import DigestContent
from bot.leases import LeaseKeeper
from bot.slack.blocks import Message
from bot.slack.port import SlackOut
from storage import AlreadyExistsError, Delivery, DeliveryState, Storage

log = logging.getLogger(__name__)

SHORTEST_WAIT_SECONDS = 0.01
POLL = timedelta(seconds=0.05)
PATIENCE = timedelta(seconds=60)
# A digest that failed longer ago is not promised anew.
REVIVABLE = timedelta(days=4)
ThreadListener = Callable[[str, str], object]
_DECIDED = (DeliveryState.POSTED, DeliveryState.FAILED)


@dataclass(frozen=True)
class DrainReport:
    """How many messages a drain posted and gave up; ``waiting_until`` is when the next is due."""

    posted: int
    failed: int
    waiting_until: datetime | None = None


class Outbox:
    """Promises messages and keeps the promises. Safe in any thread and any number of processes."""

    def __init__(
        self,
        storage: Storage,
        slack: SlackOut,
        clock: Clock,
        *,
        pace: Pace | None = None,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._pace = pace or Pace()
        self._stopped = threading.Event()
        self._sleep = sleep or self._stopped.wait
        self._wakers: list[Callable[[], object]] = []
        self._listeners: list[ThreadListener] = []
        # Never renewed: a call to Slack ends long before its lease.
        self._leases = LeaseKeeper(storage.deliveries.leases, clock, lasting=self._pace.lease)
        self._sender = Sender(
            storage, slack, clock, pace=self._pace, plan=self.plan, opened=self._tell_opened
        )
        self._next_edit = LONG_AGO

    def when_opened(self, listener: ThreadListener) -> None:
        """From now on tell *listener* channel and ``ts`` of each message that opens a thread, once
        it is recorded. It must return at once."""
        self._listeners.append(listener)

    def when_promised(self, waker: Callable[[], object]) -> None:
        """From now on call *waker* whenever there is something new to send. It must return at
        once."""
        self._wakers.append(waker)

    def wake(self) -> None:
        """There is something new to send."""
        for waker in self._wakers:
            waker()

    def look_first(self, back: timedelta) -> None:
        """From now on look for each message in its channel, as far back as this, before it is sent:
        for a database that may have missed what an earlier one posted."""
        self._sender.look_back = back

    def plan(
        self,
        key: str,
        channel: str,
        message: Message,
        kind: str,
        *,
        thread_ts: str | None = None,
        parent_id: int | None = None,
        digest_id: int | None = None,
        paper_id: str | None = None,
        position: int = 0,
        asked_by: str | None = None,
        awaited_until: datetime | None = None,
    ) -> int | None:
        """Promise one message; *channel* may be a user's id, meaning direct messages. When it has
        to be given up, the member *asked_by* is told, unless whoever promised it for them is
        still waiting to tell them.

        Returns:
            The delivery's id, or None when this key was promised before.
        """
        delivery_id = self._storage.deliveries.plan(
            key=key,
            channel=channel,
            kind=kind,
            payload=dict(message.payload()),
            now=self._clock(),
            position=position,
            digest_id=digest_id,
            parent_id=parent_id,
            thread_ts=thread_ts,
            paper_id=paper_id,
            asked_by=asked_by,
            awaited_until=awaited_until,
        )
        self.wake()
        return delivery_id

    def plan_digest(
        self,
        channel: str,
        content: DigestContent,
        parts: Sequence[Part],
    ) -> int | None:
        """Promise a digest, all of it or nothing: the root, and after it the other *parts*.

        Returns:
            The digest's id, or None when the channel was promised this digest before.
        """
        try:
            with self._storage.transaction():
                digest_id = self._storage.digests.claim(
                    channel=channel,
                    kind=content.kind,
                    period=content.period,
                    language=content.language,
                    style=content.style,
                    paper_ids=content.paper_ids,
                    entries=len(content.entries),
                    hidden=content.hidden,
                    left_out=content.left_out,
                    ranked_by=content.ranked_by,
                    listings=[one for one in content.listings if one not in content.resting],
                    now=self._clock(),
                )
                self._plan_parts(channel, content, digest_id, parts)
        except AlreadyExistsError:
            return None
        self.wake()
        return digest_id

    def revive(self, channel: str) -> int:
        """Promise anew what failed of the channel's newest digest, as when the bot was invited.

        Returns:
            How many messages there were; none of a digest that is old news.
        """
        now = self._clock()
        digest = self._storage.digests.latest(channel)
        if digest is None or now - digest.planned_at > REVIVABLE:
            return 0
        revived = self._storage.deliveries.revive_digest(digest.id, now=now)
        if revived:
            self.wake()
        return revived

    def reconcile(self) -> int:
        """Free what processes that died on this machine were sending. It is looked for in the
        channel, once requests that are still under way have arrived.

        Returns:
            How many messages that are.
        """
        return self._leases.free_dead(after=self._pace.settle)

    def retry_mended(self) -> int:
        """At start-up: try what waited for the operator, who may have mended it.

        Returns:
            How many messages that are.
        """
        return self._storage.deliveries.retry_now(FOR_THE_OPERATOR)

    def drain(
        self,
        *,
        until_empty: bool = True,
        patience: timedelta = PATIENCE,
        until: float | None = None,
    ) -> DrainReport:
        """Send what is due, beginning nothing after *until*, a moment of ``time.monotonic``. With
        *until_empty* wait for what becomes due within *patience*, and for what others are
        sending."""
        posted = failed = 0
        waited = timedelta(0)
        while not self._stopped.is_set() and seconds_left(until) != 0:
            sent = self.step()
            if sent is not None:
                posted += sent.state is DeliveryState.POSTED
                failed += sent.state is DeliveryState.FAILED
                waited = timedelta(0)
                continue
            nap = self._nap(patience - waited) if until_empty else None
            if nap is None:
                break
            self._sleep(nap.total_seconds())
            waited += nap
        return DrainReport(posted, failed, self.next_moment())

    def settle(self, key: str, *, patience: timedelta = PATIENCE) -> Delivery | None:
        """Work on the outbox until one promise is kept or given up, no longer than *patience*.

        Returns:
            The delivery as it then stands; None when nothing was promised under *key*.
        """
        until = self._clock() + patience
        while not self._stopped.is_set():
            delivery = self._storage.deliveries.find(key)
            if delivery is None or delivery.state in _DECIDED:
                return delivery
            if self.step() is None:
                nap = self._nap(until - self._clock())
                if nap is None:
                    break
                self._sleep(nap.total_seconds())
        return self._storage.deliveries.find(key)

    def _tell_opened(self, channel: str, ts: str) -> None:
        for listener in self._listeners:
            listener(channel, ts)

    def _nap(self, patience: timedelta) -> timedelta | None:
        """How long to wait for the next message, or None when that is not worth waiting for."""
        seconds = self.seconds_until_due()
        if seconds is None or patience <= timedelta(0):
            return None
        due = timedelta(seconds=seconds)
        if due > POLL and self._storage.deliveries.someone_sends(now=self._clock()):
            return POLL  # the lease may end any moment, long before it runs out
        return due if due <= patience else None

    def step(self) -> Delivery | None:
        """Send or edit one message. Returns it as it now stands, None when nothing is due."""
        if self.is_refused:
            return None
        return self._send_next() or self._edit_next()

    def _send_next(self) -> Delivery | None:
        deliveries = self._storage.deliveries
        with self._leases.piece() as owner:
            delivery = deliveries.claim_next(
                owner=owner,
                now=self._clock(),
                lease=self._leases.lasting,
                spacing=self._pace.spacing,
            )
            if delivery is None:
                return None
            self._sender.send(delivery)
        return deliveries.get(delivery.id)

    def _edit_next(self) -> Delivery | None:
        now, deliveries = self._clock(), self._storage.deliveries
        delivery = deliveries.next_edit(now=now) if self._edit_moment(now, now) <= now else None
        if delivery is None:
            return None
        self._next_edit = now + self._pace.edit_spacing
        self._sender.edit(delivery)
        return deliveries.get(delivery.id)

    def next_moment(self) -> datetime | None:
        """When the next message may be sent or edited; None when none is left."""
        now, deliveries = self._clock(), self._storage.deliveries
        post = deliveries.next_moment(now=now, spacing=self._pace.spacing)
        edit = deliveries.next_edit_moment(now=now)
        moments = [
            *([post] if post is not None else []),
            *([self._edit_moment(edit, now)] if edit is not None else []),
        ]
        earliest = self._sender.paused_until if self.is_refused else now
        return max(min(moments), earliest) if moments else None

    def _edit_moment(self, edit: datetime, now: datetime) -> datetime:
        """When an edit that may be made from *edit* on has its turn among all edits."""
        spaced = comes_within(self._pace.edit_spacing, self._next_edit, now)
        return max(edit, self._next_edit) if spaced else edit

    def seconds_until_due(self) -> float | None:
        """Seconds until the next message may be sent, never quite 0; None when none is left."""
        moment = self.next_moment()
        return None if moment is None else self.seconds_until(moment)

    def seconds_until(self, moment: datetime) -> float:
        """Seconds until *moment*, never quite 0."""
        return max(SHORTEST_WAIT_SECONDS, (moment - self._clock()).total_seconds())

    @property
    def is_refused(self) -> bool:
        """Whether Slack refuses the token, so that messages wait for the operator."""
        return comes_within(OPERATOR_PAUSE, self._sender.paused_until, self._clock())

    def stop(self) -> None:
        """End every drain after the message it is sending; for good."""
        self._stopped.set()

    def _plan_parts(
        self, channel: str, content: DigestContent, digest_id: int, parts: Sequence[Part]
    ) -> None:
        root_id = None
        for position, one in enumerate(parts):
            planned = self.plan(
                part_key(content.kind, channel, content.period, one.name),
                channel,
                one.message,
                one.kind,
                digest_id=digest_id,
                parent_id=root_id,
                paper_id=one.paper_id,
                position=position,
            )
            root_id = planned if position == 0 else root_id

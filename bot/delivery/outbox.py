"""The outbox: every message is promised in the database before it is sent, and sent once.

A delivery goes planned → sending → posted. Its key travels in the message's metadata. Whoever finds
a row ``sending`` whose owner is gone, or whose answer got lost, looks for the key in the channel
before sending again, so neither a crash nor a lost answer posts a message twice.
"""

import logging
import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.blocks import Message, truncate
from bot.delivery.ports import SlackOut, delivery_metadata
from bot.delivery.telling import clear_problem, report_problem
from bot.delivery.verdicts import Act, Verdict, decide, too_late
from bot.errors import SlackError
from storage import Delivery, DeliveryState, Storage, Thread

log = logging.getLogger(__name__)

PLAIN_TEXT_LIMIT = 3900
# Slack's clock and ours may differ by this much when a lost message is looked for.
CLOCK_SKEW = timedelta(hours=1)
IN_THREAD = ("part", "reply")
EDIT_TRIES = 8


@dataclass(frozen=True)
class Pace:
    """``spacing`` between two messages of a channel; ``lease`` of a message being sent;
    ``settle`` is how long a lost request may still be on its way to Slack."""

    spacing: timedelta = timedelta(seconds=1)
    lease: timedelta = timedelta(seconds=60)
    settle: timedelta = timedelta(seconds=10)


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
        clock: Callable[[], datetime],
        *,
        pace: Pace = Pace(),
        sleep: Callable[[float], object] | None = None,
        owner: str | None = None,
    ) -> None:
        self._storage = storage
        self._slack = slack
        self._clock = clock
        self._pace = pace
        self._stopped = threading.Event()
        self._sleep = sleep or self._stopped.wait
        self._owner = owner or uuid.uuid4().hex
        self._paused_until: datetime | None = None
        self.on_plan: Callable[[], None] = lambda: None

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
    ) -> int | None:
        """Promise one message; *channel* may be a user's id, meaning direct messages.

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
        )
        self.on_plan()
        return delivery_id

    def drain(
        self, *, until_empty: bool = True, patience: timedelta = timedelta(seconds=60)
    ) -> DrainReport:
        """Send what is due. With *until_empty* wait for what becomes due within *patience*."""
        posted = failed = 0
        while not self._stopped.is_set():
            sent = self.step()
            if sent is not None:
                posted += sent.state is DeliveryState.POSTED
                failed += sent.state is DeliveryState.FAILED
                continue
            wait = self.seconds_until_due()
            if not until_empty or wait is None or wait > patience.total_seconds():
                break
            self._sleep(wait)
        return DrainReport(posted, failed, self.next_moment())

    def step(self) -> Delivery | None:
        """Send or edit one message. Returns it as it now stands, None when nothing is due."""
        now = self._clock()
        if self._paused_until is not None and now < self._paused_until:
            return None
        delivery = self._storage.deliveries.claim_next(
            owner=self._owner, now=now, lease=self._pace.lease, spacing=self._pace.spacing
        )
        if delivery is None:
            return self._edit_one(now)
        try:
            self._send(delivery)
        except SlackError as error:
            self._after(error, delivery)
        return self._storage.deliveries.get(delivery.id)

    def next_moment(self) -> datetime | None:
        """When the next message may be sent; None when none is left."""
        moment = self._storage.deliveries.next_moment(spacing=self._pace.spacing)
        if moment is None or self._paused_until is None:
            return moment
        return max(moment, self._paused_until)

    def seconds_until_due(self) -> float | None:
        """Seconds until the next message may be sent, never less than a moment; None if none."""
        moment = self.next_moment()
        return None if moment is None else max(0.01, (moment - self._clock()).total_seconds())

    def stop(self) -> None:
        """End every drain after the message it is sending; for good."""
        self._stopped.set()

    def _send(self, delivery: Delivery) -> None:
        channel = self._address(delivery.channel)
        thread_ts = self._thread_of(delivery)
        if delivery.kind in IN_THREAD and thread_ts is None:
            self._give_up(delivery, Verdict(Act.GIVE_UP, "no_thread"))
            return
        if delivery.unsure:
            found = self._look(delivery, channel, thread_ts)
            if found is not None:
                self._record(delivery, channel, found)
                return
        if too_late(delivery, self._clock()):
            self._give_up(delivery, Verdict(Act.GIVE_UP, "too_late", told=True))
            return
        if self._lease_is_short(delivery):
            return
        ts = self._slack.post(
            channel,
            delivery.payload,
            thread_ts=thread_ts,
            metadata=delivery_metadata(delivery.key),
        )
        self._record(delivery, channel, ts)

    def _look(self, delivery: Delivery, channel: str, thread_ts: str | None) -> str | None:
        since = delivery.planned_at or self._clock()
        return self._slack.find(
            channel, delivery.key, thread_ts=thread_ts, oldest=since - CLOCK_SKEW
        )

    def _lease_is_short(self, delivery: Delivery) -> bool:
        """Whether this process was held up for so long that another may soon take over."""
        until = delivery.lease_until
        return until is not None and self._clock() > until - self._pace.lease / 2

    def _address(self, channel: str) -> str:
        is_person = channel[:1] in ("U", "W")
        return self._slack.conversation_open(channel) if is_person else channel

    def _thread_of(self, delivery: Delivery) -> str | None:
        if delivery.kind not in IN_THREAD:
            return None
        if delivery.parent_id is None:
            return delivery.thread_ts
        parent = self._storage.deliveries.get(delivery.parent_id)
        return None if parent is None else parent.ts

    def _record(self, delivery: Delivery, channel: str, ts: str) -> None:
        now = self._clock()
        with self._storage.transaction():
            self._storage.deliveries.posted(delivery.id, ts=ts, now=now)
            thread = _thread(delivery, channel, ts)
            if thread is not None:
                self._storage.threads.save(thread, now=now)
            clear_problem(self._storage, delivery.channel)
        log.info("posted %s (%s)", delivery.key, ts)

    def _after(self, error: SlackError, delivery: Delivery) -> None:
        now = self._clock()
        verdict = decide(error, delivery, now=now, settle=self._pace.settle)
        log.warning("%s: %s → %s", delivery.key, error, verdict.act)
        if verdict.act is Act.LOOK:
            self._storage.deliveries.unsure(
                delivery.id, reason=verdict.reason, look_at=now + verdict.delay
            )
        elif verdict.act is Act.GIVE_UP:
            self._give_up(delivery, verdict)
        else:
            self._put_off(delivery, verdict, now)

    def _put_off(self, delivery: Delivery, verdict: Verdict, now: datetime) -> None:
        with self._storage.transaction():
            if verdict.act is Act.DEGRADE:
                self._storage.deliveries.degrade(delivery.id, _plain(delivery.payload))
            if verdict.act is Act.WAIT_FOR_OPERATOR and delivery.unsure:
                self._storage.deliveries.unsure(
                    delivery.id, reason=verdict.reason, look_at=now + verdict.delay
                )
            else:
                self._storage.deliveries.failed(
                    delivery.id, reason=verdict.reason, next_try=now + verdict.delay
                )
            if verdict.told:
                self._tell(delivery, verdict.reason)
        if verdict.act is Act.WAIT_FOR_OPERATOR:
            self._paused_until = now + verdict.delay

    def _give_up(self, delivery: Delivery, verdict: Verdict) -> None:
        with self._storage.transaction():
            self._storage.deliveries.failed(delivery.id, reason=verdict.reason, next_try=None)
            if verdict.told:
                self._tell(delivery, verdict.reason)

    def _tell(self, delivery: Delivery, code: str) -> None:
        report_problem(self._storage, self.plan, delivery, code=code, now=self._clock())

    def _edit_one(self, now: datetime) -> Delivery | None:
        delivery = self._storage.deliveries.next_edit(now=now)
        if delivery is None or delivery.ts is None or delivery.edit is None:
            return None
        try:
            self._slack.update(self._address(delivery.channel), delivery.ts, delivery.edit)
        except SlackError as error:
            self._edit_failed(delivery, error, now)
        else:
            self._storage.deliveries.edited(delivery)
        return self._storage.deliveries.get(delivery.id)

    def _edit_failed(self, delivery: Delivery, error: SlackError, now: datetime) -> None:
        """An edit may be made twice, so a lost answer needs no look-up, only another try."""
        verdict = decide(error, delivery, now=delivery.planned_at or now, settle=timedelta(0))
        log.warning("edit of %s: %s → %s", delivery.key, error, verdict.act)
        final = verdict.act in (Act.GIVE_UP, Act.DEGRADE) or delivery.edit_attempts >= EDIT_TRIES
        next_try = None if final else now + max(verdict.delay, timedelta(seconds=3))
        self._storage.deliveries.edit_failed(delivery.id, reason=verdict.reason, next_try=next_try)


def _thread(delivery: Delivery, channel: str, ts: str) -> Thread | None:
    if delivery.kind == "digest":
        return Thread(channel, ts, "digest", digest_id=delivery.digest_id)
    if delivery.kind == "card":
        return Thread(channel, ts, "paper", paper_id=delivery.paper_id)
    return None


def _plain(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The same message as text alone, short enough for any limit."""
    return {"text": truncate(str(payload.get("text", "")), PLAIN_TEXT_LIMIT), "blocks": []}


def plan_messages(
    outbox: Outbox, base: str, channel: str, digest_id: int, messages: Sequence[Message]
) -> int | None:
    """Promise a digest's root and, below it, its parts. Returns the root's id."""
    root_id: int | None = None
    for position, message in enumerate(messages):
        planned = outbox.plan(
            f"{base}/{'root' if position == 0 else f'part/{position}'}",
            channel,
            message,
            "digest" if position == 0 else "part",
            digest_id=digest_id,
            parent_id=root_id,
            position=position,
        )
        root_id = planned if root_id is None else root_id
    return root_id

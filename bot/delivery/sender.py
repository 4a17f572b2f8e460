"""One message on its way: look if it may stand there already, post it, record it, or decide.

Between the claim and the record anything may die; the row then says ``sending``, and its next
owner looks for the key in the channel first.

A chart that Slack refused is promised as a picture in the message's thread: a delivery of its own,
sent once the plainer message stands. It keeps the refused block, from which it is drawn when its
turn has come.
"""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.clock import Clock
from bot.delivery.problems import Plan, is_person, report_problem
from bot.delivery.verdicts import PICTURE, Act, Verdict, closes_channel, decide, too_late
from bot.digests.chart import can_draw, chart_from, chart_text, draw
from bot.errors import SlackError
from bot.slack.blocks.plainer import chart_in, fitting
from bot.slack.port import SlackOut, Upload, delivery_metadata
from storage import Delivery, Plainness, Storage, Thread

log = logging.getLogger(__name__)

# What a file's name may lose on its way.
_NO_NAME = re.compile(r"[^A-Za-z0-9]+")
IN_THREAD = ("part", "reply", PICTURE)
# A lost message is looked for from this much before it can have been posted.
LOOK_BACK = timedelta(hours=1)
EDIT_TRIES = 8
LONG_AGO = datetime.min.replace(tzinfo=UTC)
# Slack asks for this much between two edits of a message.
EDIT_SPACING = timedelta(seconds=3)


@dataclass(frozen=True)
class Pace:
    """``spacing`` between two messages of a channel, ``edit_spacing`` between any two edits;
    ``lease`` of a message being sent; ``settle`` is how long a lost request may still be on its
    way to Slack."""

    spacing: timedelta = timedelta(seconds=1)
    edit_spacing: timedelta = timedelta(seconds=1.2)
    lease: timedelta = timedelta(seconds=60)
    settle: timedelta = timedelta(seconds=10)


class Sender:
    """Sends and edits single messages, and records what came of it."""

    def __init__(
        self,
        storage: Storage,
        slack: SlackOut,
        clock: Clock,
        *,
        pace: Pace,
        plan: Plan,
        opened: Callable[[str, str], object],
    ) -> None:
        """*opened* is called for each message that opens a thread, once that is recorded."""
        self._storage = storage
        self._slack = slack
        self._clock = clock
        self._pace = pace
        self._plan = plan
        self._opened = opened
        self.paused_until = LONG_AGO
        # How far back each message is looked for before it is sent for the first time; None: not.
        self.look_back: timedelta | None = None

    def send(self, delivery: Delivery) -> None:
        """Send a claimed delivery and record the outcome, good or bad, even if the database is
        away for a while: otherwise the message would have to be looked for."""
        try:
            record = self._send(delivery)
        except SlackError as error:
            verdict = decide(error, delivery, now=self._clock(), settle=self._pace.settle)
            log.warning("%s: %s → %s", delivery.key, error, verdict.act)
            record = partial(self._carry_out, verdict, delivery)
        self._storage.insist(record)

    def edit(self, delivery: Delivery) -> None:
        """Make a posted message show its edit. Done twice it is done once, so a lost answer
        needs no look-up, only another try."""
        if delivery.ts is None or delivery.edit is None:
            return
        try:
            self._slack.update(self._address(delivery.channel), delivery.ts, delivery.edit)
        except SlackError as error:
            now = self._clock()
            verdict = decide(error, delivery, now=delivery.planned_at or now, settle=EDIT_SPACING)
            log.warning("edit of %s: %s → %s", delivery.key, error, verdict.act)
            self._edit_failed(delivery, verdict, now)
        else:
            self._storage.deliveries.edited(delivery)

    def _send(self, delivery: Delivery) -> Callable[[], object]:
        """Returns what records the outcome."""
        thread_ts = self._thread_of(delivery)
        if delivery.kind in IN_THREAD and thread_ts is None:
            return self._giving_up(delivery, "no_thread")
        channel = self._address(delivery.channel)
        found = None
        if delivery.unsure or self.look_back is not None:
            found = self._look(delivery, channel, thread_ts)
        if found is not None:
            return partial(self._record, delivery, channel, found)
        if too_late(delivery, self._clock()):
            return self._giving_up(delivery, "too_late", told=delivery.kind != PICTURE)
        if delivery.kind == PICTURE and not can_draw():
            # Promised by a process that could.
            return self._giving_up(delivery, "no_charts")
        if not self._holds_lease(delivery):
            return lambda: None
        ts = self._put(delivery, channel, thread_ts)
        return partial(self._record, delivery, channel, ts)

    def _giving_up(
        self, delivery: Delivery, reason: str, *, told: bool = False
    ) -> Callable[[], object]:
        return partial(self._carry_out, Verdict(Act.GIVE_UP, reason, told=told), delivery)

    def _put(self, delivery: Delivery, channel: str, thread_ts: str | None) -> str | None:
        """Put the message into the channel; its ``ts``, which Slack tells of no file."""
        slack_time = self._slack.now() if delivery.out_at is None else None
        if slack_time is not None:
            self._storage.deliveries.going_out(delivery.id, slack_time=slack_time)
        if delivery.kind == PICTURE:
            self._slack.upload(channel, upload_of(delivery), thread_ts=thread_ts)
            return None
        metadata = delivery_metadata(delivery.key)
        return self._slack.post(channel, delivery.payload, thread_ts=thread_ts, metadata=metadata)

    def _look(self, delivery: Delivery, channel: str, thread_ts: str | None) -> str | None:
        # Slack's time of the first try decides: the clock here may have been ahead since.
        known = [one for one in (delivery.planned_at, delivery.out_at) if one is not None]
        since = min(known, default=self._clock()) - (self.look_back or LOOK_BACK)
        if delivery.kind == PICTURE:
            file = upload_of(delivery)
            return self._slack.find_upload(channel, file, thread_ts=thread_ts, oldest=since)
        return self._slack.find(channel, delivery.key, thread_ts=thread_ts, oldest=since)

    def _holds_lease(self, delivery: Delivery) -> bool:
        """False when this process was held up for so long that another may soon take over."""
        until = delivery.lease_until
        return until is None or self._clock() <= until - self._pace.lease / 2

    def _address(self, channel: str) -> str:
        return self._slack.conversation_open(channel) if is_person(channel) else channel

    def _thread_of(self, delivery: Delivery) -> str | None:
        if delivery.kind not in IN_THREAD or delivery.parent_id is None:
            return delivery.thread_ts
        parent = self._storage.deliveries.get(delivery.parent_id)
        return None if parent is None else parent.ts

    def _record(self, delivery: Delivery, channel: str, ts: str | None) -> None:
        now = self._clock()
        with self._storage.transaction():
            self._storage.deliveries.posted(delivery.id, ts=ts, now=now)
            thread = _thread(delivery, channel, ts)
            if thread is not None:
                self._storage.threads.save(thread, now=now)
                if thread.paper_id is not None:
                    self._storage.news.settle(channel, thread.ts, thread.paper_id)
            self._storage.problems.clear(delivery.channel)
        log.info("posted %s as %s", delivery.key, ts)
        if thread is not None:
            self._opened(channel, thread.ts)

    def _carry_out(self, verdict: Verdict, delivery: Delivery) -> None:
        now = self._clock()
        deliveries, reason = self._storage.deliveries, verdict.reason
        with self._storage.transaction():
            if verdict.act is Act.PLAINER:
                fitted = fitting(delivery.payload, verdict.plainness)
                deliveries.degrade(delivery.id, fitted, to=verdict.plainness)
            if verdict.plainness is Plainness.NO_CHARTS:
                promise_picture(self._storage, delivery, now=now)
            if verdict.act is Act.GIVE_UP:
                deliveries.failed(delivery, reason=reason, next_try=None)
            elif verdict.act is Act.LOOK or delivery.unsure:
                deliveries.unsure(delivery, reason=reason, look_at=now + verdict.delay)
            else:
                deliveries.failed(
                    delivery,
                    reason=reason,
                    next_try=now + verdict.delay,
                    counted=verdict.counted,
                )
            if verdict.told or (verdict.act is Act.GIVE_UP and delivery.asked_by):
                report_problem(self._storage, self._plan, delivery, code=reason, now=now)
        if verdict.act is Act.WAIT_FOR_OPERATOR:
            self.paused_until = now + verdict.delay

    def _edit_failed(self, delivery: Delivery, verdict: Verdict, now: datetime) -> None:
        if verdict.act is Act.PLAINER and delivery.edit is not None:
            fitted = fitting(delivery.edit, verdict.plainness)
            self._storage.deliveries.degrade(delivery.id, fitted, to=verdict.plainness, edit=True)
        final = verdict.act is Act.GIVE_UP or delivery.edit_attempts >= EDIT_TRIES
        next_try = None if final else now + max(verdict.delay, EDIT_SPACING)
        with self._storage.transaction():
            deliveries = self._storage.deliveries
            deliveries.edit_failed(delivery.id, reason=verdict.reason, next_try=next_try)
            if closes_channel(verdict.reason):  # the next post would tell no sooner than tomorrow
                report_problem(self._storage, self._plan, delivery, code=verdict.reason, now=now)


def _thread(delivery: Delivery, channel: str, ts: str | None) -> Thread | None:
    if ts is None:
        return None
    if delivery.kind == "digest":
        return Thread(channel, ts, "digest", digest_id=delivery.digest_id)
    if delivery.kind == "card":
        return Thread(channel, ts, "paper", paper_id=delivery.paper_id)
    return None


def promise_picture(storage: Storage, refused: Delivery, *, now: datetime) -> None:
    """Promise the picture of the chart in a message that is to be posted without it; doing it
    twice does it once."""
    block = chart_in(refused.payload.get("blocks", ()))
    if block is None:
        return
    if not can_draw():
        log.info("%s: no picture of its chart without the extra charts", refused.key)
        return
    inside = refused.kind in IN_THREAD or refused.thread_ts is not None
    storage.deliveries.plan(
        key=f"{refused.key}/chart",
        channel=refused.channel,
        kind=PICTURE,
        payload={"text": chart_text(chart_from(block)), "blocks": [block]},
        now=now,
        position=refused.position,
        digest_id=refused.digest_id,
        parent_id=refused.parent_id if inside else refused.id,
        thread_ts=refused.thread_ts,
    )


def upload_of(delivery: Delivery) -> Upload:
    """The file that a promised picture is. Its name tells it from every other."""
    block = chart_in(delivery.payload["blocks"])
    if block is None:
        raise ValueError(f"{delivery.key}: a picture of nothing")
    chart = chart_from(block)
    return Upload(
        name=f"{_NO_NAME.sub('-', delivery.key)}.png",
        title=chart.title,
        alt=delivery.payload["text"],
        draw=lambda: draw(chart),
    )

"""Subscriptions: what each channel, or a member in their messages, wished for."""

import json
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from storage.connections import Connections
from storage.times import from_text, optional_text, optional_time, to_text


@dataclass(frozen=True)
class Subscription:
    """A channel's wish, or a member's, whose direct messages the channel is then. ``sources`` name
    where papers come from (``arxiv:cs.CL``); ``weekdays`` are 0 (Monday) to 6; ``language`` is
    ``ko``, ``en`` or ``both``; ``layout`` is ``list`` or ``cards``; ``empty_day`` is ``say`` or
    ``skip``; ``late_papers`` is ``edit`` or ``reply``; ``thread_policy`` is ``questions``,
    ``mentions`` or ``all``. ``weekly`` is the weekday on which the channel also gets the week's
    digest, or None. An owner's taste is learned from what they did after ``learned_since``, or
    ever. ``changed_at`` is set by storage: a due time before it belongs to an older wish.
    """

    channel: str
    time: time
    timezone: str
    weekdays: tuple[int, ...]
    language: str
    style: str
    sources: tuple[str, ...]
    layout: str = "list"
    topics: tuple[str, ...] = ()
    negative_topics: tuple[str, ...] = ()
    count: int = 20
    empty_day: str = "say"
    late_papers: str = "edit"
    thread_policy: str = "questions"
    active: bool = True
    subscribed_by: str | None = None
    weekly: int | None = None
    learned_since: datetime | None = None
    changed_at: datetime | None = field(default=None, compare=False)

    @property
    def owner(self) -> str | None:
        """The member whose own digest this is; None for a channel's."""
        return self.subscribed_by if self.channel.startswith("D") else None


class Subscriptions:
    """The table ``subscriptions`` of a team, one row a channel."""

    def __init__(self, connections: Connections, team: str) -> None:
        self._connections = connections
        self._team = team

    def save(self, subscription: Subscription, *, now: datetime) -> None:
        """Add or replace the channel's subscription."""
        values = {"team": self._team, **_columns(subscription), "changed_at": to_text(now)}
        self._connections.upsert("subscriptions", ("team", "channel"), values)

    def restore(self, channel: str, before: Subscription | None, *, now: datetime) -> None:
        """Take back a change: the channel's subscription is *before* again, or there is none."""
        if before is not None:
            self.save(before, now=now)
            return
        self._connections.execute(
            "DELETE FROM subscriptions WHERE team = ? AND channel = ?", [self._team, channel]
        )

    def get(self, channel: str) -> Subscription | None:
        """The channel's subscription, active or not, or None."""
        row = self._connections.first(
            "SELECT * FROM subscriptions WHERE team = ? AND channel = ?", [self._team, channel]
        )
        return None if row is None else _record(row)

    def active(self) -> list[Subscription]:
        """All active subscriptions, by channel."""
        rows = self._connections.query(
            "SELECT * FROM subscriptions WHERE team = ? AND active = 1 ORDER BY channel",
            [self._team],
        )
        return [_record(row) for row in rows]

    def of_member(self, user: str) -> Subscription | None:
        """The digest that a member gets in their messages, active or not, or None."""
        row = self._connections.first(
            "SELECT * FROM subscriptions WHERE team = ? AND subscribed_by = ? "
            "AND channel LIKE 'D%'",
            [self._team, user],
        )
        return None if row is None else _record(row)

    def any(self) -> bool:
        """Whether any channel ever subscribed."""
        row = self._connections.row("SELECT 1 FROM subscriptions WHERE team = ?", [self._team])
        return row is not None


def _columns(subscription: Subscription) -> dict[str, Any]:
    return {
        "channel": subscription.channel,
        "sources": json.dumps(subscription.sources, ensure_ascii=False),
        "time": subscription.time.strftime("%H:%M"),
        "timezone": subscription.timezone,
        "weekdays": json.dumps(subscription.weekdays),
        "language": subscription.language,
        "style": subscription.style,
        "layout": subscription.layout,
        "topics": json.dumps(subscription.topics, ensure_ascii=False),
        "negative_topics": json.dumps(subscription.negative_topics, ensure_ascii=False),
        "count": subscription.count,
        "empty_day": subscription.empty_day,
        "late_papers": subscription.late_papers,
        "thread_policy": subscription.thread_policy,
        "active": int(subscription.active),
        "subscribed_by": subscription.subscribed_by,
        "weekly": subscription.weekly,
        "learned_since": optional_text(subscription.learned_since),
    }


def _record(row: dict[str, Any]) -> Subscription:
    return Subscription(
        channel=row["channel"],
        sources=tuple(json.loads(row["sources"])),
        time=time.fromisoformat(row["time"]),
        timezone=row["timezone"],
        weekdays=tuple(json.loads(row["weekdays"])),
        language=row["language"],
        style=row["style"],
        layout=row["layout"],
        topics=tuple(json.loads(row["topics"])),
        negative_topics=tuple(json.loads(row["negative_topics"])),
        count=row["count"],
        empty_day=row["empty_day"],
        late_papers=row["late_papers"],
        thread_policy=row["thread_policy"],
        active=bool(row["active"]),
        subscribed_by=row["subscribed_by"],
        weekly=row["weekly"],
        learned_since=optional_time(row["learned_since"]),
        changed_at=from_text(row["changed_at"]),
    )

"""Subscriptions: what each channel, or a member in their messages, wished for."""

from dataclasses import dataclass, field
from datetime import datetime, time

from storage.records import TeamTable, values_of
from storage.scope import IS_DIRECT, is_direct
from storage.times import to_text


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
        return self.subscribed_by if is_direct(self.channel) else None


class Subscriptions(TeamTable[Subscription]):
    """The table ``subscriptions`` of a team, one row a channel."""

    _table, _kind = "subscriptions", Subscription

    def save(self, subscription: Subscription, *, now: datetime) -> None:
        """Add or replace the channel's subscription."""
        values = {"team": self._team, **values_of(subscription), "changed_at": to_text(now)}
        self._connections.upsert("subscriptions", ("team", "channel"), values)

    def restore(self, channel: str, before: Subscription | None, *, now: datetime) -> None:
        """Take back a change: the channel's subscription is *before* again, or there is none."""
        if before is None:
            self._delete("AND channel = ?", channel)
        else:
            self.save(before, now=now)

    def get(self, channel: str) -> Subscription | None:
        """The channel's subscription, active or not, or None."""
        return self._first("AND channel = ?", channel)

    def active(self) -> list[Subscription]:
        """All active subscriptions, by channel."""
        return self._select("AND active = 1 ORDER BY channel")

    def of_member(self, user: str) -> Subscription | None:
        """The digest that a member gets in their messages, active or not, or None."""
        return self._first(f"AND subscribed_by = ? AND {IS_DIRECT}", user)

    def any(self) -> bool:
        """Whether any channel ever subscribed."""
        row = self._connections.row("SELECT 1 FROM subscriptions WHERE team = ?", [self._team])
        return row is not None

"""When a subscription is due: pure arithmetic over its time, IANA zone and weekdays;
the day of its weekly digest is one of them.

A local time that daylight saving skips means the first instant after the gap; one that occurs
twice means its first occurrence; a local day that a zone left out altogether has no run.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage import Subscription

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_WEEK = 7


class NeverDueError(ValueError):
    """The subscription names no weekday."""


def instant_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC instant of the local wall time *at* on *day*, the first valid one after a gap."""
    local = datetime.combine(day, at.replace(fold=0))
    while not _exists(local, zone):
        local += _MINUTE
    return local.replace(tzinfo=zone).astimezone(UTC)


def next_run(subscription: Subscription, now: datetime) -> datetime:
    """The first run after *now* (which doesn't count itself), in UTC.

    Raises:
        NeverDueError: the subscription has no weekday.
    """
    today = now.astimezone(ZoneInfo(subscription.timezone)).date()
    # A day may be missing, so that the run a week ahead may have to be looked for as well.
    days = (today + _DAY * step for step in range(-1, 2 * _WEEK + 1))
    for instant in _runs(subscription, days):
        if instant > now:
            return instant
    raise NeverDueError(subscription.channel)


def last_due(subscription: Subscription, now: datetime) -> datetime | None:
    """The last run that should have begun at or before *now*, in UTC; None without weekdays."""
    today = now.astimezone(ZoneInfo(subscription.timezone)).date()
    days = (today - _DAY * step for step in range(-1, 2 * _WEEK + 1))
    return next((one for one in _runs(subscription, days) if one <= now), None)


def _runs(subscription: Subscription, days: Iterator[date]) -> Iterator[datetime]:
    zone = ZoneInfo(subscription.timezone)
    for day in days:
        if _is_wished(subscription, day) and _day_exists(day, zone):
            yield instant_of(day, subscription.time, zone)


def _is_wished(subscription: Subscription, day: date) -> bool:
    return day.weekday() in subscription.weekdays or day.weekday() == subscription.weekly


def _day_exists(day: date, zone: ZoneInfo) -> bool:
    """False for a day such as 2011-12-30 in Apia, which went straight to the 31st."""
    midnight = time(0)
    return instant_of(day, midnight, zone) < instant_of(day + _DAY, midnight, zone)


def _exists(local: datetime, zone: ZoneInfo) -> bool:
    """Whether a wall clock in *zone* ever shows *local*."""
    there_and_back = local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return there_and_back.replace(tzinfo=None) == local

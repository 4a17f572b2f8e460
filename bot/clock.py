"""The time of day, and spans of it that hold whatever the clock does."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

# Tells the time, aware and in UTC.
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


def was_within(span: timedelta, moment: datetime, now: datetime) -> bool:
    """Whether *moment* is no longer ago than *span*. One after *now* was written while the clock
    was ahead, and tells nothing."""
    return timedelta(0) <= now - moment < span


def comes_within(span: timedelta, moment: datetime, now: datetime) -> bool:
    """Whether *moment* lies ahead, by no more than the longest wait *span* can be: one further
    ahead was set while the clock was ahead."""
    return timedelta(0) < moment - now <= span

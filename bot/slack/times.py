"""Slack's own time, by the dates of its answers."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime


class SlackTimes:
    """Carries the date of the last answer on by a clock that nobody sets, so that a clock here
    that is wrong, or put right, makes no difference."""

    def __init__(self, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._elapsed = elapsed
        self._last: tuple[datetime, float] | None = None

    def heard(self, headers: Mapping[str, object]) -> None:
        """Take note of an answer; one without a date that can be read tells nothing."""
        lowered = {name.lower(): value for name, value in headers.items()}
        try:
            told = parsedate_to_datetime(str(lowered.get("date")))
        except ValueError:
            return
        if told.tzinfo is None:
            told = told.replace(tzinfo=UTC)
        self._last = (told.astimezone(UTC), self._elapsed())

    def now(self) -> datetime | None:
        """Slack's time at this moment; None before its first answer."""
        if self._last is None:
            return None
        told, then = self._last
        return told + timedelta(seconds=self._elapsed() - then)

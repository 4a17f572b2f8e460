"""Listings: the papers of a day or a week as one channel sees them."""

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as WaitedTooLong
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.actions.channels import Channels
from bot.actions.dates import parse_day
from bot.clock import Clock, was_within
from bot.digests import DigestContent, compose_daily, render_digest
from bot.digests.choose import Meaning
from bot.digests.lists import day_message, nothing_collected
from bot.digests.weekly import compose_weekly, team_votes
from bot.digests.weeks import Week
from bot.errors import InputError
from bot.languages import catalog
from bot.slack.blocks import Message, plain_message
from bot.sources.collector import DayReport, latest_askable_day
from bot.telemetry.request_ids import RequestThreads
from storage import Paper, Storage

READ_AGAIN_AFTER = timedelta(minutes=15)
# A source that failed is left alone for so long, or everybody who asks would wait for it.
LEFT_ALONE = timedelta(minutes=1)
PATIENCE_SECONDS = 6.0
WHOLE_LISTING = 500

logger = logging.getLogger(__name__)


class ListingReader(Protocol):
    """Reads listings; ``Collector`` does."""

    def collect_day(self, day: date) -> DayReport:
        """Read one day's listing into the storage; a source that is down is no error."""


class Listings:
    """Reads listings when they are missing or old, and composes them. Safe in any thread."""

    def __init__(
        self,
        storage: Storage,
        reader: ListingReader,
        channels: Channels,
        clock: Clock,
        *,
        meaning: Meaning | None = None,
    ) -> None:
        self._storage = storage
        self._reader = reader
        self._channels = channels
        self._clock = clock
        self._meaning = meaning
        self._thread = RequestThreads(1, thread_name_prefix="listings")
        self._lock = threading.Lock()
        self._readings: dict[date, Future[None]] = {}
        self._failed: dict[date, datetime] = {}

    def close(self) -> None:
        """Let a reading in hand finish."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def today(self, channel: str, language: str, *, page: int = 0) -> Message:
        """The newest listing."""
        day = self.newest()
        if day is None:
            return nothing_collected(language)
        return day_message(self._content(channel, day, language), page=page)

    def day(self, channel: str, text: str, language: str, *, page: int = 0) -> Message:
        """The listing of a day as somebody typed it.

        Raises:
            InputError: not a date, or none that can have a listing.
        """
        now = self._clock()
        today = now.astimezone(self._channels.timezone(channel)).date()
        day = parse_day(text, today=today, latest=latest_askable_day(now))
        self._refresh(day)
        if self._storage.listings.get(day) is None:
            words = catalog(language)
            return plain_message(words.text("actions-day-unread", day=words.short_day(day)))
        return day_message(self._content(channel, day, language), page=page)

    def period(self, channel: str, text: str) -> str | None:
        """``date`` or ``week`` where *text* is one; None where it is neither."""
        now = self._clock()
        today = now.astimezone(self._channels.timezone(channel)).date()
        with suppress(InputError):
            parse_day(text, today=today, latest=latest_askable_day(now))
            return "date"
        with suppress(InputError):
            Week.parse(text, today=today)
            return "week"
        return None

    def week(self, text: str, language: str, *, channel: str = "") -> tuple[Message, ...]:
        """The digest of a week, the running one when *text* is empty; what the members of
        *channel* cared for counts.

        Raises:
            InputError: there is no such week, or it hasn't begun.
        """
        today = latest_askable_day(self._clock())
        week = Week.parse(text, today=today) if text.strip() else Week.of(today)
        own = team_votes(self._storage, channel)
        content = compose_weekly(self._storage, week, language=language, signals=own)
        return tuple(render_digest(content))

    def week_meant(self, text: str, language: str) -> tuple[Message, ...]:
        """The digest of the week that *text* speaks of, or of the running one."""
        week = Week.in_text(text, today=latest_askable_day(self._clock()))
        return self.week("" if week is None else str(week), language)

    def listed(self, channel: str) -> Sequence[Paper]:
        """The newest listing in the order of its numbers in this channel."""
        day = self.newest()
        if day is None:
            return ()
        content = self._content(channel, day, self._channels.language(channel))
        return [entry.paper for entry in content.entries]

    def newest(self) -> date | None:
        """The newest day that has papers; asks the source when what is stored is old."""
        self._refresh(latest_askable_day(self._clock()))
        return self._newest_stored()

    def stored_today(self, language: str) -> DigestContent | None:
        """The newest listing as it is stored, in nobody's order; asks no source."""
        day = self._newest_stored()
        return None if day is None else self._content("", day, language)

    def _newest_stored(self) -> date | None:
        latest = latest_askable_day(self._clock())
        return self._storage.listings.newest_with_papers(until=latest)

    def _content(self, channel: str, day: date, language: str) -> DigestContent:
        """All papers of a day. Numbers are those of the channel's own digest where it had one."""
        subscription = self._storage.subscriptions.get(channel)
        content = compose_daily(
            self._storage,
            day,
            language=language,
            style="brief",
            count=WHOLE_LISTING,
            topics=subscription.topics if subscription else (),
            negative_topics=subscription.negative_topics if subscription else (),
            channel=channel,
            meaning=self._meaning,
        )
        digest = self._storage.digests.find(channel, "daily", day.isoformat())
        return content if digest is None else _renumbered(content, digest.paper_ids)

    def _refresh(self, day: date) -> None:
        """Read a day's listing unless it is settled or was read just now.

        Waits only a moment for a slow source; the reading goes on behind. All who want the same
        day wait for the same reading.
        """
        if not self._needs_reading(day):
            return
        with self._lock:
            reading = self._readings.get(day)
            if reading is None or reading.done():
                reading = self._readings[day] = self._thread.submit(self._read, day)
        try:
            reading.result(timeout=PATIENCE_SECONDS)
        except WaitedTooLong:
            logger.info("listing of %s is still being read", day)

    def _needs_reading(self, day: date) -> bool:
        failed = self._failed.get(day)
        if failed is not None and was_within(LEFT_ALONE, failed, self._clock()):
            return False
        listing = self._storage.listings.get(day)
        if listing is None:
            return True
        fresh = was_within(READ_AGAIN_AFTER, listing.last_read, self._clock())
        return not listing.settled and not fresh

    def _read(self, day: date) -> None:
        if not self._needs_reading(day):  # a reading may have ended just before this one was asked
            return
        try:
            problem = self._reader.collect_day(day).problem
        except Exception:
            logger.exception("reading the listing of %s failed", day)
            problem = "failed"
        if problem:
            self._failed[day] = self._clock()


def _renumbered(content: DigestContent, order: tuple[str, ...]) -> DigestContent:
    place = {paper_id: number for number, paper_id in enumerate(order)}
    entries = sorted(content.entries, key=lambda entry: place.get(entry.paper.id, len(place)))
    numbered = tuple(replace(entry, number=number) for number, entry in enumerate(entries, start=1))
    return replace(content, entries=numbered)

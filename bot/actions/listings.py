"""Listings: the papers of a day or a week as one channel sees them."""

import logging
import re
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, wait
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.actions.channels import Channels
from bot.actions.dates import parse_day
from bot.clock import Clock, was_within
from bot.delivery.ports import Collector
from bot.digests import (
    Choice,
    DigestContent,
    choose_daily,
    compose_list,
    compose_titles,
    render_digest,
)
from bot.digests.choose import Meaning
from bot.digests.lists import day_message, nothing_collected
from bot.digests.weekly import compose_weekly, lacking
from bot.digests.weeks import Week
from bot.digests.wish import DEFAULT_COUNT, WEEKLY, Wish
from bot.errors import InputError
from bot.languages import catalog, languages_of
from bot.slack.blocks import Message, nothing_message
from bot.sources.kinds import first_day, latest_day
from bot.sources.ports import day_in_utc
from bot.telemetry.request_ids import RequestThreads
from bot.turnstile import waiting
from storage import Listing, ListingDay, Paper, Storage, Subscription
from storage.listings import NEVER

READ_AGAIN_AFTER = timedelta(minutes=15)
# A source that failed is left alone for so long, or everybody who asks would wait for it.
LEFT_ALONE = timedelta(minutes=1)
PATIENCE_SECONDS = 6.0
RECENT = timedelta(days=7)
WHOLE_LISTING = 2_000

logger = logging.getLogger(__name__)


class Listings:
    """Reads listings when they are missing or old, and composes them. Safe in any thread."""

    def __init__(
        self,
        storage: Storage,
        reader: Collector,
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
        self._readings: dict[ListingDay, Future[None]] = {}
        self._failed: dict[ListingDay, datetime] = {}

    def close(self) -> None:
        """Let a reading in hand finish."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def today(
        self, channel: str, language: str, *, page: int = 0, most: int | None = None
    ) -> Message:
        """The newest listings, of which *most* papers are shown if not all."""
        its = self._channels.subscription(channel)
        listings = self.newest(its.sources)
        if not listings:
            return nothing_collected(language)
        return day_message(self._list(its, listings, None, language), page=page, most=most)

    def day(
        self, channel: str, text: str, language: str, *, page: int = 0, most: int | None = None
    ) -> Message:
        """The listings of a day as somebody typed it, of which *most* papers are shown if not all.

        Raises:
            InputError: not a date, or none that can have a listing.
        """
        its = self._channels.subscription(channel)
        first, (today, latest) = first_day(its.sources), self._days(its)
        day = parse_day(text, today=today, latest=latest, first=first)
        self._refresh([ListingDay(one, day) for one in its.sources])
        listings = self._storage.listings.on(day, sources=its.sources)
        if not listings:
            words = catalog(language)
            return nothing_message(words.text("actions-day-unread", day=words.short_day(day)))
        return day_message(self._list(its, listings, day, language), page=page, most=most)

    def day_meant(self, text: str, language: str, most: int | None = None) -> Message:
        """The list of the earlier day that *text* speaks of, or else the newest one."""
        today, latest = self._days(self._channels.subscription(""))
        words = re.findall(r"[\w./-]+", text)
        for said in (*map(" ".join, pairwise(words)), *words):
            with suppress(InputError):
                if parse_day(said, today=today, latest=latest) < today:
                    return self.day("", said, language, most=most)
        return self.today("", language, most=most)

    def period(self, channel: str, text: str) -> str | None:
        """``date`` or ``week`` where *text* is one; None where it is neither."""
        today, latest = self._days(self._channels.subscription(channel))
        with suppress(InputError):
            parse_day(text, today=today, latest=latest)
            return "date"
        with suppress(InputError):
            Week.parse(text, today=today)
            return "week"
        return None

    def week(
        self, text: str, language: str, *, channel: str = "", most: int | None = None
    ) -> tuple[Message, ...]:
        """A week without its thread, the running one when *text* is empty, as *channel* wishes for
        it, with at most so many papers. Days of it that were never read are asked for.

        Raises:
            InputError: there is no such week, or it hasn't begun.
        """
        now = self._clock()
        today = day_in_utc(now)
        week = Week.parse(text, today=today) if text.strip() else Week.of(today)
        its = self._channels.subscription(channel)
        wish = Wish.of(its, language=language, style=WEEKLY, count=most or DEFAULT_COUNT)
        self._refresh(lacking(self._storage, week, wish.sources, now=now))
        content = compose_weekly(self._storage, week, wish, meaning=self._meaning, now=now)
        return tuple(render_digest(replace(content, is_posted=False)))

    def week_meant(self, text: str, language: str, most: int | None = None) -> tuple[Message, ...]:
        """The digest of the week that *text* speaks of, or of the running one."""
        week = Week.in_text(text, today=day_in_utc(self._clock()))
        return self.week("" if week is None else str(week), language, most=most)

    def listed(self, channel: str) -> Sequence[Paper]:
        """The newest listings in the order of their numbers in this channel."""
        its = self._channels.subscription(channel)
        listings = self.newest(its.sources)
        if not listings:
            return []
        _, choice, *_ = self._chosen(its, listings, None, languages_of(its.language)[0])
        return choice.papers

    def newest(self, sources: Sequence[str]) -> list[Listing]:
        """The newest listing with papers of each source; asks those whose newest is old."""
        now = self._clock()
        self._refresh([ListingDay(one, latest_day(one, now)) for one in sources])
        return self._newest_stored(sources)

    def stored_today(self, language: str, *, channel: str = "") -> DigestContent | None:
        """The newest listings as they are stored; asks no source."""
        its = self._channels.subscription(channel)
        listings = self._newest_stored(its.sources)
        return compose_titles(*self._chosen(its, listings, None, language)) if listings else None

    def _days(self, its: Subscription) -> tuple[date, date]:
        """Today as a channel's people have it, and the newest day of which there can be a
        listing."""
        now = self._clock()
        return now.astimezone(ZoneInfo(its.timezone)).date(), day_in_utc(now)

    def _newest_stored(self, sources: Sequence[str]) -> list[Listing]:
        """Those of one week, counted from the newest: what a source listed before is no news."""
        stored = self._storage.listings.newest(sources, until=day_in_utc(self._clock()))
        newest = max((one.date for one in stored), default=date.min)
        return [one for one in stored if newest - one.date < RECENT]

    def _list(
        self, its: Subscription, listings: Sequence[Listing], day: date | None, language: str
    ) -> DigestContent:
        return compose_list(self._storage, *self._chosen(its, listings, day, language))

    def _chosen(
        self, its: Subscription, listings: Sequence[Listing], day: date | None, language: str
    ) -> tuple[date, Choice, Sequence[Listing], Wish]:
        """All papers of the listings, of which *day* or else the newest names the list, as a
        channel wishes for them. Numbers are those of its own digest where it had one."""
        day = day or max(one.date for one in listings)
        digest = self._storage.digests.find(its.channel, "daily", day.isoformat())
        if digest is not None:
            known = {ListingDay(one.source, one.date) for one in listings}
            further = [one for one in digest.listings if one not in known]
            listings = [*listings, *self._storage.listings.these(further)]
        wish = Wish.of(its, language=language, style="brief", count=WHOLE_LISTING, sources=())
        numbered = digest.paper_ids if digest else ()
        choice = choose_daily(
            self._storage, listings, wish, numbered=numbered, meaning=self._meaning
        )
        return day, choice, listings, wish

    def _refresh(self, days: Sequence[ListingDay]) -> None:
        """Read listings unless they are settled or were read just now.

        Waits only a moment for slow sources; the reading goes on behind. All who want the same
        listing wait for the same reading.
        """
        due = self._due(days)
        with self._lock:
            readings = [self._reading(one) for one in due]
        with waiting():
            late = wait(readings, timeout=PATIENCE_SECONDS).not_done
        if late:
            logger.info("%d listings are still being read", len(late))

    def _reading(self, day: ListingDay) -> Future[None]:
        reading = self._readings.get(day)
        if reading is None or reading.done():
            reading = self._readings[day] = self._thread.submit(self._read, day)
        return reading

    def _due(self, days: Sequence[ListingDay]) -> list[ListingDay]:
        """Those of *days* that are to be read now."""
        now, read = self._clock(), self._storage.listings.last_read(days)
        return [
            one for one in days if not self._failed_lately(one, now) and _is_old(one, read, now)
        ]

    def _failed_lately(self, day: ListingDay, now: datetime) -> bool:
        """Whether reading failed so short a time ago that it isn't tried again."""
        failed = self._failed.get(day)
        return failed is not None and was_within(LEFT_ALONE, failed, now)

    def _read(self, day: ListingDay) -> None:
        if not self._due([day]):  # a reading may have ended just before this one was asked
            return
        try:
            problem = self._reader.collect_day(day.source, day.date).problem
        except Exception:
            logger.exception("reading the listing of %s of %s failed", day.source, day.date)
            problem = "failed"
        if problem:
            self._failed[day] = self._clock()


def _is_old(
    day: ListingDay, last_read: Mapping[ListingDay, datetime | None], now: datetime
) -> bool:
    """Whether a listing is missing, or may have changed since it was read."""
    read = last_read.get(day, NEVER)
    return read is not None and not was_within(READ_AGAIN_AFTER, read, now)

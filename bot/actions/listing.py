"""A day's papers as one channel sees them."""

import logging
import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as WaitedTooLong
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.actions.ports import Collector
from bot.clock import Clock, was_within
from bot.digests import DigestContent, compose_daily
from bot.digests.choose import Meaning
from bot.sources.collector import latest_askable_day
from bot.telemetry.request_ids import RequestThreads
from storage import Storage

READ_AGAIN_AFTER = timedelta(minutes=15)
# A source that failed is left alone for so long, or everybody who asks would wait for it.
LEFT_ALONE = timedelta(minutes=1)
PATIENCE_SECONDS = 6.0
WHOLE_LISTING = 500

logger = logging.getLogger(__name__)


class Listings:
    """Reads listings when they are missing or old, and composes them."""

    def __init__(
        self,
        storage: Storage,
        collector: Collector,
        clock: Clock,
        *,
        meaning: Meaning | None = None,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._storage = storage
        self._collector = collector
        self._clock = clock
        self._meaning = meaning
        self._patience = patience_seconds
        self._reader = RequestThreads(1, thread_name_prefix="listings")
        self._lock = threading.Lock()
        self._readings: dict[date, Future[None]] = {}
        self._failed: dict[date, datetime] = {}

    def close(self) -> None:
        """Let a reading in hand finish."""
        self._reader.shutdown(wait=True, cancel_futures=True)

    def newest(self) -> date | None:
        """The newest day that has papers; asks the source when what is stored is old."""
        self.refresh(latest_askable_day(self._clock()))
        return self.newest_stored()

    def newest_stored(self) -> date | None:
        """The newest day that has papers, by what is stored."""
        latest = latest_askable_day(self._clock())
        return self._storage.listings.newest_with_papers(until=latest)

    def refresh(self, day: date) -> None:
        """Read a day's listing unless it is settled or was read just now.

        Waits only a moment for a slow source; the reading goes on behind. All who want the same
        day wait for the same reading.
        """
        if not self._needs_reading(day):
            return
        with self._lock:
            reading = self._readings.get(day)
            if reading is None or reading.done():
                reading = self._readings[day] = self._reader.submit(self._read, day)
        try:
            reading.result(timeout=self._patience)
        except WaitedTooLong:
            logger.info("listing of %s is still being read", day)

    def content(self, channel: str, day: date, language: str) -> DigestContent:
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
            problem = self._collector.collect_day(day).problem
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

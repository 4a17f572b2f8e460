"""A day's papers as one channel sees them."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as WaitedTooLong
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.collect import latest_askable_day
from bot.desk.ports import Collector
from bot.digests import DigestContent, compose_daily
from bot.digests.choose import Meaning
from storage import Storage

READ_AGAIN_AFTER = timedelta(minutes=15)
PATIENCE_SECONDS = 6.0
WHOLE_LISTING = 500

logger = logging.getLogger(__name__)


class Listings:
    """Reads listings when they are missing or old, and composes them."""

    def __init__(
        self,
        storage: Storage,
        collector: Collector,
        clock: Callable[[], datetime],
        *,
        meaning: Meaning | None = None,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._storage = storage
        self._collector = collector
        self._clock = clock
        self._meaning = meaning
        self._patience = patience_seconds
        # One reader: the same day is not read twice at the same time.
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="listings")

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

        Waits only a moment for a slow source; the reading goes on behind.
        """
        if not self._needs_reading(day):
            return
        reading: Future[None] = self._reader.submit(self._read, day)
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
        listing = self._storage.listings.get(day)
        if listing is None:
            return True
        return not listing.settled and self._clock() - listing.last_read > READ_AGAIN_AFTER

    def _read(self, day: date) -> None:
        if self._needs_reading(day):  # another request may have waited for the same reading
            try:
                self._collector.collect_day(day)
            except Exception:
                logger.exception("reading the listing of %s failed", day)


def _renumbered(content: DigestContent, order: tuple[str, ...]) -> DigestContent:
    place = {paper_id: number for number, paper_id in enumerate(order)}
    entries = sorted(content.entries, key=lambda entry: place.get(entry.paper.id, len(place)))
    numbered = tuple(replace(entry, number=number) for number, entry in enumerate(entries, start=1))
    return replace(content, entries=numbered)

"""Keeps posted digests true while their listings settle: votes, late papers, repaired summaries.

A post is edited, never sent again, and each paper keeps its number, since people have asked about
"number 3" already. Late papers take the numbers after the last; by the channel's choice they join
the post or come in one reply below it.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.clock import Clock
from bot.delivery.composer import Composer
from bot.delivery.morning import newest_filled_day
from bot.delivery.outbox import Outbox, digest_key
from bot.delivery.ports import Collector, SearchIndex, Summarizer
from bot.delivery.rewriting import KEPT_TRUE, Rewriter, wish_of
from bot.digests.choose import Meaning
from bot.languages import languages_of
from storage import DeliveryState, Digest, Storage, Subscription

log = logging.getLogger(__name__)

# A round that hangs must not keep the next one from coming.
LONGEST_ROUND = timedelta(minutes=30)
# Summaries that failed are made again every hour at first, then at these hours of the day.
REPAIRS_OFTEN = timedelta(hours=6)
REPAIRS_EVERY_HOURS = 6


class Refresher:
    """Re-reads listings that may still change, repairs summaries, and edits what was posted."""

    def __init__(
        self,
        storage: Storage,
        collector: Collector,
        summarizer: Summarizer,
        search: SearchIndex | None,
        outbox: Outbox,
        clock: Clock,
        *,
        meaning: Meaning | None = None,
    ) -> None:
        self._storage = storage
        self._collector = collector
        self._summarizer = summarizer
        self._search = search
        self._clock = clock
        self._composer = Composer(storage, meaning)
        self._rewriter = Rewriter(storage, self._composer, outbox, clock)

    def run(self) -> int:
        """One round over everything that may have changed. Returns how many digests changed."""
        self.read_listings()
        until = time.monotonic() + LONGEST_ROUND.total_seconds()
        changed = 0
        for digest in self._rewriter.recent():
            try:
                changed += self.refresh(digest, until=until)
            except Exception:  # one channel's digest is never another's problem
                log.exception("digest %s of %s was not refreshed", digest.period, digest.channel)
        return changed

    def read_listings(self) -> None:
        """Read the listings again that haven't settled; a source that is down costs nothing."""
        newest = newest_filled_day(self._clock())
        days = {day for day in self._storage.listings.unsettled() if day >= newest - KEPT_TRUE}
        if self._storage.listings.get(newest) is None:
            days.add(newest)
        for day in sorted(days):
            self._collector.collect_day(day)

    def refresh(self, digest: Digest, *, until: float | None = None) -> bool:
        """Make one posted digest say what is true now, with the summaries that are made *until* a
        moment of ``time.monotonic``. Returns whether anything is to change."""
        root = self._storage.deliveries.find(
            f"{digest_key(digest.kind, digest.channel, digest.period)}/root"
        )
        if root is None or root.state is DeliveryState.FAILED:
            return False
        subscription = wish_of(self._storage, digest)
        # Papers that another digest has shown don't come late to this one.
        late = self._composer.choose(
            subscription,
            date.fromisoformat(digest.period),
            exclude=self._storage.digests.papers_shown(digest.channel),
        )
        digest = self._number_late(digest, subscription, [one.id for one in late.papers])
        self._make_ready(digest, until)
        content = self._composer.recompose(digest, topics=subscription.topics)
        return self._rewriter.rewrite(digest, replace(content, hidden=len(late.hidden)))

    def _number_late(
        self, digest: Digest, subscription: Subscription, late: Sequence[str]
    ) -> Digest:
        """The digest with numbers for papers that came since it was posted."""
        if not late:
            return digest
        as_reply = subscription.late_papers == "reply"
        listed = digest.listed if as_reply else len(digest.paper_ids) + len(late)
        entries = digest.entries
        if not as_reply and digest.entries == digest.listed:
            # Nothing is listed by title only yet, so there may be room for more entries.
            entries = min(listed, max(entries, subscription.count))
        self._storage.digests.add_late(digest.id, late, entries=entries, listed=listed)
        log.info("%d late papers for %s of %s", len(late), digest.period, digest.channel)
        return self._storage.digests.get(digest.id) or digest

    def _make_ready(self, digest: Digest, until: float | None) -> None:
        """Summaries for every paper the digest tells about, in its posts or in the late reply."""
        told = digest.paper_ids[: digest.entries] + digest.paper_ids[digest.listed :]
        papers = self._storage.papers.get_many(told)
        for language in languages_of(digest.language):
            known = self._storage.summaries.get_many(told, language)
            broken = [one for one in papers if one.id in known and known[one.id].problem]
            new = [one for one in papers if one.id not in known]
            if self._repairs_now(digest):
                self._summarizer.ensure(broken, language, again=True, until=until)
                new = [one for one in papers if one not in broken]
            self._summarizer.ensure(new, language, until=until)
        if self._search is not None:
            self._search.index(digest.paper_ids)

    def _repairs_now(self, digest: Digest) -> bool:
        """Often while the post is new, then seldom: each try of a hopeless paper may cost money."""
        now = self._clock()
        return now - digest.planned_at < REPAIRS_OFTEN or now.hour % REPAIRS_EVERY_HOURS == 0

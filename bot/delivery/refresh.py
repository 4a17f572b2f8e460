"""Keeps posted digests true while their listings settle: votes, late papers, repaired summaries.

A post is edited, never sent again, and each paper keeps its number, since people have asked about
"number 3" already. Late papers take the numbers after the last; by the channel's choice they join
the post or come in one reply below it.
"""

import logging
import time
from datetime import date, timedelta

from bot.clock import Clock
from bot.delivery.composer import Composer
from bot.delivery.outbox import Outbox
from bot.delivery.ports import Collector, SearchIndex, Summarizer
from bot.delivery.rewriting import KEPT_TRUE, Rewriter, wish_of
from bot.digests import Choice, choose_daily
from bot.digests.choose import Meaning
from bot.digests.wish import Wish
from bot.failures import contained
from bot.languages import languages_of
from bot.sources.kinds import kind_name, newest_day, rests
from storage import Digest, ListingDay, Storage, Subscription

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
        self._meaning = meaning
        self._rewriter = Rewriter(storage, Composer(storage, meaning), outbox, clock)

    def run(self) -> int:
        """One round over everything that may have changed. Returns how many digests changed.

        Raises:
            DatabaseUnusableError: the database has cut it short. It may be done again.
        """
        self.read_listings()
        until = time.monotonic() + LONGEST_ROUND.total_seconds()
        changed = 0
        for digest in self._rewriter.recent():
            about = digest.period, digest.channel
            with contained(log, "digest %s of %s was not refreshed", *about):
                changed += self.refresh(digest, until=until)
        return changed

    def read_listings(self) -> None:
        """Read the listings again that haven't settled, and those that are wished for and not
        there yet; a source that is down costs nothing."""
        now = self._clock()
        wished = {one for wish in self._storage.subscriptions.active() for one in wish.sources}
        newest = {one: newest_day(one, now) for one in wished}
        days = {
            one
            for one in self._storage.listings.unsettled()
            if one.date >= newest_day(one.source, now) - KEPT_TRUE
        }
        days |= {
            ListingDay(source, day)
            for source, last in newest.items()
            for day in (last - timedelta(days=back) for back in range(KEPT_TRUE.days))
            if not rests(source, day) and self._storage.listings.get(source, day) is None
        }
        down: set[str] = set()
        for one in sorted(days, key=lambda one: (one.date, one.source)):
            if kind_name(one.source) not in down:
                report = self._collector.collect_day(one.source, one.date)
                if report.problem and one.date < newest_day(one.source, now):
                    down.add(kind_name(one.source))

    def refresh(self, digest: Digest, *, until: float | None = None) -> bool:
        """Make one posted digest say what is true now, with the summaries that are made *until* a
        moment of ``time.monotonic``. Returns whether anything is to change."""
        if self._rewriter.root(digest) is None:
            return False
        subscription = wish_of(self._storage, digest)
        digest = self._with_late_listings(digest, subscription)
        # Papers that another digest has shown don't come late to this one, nor those that were
        # there to be chosen and were not.
        late = choose_daily(
            self._storage,
            self._storage.listings.these(digest.listings),
            Wish.of(subscription),
            exclude=self._storage.digests.papers_shown(digest.channel),
            meaning=self._meaning,
            since=digest.chosen_at,
        )
        digest = self._number_late(digest, subscription, late)
        self._make_ready(digest, until)
        return self._rewriter.rewrite(digest)

    def _with_late_listings(self, digest: Digest, subscription: Subscription) -> Digest:
        """The digest with the listings that could not be read before it was posted, and could
        since."""
        day = date.fromisoformat(digest.period)
        told = self._storage.digests.told(digest.channel, since=day - KEPT_TRUE)
        sources = _wished_then(digest, subscription)
        came = [
            ListingDay(one.source, one.date)
            for one in self._storage.listings.on(day - KEPT_TRUE, day, sources=sources)
            if one.first_read > digest.planned_at
            and ListingDay(one.source, one.date) not in told
            and one.entries
        ]
        if not came:
            return digest
        log.info("%d late listings for %s of %s", len(came), digest.period, digest.channel)
        self._storage.digests.add_listings(digest.id, came)
        return self._storage.digests.get(digest.id) or digest

    def _number_late(self, digest: Digest, subscription: Subscription, choice: Choice) -> Digest:
        """The digest with numbers for papers that came since it was posted."""
        late = [one.id for one in choice.papers]
        if not (late or choice.hidden or choice.left_out):
            return digest
        as_reply = subscription.late_papers == "reply"
        listed = digest.listed if as_reply else len(digest.paper_ids) + len(late)
        entries = digest.entries
        if not as_reply and digest.entries == digest.listed:
            # Nothing is listed by title only yet, so there may be room for more entries.
            entries = min(listed, max(entries, subscription.count))
        self._storage.digests.add_late(
            digest.id,
            late,
            entries=entries,
            listed=listed,
            now=self._clock(),
            hidden=len(choice.hidden),
            left_out=len(choice.left_out),
        )
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


def _wished_then(digest: Digest, subscription: Subscription) -> list[str]:
    """The sources that were wished for when the digest was promised. Once the wish has changed,
    these are known by the listings that the digest tells of."""
    changed = subscription.changed_at
    if changed is None or changed <= digest.planned_at:
        return list(subscription.sources)
    known = {one.source for one in digest.listings}
    return [one for one in subscription.sources if one in known]

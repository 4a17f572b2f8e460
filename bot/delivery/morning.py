"""A channel's morning: read the listings, choose, make what is missing, relate, compose, promise.

Every step may be done twice: listings and summaries are stored as they come, and the digest is
claimed together with its messages. So a run that died is simply run again.
"""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from zoneinfo import ZoneInfo

from bot.background import in_time
from bot.clock import Clock
from bot.delivery.composer import Composer
from bot.delivery.outbox import Outbox
from bot.delivery.ports import Collector, SearchIndex, Summarizer
from bot.delivery.reading import Reading, was_just_read
from bot.delivery.week import WeekMaker
from bot.digests import (
    Choice,
    DigestContent,
    Notice,
    choose_daily,
    empty_day,
    late_day,
    nothing_new,
    render_digest,
)
from bot.digests.choose import Meaning
from bot.digests.weekly import week_to_tell
from bot.digests.weeks import Week
from bot.digests.wish import WEEKLY, Wish
from bot.slack.blocks import Message
from bot.sources.kinds import newest_day
from storage import Digest, Listing, ListingDay, Storage, Subscription

log = logging.getLogger(__name__)

LOOK_BACK_DAYS = 7
# A morning is posted with what is there after this long.
LIMIT = timedelta(minutes=10)
# A listing is read in a few seconds; some sources are asked again after a pause.
READ_SECONDS = 60.0
# The papers are indexed in about a second; where the embeddings hang they are left for later.
INDEX_SECONDS = 20.0
MOST_PAPERS_OF_A_WEEK = 10
# A post this much after its time says that it is late.
LATE_AFTER = timedelta(minutes=30)


class Outcome(StrEnum):
    """How a morning ended."""

    POSTED = "posted"
    ALREADY = "already"
    REVIVED = "revived"
    QUIET = "quiet"
    SKIPPED = "skipped"
    SOURCE_DOWN = "source_down"


@dataclass(frozen=True)
class MorningReport:
    """How a channel's morning ended; ``day`` is the listing's date, ``papers`` how many."""

    channel: str
    outcome: Outcome
    day: date | None = None
    papers: int = 0
    problem: str | None = None


def newest_filled_day(sources: Sequence[str], now: datetime) -> date:
    """The newest day of which one of the sources has a listing that is worth posting at *now*."""
    return max(newest_day(one, now) for one in sources)


class Morning:
    """Makes and posts the digests of a subscription."""

    def __init__(
        self,
        storage: Storage,
        collector: Collector,
        summarizer: Summarizer,
        search: SearchIndex | None,
        outbox: Outbox,
        clock: Clock,
        *,
        export: Callable[[str, DigestContent], object] | None = None,
        meaning: Meaning | None = None,
        limit: timedelta = LIMIT,
        weeks: WeekMaker | None = None,
    ) -> None:
        """*search* indexes papers and relates them to earlier ones. *export* is given each digest
        that a channel was promised; it must not raise. *meaning* finds papers for topics beyond
        their words. A morning is posted with what is there *limit* after it began, whatever
        hangs. *weeks* makes the week's digests, by default without a model."""
        self.limit = limit
        self._storage = storage
        self._export = export
        self._collector = collector
        self._summarizer = summarizer
        self._search = search
        self.outbox = outbox
        self._clock = clock
        self._meaning = meaning
        self._composer = Composer(storage, meaning)
        self._weeks = weeks or WeekMaker(storage, collector, summarizer, clock, meaning=meaning)

    def run(
        self,
        subscription: Subscription,
        *,
        now: datetime | None = None,
        due: datetime | None = None,
        until: float | None = None,
        drain: bool = True,
    ) -> MorningReport:
        """The newest listing that the channel hasn't had, promised and (with *drain*) posted.

        *due* is when it should have begun, if that is known; *until* is the moment of
        ``time.monotonic`` at which it is posted with what is there, by default its limit. On the
        subscription's day for it the week's digest comes as well, or alone. Doing it twice does it
        once.
        """
        now = now or self._clock()
        if until is None:
            until = time.monotonic() + self.limit.total_seconds()
        day = (due or now).astimezone(ZoneInfo(subscription.timezone)).date()
        report = None
        if due is None or day.weekday() in subscription.weekdays:
            report = self._daily(
                subscription, now, late=now - (due or now) > LATE_AFTER, until=until
            )
        if day.weekday() == subscription.weekly:
            week = self.promise_week(subscription, day, until=until)
            report = report or _week_alone(subscription, week)
        report = report or MorningReport(subscription.channel, Outcome.SKIPPED)
        log.info("morning of %s: %s %s", subscription.channel, report.outcome, report.day or "")
        if drain:
            self.outbox.drain()
        return report

    def _daily(
        self, subscription: Subscription, now: datetime, *, late: bool, until: float
    ) -> MorningReport:
        """The whole way of a morning. What is chosen stays chosen: summaries that are made
        afterwards decide what is said about the papers, not which they are."""
        channel, newest = subscription.channel, newest_filled_day(subscription.sources, now)
        before = self._storage.digests.latest(channel)
        if before is not None and date.fromisoformat(before.period) >= newest:
            return self._again(before)
        listings, problem = self._read_listings(subscription, now, until)
        meanwhile = self._storage.digests.latest(channel)
        if meanwhile is not None and (before is None or meanwhile.id != before.id):
            return self._again(meanwhile)  # somebody else was quicker
        day = max((one.date for one in listings if one.entries), default=None)
        if day is None or (before is not None and day <= date.fromisoformat(before.period)):
            # What came late to the days before is added to their digest.
            return self._without_listing(subscription, newest, listings, before, problem)
        wish, had = Wish.of(subscription), self._storage.digests.papers_shown(channel)
        choice = choose_daily(self._storage, listings, wish, exclude=had, meaning=self._meaning)
        if not choice.papers:
            told = nothing_new(day, subscription.language, sources=subscription.sources)
            return self._quiet_day(subscription, day, told, problem)
        self._make_missing(choice, wish.languages, until)
        self._relate(choice, until)
        notices = [*([Notice.LATE] if late else []), *([Notice.SOURCE_DOWN] if problem else [])]
        content = self._composer.compose(day, choice, listings, wish, notices=notices)
        outcome = Outcome.POSTED if self._promise(subscription, content) else Outcome.ALREADY
        return MorningReport(channel, outcome, day, content.total, problem)

    def promise_week(
        self, subscription: Subscription, day: date, *, until: float | None = None
    ) -> DigestContent | None:
        """Promise the week's digest that is due on the local *day*, with the summaries that are
        made *until* a moment of ``time.monotonic``. None when the channel was promised it before
        or the week had no papers, which is told where it was not read."""
        channel, week = subscription.channel, week_to_tell(day)
        if self._storage.digests.find(channel, WEEKLY, str(week)) is not None:
            return None
        count = min(MOST_PAPERS_OF_A_WEEK, subscription.count)
        wish = Wish.of(subscription, style=WEEKLY, count=count)
        content = self._weeks.make(week, wish, until=until)
        if not content.entries:
            self._without_week(subscription, week, content)
            return None
        return content if self._promise(subscription, content) else None

    def _without_week(self, subscription: Subscription, week: Week, content: DigestContent) -> None:
        if content.unread or subscription.empty_day != "skip":
            (message,) = render_digest(content)
            channel = subscription.channel
            self.outbox.plan(f"no-week/{channel}/{week}", channel, message, "notice")

    def _read_listings(
        self, subscription: Subscription, now: datetime, until: float
    ) -> tuple[list[Listing], str | None]:
        """The listings that the channel hasn't had, as they are stored now, and what went wrong
        on the way to them."""
        # What hangs here must leave time for the summaries, and has some even if those used it up.
        read_by = time.monotonic() + max(READ_SECONDS, (until - time.monotonic()) / 2)
        reading = Reading(self._collector, until=read_by)
        found: list[Listing] = []
        for source in subscription.sources:
            newest = newest_day(source, now)
            days = [newest - timedelta(days=back) for back in range(LOOK_BACK_DAYS)]
            told = self._storage.digests.told(subscription.channel, since=days[-1])
            own = {one.date: shown for one, shown in told.items() if one.source == source}
            begun = min(own or _wished(told, subscription), default=None)
            for day in days:
                if begun is not None and (day < begun or own.get(day)):
                    continue  # from before the channel wished for this source, or it has had it
                listing = self._brought_up_to_date(ListingDay(source, day), reading)
                if listing is not None and (listing.entries or listing.quiet):
                    found.append(listing)
                    if listing.entries and begun is None:
                        break  # it begins with the newest
        return found, "; ".join(dict.fromkeys(reading.problems.values())) or None

    def _brought_up_to_date(self, day: ListingDay, reading: Reading) -> Listing | None:
        """The stored listing, read again where that is needed."""
        listing = self._storage.listings.get(day.source, day.date)
        if listing is not None:
            is_fresh = was_just_read(listing, self._clock()) and listing.entries
            if listing.settled or is_fresh:
                return listing
        reading.read(day)
        return self._storage.listings.get(day.source, day.date)

    def _make_missing(self, choice: Choice, languages: Sequence[str], until: float | None) -> None:
        """Full texts and summaries of the chosen papers; each paper fails alone."""
        papers = [one.paper for one in choice.chosen]
        for language in languages:
            self._summarizer.ensure(papers, language, until=until)

    def _relate(self, choice: Choice, until: float) -> None:
        """Index the papers, and find the earlier ones that they are related to."""
        if self._search is None:
            return
        index = partial(self._search.index, [one.id for one in choice.papers])
        try:
            in_time(index, until=max(until, time.monotonic() + INDEX_SECONDS), name="index")
        except TimeoutError:
            log.warning("%d papers are late in the index", len(choice.papers))

    def _promise(self, subscription: Subscription, content: DigestContent) -> bool:
        """Promise all messages of a digest in one transaction; False when the channel was promised
        this digest before."""
        layout = subscription.layout if content.kind == "daily" else "list"
        parts, channel = self._composer.draw(content, layout=layout), subscription.channel
        if self.outbox.plan_digest(channel, content, parts) is None:
            return False
        if self._export is not None:
            self._export(channel, content)
        return True

    def _again(self, before: Digest) -> MorningReport:
        """The channel was promised the newest listing: promise what failed of it anew."""
        revived = self.outbox.revive(before.channel)
        outcome = Outcome.REVIVED if revived else Outcome.ALREADY
        day = date.fromisoformat(before.period)
        return MorningReport(before.channel, outcome, day, len(before.paper_ids))

    def _without_listing(
        self,
        subscription: Subscription,
        newest: date,
        listings: Sequence[Listing],
        before: Digest | None,
        problem: str | None,
    ) -> MorningReport:
        channel = subscription.channel
        if before is not None and self.outbox.revive(channel):
            return MorningReport(channel, Outcome.REVIVED, date.fromisoformat(before.period))
        if problem is None:
            resting = {one.source for one in listings if one.quiet and one.date == newest}
            told = empty_day(
                newest,
                subscription.language,
                sources=subscription.sources,
                is_holiday=resting.issuperset(subscription.sources),
            )
            return self._quiet_day(subscription, newest, told)
        told = late_day(newest, subscription.language, sources=subscription.sources)
        self._notice("late", subscription, newest, told)
        return MorningReport(channel, Outcome.SOURCE_DOWN, newest, problem=problem)

    def _quiet_day(
        self, subscription: Subscription, day: date, told: Message, problem: str | None = None
    ) -> MorningReport:
        """There is nothing to show, which is said unless the channel wants no such messages."""
        outcome = Outcome.SKIPPED
        if subscription.empty_day != "skip":
            outcome = Outcome.QUIET
            self._notice("quiet", subscription, day, told)
        return MorningReport(subscription.channel, outcome, day, problem=problem)

    def _notice(self, kind: str, subscription: Subscription, day: date, message: Message) -> None:
        """Said once for a listing's day, however often the morning is run."""
        channel = subscription.channel
        self.outbox.plan(f"{kind}/{channel}/{day}", channel, message, "notice")


def _wished(told: Iterable[ListingDay], subscription: Subscription) -> list[date]:
    """The days of which the channel had digests since it has this wish: a source of which it had
    none could not be read then."""
    changed = subscription.changed_at
    first = date.min if changed is None else changed.date() - timedelta(days=1)
    return [one.date for one in told if one.date >= first]


def _week_alone(subscription: Subscription, content: DigestContent | None) -> MorningReport:
    if content is None:
        return MorningReport(subscription.channel, Outcome.ALREADY)
    return MorningReport(subscription.channel, Outcome.POSTED, content.day, content.total)

"""One channel's morning: read the newest listing, make what is missing, promise, post.

Every step may be done twice: listings and summaries are stored as they come, and the digest is
claimed together with its messages. So a run that died is simply run again.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import partial
from zoneinfo import ZoneInfo

from bot.clock import Clock, was_within
from bot.deadline import in_time
from bot.delivery.outbox import Outbox
from bot.delivery.ports import Collector, SearchIndex, Summarizer
from bot.delivery.weekly import Weekly
from bot.delivery.writer import Writer
from bot.digests import DigestContent, Notice, empty_day, late_day, nothing_new
from bot.digests.choose import Meaning
from bot.languages import languages_of
from bot.slack.blocks import Message
from storage import Digest, Storage, Subscription

log = logging.getLogger(__name__)

# Before this, a UTC day's listing holds next to nothing: the day before is the newest.
FILLED_AFTER = timedelta(hours=7, minutes=30)
LOOK_BACK_DAYS = 7
# A listing that was read this recently, for another channel, is not read again.
FRESH = timedelta(minutes=10)
# A morning is posted with what is there after this long.
LIMIT = timedelta(minutes=10)
# A listing is read in a few seconds; some sources are asked again after a pause.
READ_SECONDS = 60.0
# The papers are indexed in about a second; where the embeddings hang they are left for later.
INDEX_SECONDS = 20.0
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


def newest_filled_day(now: datetime) -> date:
    """The newest UTC day whose listing is worth posting at *now*."""
    return (now.astimezone(UTC) - FILLED_AFTER).date()


class Morning:
    """Makes and posts the digest of a subscription."""

    def __init__(
        self,
        storage: Storage,
        collector: Collector,
        summarizer: Summarizer,
        search: SearchIndex | None,
        outbox: Outbox,
        clock: Clock,
        *,
        promised: Callable[[str, DigestContent], object] = lambda _channel, _content: None,
        meaning: Meaning | None = None,
        limit: timedelta = LIMIT,
    ) -> None:
        """*promised* is told each digest that a channel was promised; it must not raise. *meaning*
        finds papers for topics beyond their words. A morning is posted with what is there *limit*
        after it began, whatever hangs."""
        self.limit = limit
        self._storage = storage
        self._promised = promised
        self._collector = collector
        self._summarizer = summarizer
        self._search = search
        self.outbox = outbox
        self._clock = clock
        self._writer = Writer(storage, meaning)
        self._weekly = Weekly(storage, summarizer, outbox, promised)

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
            report = self._prepare(subscription, now, due or now, until)
        if day.weekday() == subscription.weekly:
            week = self._weekly.promise(subscription, day, until=until)
            report = report or _week_alone(subscription, week)
        report = report or MorningReport(subscription.channel, Outcome.SKIPPED)
        log.info("morning of %s: %s %s", subscription.channel, report.outcome, report.day or "")
        if drain:
            self.outbox.drain()
        return report

    def _prepare(
        self, subscription: Subscription, now: datetime, due: datetime, until: float
    ) -> MorningReport:
        channel = subscription.channel
        newest = newest_filled_day(now)
        before = self._storage.digests.latest(channel)
        if before is not None and date.fromisoformat(before.period) >= newest:
            return self._again(before)
        day, problem = self._newest_listing(newest, before, until)
        if day is None and before is not None and self.outbox.revive(channel):
            return MorningReport(channel, Outcome.REVIVED, date.fromisoformat(before.period))
        if day is None:
            return self._nothing(subscription, newest, problem)
        late = now - due > LATE_AFTER
        notices = [*([Notice.LATE] if late else []), *([Notice.SOURCE_DOWN] if problem else [])]
        return self._post(subscription, day, notices, problem, until)

    def _newest_listing(
        self, newest: date, before: Digest | None, until: float
    ) -> tuple[date | None, str | None]:
        """The newest day with papers after the last digest, and what went wrong on the way."""
        oldest = newest - timedelta(days=LOOK_BACK_DAYS - 1)
        if before is not None:
            oldest = max(oldest, date.fromisoformat(before.period) + timedelta(days=1))
        problem: str | None = None
        # What hangs here must leave time for the summaries, and has some even if those used it up.
        read_by = time.monotonic() + max(READ_SECONDS, (until - time.monotonic()) / 2)
        day = newest
        while day >= oldest:
            # A source that is down for one day is down for the others too.
            problem = problem or self._read(day, read_by)
            listing = self._storage.listings.get(day)
            if listing is not None and listing.entries:
                return day, problem
            day -= timedelta(days=1)
        return None, problem

    def _read(self, day: date, until: float) -> str | None:
        """Bring the stored listing up to date; returns the source's problem."""
        listing = self._storage.listings.get(day)
        if listing is not None:
            fresh = was_within(FRESH, listing.last_read, self._clock())
            if listing.settled or (fresh and listing.entries):
                return None
        read = partial(self._collector.collect_day, day)
        try:
            return in_time(read, until=until, name="listing").problem
        except TimeoutError:
            log.warning("the listing of %s is late", day)
            return "no answer in time"

    def _post(
        self,
        subscription: Subscription,
        day: date,
        notices: Sequence[str],
        problem: str | None,
        until: float,
    ) -> MorningReport:
        channel = subscription.channel
        had = self._storage.digests.papers_shown(channel)
        content = self._writer.compose(subscription, day, exclude=had)
        if not content.total:
            self._say(subscription, day, nothing_new)
            return MorningReport(channel, _quiet(subscription), day, problem=problem)
        self._make_ready(content, until)
        content = self._writer.compose(subscription, day, exclude=had, notices=notices)
        drawn = self._writer.draw(content, layout=subscription.layout)
        planned = self.outbox.plan_digest(channel, content, drawn.messages, cards=drawn.cards)
        if planned is not None:
            self._promised(channel, content)
        outcome = Outcome.ALREADY if planned is None else Outcome.POSTED
        return MorningReport(channel, outcome, day, content.total, problem)

    def _make_ready(self, content: DigestContent, until: float) -> None:
        papers = [entry.paper for entry in content.entries]
        for language in languages_of(content.language):
            self._summarizer.ensure(papers, language, until=until)
        if self._search is None:
            return
        index = partial(self._search.index, content.paper_ids)
        try:
            in_time(index, until=max(until, time.monotonic() + INDEX_SECONDS), name="index")
        except TimeoutError:
            log.warning("the papers of %s are late in the index", content.day)

    def _again(self, before: Digest) -> MorningReport:
        """The channel was promised the newest listing: promise what failed of it anew."""
        revived = self.outbox.revive(before.channel)
        outcome = Outcome.REVIVED if revived else Outcome.ALREADY
        day = date.fromisoformat(before.period)
        return MorningReport(before.channel, outcome, day, len(before.paper_ids))

    def _nothing(
        self, subscription: Subscription, newest: date, problem: str | None
    ) -> MorningReport:
        channel = subscription.channel
        if problem is not None:
            self._notice("late", subscription, newest, late_day(newest, subscription.language))
            return MorningReport(channel, Outcome.SOURCE_DOWN, newest, problem=problem)
        self._say(subscription, newest, empty_day)
        return MorningReport(channel, _quiet(subscription), newest)

    def _say(
        self, subscription: Subscription, day: date, words: Callable[[date, str], Message]
    ) -> None:
        if _quiet(subscription) is Outcome.QUIET:
            self._notice("quiet", subscription, day, words(day, subscription.language))

    def _notice(self, kind: str, subscription: Subscription, day: date, message: Message) -> None:
        """Said once for a listing's day, however often the morning is run."""
        channel = subscription.channel
        self.outbox.plan(f"{kind}/{channel}/{day}", channel, message, "notice")


def _week_alone(subscription: Subscription, content: DigestContent | None) -> MorningReport:
    if content is None:
        return MorningReport(subscription.channel, Outcome.ALREADY)
    return MorningReport(subscription.channel, Outcome.POSTED, content.day, content.total)


def _quiet(subscription: Subscription) -> Outcome:
    return Outcome.SKIPPED if subscription.empty_day == "skip" else Outcome.QUIET

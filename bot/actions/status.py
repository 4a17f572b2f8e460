"""What ``/papers status`` tells."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.actions.channels import Channels
from bot.clock import Clock
from bot.delivery import next_run
from bot.delivery.problems import problem_here
from bot.digests import Week
from bot.languages import Catalog, catalog, languages_of
from bot.operations.watch import HEARTBEAT
from bot.operations.words import wrong_here
from bot.settings import Settings
from bot.slack.blocks import Message, listing_message
from bot.sources.kinds import kind_of, label, labels
from storage import Digest, Storage, Subscription


@dataclass(frozen=True)
class Status:
    """Reads everything from storage: what is said here costs no call on anybody."""

    storage: Storage
    settings: Settings
    channels: Channels
    clock: Clock

    def message(self, channel: str, language: str, *, zone: str | None = None) -> Message:
        """Subscription, last and next digest, archive, sources and model; times are in the
        reader's *zone*, or the channel's where that is not known."""
        words, its = catalog(language), self.channels.subscription(channel)
        read_in = ZoneInfo(zone or its.timezone)
        rows = [
            *self._channel_rows(its, words, read_in),
            (words.text("actions-status-archive"), self._archive(words)),
            *self._source_rows(words, read_in),
            (words.text("actions-status-model"), self._model(words)),
            *self._operation_rows(channel, words, read_in),
        ]
        hint = words.text("actions-status-hint", timezone=read_in.key)
        return listing_message(words.text("actions-status-title"), rows, hint=hint)

    def _channel_rows(
        self, subscription: Subscription, words: Catalog, zone: ZoneInfo
    ) -> list[tuple[str, str]]:
        if not subscription.active:
            label = words.text("actions-status-subscription")
            return [(label, words.text("actions-status-not-subscribed"))]
        return [
            (words.text("actions-status-subscription"), describe(subscription, words)),
            (words.text("actions-status-sources"), words.together(labels(subscription.sources))),
            (words.text("actions-status-last"), self._last(subscription.channel, words, zone)),
            (
                words.text("actions-status-next"),
                next_moment(subscription, self.clock(), words.language, zone),
            ),
            *self._problem_rows(subscription.channel, words),
        ]

    def _problem_rows(self, channel: str, words: Catalog) -> list[tuple[str, str]]:
        problem = self.storage.problems.get(channel)
        if problem is None:
            return []
        return [(words.text("actions-status-problem"), problem_here(words, problem.code))]

    def _last(self, channel: str, words: Catalog, zone: ZoneInfo) -> str:
        posted = self.storage.deliveries.last_posted(channel)
        if posted is None or posted.posted_at is None:
            return words.text("actions-status-none-yet")
        digest = self.storage.digests.get(posted.digest_id) if posted.digest_id else None
        return words.text(
            "actions-status-last-posted",
            moment=when(posted.posted_at.astimezone(zone), words),
            period=_period(digest, words) if digest else "-",
        )

    def _archive(self, words: Catalog) -> str:
        counts = self.storage.counts("papers", "summaries")
        return words.text(
            "actions-status-counts",
            papers=counts["papers"],
            summaries=counts["summaries"],
            questions=self.storage.questions.count(),
        )

    def _source_rows(self, words: Catalog, zone: ZoneInfo) -> list[tuple[str, str]]:
        rows = []
        reads = self.storage.listings.last_reads()
        # The bundled papers of the demo are no source that could be down.
        for read in (one for one in reads if kind_of(one.source)):
            moment = when(read.tried_at.astimezone(zone), words)
            state = "actions-status-source-down" if read.problem else "actions-status-source-fine"
            rows.append((label(read.source), words.text(state, moment=moment)))
        return rows

    def _model(self, words: Catalog) -> str:
        if not self.settings.has_model:
            return words.text("actions-status-no-model")
        model, limit = self.settings.model, self.settings.daily_budget_usd
        if limit is None:
            return words.text("actions-status-with-model", model=model)
        midnight = self.clock().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        spent = self.storage.model_calls.cost_since(midnight)
        return words.text(
            "actions-status-budget", model=model, spent=f"{spent:.2f}", limit=f"{limit:.2f}"
        )

    def _operation_rows(
        self, channel: str, words: Catalog, zone: ZoneInfo
    ) -> list[tuple[str, str]]:
        """When the watch last looked after everything, and what it found wrong."""
        rows = []
        beat = self.storage.moments.last(HEARTBEAT)
        if beat is not None:
            heartbeat = when(beat.astimezone(zone), words)
            rows.append((words.text("actions-status-heartbeat"), heartbeat))
        phrases = wrong_here(self.storage.incidents.open(), channel, words)
        if phrases:
            rows.append((words.text("actions-status-wrong"), "; ".join(phrases)))
        return rows


def _period(digest: Digest, words: Catalog) -> str:
    """The day or the week of a digest, as people write it."""
    if digest.kind == "daily":
        return words.short_day(date.fromisoformat(digest.period))
    week = Week.parse(digest.period, today=date.max)
    return words.days(week.first, week.last)


def describe(subscription: Subscription, words: Catalog) -> str:
    """A subscription in one line."""
    line = words.text(
        "actions-subscription-line",
        time=subscription.time.strftime("%H:%M"),
        timezone=subscription.timezone,
        weekdays=weekdays(subscription.weekdays, words),
        style=words.text(f"actions-style-{subscription.style}"),
        language=words.languages(languages_of(subscription.language)),
        count=subscription.count,
    )
    if subscription.weekly is None:
        return line
    day = words.text(f"actions-weekday-{subscription.weekly}")
    return f"{line}, {words.text('actions-subscription-weekly', day=day)}"


def when(moment: datetime, words: Catalog) -> str:
    """``Fri, Mar 21 09:00``, in the zone that *moment* carries."""
    return f"{words.short_day(moment.date())} {moment:%H:%M}"


def next_moment(
    subscription: Subscription, now: datetime, language: str, zone: ZoneInfo | None = None
) -> str:
    """When a channel gets its next digest, in a reader's time zone, or else in its own."""
    moment = next_run(subscription, now).astimezone(zone or ZoneInfo(subscription.timezone))
    return when(moment, catalog(language))


def has_passed(subscription: Subscription, now: datetime) -> bool:
    """Whether today's time is over, on a day on which the channel gets its digest."""
    local = now.astimezone(ZoneInfo(subscription.timezone))
    return local.weekday() in subscription.weekdays and local.time() >= subscription.time


def weekdays(days: tuple[int, ...], words: Catalog) -> str:
    """``Mon–Fri``, ``Mon, Wed, Fri``, or every day."""
    if len(days) == 7:
        return words.text("actions-every-day")
    names = [words.text(f"actions-weekday-{day}") for day in days]
    if len(days) > 2 and days == tuple(range(days[0], days[0] + len(days))):
        return words.text("actions-weekdays-from-to", first=names[0], last=names[-1])
    return ", ".join(names)

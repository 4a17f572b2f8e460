"""The digest of a week: its papers as a channel wishes for them, and the topics that rose in it.

A week is compared with those before it that were read whole; one that wasn't is not known to have
had no papers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.digests.choose import Choice, Meaning
from bot.digests.compose import (
    DEFAULT_COUNT,
    candidates_of,
    choose_daily,
    entries_of,
    with_notices,
)
from bot.digests.content import DigestContent
from bot.digests.topics import matching
from bot.digests.trends import Trend, find_trends
from bot.digests.week_text import told_before, week_facts
from bot.digests.weeks import Week
from bot.languages import LANGUAGES, languages_of
from bot.sources.kinds import latest_day, rests
from storage import WHOLE_TEAM, Listing, ListingDay, Paper, Storage, Subscription

EARLIER_WEEKS = 8
TEAM_WEIGHT = 5
_TRENDS = 3
_ENDING = 4
_DAYS = 7


@dataclass(frozen=True)
class Scope:
    """What a week's digest is about: the papers of ``sources`` (of all that were read when there
    are none), as the ``channel`` wishes for them."""

    sources: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    negative_topics: tuple[str, ...] = ()
    channel: str | None = None

    @classmethod
    def of(cls, wish: Subscription) -> "Scope":
        """The scope of a subscription."""
        return cls(wish.sources, wish.topics, wish.negative_topics, wish.channel)


EVERYTHING = Scope()


def weekly_languages(language: str) -> tuple[str, ...]:
    """The languages whose summaries a week in Markdown shows: all, its own first."""
    return tuple(dict.fromkeys([*languages_of(language), *LANGUAGES]))


def compose_weekly(
    storage: Storage,
    week: Week,
    *,
    language: str,
    style: str = "weekly",
    count: int = DEFAULT_COUNT,
    scope: Scope = EVERYTHING,
    meaning: Meaning | None = None,
    now: datetime | None = None,
) -> DigestContent:
    """The digest of *week* from the stored listings, in a model's words where it was told before;
    empty when there are none. See :func:`choose_weekly` and :func:`compose_week`."""
    choice = choose_weekly(
        storage, week, language=language, count=count, scope=scope, meaning=meaning
    )
    content = compose_week(
        storage, week, choice, language=language, style=style, scope=scope, now=now
    )
    place = scope.channel or WHOLE_TEAM
    facts = [week_facts(storage, content, one, place=place) for one in languages_of(language)]
    told = [told_before(storage, one) for one in facts]
    return replace(content, told=tuple(one for one in told if one))


def choose_weekly(
    storage: Storage,
    week: Week,
    *,
    language: str,
    count: int = DEFAULT_COUNT,
    scope: Scope = EVERYTHING,
    meaning: Meaning | None = None,
) -> Choice:
    """The papers listed in *week* in the order of a morning's, where besides what the channel's
    members did with these very papers counts like votes."""
    return choose_daily(
        storage,
        listings_of(storage, week, scope),
        language=language,
        count=count,
        topics=scope.topics,
        negative_topics=scope.negative_topics,
        channel=scope.channel,
        meaning=meaning,
        own_votes=team_votes(storage, scope.channel) if scope.channel else {},
    )


def compose_week(
    storage: Storage,
    week: Week,
    choice: Choice,
    *,
    language: str,
    style: str = "weekly",
    scope: Scope = EVERYTHING,
    now: datetime | None = None,
) -> DigestContent:
    """What a weekly digest says about the chosen papers of *week*.

    At *now* the days to come are not missing.
    """
    listings = listings_of(storage, week, scope)
    sources = scope.sources or tuple(dict.fromkeys(one.source for one in listings))
    weeks, trends = _trends(storage, week, choice, scope)
    content = DigestContent(
        kind="weekly",
        period=str(week),
        day=week.last,
        first_day=week.first,
        language=language,
        style=style,
        entries=entries_of(
            storage,
            choice.chosen,
            weekly_languages(language),
            place=scope.channel or WHOLE_TEAM,
        ),
        ranked_by=choice.ranked_by,
        hidden=len(choice.hidden),
        listed=len(choice.papers) + len(choice.left_out),
        listings=tuple(ListingDay(one.source, one.date) for one in listings),
        unread=tuple(lacking(storage, week, sources, now=now)),
        weeks=weeks,
        trends=trends,
    )
    return with_notices(content, storage, sources=sources)


def _trends(
    storage: Storage, week: Week, choice: Choice, scope: Scope = EVERYTHING
) -> tuple[tuple[Week, ...], tuple[Trend, ...]]:
    """The weeks whose papers are counted, the last of which is *week* itself, and what rose in
    it against the others; what it was about, where there are no others."""
    listed = [one.paper for one in (*choice.chosen, *choice.rest, *choice.left_out)]
    sources = tuple(dict.fromkeys(one.source for one in listings_of(storage, week, scope)))
    known = known_weeks(storage, week, scope.sources or sources)
    earlier = [_papers(storage, one, scope) for one in known]
    return (*known, week), find_trends([*earlier, listed], count=_TRENDS)


def known_weeks(storage: Storage, week: Week, sources: Sequence[str]) -> list[Week]:
    """Those of the weeks before *week* that were read whole, oldest first."""
    earlier = (week.before(back) for back in range(EARLIER_WEEKS, 0, -1))
    return [one for one in earlier if sources and not lacking(storage, one, sources)]


def lacking(
    storage: Storage, week: Week, sources: Sequence[str], *, now: datetime | None = None
) -> list[ListingDay]:
    """The listings of *week* that were never read, newest first; of a week that goes on at *now*
    those there should be. Days on which a source rests are not missing."""
    stored = storage.listings.on(week.first, week.last, sources=sources)
    read = {(one.source, one.date) for one in stored if one.is_read}
    newest = {one: latest_day(one, now) if now else week.last for one in sources}
    days = [week.last - timedelta(days=back) for back in range(_DAYS)]
    return [
        ListingDay(source, day)
        for day in days
        for source in sources
        if day <= newest[source] and not rests(source, day) and (source, day) not in read
    ]


def week_to_tell(day: date) -> Week:
    """The week that a digest of *day* is about: from Friday on this one, before that the last."""
    week = Week.of(day)
    return week if day.weekday() >= _ENDING else week.before(1)


def team_votes(storage: Storage, channel: str) -> dict[str, int]:
    """What a channel's members showed for papers, as votes by paper id: a colleague who saved,
    opened or asked about one says more than a stranger's vote."""
    return {
        paper_id: TEAM_WEIGHT
        * sum(-many if kind == "unwanted" else many for kind, many in signs.items())
        for paper_id, signs in storage.library.signals(channel).items()
    }


def listings_of(storage: Storage, week: Week, scope: Scope = EVERYTHING) -> list[Listing]:
    """The stored listings of a week that it is about."""
    return storage.listings.on(week.first, week.last, sources=scope.sources or None)


def _papers(storage: Storage, week: Week, scope: Scope) -> list[Paper]:
    """All papers of a week but those with a negative topic."""
    candidates = candidates_of(storage, listings_of(storage, week, scope))
    papers = (one.paper for one in candidates)
    return [one for one in papers if not matching(scope.negative_topics, one)]

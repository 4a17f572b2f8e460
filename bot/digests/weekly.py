"""The digest of a week: its papers as a channel wishes for them, and the topics that rose in it.

A week is compared with those before it that were read whole; one that wasn't is not known to have
had no papers.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.digests.choose import Choice, Meaning
from bot.digests.compose import candidates_of, choose_daily, entries_of, with_notices
from bot.digests.content import DigestContent
from bot.digests.topics import matching
from bot.digests.trends import find_trends
from bot.digests.week_text import Tell, told_week
from bot.digests.weeks import Week
from bot.digests.wish import Wish
from bot.languages import LANGUAGES, languages_of
from bot.sources.kinds import latest_day, rests
from storage import Listing, ListingDay, Paper, Storage

EARLIER_WEEKS = 8
TEAM_WEIGHT = 5
_TRENDS = 3
_ENDING = 4
_DAYS = 7


def weekly_languages(language: str) -> tuple[str, ...]:
    """The languages whose summaries a week in Markdown shows: all, its own first."""
    return tuple(dict.fromkeys([*languages_of(language), *LANGUAGES]))


def compose_weekly(
    storage: Storage,
    week: Week,
    wish: Wish,
    *,
    meaning: Meaning | None = None,
    now: datetime | None = None,
) -> DigestContent:
    """The digest of *week* from the stored listings, in a model's words where it was told before;
    empty when there are none. See :func:`choose_weekly` and :func:`compose_week`."""
    choice = choose_weekly(storage, week, wish, meaning=meaning)
    return compose_week(storage, week, choice, wish, now=now)


def choose_weekly(
    storage: Storage, week: Week, wish: Wish, *, meaning: Meaning | None = None
) -> Choice:
    """The papers listed in *week* in the order of a morning's, where besides what the channel's
    members did with these very papers counts like votes."""
    return choose_daily(
        storage,
        listings_of(storage, week, wish),
        wish,
        meaning=meaning,
        own_votes=team_votes(storage, wish.channel) if wish.channel else {},
    )


def compose_week(
    storage: Storage,
    week: Week,
    choice: Choice,
    wish: Wish,
    *,
    now: datetime | None = None,
    tell: Tell | None = None,
) -> DigestContent:
    """What a weekly digest says about the chosen papers of *week*, in a model's words where it was
    told before or *tell* finds some.

    At *now* the days to come are not missing.
    """
    listings = listings_of(storage, week, wish)
    sources = wish.sources or tuple(dict.fromkeys(one.source for one in listings))
    earlier = known_weeks(storage, week, sources)
    listed = [one.paper for one in (*choice.chosen, *choice.rest, *choice.left_out)]
    content = DigestContent(
        kind="weekly",
        period=str(week),
        day=week.last,
        first_day=week.first,
        language=wish.language,
        style=wish.style,
        entries=entries_of(storage, choice.chosen, wish, languages=weekly_languages(wish.language)),
        ranked_by=choice.ranked_by,
        hidden=len(choice.hidden),
        listed=len(listed),
        listings=tuple(ListingDay(one.source, one.date) for one in listings),
        unread=tuple(lacking(storage, week, sources, now=now)),
        weeks=(*earlier, week),
        trends=find_trends(
            [*(_papers(storage, one, wish) for one in earlier), listed], count=_TRENDS
        ),
    )
    told = told_week(storage, content, place=wish.place, tell=tell)
    return replace(with_notices(content, storage, sources=sources), told=told)


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


def listings_of(storage: Storage, week: Week, wish: Wish) -> list[Listing]:
    """The stored listings of a week that it is about."""
    return storage.listings.on(week.first, week.last, sources=wish.sources or None)


def _papers(storage: Storage, week: Week, wish: Wish) -> list[Paper]:
    """All papers of a week but those with a negative topic."""
    candidates = candidates_of(storage, listings_of(storage, week, wish))
    papers = (one.paper for one in candidates)
    return [one for one in papers if not matching(wish.negative_topics, one)]

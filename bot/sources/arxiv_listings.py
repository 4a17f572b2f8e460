"""What arXiv announces: a category's day (``cs.CL``, with cross-lists ``cs.CL+cross``), or what a
query finds (``all:"speech enhancement" AND cat:eess.AS``, ``au:"Del Maestro"``).

arXiv announces Sunday to Thursday at 20:00 Eastern; the feed that is made at midnight there tells
new papers, cross-lists and replacements apart, and knows only its own day. Earlier days, and what
queries find, come from the query API by the time of submission.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.errors import SourceError
from bot.net import HttpClient
from bot.sources.arxiv import Arxiv, Feed, parse_day
from bot.sources.ports import DayListing, SourceKind
from storage import Paper

EASTERN = ZoneInfo("America/New_York")
# The feed is made anew at midnight; a while later it is surely there.
MADE_BY = timedelta(minutes=45)
# What is submitted before this hour on a weekday is announced on its evening.
CUTOFF = time(14, 0)
# Papers that moderators held are announced days after their submission.
HELD = timedelta(days=7)
SETTLES_AFTER = timedelta(hours=36)
LONGEST_FEED = 20_000_000
CROSS = "+cross"
_SATURDAY, _SHORT = 5, 2
_CATEGORY = re.compile(r"(?i:([a-z]{2,8}(?:-[a-z]{2,4})?)(?:\.([a-z]{2,8}(?:-[a-z]{2,4})?))?)")
_FIELD = re.compile(r"(?i:\b(?:ti|au|abs|co|jr|cat|rn|all):\S)")
_TOO_MANY = 429


class Category(NamedTuple):
    """A category, and whether papers of others that are cross-listed there belong to it."""

    name: str
    cross: bool


class ArxivListings:
    """The listings of ``arxiv``. The client must keep to arXiv's pace."""

    name = "arxiv"

    def __init__(self, http: HttpClient, api_url: str, rss_url: str) -> None:
        self._http = http
        self._api = Arxiv(http, api_url)
        self._feeds = f"{rss_url.rstrip('/')}/atom"
        self._newest = date.min

    def listing(self, part: str, day: date) -> DayListing:
        """The papers announced on the Eastern *day*; those of a query also of the week before,
        as far as they are not listed yet.

        Raises:
            SourceError: arXiv is down, refuses, or has not announced that day yet.
        """
        if rests(day):
            return DayListing(())
        category = category_of(part)
        if category is None:
            papers = self._api.query(part, *submitted(day, earlier=HELD))
            return DayListing(tuple(papers), settles=_settled(day), overlaps=True)
        if day < self._newest:
            return DayListing(self._submitted(category, day))
        return self._announced(category, day)

    def ping(self) -> str | None:
        """One small request: None when arXiv answers, otherwise what is wrong."""
        return self._api.ping()

    def _announced(self, category: Category, day: date) -> DayListing:
        try:
            feed = self._feed(category)
        except SourceError as error:
            if error.status == _TOO_MANY:
                raise  # another question would make it worse
            return DayListing(self._submitted(category, day), settles=_settled(day))
        self._newest = max(self._newest, feed.day)
        if feed.day < day:
            raise SourceError(f"arXiv's feed of {day} is not there yet")
        if feed.day > day:
            return DayListing(self._submitted(category, day))
        wanted = feed.new + (feed.cross if category.cross else ())
        is_quiet = not (feed.new or feed.cross or feed.replaced)
        return DayListing(
            wanted,
            feed.skipped,
            renewed=feed.replaced,
            settles=_settled(day) if is_quiet else datetime.min.replace(tzinfo=UTC),
            quiet="holiday" if is_quiet else None,
        )

    def _feed(self, category: Category) -> Feed:
        answer = self._http.get(
            f"{self._feeds}/{category.name}",
            accept="application/atom+xml",
            max_bytes=LONGEST_FEED,
            verify=lambda got: parse_day(got.body, EASTERN),
        )
        return parse_day(answer.body, EASTERN)

    def _submitted(self, category: Category, day: date) -> tuple[Paper, ...]:
        """What was submitted in time to be announced on *day*, as a feed would have had it."""
        papers = self._api.query(f"cat:{category.name}", *submitted(day))
        return tuple(
            one for one in papers if category.cross or one.categories[:1] == (category.name,)
        )


def category_of(part: str) -> Category | None:
    """The category that *part* is; None for a query."""
    name = part.removesuffix(CROSS)
    found = _CATEGORY.fullmatch(name)
    if found is None:
        return None
    archive, subject = found[1].lower(), found[2] or ""
    subject = subject.upper() if len(subject) == _SHORT else subject.lower()
    return Category(f"{archive}.{subject}" if subject else archive, part.endswith(CROSS))


def canonical(part: str) -> str:
    """The one spelling of a category; a query as it is.

    Raises:
        ValueError: neither.
    """
    category = category_of(part)
    if category is not None:
        return category.name + (CROSS if category.cross else "")
    if _FIELD.search(part) is None:
        raise ValueError('use arxiv:cs.CL, arxiv:au:"A Name" or arxiv:all:"some words"')
    return part


def newest(now: datetime) -> date:
    """The Eastern day whose feed is there."""
    return (now - MADE_BY).astimezone(EASTERN).date()


def rests(day: date) -> bool:
    """Whether arXiv announces nothing on a day."""
    return day.weekday() >= _SATURDAY


def submitted(day: date, *, earlier: timedelta = timedelta(0)) -> tuple[datetime, datetime]:
    """Between which moments, in UTC, the papers were submitted that the feed of *day* announces;
    begun so much *earlier*."""
    last = _weekday_before(day)
    first = _weekday_before(last)
    start, end = (datetime.combine(one, CUTOFF, EASTERN).astimezone(UTC) for one in (first, last))
    return start - earlier, end


def _weekday_before(day: date) -> date:
    before = day - timedelta(days=1)
    return _weekday_before(before) if rests(before) else before


def _settled(day: date) -> datetime:
    return datetime.combine(day, time.min, EASTERN).astimezone(UTC) + SETTLES_AFTER


def _page(part: str, _day: date) -> str | None:
    category = category_of(part)
    return f"https://arxiv.org/list/{category.name}/new" if category else None


def _build(http: HttpClient, addresses: Mapping[str, str]) -> ArxivListings:
    return ArxivListings(http, addresses["arxiv_api_url"], addresses["rss_url"])


SOURCE = SourceKind(
    name="arxiv",
    title="arXiv",
    build=_build,
    canonical=canonical,
    newest=newest,
    latest=newest,
    rests=rests,
    page=_page,
    hosts=("arxiv.org", "export.arxiv.org", "rss.arxiv.org"),
)

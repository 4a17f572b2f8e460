"""What a source is to the rest of Paperboy; the demo's bundled day fulfils it too.

A module of this room that holds the constant ``SOURCE``, a :class:`SourceKind`, is one; see
:mod:`bot.sources.kinds`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.net import HttpClient
    from storage import Fulltext, Paper

# When arXiv began: no list on the web is older.
OLDEST = date(1991, 8, 14)


@dataclass(frozen=True)
class DayListing:
    """The papers of one day in the source's order, and how many entries could not be read.

    ``renewed`` are papers of which only a new version was announced: they are not listed. A
    listing that is read at ``settles`` or later changes no more. ``quiet`` is ``holiday`` when the
    source announced nothing at all on a day on which it usually does. A listing that ``overlaps``
    holds papers of the days before; each is listed once.
    """

    papers: "tuple[Paper, ...]"
    skipped: int = 0
    renewed: "tuple[Paper, ...]" = ()
    settles: datetime = datetime.min.replace(tzinfo=UTC)
    quiet: str | None = None
    overlaps: bool = False


class ListingSource(Protocol):
    """Gives listings. *part* is what a subscription says after the source's name and a colon: a
    category, a query; empty for a source that has one list."""

    name: str

    def listing(self, part: str, day: date, /) -> DayListing:
        """The papers of *day* in their order; raises SourceError."""

    def ping(self) -> str | None:
        """None when the source answers, otherwise what is wrong."""


class PaperSource(Protocol):
    """Gives papers by arXiv id."""

    name: str

    def papers(self, ids: Sequence[str]) -> "list[Paper]":
        """The known ones among *ids*; raises SourceError."""

    def ping(self) -> str | None:
        """None when the source answers, otherwise what is wrong."""


class FulltextSource(Protocol):
    """Fetches and stores full texts."""

    def ensure(self, paper: "Paper") -> "Fulltext":
        """The stored full text, fetched first where it is missing."""


def day_in_utc(now: datetime) -> date:
    """The UTC day that has begun at *now*."""
    return now.astimezone(UTC).date()


def _only_whole(part: str) -> str:
    if part:
        raise ValueError("it has one list only")
    return ""


def _no_page(_part: str, _day: date) -> str | None:
    return None


def _no_paper(_paper_id: str) -> str | None:
    return None


@dataclass(frozen=True)
class SourceKind:
    """A kind of source: what can be said of it without asking it.

    Attributes:
        name: stands before the colon in a subscription's sources.
        title: what people call it.
        build: makes the source from the HTTP client and the addresses that are set, by the names
            of their fields in the settings.
        canonical: the one spelling of a *part*; raises ValueError for what is none.
        first: the first day that has a listing.
        newest: the newest day worth posting at a moment.
        latest: the newest day that may be asked for at a moment.
        rests: whether the source usually lists nothing on a day.
        lasting: whether entries go on changing after their listing has settled: votes, links to
            code.
        page: where a listing is on the web.
        paper_page: where a paper is, by its id; None for papers that are not of this source.
        hosts: hosts that its own redirect to.
    """

    name: str
    title: str
    build: Callable[["HttpClient", Mapping[str, str]], ListingSource]
    canonical: Callable[[str], str] = _only_whole
    first: date = OLDEST
    newest: Callable[[datetime], date] = day_in_utc
    latest: Callable[[datetime], date] = day_in_utc
    rests: Callable[[date], bool] = lambda day: day.weekday() >= 5
    lasting: bool = False
    page: Callable[[str, date], str | None] = _no_page
    paper_page: Callable[[str], str | None] = _no_paper
    hosts: tuple[str, ...] = ()

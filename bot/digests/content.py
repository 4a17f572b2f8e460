"""What a digest says, whatever it looks like."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.digests.pictures import Picture
from bot.digests.trends import Trend
from bot.digests.weeks import Week
from storage import ListingDay, Note, Paper, Summary
from storage.summaries import EXTRACTIVE, IMPORTED


class Notice(StrEnum):
    """What went wrong and readers are told; its words are ``digests-notice-…``."""

    SOURCE_DOWN = "source-down"
    BUDGET_SPENT = "budget-spent"
    MODEL_DOWN = "model-down"
    SUMMARIES_LATE = "summaries-late"
    FROM_ABSTRACT = "from-abstract"
    LATE = "late"


@dataclass(frozen=True)
class Related:
    """An earlier paper and the day of its listing. One that is ``strong`` is near enough to be
    shown in the digest itself. ``new_words`` are what the newer paper is about and this one isn't.
    """

    paper: Paper
    day: date | None = None
    strong: bool = False
    new_words: tuple[str, ...] = ()


@dataclass(frozen=True)
class DigestEntry:
    """One paper with its votes, and its number once it is chosen for a digest.

    ``sources`` are those that list the paper, in a digest only where it has several. Why it is
    chosen: ``topics`` are those of the channel that it matches by its words, ``near`` those it
    matches by its meaning; ``taste`` is the topic in which the channel's members were interested
    before, ``like`` the paper that the reader of a digest of their own cared for and this one is
    like. ``is_own`` is set in a member's own digest.

    What is told of it: ``summary`` is in the digest's first language, ``others`` are in its further
    ones; ``abstract`` is shown where there is no summary, and ``elsewhere`` is the sentence of a
    summary in a language that the digest doesn't speak, where the abstract is in none of its
    languages either. ``related`` are earlier papers near this one, ``picture`` is its figure or
    thumbnail, ``table`` one that its results rest on (the caption's line, then the rows), ``notes``
    are what members wrote about it.
    """

    paper: Paper
    votes: int
    number: int = 0
    summary: Summary | None = None
    abstract: str = ""
    others: tuple[Summary, ...] = ()
    topics: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    taste: str | None = None
    like: Paper | None = None
    sources: tuple[str, ...] = ()
    is_own: bool = False
    related: tuple[Related, ...] = ()
    picture: Picture | None = None
    table: str = ""
    notes: tuple[Note, ...] = ()
    elsewhere: str = ""

    @property
    def summaries(self) -> tuple[Summary, ...]:
        """The summaries there are, the first language first."""
        return tuple(one for one in (self.summary, *self.others) if one is not None)


@dataclass(frozen=True)
class Claim:
    """A sentence about a week, with the papers that it rests on."""

    text: str
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class WeekText:
    """A week told in paragraphs of verified sentences, by the model ``maker``; ``verified_by`` is
    the model that verified them, empty where rules did."""

    language: str
    paragraphs: tuple[tuple[Claim, ...], ...]
    maker: str
    verified_by: str = ""


@dataclass(frozen=True)
class DigestContent:
    """A composed digest. ``kind`` is ``daily`` or ``weekly``, ``period`` its date or ISO week,
    ``day`` the listing's (or the week's last) date. ``ranked_by`` is what ordered the papers
    besides votes: ``topics``, ``taste``. ``rest`` is listed by title only, numbered on
    from the entries; ``hidden`` counts the papers that negative topics left out, ``left_out`` those
    that were too many, ``unreadable`` those of the sources' lists that could not be read.

    ``first_day`` is the first of several days, ``listings`` are those that a day's digest is made
    of, ``resting`` those of them whose source announced nothing at all; ``down`` are the kinds of
    sources that gave no usable answer. A week also has ``trends``, the ``weeks`` whose papers they
    count (its own last), how many papers were ``listed`` in it in all, the listings of it that are
    ``unread``, and, where a model could, is ``told`` in each language. A digest that is not
    ``is_posted`` is shown to one reader, without a thread.
    """

    kind: str
    period: str
    day: date
    language: str
    style: str
    entries: tuple[DigestEntry, ...]
    ranked_by: tuple[str, ...] = ()
    rest: tuple[Paper, ...] = ()
    notices: tuple[str, ...] = ()
    hidden: int = 0
    left_out: int = 0
    unreadable: int = 0
    listings: tuple[ListingDay, ...] = ()
    resting: tuple[ListingDay, ...] = ()
    down: tuple[str, ...] = ()
    trends: tuple[Trend, ...] = ()
    first_day: date | None = None
    listed: int = 0
    weeks: tuple[Week, ...] = ()
    unread: tuple[ListingDay, ...] = ()
    told: tuple[WeekText, ...] = ()
    is_posted: bool = True

    @property
    def is_kept(self) -> bool:
        """Whether it is edited when papers or summaries come later, as the posts of a day are."""
        return self.is_posted and self.kind == "daily"

    @property
    def total(self) -> int:
        """How many papers it names."""
        return len(self.entries) + len(self.rest)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of its listings, each once."""
        return tuple(dict.fromkeys(one.source for one in self.listings))

    @property
    def paper_ids(self) -> tuple[str, ...]:
        """All papers in the order of their numbers, which count from 1."""
        return (*(entry.paper.id for entry in self.entries), *(paper.id for paper in self.rest))

    @property
    def from_abstract(self) -> tuple[DigestEntry, ...]:
        """Entries that have no usable summary yet."""
        return tuple(
            entry for entry in self.entries if entry.summary is None or entry.summary.problem
        )

    @property
    def makers(self) -> tuple[str, ...]:
        """Who made the summaries, each once, in order of appearance."""
        of_papers = (
            maker for entry in self.entries for one in entry.summaries for maker in one.makers
        )
        return tuple(dict.fromkeys([*(one.maker for one in self.told), *of_papers]))

    @property
    def verified_by(self) -> str:
        """The model that verified every summary that a model made; empty if there is none."""
        made = [one for entry in self.entries for one in entry.summaries]
        by = {verifier_of(made), *(one.verified_by for one in self.told)}
        return by.pop() if len(by) == 1 else ""


def verifier_of(summaries: Iterable[Summary]) -> str:
    """The model that verified all of *summaries* that a model made; empty if there is none."""
    named = (EXTRACTIVE, IMPORTED, "")
    by = {one.verified_by for one in summaries if (one.made_by or one.maker) not in named}
    return by.pop() if len(by) == 1 else ""

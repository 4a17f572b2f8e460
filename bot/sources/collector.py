"""Collecting: listings and papers from the sources into the storage.

A source that is down costs only what it would have brought: what is stored stays, the report
says so, and the run goes on.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.clock import Clock
from bot.errors import InputError, SourceError
from bot.sources.ids import arxiv_id
from bot.sources.kinds import is_lasting, kind_name, label, part_of
from bot.sources.ports import DayListing, ListingSource, PaperSource, day_in_utc
from storage import ListingEntry, Paper, Storage

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class DayReport:
    """How reading one listing went.

    ``new`` papers came to the listing, ``updated`` were in it before, ``total`` are in it now;
    ``skipped`` entries could not be read. ``problem`` is the log's word for a source that was
    down, else None.
    """

    source: str
    day: date
    new: int = 0
    updated: int = 0
    total: int = 0
    skipped: int = 0
    problem: str | None = None


class Collector:
    """Brings listings and papers into the storage."""

    def __init__(
        self,
        storage: Storage,
        listings: Mapping[str, ListingSource],
        arxiv: PaperSource,
        clock: Clock,
        *,
        stored: Callable[[Sequence[str]], object] = lambda _ids: None,
        noted: Callable[[str, str | None], object] = lambda _source, _problem: None,
    ) -> None:
        """*listings* are the sources by the names that they have in subscriptions. *stored* is
        called with the ids of papers that came or may have changed, once they are
        in the storage; the search index listens there. *noted* is told of each source that was
        asked, with its problem."""
        self._storage = storage
        self._listings = listings
        self._arxiv = arxiv
        self._clock = clock
        self._stored = stored
        self._noted = noted

    def collect_day(self, source: str, day: date) -> DayReport:
        """Read a source's listing of *day*, settled or not, and store it.

        Raises:
            InputError: *day* has not begun yet in UTC.
        """
        self._refuse_future(day)
        try:
            listing = self._read(source, day)
        except SourceError as error:
            log.warning("listing of %s of %s not read: %s", source, day, error)
            self._note(self._name(source), str(error))
            total = self._stored_size(source, day)
            return DayReport(source, day, total=total, problem=str(error))
        self._note(self._name(source), None)
        papers, problem = self._completed(listing.papers)
        new, updated = self._store(source, day, replace(listing, papers=tuple(papers)))
        return DayReport(
            source,
            day,
            new=new,
            updated=updated,
            total=self._stored_size(source, day),
            skipped=listing.skipped,
            problem=problem,
        )

    def ensure_papers(self, ids: Sequence[str]) -> list[Paper]:
        """The papers with these arXiv ids, stored or fetched now; ids unknown to arXiv are left
        out.

        Raises:
            SourceError: some are not stored, and arXiv could not be asked.
        """
        missing = [one for one in self._not_stored(ids) if arxiv_id(one) == one]
        if missing:
            found = {paper.id: paper for paper in self._from_arxiv(missing)}
            with self._storage.transaction():
                # A listing may have brought one with its votes while arXiv was asked.
                new = [found[one] for one in self._not_stored(list(found))]
                self._storage.papers.save(new, now=self._clock())
            self._stored([paper.id for paper in new])
        return self._storage.papers.get_many(ids)

    def renew(self, ids: Iterable[str]) -> None:
        """Ask again what is known of papers: their last listing where its entries go on changing,
        and arXiv. A source that is down costs only what it would have brought."""
        ids = list(ids)
        last = {one for paper in ids for one in self._storage.listings.listed(paper)[:1]}
        for one in sorted(last):
            if is_lasting(one.source):
                self.collect_day(one.source, one.date)
        self._bring_up_to_date(ids)

    def _refuse_future(self, day: date) -> None:
        latest = day_in_utc(self._clock())
        if day > latest:
            raise InputError(
                f"{day} has not begun in UTC",
                message_id="collect-future",
                day=day.isoformat(),
                latest=latest.isoformat(),
            )

    def _read(self, source: str, day: date) -> DayListing:
        asked = self._listings.get(kind_name(source))
        if asked is None:
            raise SourceError(f"there is no source {source!r}")
        listing = asked.listing(part_of(source), day)
        if listing.skipped and not listing.papers:
            raise SourceError(f"none of the {listing.skipped} entries of {day} could be read")
        if not listing.papers and self._stored_size(source, day):
            # Days do not lose all their papers; believing it would settle the day as it stands.
            raise SourceError(f"{label(source)} answered an empty listing for {day}")
        return listing

    def _completed(self, papers: Sequence[Paper]) -> tuple[list[Paper], str | None]:
        """The papers, those without a known abstract completed from arXiv; and what went wrong."""
        bare = [one.id for one in papers if not one.abstract and arxiv_id(one.id) == one.id]
        bare = self._storage.papers.without_abstract(bare)
        if not bare:
            return list(papers), None
        try:
            found = {paper.id: paper for paper in self._from_arxiv(bare)}
        except SourceError as error:
            return list(papers), str(error)
        return [_complete(paper, found.get(paper.id)) for paper in papers], None

    def _bring_up_to_date(self, ids: Iterable[str]) -> None:
        """Store what arXiv says about papers today, if it can be asked."""
        asked = [one for one in ids if arxiv_id(one) == one]
        try:
            found = {paper.id: paper for paper in self._from_arxiv(asked)} if asked else {}
        except SourceError:
            return
        with self._storage.transaction():
            stored = self._storage.papers.get_many(list(found))
            self._storage.papers.save(
                (_complete(paper, found[paper.id]) for paper in stored), now=self._clock()
            )

    def _not_stored(self, ids: Sequence[str]) -> list[str]:
        stored = {paper.id for paper in self._storage.papers.get_many(ids)}
        return [one for one in ids if one not in stored]

    def _from_arxiv(self, ids: Sequence[str]) -> list[Paper]:
        try:
            papers = self._arxiv.papers(ids)
        except SourceError as error:
            log.warning("papers not read from arXiv: %s", error)
            self._note(self._arxiv.name, str(error))
            raise
        self._note(self._arxiv.name, None)
        return papers

    def _store(self, source: str, day: date, listing: DayListing) -> tuple[int, int]:
        now = self._clock()
        papers = self._unlisted(source, day, listing)
        known = {one.id for one in self._storage.papers.get_many([p.id for p in listing.renewed])}
        renewed = [one for one in listing.renewed if one.id in known]
        with self._storage.transaction():
            self._storage.papers.save([*papers, *renewed], now=now)
            counts = self._storage.listings.save(
                source,
                day,
                _entries(papers),
                settled=now >= listing.settles,
                now=now,
                unreadable=listing.skipped,
                quiet=listing.quiet,
            )
        self._stored([paper.id for paper in (*papers, *renewed)])
        return counts

    def _unlisted(self, source: str, day: date, listing: DayListing) -> Sequence[Paper]:
        """The papers without those that the source listed on another day."""
        if not listing.overlaps:
            return listing.papers
        return [
            paper
            for paper in listing.papers
            if all(
                one.source != source or one.date == day
                for one in self._storage.listings.listed(paper.id)
            )
        ]

    def _stored_size(self, source: str, day: date) -> int:
        listing = self._storage.listings.get(source, day)
        return len(listing.entries) if listing is not None and listing.is_read else 0

    def _name(self, source: str) -> str:
        asked = self._listings.get(kind_name(source))
        return asked.name if asked else source

    def _note(self, source: str, problem: str | None) -> None:
        self._storage.listings.save_read(source, problem=problem, now=self._clock())
        self._noted(source, problem)


def _entries(papers: Iterable[Paper]) -> list[ListingEntry]:
    return [
        ListingEntry(paper_id=paper.id, rank=rank, votes=paper.votes)
        for rank, paper in enumerate(papers, start=1)
    ]


def _complete(paper: Paper, from_arxiv: Paper | None) -> Paper:
    """What the listing says, with what only arXiv says."""
    if from_arxiv is None:
        return paper
    return replace(
        paper,
        abstract=paper.abstract or from_arxiv.abstract,
        authors=paper.authors or from_arxiv.authors,
        published=paper.published or from_arxiv.published,
        version=from_arxiv.version,
        code_url=paper.code_url or from_arxiv.code_url,
        categories=from_arxiv.categories,
        withdrawn_at=paper.withdrawn_at or from_arxiv.withdrawn_at,
    )

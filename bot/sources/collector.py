"""Collecting: listings and papers from the sources into the storage.

A source that is down costs only what it would have brought: what is stored stays, the report
says so, and the run goes on.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from bot.clock import Clock
from bot.errors import InputError, SourceError
from bot.sources import DayListing, arxiv_id, latest_askable_day
from bot.sources.changes import Changes, DayState, changes_between
from bot.sources.ports import ListingSource, PaperSource
from storage import ListingEntry, Paper, Storage

__all__ = ["Collector", "DayReport", "Progress", "is_settled", "latest_askable_day"]

log = logging.getLogger(__name__)

SETTLES_AFTER = timedelta(hours=36)

Progress = Callable[[int, int, "DayReport"], None]


@dataclass(frozen=True)
class DayReport:
    """How reading one listing went.

    ``new`` papers came to the listing, ``updated`` were in it before, ``total`` are in it now;
    ``skipped`` entries could not be read. ``problem`` is the log's word for a source that was
    down, else None.
    """

    day: date
    new: int = 0
    updated: int = 0
    total: int = 0
    skipped: int = 0
    problem: str | None = None


def is_settled(day: date, read_at: datetime) -> bool:
    """Whether a reading of the listing of *day* is the last one needed.

    A listing takes in papers until its UTC day ends, and votes go on; twelve hours after that
    end (36 hours after the day's start) it no longer changes enough to be read again.
    """
    return read_at >= datetime.combine(day, time.min, tzinfo=UTC) + SETTLES_AFTER


class Collector:
    """Brings listings and papers into the storage."""

    def __init__(
        self,
        storage: Storage,
        huggingface: ListingSource,
        arxiv: PaperSource,
        clock: Clock,
        *,
        stored: Callable[[Sequence[str]], object] = lambda _ids: None,
        noted: Callable[[str, str | None], object] = lambda _source, _problem: None,
    ) -> None:
        """*stored* is called with the ids of papers that came or may have changed, once they are
        in the storage; the search index listens there. *noted* is told of each source that was
        asked, with its problem."""
        self._storage = storage
        self._huggingface = huggingface
        self._arxiv = arxiv
        self._clock = clock
        self._stored = stored
        self._noted = noted

    def collect_day(self, day: date) -> DayReport:
        """Read the listing of *day*, settled or not, and store it.

        Raises:
            InputError: *day* has not begun yet in UTC.
        """
        self._refuse_future(day)
        try:
            listing = self._read(day)
        except SourceError as error:
            log.warning("listing of %s not read: %s", day, error)
            self._note(self._huggingface.name, str(error))
            return DayReport(day, total=self._stored_size(day), problem=str(error))
        self._note(self._huggingface.name, None)
        papers, problem = self._completed(listing.papers)
        new, updated = self._store(day, papers, unreadable=listing.skipped)
        return DayReport(
            day,
            new=new,
            updated=updated,
            total=self._stored_size(day),
            skipped=listing.skipped,
            problem=problem,
        )

    def collect_range(
        self, first: date, last: date, progress: Progress | None = None
    ) -> list[DayReport]:
        """Read the listings from *first* to *last*, both included; one that fails stops no other.

        *progress* is called after each day with how many are done, how many there are, and the
        day's report.

        Raises:
            InputError: *last* has not begun yet in UTC, or lies before *first*.
        """
        self._refuse_future(last)
        if first > last:
            raise InputError(
                f"{first} is after {last}",
                message_id="collect-backwards",
                first=first.isoformat(),
                last=last.isoformat(),
            )
        days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
        reports: list[DayReport] = []
        for day in days:
            reports.append(self.collect_day(day))
            if progress is not None:
                progress(len(reports), len(days), reports[-1])
        return reports

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

    def refresh(self, day: date) -> Changes:
        """Read the listing of *day* again, ask arXiv about its papers, and tell what is new.

        A source that is down is named in ``problem``; what the other one brought is told.

        Raises:
            InputError: *day* has not begun yet in UTC.
        """
        before = self._state(day)
        report = self.collect_day(day)
        problem = self._bring_up_to_date(self._state(day).papers)
        return changes_between(
            before, self._state(day), problem="; ".join(filter(None, (report.problem, problem)))
        )

    def _refuse_future(self, day: date) -> None:
        latest = latest_askable_day(self._clock())
        if day > latest:
            raise InputError(
                f"{day} has not begun in UTC",
                message_id="collect-future",
                day=day.isoformat(),
                latest=latest.isoformat(),
            )

    def _read(self, day: date) -> DayListing:
        listing = self._huggingface.listing(day)
        if listing.skipped and not listing.papers:
            raise SourceError(f"none of the {listing.skipped} entries of {day} could be read")
        if not listing.papers and self._stored_size(day):
            # Days do not lose all their papers; believing it would settle the day as it stands.
            raise SourceError(f"Hugging Face answered an empty listing for {day}")
        return listing

    def _completed(self, papers: Sequence[Paper]) -> tuple[list[Paper], str | None]:
        """The papers, those without a known abstract completed from arXiv; and what went wrong."""
        bare = [paper.id for paper in papers if not paper.abstract]
        bare = self._storage.papers.without_abstract(bare)
        if not bare:
            return list(papers), None
        try:
            found = {paper.id: paper for paper in self._from_arxiv(bare)}
        except SourceError as error:
            return list(papers), str(error)
        return [_complete(paper, found.get(paper.id)) for paper in papers], None

    def _bring_up_to_date(self, ids: Iterable[str]) -> str | None:
        """Store what arXiv says about papers today; return what went wrong if it can't be asked."""
        asked = [one for one in ids if arxiv_id(one) == one]
        if not asked:
            return None
        try:
            found = {paper.id: paper for paper in self._from_arxiv(asked)}
        except SourceError as error:
            return str(error)
        with self._storage.transaction():
            stored = self._storage.papers.get_many(list(found))
            self._storage.papers.save(
                (_complete(paper, found[paper.id]) for paper in stored), now=self._clock()
            )
        return None

    def _state(self, day: date) -> DayState:
        listing = self._storage.listings.get(day)
        entries = listing.entries if listing else ()
        papers = self._storage.papers.get_many([entry.paper_id for entry in entries])
        return DayState(
            day=day,
            votes={entry.paper_id: entry.votes for entry in entries},
            papers={paper.id: paper for paper in papers},
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

    def _store(self, day: date, papers: Sequence[Paper], *, unreadable: int) -> tuple[int, int]:
        now = self._clock()
        with self._storage.transaction():
            self._storage.papers.save(papers, now=now)
            counts = self._storage.listings.save(
                day,
                _entries(papers),
                settled=is_settled(day, now),
                now=now,
                unreadable=unreadable,
            )
        self._stored([paper.id for paper in papers])
        return counts

    def _stored_size(self, day: date) -> int:
        listing = self._storage.listings.get(day)
        return len(listing.entries) if listing is not None and listing.is_read else 0

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

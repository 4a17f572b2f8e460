"""What mornings, members and questions need of the rooms that make a digest."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from bot.sources.collector import DayReport
from storage import Paper, Summary


class Collector(Protocol):
    """Reads listings from the sources into storage."""

    def collect_day(self, source: str, day: date) -> DayReport:
        """Read one day's listing; a source's failure is in the report, never raised."""


class PaperFetcher(Protocol):
    """Knows papers by their arXiv ids."""

    def ensure_papers(self, ids: Sequence[str]) -> list[Paper]:
        """The papers with these ids, fetched where they aren't stored; without those that nobody
        knows."""


class PaperRenewer(Protocol):
    """Brings what is stored about papers up to date, from all sources."""

    def renew(self, ids: Iterable[str]) -> object:
        """Ask again what is known of these papers; failures are never raised."""


class Summarizer(Protocol):
    """Makes the missing summaries of papers, and stores them."""

    def ensure(
        self,
        papers: Sequence[Paper],
        language: str,
        *,
        again: bool = False,
        until: float | None = None,
    ) -> Mapping[str, Summary]:
        """The summaries by paper id; a paper that fails, or is not done *until* a moment of
        ``time.monotonic``, has one that says so. *again* retries those with a problem."""


class SearchIndex(Protocol):
    """Keeps papers findable."""

    def index(self, paper_ids: Sequence[str]) -> object:
        """Bring the index up to date for these papers; doing it twice changes nothing."""

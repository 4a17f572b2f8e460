"""What the rest of Paperboy asks of a source; the demo's bundled day fulfils it too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from storage import Fulltext, Paper


@dataclass(frozen=True)
class DayListing:
    """The papers of one day in the source's order, and how many entries could not be read."""

    papers: tuple[Paper, ...]
    skipped: int


class ListingSource(Protocol):
    """Gives the listing of a day."""

    name: str

    def listing(self, day: date) -> DayListing:
        """The papers of *day* in their order; raises SourceError."""

    def ping(self) -> str | None:
        """None when the source answers, otherwise what is wrong."""


class PaperSource(Protocol):
    """Gives papers by arXiv id."""

    name: str

    def papers(self, ids: Sequence[str]) -> list[Paper]:
        """The known ones among *ids*; raises SourceError."""

    def ping(self) -> str | None:
        """None when the source answers, otherwise what is wrong."""


class FulltextSource(Protocol):
    """Fetches and stores full texts."""

    def ensure(self, paper: Paper) -> Fulltext:
        """The stored full text, fetched first where it is missing."""

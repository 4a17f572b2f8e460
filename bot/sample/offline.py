"""Sources that hold the bundled day and nothing else: the demo's stand-in for the internet."""

from collections.abc import Sequence
from datetime import date

from bot.sources import DayListing
from storage import Fulltext, Paper, Storage


class BundledListings:
    """The listing source of the demo: what the storage was loaded with."""

    name = "sample"

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def listing(self, day: date) -> DayListing:
        """The bundled papers on their day, nothing on any other."""
        stored = self._storage.listings.get(day)
        ids = [entry.paper_id for entry in stored.entries] if stored else []
        return DayListing(papers=tuple(self._storage.papers.get_many(ids)), skipped=0)

    def ping(self) -> None:
        """Always there."""


class NoPapers:
    """Knows no paper besides the stored ones."""

    name = "sample papers"

    def papers(self, ids: Sequence[str]) -> list[Paper]:  # noqa: ARG002
        """Nothing."""
        return []

    def ping(self) -> None:
        """Always there."""


class NoFulltexts:
    """Has no full text; summaries rest on the descriptions."""

    def ensure(self, paper: Paper) -> Fulltext:
        """A record that says so, not stored."""
        return Fulltext(paper.id, paper.version or 1, "none", problem="demo")

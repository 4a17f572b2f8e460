"""Sources that hold the bundled day and nothing else: the demo's stand-in for the internet."""

from collections.abc import Sequence
from datetime import date

from bot.sources.kinds import DEFAULT_SOURCE
from bot.sources.ports import DayListing
from storage import Fulltext, Paper, Storage


class BundledListings:
    """The listing source of the demo: what the storage was loaded with."""

    name = "sample"

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def listing(self, _part: str, day: date, /) -> DayListing:
        """The bundled papers on their day, nothing on any other."""
        stored = self._storage.listings.get(DEFAULT_SOURCE, day)
        ids = [entry.paper_id for entry in stored.entries] if stored else []
        return DayListing(tuple(self._storage.papers.get_many(ids)))

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


class BundledFulltexts:
    """The full texts that came with the sample; the other papers have their descriptions."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def ensure(self, paper: Paper) -> Fulltext:
        """The stored record, or one that says that there is none, which is not stored."""
        stored = self._storage.fulltexts.get(paper.id)
        return stored or Fulltext(paper.id, paper.version or 1, "none", problem="demo")

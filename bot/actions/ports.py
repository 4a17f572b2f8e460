"""What the desk needs from the collector."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.sources.collector import DayReport
from storage import Paper


class Collector(Protocol):
    """Reads listings, and fetches papers that aren't stored."""

    def collect_day(self, day: date) -> DayReport:
        """Read one day's listing into the storage; a source that is down is no error."""

    def ensure_papers(self, ids: Sequence[str]) -> list[Paper]:
        """The papers with these arXiv ids, without those that nobody knows."""

"""Finding the paper somebody means by a number, an id, a link or words of its title."""

from collections.abc import Callable, Sequence

from rapidfuzz import fuzz, process, utils

from bot.actions.ports import Collector
from bot.errors import InputError, UnknownPaperError
from bot.search import SearchIndex
from bot.sources.ids import find_ids
from storage import Paper, Storage

TITLE_FITS = 80
SHOWN = 60


class PaperFinder:
    """Looks in the list at hand first, then in the archive, then at arXiv."""

    def __init__(self, storage: Storage, collector: Collector, search: SearchIndex) -> None:
        self._storage = storage
        self._collector = collector
        self._search = search

    def find(self, words: str, listed: Callable[[], Sequence[Paper]]) -> Paper:
        """The paper that *words* mean; *listed* gives the papers that numbers count.

        Raises:
            InputError: no words.
            UnknownPaperError: nothing fits.
            SourceError: it isn't stored, and arXiv could not be asked.
        """
        typed = words.strip()
        if not typed:
            raise InputError("no paper given", message_id="desk-no-paper")
        number = typed.rstrip("번.").lstrip("#").strip()
        if number.isdecimal() and len(number) <= 3:
            return self._by_number(int(number), listed())
        ids = find_ids(typed)
        if ids:
            return self.by_id(ids[0])
        return self._by_title(typed, listed())

    def by_id(self, paper_id: str) -> Paper:
        """The paper with this arXiv id.

        Raises:
            UnknownPaperError: arXiv has none.
            SourceError: it isn't stored, and arXiv could not be asked.
        """
        known = self._storage.papers.get(paper_id)
        found = [known] if known else self._collector.ensure_papers([paper_id])
        if not found:
            raise UnknownPaperError(f"no paper {paper_id}", paper=paper_id)
        return found[0]

    def _by_number(self, number: int, listed: Sequence[Paper]) -> Paper:
        if 1 <= number <= len(listed):
            return listed[number - 1]
        raise InputError(
            f"number {number} of {len(listed)}",
            message_id="desk-no-such-number",
            number=number,
            count=len(listed),
        )

    def _by_title(self, typed: str, listed: Sequence[Paper]) -> Paper:
        titles = {paper.id: paper.title for paper in listed}
        best = process.extractOne(
            typed,
            titles,
            scorer=fuzz.partial_ratio if len(typed) > 5 else fuzz.WRatio,
            processor=utils.default_process,
            score_cutoff=TITLE_FITS,
        )
        if best is not None:
            return self.by_id(str(best[2]))
        hits = self._search.papers(typed, limit=1)
        if hits:
            return hits[0].paper
        raise UnknownPaperError(f"no paper fits {typed!r}", paper=typed[:SHOWN])

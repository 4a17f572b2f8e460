"""Asks the sources for the paper behind a title that an archive names without id or link."""

import logging
import re
from collections.abc import Callable, Sequence

from bot.archive.titles import Titles
from bot.errors import SourceError
from storage import Paper

log = logging.getLogger(__name__)

TitleSearch = Callable[[str], Sequence[Paper]]

# A source that failed so often in a row is left in peace for the rest of the import.
_PATIENCE = 2
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]+")
_FEWEST_WORDS = 2


class TitleLookup:
    """Asks one source after the other until one has a paper of exactly this title.

    *searches* are the sources' own searches; each raises SourceError when its source fails.
    """

    def __init__(self, searches: Sequence[TitleSearch]) -> None:
        self._failures = dict.fromkeys(searches, 0)

    def __call__(self, title: str) -> str | None:
        """The arXiv id, or None when no source has such a paper.

        Raises:
            SourceError: nobody has it, and not every source could be asked.
        """
        if len(_WORD.findall(title)) < _FEWEST_WORDS:
            return None  # the sources know English titles only
        problem: SourceError | None = None
        for search, failures in self._failures.items():
            if failures >= _PATIENCE:
                problem = problem or SourceError("a source is not asked any more")
                continue
            try:
                found = search(title)
            except SourceError as error:
                self._failures[search] += 1
                problem = error
                continue
            self._failures[search] = 0
            known = Titles((paper.id, paper.title) for paper in found).find(title)
            if known is not None:
                return known
        if problem is not None:
            raise problem
        return None

"""Finds the paper behind a title: among those whose arXiv id is known, or at the sources."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from bot.errors import SourceError
from storage import Paper
from storage.archive import UNIDENTIFIED

# With its digest and a word beside it, a key still fits into a menu's option (150 characters).
_LONGEST_KEY = 96
_SIMILAR = 90.0
# A title this short has too many neighbours to be matched by likeness.
_SHORTEST_ALIKE = 15

TitleSearch = Callable[[str], Sequence[Paper]]

# A source that failed so often in a row is left in peace for the rest of the import.
_PATIENCE = 2
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]+")
_FEWEST_WORDS = 2


def normalised(title: str) -> str:
    """Letters and digits of any script in lower case, single spaces between."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return re.sub(r"[\W_]+", " ", folded).strip()


def key_of(title: str) -> str:
    """The key of a paper that is known by its title only; the same for any spelling of it, and
    another for any other title."""
    words = normalised(title)
    if not words or len(words) > _LONGEST_KEY:
        digest = hashlib.sha256((words or title).encode("utf-8", "replace")).hexdigest()[:12]
        words = f"{words[:_LONGEST_KEY].strip()} {digest}".strip()
    return UNIDENTIFIED + words.replace(" ", "-")


class Titles:
    """Ids by title. A title that two papers share stands for neither."""

    def __init__(self, known: Iterable[tuple[str, str]] = ()) -> None:
        self._ids: dict[str, str | None] = {}
        self._whole: dict[str, str] = {}
        for paper_id, title in known:
            self.add(paper_id, title)

    def add(self, paper_id: str, title: str) -> None:
        """Remember an identified paper's title; papers without an id are passed over."""
        words = normalised(title)
        if not words or paper_id.startswith(UNIDENTIFIED):
            return
        before = self._ids.setdefault(words, paper_id)
        if before != paper_id:
            self._ids[words] = None
        self._whole.setdefault(words.replace(" ", ""), words)

    def find(self, title: str) -> str | None:
        """The id of the paper with this title, written the same but for marks, spaces and at the
        most a letter a word; None when there is no such paper or more than one."""
        words = normalised(title)
        if not words:
            return None
        written = words if words in self._ids else self._whole.get(words.replace(" ", ""))
        if written is not None:
            return self._ids[written]
        if len(words) < _SHORTEST_ALIKE:
            return None
        near = process.extract(
            words, self._ids.keys(), scorer=fuzz.ratio, score_cutoff=_SIMILAR, limit=5
        )
        found = {self._ids[other] for other, _, _ in near if _alike(words, other)}
        return found.pop() if len(found) == 1 else None


def _alike(one: str, other: str) -> bool:
    """The same words but for a plural or a slip: two titles may well differ in one word only
    (``Qwen2`` and ``Qwen3``, ``image`` and ``video``) and be two papers."""
    left, right = one.split(), other.split()
    return len(left) == len(right) and all(
        a == b or _slip(a, b) for a, b in zip(left, right, strict=True)
    )


def _slip(one: str, other: str) -> bool:
    return (
        min(len(one), len(other)) >= 3
        and one[0] == other[0]
        and one.isalpha()
        and other.isalpha()
        and Levenshtein.distance(one, other, score_cutoff=1) <= 1
    )


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

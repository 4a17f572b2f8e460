"""Finds and stores the relations of new papers."""

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.failures import contained
from bot.search import SearchIndex
from bot.search.nearness import Rarity, Words, nearness, new_words
from storage import Paper, PaperFilter, Relation, Storage

log = logging.getLogger(__name__)

MOST = 3
_CANDIDATES = 60
_SAMPLE = 2000
_MOST_REMEMBERED = 10_000
# Measured on three months of real listings: below these, papers only share a field or a fashion.
_SHARED_WORDS, _SHARED_WORDS_STRONG = 0.15, 0.2
_TOGETHER, _TOGETHER_STRONG = 0.85, 0.9
_WORDS_ALONE, _WORDS_ALONE_STRONG = 0.25, 0.3


class RelationFinder:
    """Looks among all papers that are in the search index; one for all teams, since relations
    belong to none. Safe in any thread."""

    def __init__(self, storage: Storage, search: SearchIndex) -> None:
        self._storage = storage
        self._search = search
        # Papers that were found to have none: each of a morning's channels asks for the same ones.
        self._unrelated: set[str] = set()
        self._lock = threading.Lock()

    def update(self, paper_ids: Sequence[str]) -> None:
        """Find the relations of those papers that have none yet, and store them. The papers must
        be in the search index."""
        with self._lock:
            known = self._storage.relations.of_papers(paper_ids).keys() | self._unrelated
            papers = self._storage.papers.get_many([one for one in paper_ids if one not in known])
            fresh = [one for one in papers if one.abstract]
            rarity = self.rarity() if fresh else None
            for paper in fresh:
                self._relate(paper, rarity)

    def _relate(self, paper: Paper, rarity: Rarity | None) -> None:
        found = self.find(paper, rarity)
        self._storage.relations.save(paper.id, found)
        if not found:
            if len(self._unrelated) >= _MOST_REMEMBERED:
                self._unrelated.clear()
            self._unrelated.add(paper.id)

    def rarity(self) -> Rarity:
        """How rare words are among the newest papers."""
        newest = self._storage.words.filtered(PaperFilter(), limit=_SAMPLE)
        return Rarity(Words.of(paper) for paper in self._storage.papers.get_many(newest))

    def find(self, paper: Paper, rarity: Rarity | None = None) -> list[Relation]:
        """The nearest papers that came before *paper*, best first."""
        asked = " ".join((paper.title, *paper.keywords))
        near = [one for one in self._search.related(asked, limit=_CANDIDATES) if one.abstract]
        seen = self._days([paper, *near])
        candidates = [one for one in near if _before(seen[one.id], seen[paper.id])]
        if not candidates:
            return []
        similar = self._search.similarities(
            f"{paper.title}. {paper.abstract}", [one.id for one in candidates]
        )
        mine, rarity = Words.of(paper), rarity or self.rarity()
        found = []
        for one in candidates:
            theirs = Words.of(one)
            shared = nearness(mine, theirs, rarity)
            relation = _judged(paper.id, one.id, shared, similar.get(one.id))
            if relation is not None:
                found.append(replace(relation, new_words=new_words(mine, theirs)))
        return sorted(found, key=lambda one: -one.score)[:MOST]

    def _days(self, papers: Sequence[Paper]) -> Mapping[str, date | None]:
        """When each could first be seen."""
        listed = self._storage.listings.first_days([one.id for one in papers])
        return {
            one.id: listed.get(one.id) or (one.published.date() if one.published else None)
            for one in papers
        }


class RelatingIndex:
    """The search index as the morning sees it: papers that are indexed get their relations too."""

    def __init__(self, search: SearchIndex, relations: RelationFinder) -> None:
        self._search = search
        self._relations = relations

    def index(self, paper_ids: Sequence[str]) -> None:
        """Index, then relate: a digest without relations is still a digest."""
        self._search.index(paper_ids)
        with contained(log, "relations of %d papers failed", len(paper_ids)):
            self._relations.update(paper_ids)


def _before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other


def _judged(
    paper_id: str, other_id: str, words: float, similarity: float | None
) -> Relation | None:
    if similarity is None:
        near, strong = words >= _WORDS_ALONE, words >= _WORDS_ALONE_STRONG
    else:
        together = words + similarity
        near = words >= _SHARED_WORDS and together >= _TOGETHER
        strong = words >= _SHARED_WORDS_STRONG and together >= _TOGETHER_STRONG
    score = round(words + (similarity or 0.0), 4)
    return Relation(paper_id, other_id, score, strong) if near else None

"""Ranks the passages of one paper (or a few) by words and by meaning. Pure arithmetic.

Words are weighed within the paper at hand, since a word that is rare in the archive may stand in
every paragraph of its paper. A section's title counts as part of each of its passages, and a
passage lends a little of its score to its neighbours: answers often stand one paragraph on.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.search.embedder import Vectors
from bot.search.question_map import QuestionMap, signs_of
from bot.text.words import content_words
from storage import Passage

Scores = NDArray[np.float64]

_SATURATION, _LENGTH = 1.2, 0.75
_TITLE_REPEATS = 2
_NEIGHBOUR_SHARE = 0.1
FUSION_CONSTANT = 60


@dataclass(frozen=True)
class Posting:
    """Where a word stands: passage indexes and how often in each."""

    places: NDArray[np.int64]
    counts: NDArray[np.float64]


@dataclass(frozen=True)
class Prepared:
    """Passages ready for ranking; ``vectors`` is None when some passage has none. ``signs`` are
    what can be seen on their surface (:mod:`bot.search.question_map`)."""

    passages: tuple[Passage, ...]
    postings: Mapping[str, Posting]
    lengths: Scores
    vectors: Vectors | None
    signs: Vectors


@dataclass(frozen=True)
class Ranked:
    """Scores by passage index: fused, by words (BM25), and cosine similarity (or None)."""

    fused: Scores
    words: Scores
    similarity: Scores | None


def passage_text(section: str, text: str) -> str:
    """What is indexed and embedded of a passage."""
    title = section.replace(" › ", ". ")
    return f"{title}. {text}" if title else text


def prepare(passages: Sequence[Passage], vectors: Vectors | None) -> Prepared:
    """Count the words of *passages*; *vectors* has one row for each, or is None."""
    places: dict[str, list[tuple[int, int]]] = {}
    lengths = np.zeros(len(passages))
    for index, passage in enumerate(passages):
        counts = Counter(content_words(passage.text))
        for word in content_words(passage.section) * _TITLE_REPEATS:
            counts[word] += 1
        lengths[index] = counts.total()
        for word, count in counts.items():
            places.setdefault(word, []).append((index, count))
    postings = {
        word: Posting(
            np.array([index for index, _ in found], dtype=np.int64),
            np.array([count for _, count in found], dtype=np.float64),
        )
        for word, found in places.items()
    }
    signs = signs_of([passage.text for passage in passages])
    return Prepared(tuple(passages), postings, lengths, vectors, signs)


def rank(
    prepared: Prepared,
    weights: Mapping[str, float],
    query_vector: Vectors | None,
    learnt: QuestionMap | None = None,
) -> Ranked:
    """Score every passage for the weighed query words and the query's vector; a map that was
    *learnt* for such vectors puts passages that answer before those that say the same."""
    words = bm25(prepared, weights)
    similarity: Scores | None = None
    vectors = prepared.vectors
    fused = standard(words)
    if query_vector is not None and vectors is not None and len(vectors.T) == len(query_vector):
        similarity = (vectors @ query_vector).astype(np.float64)
        likely = learnt.scores(query_vector, vectors, prepared.signs) if learnt else similarity
        fused = fused + standard(likely)
    return Ranked(_with_neighbours(fused), words, similarity)


def bm25(prepared: Prepared, weights: Mapping[str, float]) -> Scores:
    """The BM25 score of every passage."""
    total = len(prepared.passages)
    scores = np.zeros(total)
    if not total:
        return scores
    average = max(float(prepared.lengths.mean()), 1.0)
    for word, weight in weights.items():
        posting = prepared.postings.get(word)
        if posting is None:
            continue
        many = len(posting.places)
        rarity = math.log(1 + (total - many + 0.5) / (many + 0.5))
        norm = 1 - _LENGTH + _LENGTH * prepared.lengths[posting.places] / average
        gain = posting.counts * (_SATURATION + 1) / (posting.counts + _SATURATION * norm)
        scores[posting.places] += weight * rarity * gain
    return scores


@lru_cache(maxsize=4_096)
def counted(title: str, text: str) -> Counter[str]:
    """The content words of a titled text, those of the title several times."""
    counts = Counter(content_words(text))
    for word in content_words(title):
        counts[word] += _TITLE_REPEATS
    return counts


def saturated(texts: Sequence[Counter[str]], weights: Mapping[str, float]) -> list[float]:
    """The BM25 score of every text as a part of what one could have that is about nothing but
    the weighed words, from 0 to 1."""
    lengths = [counts.total() for counts in texts]
    average = max(sum(lengths) / len(texts), 1.0) if texts else 1.0
    scores, most = [0.0] * len(texts), 0.0
    for word, weight in weights.items():
        many = sum(word in counts for counts in texts)
        if not many:
            continue
        rarity = weight * math.log(1 + (len(texts) - many + 0.5) / (many + 0.5))
        most += rarity * (_SATURATION + 1)
        for place, counts in enumerate(texts):
            if count := counts[word]:
                norm = 1 - _LENGTH + _LENGTH * lengths[place] / average
                scores[place] += rarity * count * (_SATURATION + 1) / (count + _SATURATION * norm)
    return [score / most for score in scores] if most else scores


def standard(scores: Scores) -> Scores:
    """Scores with mean 0 and deviation 1, so that different kinds can be added."""
    spread = float(scores.std()) if len(scores) else 0.0
    return (scores - scores.mean()) / spread if spread > 1e-9 else np.zeros_like(scores)


def reciprocal_rank(rankings: Sequence[Sequence[str]]) -> list[tuple[str, float]]:
    """Several rankings of ids as one with scores, best first."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for place, one in enumerate(ranking, start=1):
            scores[one] = scores.get(one, 0.0) + 1 / (FUSION_CONSTANT + place)
    return sorted(scores.items(), key=lambda pair: -pair[1])


def _with_neighbours(scores: Scores) -> Scores:
    spread = scores.copy()
    spread[1:] += _NEIGHBOUR_SHARE * scores[:-1]
    spread[:-1] += _NEIGHBOUR_SHARE * scores[1:]
    return spread

"""Chooses the sentences of the gathered texts that most probably answer a question.

Three signs count: most what was learnt of where answers lie, less how well the passage ranks, and
least the question's words, which have had their say in the passage's rank. Each sentence is shown
with the better of its neighbours where that one tells as much of it, and with the one before it
where it leans on that.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from bot.answers.evidence import Source
from bot.answers.prose import quotable
from bot.languages import any_of, language_of_text
from bot.search import Embedder
from bot.search.index import query_weights
from bot.search.matching import QueryTerm, matched, query_terms
from bot.search.question_map import question_map, signs_of
from bot.search.ranking import bm25, prepare, standard
from bot.text.words import content_words
from storage import Passage

Scores = NDArray[np.float64]
_ALIKE = 70.0
# Weights of the signs beside the passage's rank, all in standard deviations.
_LEARNT, _OF_WORDS = 2.0, 0.5
# A neighbour is shown from this far above the average sentence on.
_TELLING = 1.0
# How sure one may be that a question is answered: the cosine of the nearest sentence and half the
# share of the question's words that it holds. Of the questions about the papers that the limits
# were set on (``tests.benchmarks.answers``), a tenth lies below the first and a fifth below the
# second.
PERHAPS, FOUND = 0.46, 0.55
_WORDS = 0.5
_LEANING = any_of(lambda one: one.cues.leaning)
# A word that texts of another language can't be searched for counts as found by this much.
_UNKNOWN = 0.5


@dataclass(frozen=True)
class Pick:
    """One or two sentences that follow each other in a source, and how sure it is that they
    answer."""

    text: str
    source: Source
    score: float
    confidence: float = 1.0


@dataclass(frozen=True)
class Picks:
    """The best sentences, best first, none nearly the same as another, and how sure it is that
    they answer."""

    best: tuple[Pick, ...] = ()
    confidence: float = 0.0


def pick(
    question: str,
    sources: Sequence[Source],
    *,
    embedder: Embedder | None,
    limit: int,
    alike: Sequence[str] = (),
) -> Picks:
    """The *limit* best places of the sources. What answers one of the questions *alike* surely
    answers this one as well."""
    cut = [(text, source) for source in sources for text in _sentences_of(source)]
    if not cut:
        return Picks()
    texts = [text for text, _ in cut]
    scores = _scores(question, cut, embedder)
    sure = np.max([_confidence(one, cut, embedder) for one in (question, *alike)], axis=0)
    best = _places(texts, [source for _, source in cut], scores, sure, limit)
    return Picks(tuple(best), float(sure.max()))


def nearest(claim: str, source: Source, embedder: Embedder | None) -> str | None:
    """The sentence of *source* that says most of what *claim* says."""
    texts = quotable(source.text)
    if not texts:
        return None
    likeness = _coverage(claim, [(text, source) for text in texts])
    if embedder is not None:
        vectors = embedder.embed([claim, *texts])
        likeness = _WORDS * likeness + vectors[1:] @ vectors[0]
    return texts[int(likeness.argmax())]


def _sentences_of(source: Source) -> list[str]:
    is_table = source.hit is not None and source.hit.passage.kind == "table"
    return [] if is_table else quotable(source.text)


def _confidence(
    question: str, cut: Sequence[tuple[str, Source]], embedder: Embedder | None
) -> Scores:
    """How sure it is of each sentence that it answers."""
    covered = _coverage(question, cut)
    if embedder is None:
        return covered
    vectors = embedder.embed([question, *(text for text, _ in cut)])
    return np.asarray(_WORDS * covered + vectors[1:] @ vectors[0], dtype=np.float64)


def _scores(question: str, cut: Sequence[tuple[str, Source]], embedder: Embedder | None) -> Scores:
    """How much each sentence looks like an answer."""
    texts = [text for text, _ in cut]
    words = bm25(
        prepare([Passage(at, text) for at, text in enumerate(texts)], None),
        query_weights(question),
    )
    ranks = np.array([np.nan if one.hit is None else one.hit.score for _, one in cut])
    # What is no passage (a summary, a note) ranks with the average one.
    ranks = np.where(np.isnan(ranks), np.nanmean(ranks) if not np.isnan(ranks).all() else 0, ranks)
    scores = _OF_WORDS * standard(words) + standard(ranks)
    if embedder is None:
        return scores
    vectors = embedder.embed([question, *texts])
    similar = np.asarray(vectors[1:] @ vectors[0], dtype=np.float64)
    learnt = question_map(embedder.name)
    likely = similar if learnt is None else learnt.scores(vectors[0], vectors[1:], signs_of(texts))
    return scores + _LEARNT * standard(likely)


def _coverage(question: str, cut: Sequence[tuple[str, Source]]) -> Scores:
    """The share of the question's words that each sentence and the title above it hold, rare
    words counting more."""
    wanted, asked_in = query_terms(question), language_of_text(question)
    return np.array(
        [_share(wanted, text, source.section, language_of_text(text) == asked_in)
         for text, source in cut]
    )  # fmt: skip


def _share(wanted: Sequence[QueryTerm], text: str, section: str, is_same_language: bool) -> float:
    found = matched(wanted, {*content_words(text), *content_words(section)})
    unknown = 0.0 if is_same_language else _UNKNOWN
    held = (
        needle.weight * (1.0 if place in found else 0.0 if needle.translated else unknown)
        for place, needle in enumerate(wanted)
    )
    total = sum(needle.weight for needle in wanted)
    return sum(held) / total if total else 0.0


def _places(
    texts: Sequence[str], sources: Sequence[Source], scores: Scores, sure: Scores, limit: int
) -> list[Pick]:
    """The best sentences with their neighbours."""
    kept: list[Pick] = []
    shown: set[int] = set()
    for at in np.argsort(-scores, kind="stable").tolist():
        if len(kept) == limit:
            break
        if at in shown or any(fuzz.token_set_ratio(texts[at], one.text) >= _ALIKE for one in kept):
            continue
        beside = [
            one
            for one in (at - 1, at + 1)
            if 0 <= one < len(texts) and sources[one] is sources[at] and one not in shown
        ]
        near = max(beside, key=lambda one: scores[one], default=None)
        is_told = near is not None and scores[near] > _TELLING
        leans_on = at - 1 if _LEANING.match(texts[at]) and at - 1 in beside else at
        whole = sorted({at, leans_on, near if is_told else at})
        shown.update(whole)
        text, confidence = " ".join(texts[one] for one in whole), float(sure[whole].max())
        kept.append(Pick(text, sources[at], float(scores[at]), confidence))
    return kept

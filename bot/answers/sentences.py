"""Chooses the sentences of the gathered texts that come nearest to a question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from bot.answers.definitions import Term, asked_terms
from bot.answers.evidence import PASSAGE, SUMMARY, Source
from bot.answers.figures import measures
from bot.answers.kinds import Kind, Look, asks_for_whole_setup, look_for, residue
from bot.answers.prose import is_whole, quotable
from bot.search import Embedder
from bot.search.matching import Needle, matched, needles, share
from bot.search.words import content_words, has_hangul

_ALIKE = 70.0
_FLOATS = re.compile(r"\b(?:table|figure|fig)\b|표|그림|도표", re.IGNORECASE)
_ASIDES = re.compile(
    r"appendix|supplement|case stud|prompt|qualitative example|transformation", re.IGNORECASE
)
_MEASURED = frozenset((Kind.RESULTS, Kind.SETUP, Kind.DATA))
# How much each sign counts beside the similarity in meaning, which lies between 0 and 1.
_SLOT, _TITLE, _OTHER_TITLE, _ASIDE = 0.90, 0.30, 0.06, 0.25
_ORIGIN, _RANK, _TONGUE, _SCRAP, _NUMBER = 0.04, 0.12, 0.12, 0.15, 0.10
# What a sentence gains for parts of the question that no chosen one holds yet.
_NEWS = 0.30
# What it gains when it tells what the thing is that the question asks about, and when its section
# bears the name of that thing.
_TELLS, _NAMED, _FIRST = 0.50, 0.15, 0.15
_FIRST_SECTIONS = re.compile(r"abstract|introduction|overview|초록", re.IGNORECASE)
_CONSIDERED = 60


@dataclass(frozen=True)
class _Scale:
    near: float
    words: float
    cue: float


# "Which data?" says little by itself: then the way a sentence speaks counts for more.
_FOR_SPECIAL = _Scale(near=1.0, words=0.45, cue=0.10)
_FOR_GENERAL = _Scale(near=0.5, words=0.15, cue=0.30)
# A question says little beside its kind when its other words weigh less than this together; a
# word that stands in every thirtieth passage of papers at large weighs 0.6.
_LITTLE = 0.8


@dataclass(frozen=True)
class Pick:
    """A sentence with its source. ``similarity`` is None without an embedder; ``matched`` are
    the needles of the question that stand in it, ``coverage`` is their weighed share. ``tells``
    is set when it says what the thing is that the question asks about. ``mark`` stands before a
    member of a list ("1.", "•")."""

    text: str
    source: Source
    score: float
    similarity: float | None
    coverage: float
    matched: frozenset[int] = frozenset()
    tells: bool = False
    mark: str = ""


@dataclass(frozen=True)
class Picks:
    """The best sentences, best first, none nearly the same as another; and the highest
    similarity and coverage that any sentence reached."""

    best: tuple[Pick, ...] = ()
    similarity: float | None = None
    coverage: float = 0.0


def pick(
    question: str,
    sources: Sequence[Source],
    *,
    kind: Kind,
    embedder: Embedder | None,
    limit: int,
) -> Picks:
    """The *limit* best sentences of the sources."""
    pairs = [(text, source) for source in sources for text in _sentences_of(source, question)]
    if not pairs:
        return Picks()
    wanted = needles(question)
    similar = _similarities(question, [text for text, _ in pairs], embedder)
    terms = [term.as_in(one.text for one in sources) for term in asked_terms(question)]
    scorer = _Scorer(question, kind, wanted, terms)
    picks = [
        scorer.pick(text, source, None if similar is None else float(similar[at]))
        for at, (text, source) in enumerate(pairs)
    ]
    ranked = sorted(picks, key=lambda one: -one.score)
    return Picks(
        best=tuple(_different(ranked[:_CONSIDERED], wanted, limit)),
        similarity=None if similar is None else float(similar.max()),
        coverage=max(one.coverage for one in picks),
    )


def is_general(question: str, kind: Kind) -> bool:
    """Whether a question asks for its kind alone ("Which datasets are used?"), in common words,
    so that any paper with a place for it answers."""
    if kind is Kind.OTHER or (kind is Kind.SETUP and not asks_for_whole_setup(question)):
        return False
    return sum(needle.weight for needle in needles(residue(question, kind))) < _LITTLE


class _Scorer:
    def __init__(
        self, question: str, kind: Kind, wanted: Sequence[Needle], terms: Sequence[Term]
    ) -> None:
        self._wanted = wanted
        self._look = look_for(kind)
        self._scale = _FOR_GENERAL if is_general(question, kind) else _FOR_SPECIAL
        self._is_korean = has_hangul(question)
        self._is_measured = kind in _MEASURED
        self._terms = terms

    def pick(self, text: str, source: Source, similarity: float | None) -> Pick:
        found = matched(self._wanted, set(content_words(text)))
        covered = share(self._wanted, found)
        tells = max((term.told_by(text, source.section) for term in self._terms), default=0.0)
        score = (
            self._scale.near * (similarity or 0.0)
            + self._scale.words * covered
            + self._scale.cue * has_cue(text, self._look)
            + self._of_telling(tells, source)
            + self._of_text(text)
            + self._of_source(source)
        )
        return Pick(text, source, score, similarity, covered, found, tells > 0)

    def _of_text(self, text: str) -> float:
        score = 0.0 if is_whole(text) else -_SCRAP
        if self._is_measured and measures(text):
            score += _NUMBER
        return score + (_TONGUE if self._is_korean and has_hangul(text) else 0.0)

    def _of_telling(self, tells: float, source: Source) -> float:
        """Where a paper first says what its things are, it says so for those new to them."""
        is_first = tells >= 1.0 and _FIRST_SECTIONS.search(source.section) is not None
        return _TELLS * tells + _FIRST * is_first

    def _of_source(self, source: Source) -> float:
        if source.origin == SUMMARY:
            slots = self._look.slots
            place = slots.index(source.slot) if source.slot in slots else None
            return 0.0 if place is None else _SLOT * (1 - place / (2 * len(slots)))
        nearness = _RANK / (1 + source.rank) if source.origin == PASSAGE else _ORIGIN
        named = any(term.names(source.section) for term in self._terms)
        return nearness + _NAMED * named + _title_sign(source.section, self._look)


def _sentences_of(source: Source, question: str) -> list[str]:
    """A table or caption is quoted only when the question is about one."""
    is_float = source.hit is not None and source.hit.passage.kind != "text"
    return [] if is_float and not _FLOATS.search(question) else quotable(source.text)


def has_cue(text: str, look: Look) -> bool:
    """Whether the sentence speaks the way answers of this kind do."""
    if look.cues is None or not look.cues.search(text):
        return False
    return look.not_cues is None or not look.not_cues.search(text)


def _title_sign(section: str, look: Look) -> float:
    if look.titles is not None and look.titles.search(section):
        return _TITLE
    if look.other_titles is not None and look.other_titles.search(section):
        return _OTHER_TITLE
    return -_ASIDE if _ASIDES.search(section) else 0.0


def _similarities(
    question: str, texts: Sequence[str], embedder: Embedder | None
) -> NDArray[np.float32] | None:
    if embedder is None:
        return None
    vectors = embedder.embed([question, *texts])
    return np.asarray(vectors[1:] @ vectors[0])


def _different(ranked: Sequence[Pick], wanted: Sequence[Needle], limit: int) -> list[Pick]:
    """The first *limit* that differ, parts of the question that are still open counting more;
    among several, one at least is not of a summary."""
    kept: list[Pick] = []
    open_ones = list(ranked)
    while open_ones and len(kept) < limit:
        told = frozenset().union(*(one.matched for one in kept)) if kept else frozenset()
        best = max(open_ones, key=lambda one: one.score + _NEWS * share(wanted, one.matched - told))
        open_ones.remove(best)
        if _adds(best, kept, limit):
            kept.append(best)
    return kept


def _adds(one: Pick, kept: Sequence[Pick], limit: int) -> bool:
    summaries = sum(other.source.origin == SUMMARY for other in kept)
    if one.source.origin == SUMMARY and summaries and summaries + 1 == limit:
        return False
    return all(fuzz.token_set_ratio(one.text, other.text) < _ALIKE for other in kept)

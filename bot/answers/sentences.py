"""Chooses the sentences of the gathered texts that come nearest to a question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from bot.answers.evidence import ABSTRACT, PASSAGE, SUMMARY, Source
from bot.answers.kinds import Kind, Look, look_for, residue
from bot.fulltext.text import sentences
from bot.search import Embedder
from bot.search.matching import coverage, needles
from bot.search.words import content_words, has_hangul

_SHORTEST, _LONGEST = 20, 420
_ALIKE = 82.0
_FLOATS = re.compile(r"\b(?:table|figure|fig)\b|표|그림|도표", re.IGNORECASE)
# How much each sign counts beside the similarity in meaning, which lies between 0 and 1.
_SLOT, _TITLE, _OTHER_TITLE, _ASIDE = 0.90, 0.30, 0.06, 0.25
_ORIGIN, _RANK, _TONGUE, _SCRAP = 0.04, 0.12, 0.12, 0.15
_ASIDES = re.compile(
    r"appendix|supplement|case stud|prompt|qualitative example|transformation", re.I
)
_FEWEST_WORDS, _MOST_SYMBOLS = 3, 3
_SYMBOL = re.compile(r"[=∼∈∑∏∇πθ^{}ˆ≤≥∥]")
_ENDS = re.compile(r"(?<!; \d)[.!?。][\"'”’)\]]*$")
_BULLET = re.compile(r"^[•·▪–*-]\s+")
# A word or a number with the punctuation that prose puts around it.
_WORD = re.compile(
    r"[(\[\"'“‘]*(?:[^\W\d_][\w’'./+–-]*|[\d.,:/–-]*\d[\w%.-]*)[)\]\"'”’.,;:!?%]*|[–—&]"
)


@dataclass(frozen=True)
class _Scale:
    near: float
    words: float
    cue: float


# "Which data?" says little by itself: then the way a sentence speaks counts for more.
_FOR_SPECIAL = _Scale(near=1.0, words=0.45, cue=0.10)
_FOR_GENERAL = _Scale(near=0.5, words=0.15, cue=0.30)
# A word of this rarity or less stands in every thirtieth passage of papers at large.
_COMMON = 0.6


@dataclass(frozen=True)
class Pick:
    """A sentence with its source. ``similarity`` is None without an embedder; ``coverage`` is
    the weighed share of the question's words that stand in it."""

    text: str
    source: Source
    score: float
    similarity: float | None
    coverage: float


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
    scale = _FOR_GENERAL if is_general(question, kind) else _FOR_SPECIAL
    look = look_for(kind)
    similar = _similarities(question, [text for text, _ in pairs], embedder)
    picks = []
    for at, (text, source) in enumerate(pairs):
        covered = coverage(wanted, set(content_words(text)))
        near = None if similar is None else float(similar[at])
        score = scale.near * (near or 0.0) + scale.words * covered + scale.cue * has_cue(text, look)
        score += _signs(text, source, look, question)
        picks.append(Pick(text, source, score, near, covered))
    return Picks(
        best=tuple(_different(sorted(picks, key=lambda one: -one.score), limit)),
        similarity=None if similar is None else float(similar.max()),
        coverage=max(one.coverage for one in picks),
    )


def _sentences_of(source: Source, question: str) -> list[str]:
    """A table or caption is quoted only when the question is about one."""
    is_float = source.hit is not None and source.hit.passage.kind != "text"
    return [] if is_float and not _FLOATS.search(question) else quotable(source.text)


def quotable(text: str) -> list[str]:
    """The sentences that can stand alone: neither scraps nor walls of symbols."""
    found = []
    for line in text.split("\n"):
        for sentence in (_BULLET.sub("", one) for one in sentences(line)):
            if _SHORTEST <= len(sentence) <= _LONGEST and _is_prose(sentence):
                found.append(sentence)
    return found


def _is_prose(sentence: str) -> bool:
    tokens = sentence.split()
    words = [token for token in tokens if _WORD.fullmatch(token)]
    symbols = sum(bool(_SYMBOL.search(token)) for token in tokens)
    enough = len(words) >= _FEWEST_WORDS and len(words) > 0.7 * len(tokens)
    return " | " not in sentence and symbols < _MOST_SYMBOLS and enough


def is_general(question: str, kind: Kind) -> bool:
    """Whether a question asks for its kind alone ("Which datasets are used?"), in common words,
    so that any paper with a place for it answers."""
    if kind is Kind.OTHER:
        return False
    return all(needle.weight < _COMMON for needle in needles(residue(question, kind)))


def _signs(text: str, source: Source, look: Look, question: str) -> float:
    """What speaks for a sentence besides its words, its meaning and its way of speaking."""
    score = 0.0 if _ENDS.search(text) else -_SCRAP
    if source.slot and source.slot in look.slots:
        score += _SLOT * (1 - look.slots.index(source.slot) / (2 * len(look.slots)))
    if source.origin == PASSAGE:
        score += _RANK / (1 + source.rank)
    if source.origin == ABSTRACT:
        score += _ORIGIN
    if source.origin != SUMMARY:
        score += _title_sign(source.section, look)
    if has_hangul(question) and has_hangul(text):
        score += _TONGUE
    return score


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


def _different(picks: Sequence[Pick], limit: int) -> list[Pick]:
    """The first *limit* that differ; among several, one at least is not of a summary."""
    kept: list[Pick] = []
    for one in picks:
        if len(kept) == limit:
            break
        told = sum(other.source.origin == SUMMARY for other in kept)
        if one.source.origin == SUMMARY and told and told + 1 == limit:
            continue
        if all(fuzz.token_set_ratio(one.text, other.text) < _ALIKE for other in kept):
            kept.append(one)
    return kept

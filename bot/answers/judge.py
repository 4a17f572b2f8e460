"""Judges, without a model, whether the texts found really answer a question.

Two signs are weighed: how near the nearest sentence is in meaning, and how much of the question
(rare words counting more) the best sentence holds. The weights were fitted on questions about
NLP papers, each asked of its own paper and of others; ``tests.benchmarks.refusal`` repeats that.
"""

from collections.abc import Sequence

from bot.answers.kinds import Kind, Look, look_for
from bot.answers.sentences import Pick, Picks, has_cue, is_general

# Log-odds: weight of similarity and of coverage; the line is drawn where a tenth of the questions
# that a paper answers would be refused.
SIMILARITY, COVERAGE, BIAS = 5.6, 3.4, -3.25
# What lies below touches the question so little that it isn't worth showing.
_NEAR = -1.0
# Without vectors only coverage is known.
_COVERED_ENOUGH = 0.5


def seems_answered(question: str, kind: Kind, picks: Picks) -> bool:
    """Whether the picks are near enough to the question to be shown as an answer."""
    if not picks.best:
        return False
    look = look_for(kind)
    if any(pick.tells for pick in picks.best):
        return True
    if kind is Kind.SUMMARY or any(pick.source.slot in look.slots for pick in picks.best):
        return True
    if look.is_strict:
        return any(_is_marked(pick, look) for pick in picks.best)
    if is_general(question, kind) and any(_is_in_its_place(pick, look) for pick in picks.best):
        return True
    return confidence(picks.similarity, picks.coverage) >= 0.0


def fitting(kind: Kind, picks: Sequence[Pick]) -> tuple[Pick, ...]:
    """Of the picks of an answered question those that may be shown: for a strict kind, only
    sentences that are of that kind."""
    look = look_for(kind)
    return tuple(pick for pick in picks if not look.is_strict or _is_marked(pick, look))


def is_near(similarity: float | None, coverage: float) -> bool:
    """Whether a sentence at least touches the question, although it may not answer it."""
    if similarity is None:
        return coverage > 0.0
    return confidence(similarity, coverage) >= _NEAR


def confidence(similarity: float | None, coverage: float) -> float:
    """Above 0 when the question is probably answered."""
    if similarity is None:
        return coverage - _COVERED_ENOUGH
    return SIMILARITY * similarity + COVERAGE * coverage + BIAS


def _is_in_its_place(pick: Pick, look: Look) -> bool:
    places = (look.titles, look.other_titles)
    placed = any(one is not None and one.search(pick.source.section) for one in places)
    return placed and has_cue(pick.text, look)


def _is_marked(pick: Pick, look: Look) -> bool:
    """Whether a sentence stands in a section of its kind, or says that it is of its kind."""
    titled = look.titles is not None and look.titles.search(pick.source.section) is not None
    return titled or pick.source.slot in look.slots or has_cue(pick.text, look)

"""How much of a question stands in a text, rare words counting more than common ones.

A word counts as found when it stands there itself or in another language. How rare a word is
in papers at large comes from a small table, counted over the full texts of ten papers, so that
the measure means the same in an archive of three papers as in one of thirty thousand.
"""

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from bot.languages import languages
from bot.text.terms import Term, terms_of
from bot.text.words import content_words, in_pairs, is_stop_word, query_words

_RAREST = 0.004
# A word of another script whose English is not known cannot be looked for in an English text.
_UNTRANSLATED = 0.3


@dataclass(frozen=True)
class QueryTerm:
    """One term of a question: sets of words, any of which stands for it, and its weight. It is
    ``translated`` when texts of other languages can hold it as well."""

    alternatives: tuple[frozenset[str], ...]
    weight: float
    translated: bool = True


def query_terms(question: str) -> tuple[QueryTerm, ...]:
    """The terms of a question that say what it is about."""
    words = [word for word in query_words(question) if not is_stop_word(word)]
    return tuple(one for one in map(_query_term, terms_of(words)) if one is not None)


def matched(wanted: Sequence[QueryTerm], words: Set[str]) -> frozenset[int]:
    """The places of the query_terms that stand in a text's content words."""
    return frozenset(
        place
        for place, needle in enumerate(wanted)
        if any(alternative <= words for alternative in needle.alternatives)
    )


def share(wanted: Sequence[QueryTerm], found: Set[int]) -> float:
    """The weighed share of the query_terms at the places *found*, 0 to 1."""
    total = sum(needle.weight for needle in wanted)
    return sum(wanted[place].weight for place in found) / total if total else 0.0


def coverage(wanted: Sequence[QueryTerm], words: Set[str]) -> float:
    """The weighed share of the query_terms that stand in a text's content words, 0 to 1."""
    return share(wanted, matched(wanted, words))


def rarity(word: str) -> float:
    """0 (in every passage) to 1 (in hardly any), for a word as ``content_words`` gives it."""
    return math.log(1 / (_shares().get(word, 0.0) + _RAREST)) / math.log(1 / _RAREST)


def _query_term(term: Term) -> QueryTerm | None:
    own = content_words(" ".join(term.words))
    others = [content_words(translation) for translation in term.translations]
    alternatives = [frozenset(words) for words in [own, *others] if words]
    if not alternatives:
        return None
    weight = min(max(map(rarity, words)) for words in alternatives)
    translated = bool(others) or not in_pairs(" ".join(term.words))
    if not translated:
        weight *= _UNTRANSLATED
    return QueryTerm(tuple(alternatives), weight, translated)


@cache
def _shares() -> Mapping[str, float]:
    """By word, the share of passages at large that hold it."""
    return {word: share for one in languages() for word, share in one.table("common_words").items()}

"""Technical words in the other language: 양자화 finds "quantization", and the other way round."""

import json
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bot.search.words import has_hangul, normal, query_words, without_particle

_MAX_WORDS_OF_A_TERM = 3


def translations(query: str) -> dict[str, tuple[str, ...]]:
    """The query's technical terms with their words in the other language.

    A term is written without spaces (``강화학습``) although the query may have them.
    """
    words = [without_particle(word) for word in query_words(query)]
    found: dict[str, tuple[str, ...]] = {}
    at = 0
    while at < len(words):
        term, taken = _longest_term(words[at:])
        if term:
            found[term] = _to_english()[term] if has_hangul(term) else _to_korean()[term]
        at += taken
    return found


def _longest_term(words: list[str]) -> tuple[str, int]:
    for count in range(min(_MAX_WORDS_OF_A_TERM, len(words)), 0, -1):
        joined, spaced = "".join(words[:count]), " ".join(words[:count])
        if joined in _to_english():
            return joined, count
        if spaced in _to_korean():
            return spaced, count
    return "", 1


@cache
def _to_english() -> Mapping[str, tuple[str, ...]]:
    text = (files("bot.search") / "terms.json").read_text(encoding="utf-8")
    return {normal(korean): tuple(english) for korean, english in json.loads(text).items()}


@cache
def _to_korean() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, list[str]] = defaultdict(list)
    for korean, english in _to_english().items():
        for term in english:
            table[term].append(korean)
    return {term: tuple(korean) for term, korean in table.items()}

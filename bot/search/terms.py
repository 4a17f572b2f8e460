"""Technical words in the other language: 양자화 finds "quantization", and the other way round."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.search.stem import stem
from bot.search.words import normal, query_words, without_ending

_MAX_WORDS_OF_A_TERM = 3


@dataclass(frozen=True)
class Term:
    """Words of a query that belong together, and the same in the other language (or nothing)."""

    words: tuple[str, ...]
    translations: tuple[str, ...] = ()


def terms_of(words: Sequence[str]) -> list[Term]:
    """The words, put together where they make a known technical term.

    A term is known without spaces (``강화학습``) although the query may have them.
    """
    bare = [without_ending(word) for word in words]
    found: list[Term] = []
    at = 0
    while at < len(bare):
        term = _longest_term(bare[at:])
        found.append(term)
        at += len(term.words)
    return found


def translations(query: str) -> list[str]:
    """The query's technical terms in the other language."""
    found = (term.translations for term in terms_of(query_words(query)))
    return list(dict.fromkeys(word for words in found for word in words))


def known_terms() -> list[str]:
    """All terms of both languages as they are written."""
    english = (term for terms in _to_english().values() for term in terms)
    return list(dict.fromkeys([*_to_english(), *english]))


def _longest_term(words: Sequence[str]) -> Term:
    for count in range(min(_MAX_WORDS_OF_A_TERM, len(words)), 0, -1):
        known = _to_english().get("".join(words[:count])) or _to_korean().get(
            _stemmed(words[:count])
        )
        if known:
            return Term(tuple(words[:count]), known)
    return Term((words[0],))


def _stemmed(words: Sequence[str]) -> str:
    return " ".join(map(stem, words))


@cache
def _to_english() -> Mapping[str, tuple[str, ...]]:
    text = (files("bot.search") / "terms.json").read_text(encoding="utf-8")
    return {normal(korean): tuple(english) for korean, english in json.loads(text).items()}


@cache
def _to_korean() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, list[str]] = defaultdict(list)
    for korean, english in _to_english().items():
        for term in english:
            table[_stemmed(term.split())].append(korean)
    return {term: tuple(korean) for term, korean in table.items()}

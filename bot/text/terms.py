"""Technical words in other languages: whoever asks in Korean for quantization finds it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.languages import languages
from bot.text.words import normal, query_words, stem, without_ending

_MAX_WORDS_OF_A_TERM = 3


@dataclass(frozen=True)
class Term:
    """Words of a query that belong together, and the same in other languages (or nothing)."""

    words: tuple[str, ...]
    translations: tuple[str, ...] = ()


def terms_of(words: Sequence[str]) -> list[Term]:
    """The words, put together where they make a known technical term.

    A term is known without spaces although the query may have them.
    """
    roots = [without_ending(word) for word in words]
    found: list[Term] = []
    at = 0
    while at < len(roots):
        term = _longest_term(roots[at:])
        found.append(term)
        at += len(term.words)
    return found


def translations(query: str) -> list[str]:
    """The query's technical terms in other languages."""
    found = (term.translations for term in terms_of(query_words(query)))
    return list(dict.fromkeys(word for words in found for word in words))


def known_terms() -> list[str]:
    """All terms of all languages as they are written."""
    english = (term for terms in _to_english().values() for term in terms)
    return list(dict.fromkeys([*_to_english(), *english]))


def _longest_term(words: Sequence[str]) -> Term:
    for count in range(min(_MAX_WORDS_OF_A_TERM, len(words)), 0, -1):
        joined, stemmed = "".join(words[:count]), _stemmed(words[:count])
        known = _to_english().get(joined) or _from_english().get(stemmed)
        if known:
            return Term(tuple(words[:count]), known)
    return Term((words[0],))


def _stemmed(words: Sequence[str]) -> str:
    return " ".join(map(stem, words))


@cache
def _to_english() -> Mapping[str, tuple[str, ...]]:
    """The English terms, in which papers are written, by those of all other languages."""
    return {term.replace(" ", ""): english for term, english in _tables()}


@cache
def _from_english() -> Mapping[str, tuple[str, ...]]:
    """The terms of other languages by the stems of the English ones."""
    table: dict[str, list[str]] = defaultdict(list)
    for term, english in _tables():
        for one in english:
            table[_stemmed(one.split())].append(term)
    return {english: tuple(terms) for english, terms in table.items()}


def _tables() -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in languages():
        for term, english in one.table("terms").items():
            yield normal(term), tuple(english)

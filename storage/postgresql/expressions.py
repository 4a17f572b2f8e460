"""Texts and expressions of the full-text index as PostgreSQL's ``tsvector`` and ``tsquery``.

The words are cut and stemmed here, as SQLite's ``porter unicode61`` does it, so that both
databases find the same: PostgreSQL gets them ready-made, as its ``simple`` configuration would
leave them.
"""

import re
import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import Stemmer

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 200
# Shorter ones are left alone: nothing would be left of some.
_STEMMED = 3
# PostgreSQL knows no place in a text beyond.
_LAST_PLACE = 16_383
# Between two fields, so that no run of words reaches from one into the next.
_GAP = 100
_FIELDS = "ABCD"
_TOKEN = re.compile(
    r'"(?P<text>[^"]*)"|(?P<sign>[()*])|(?P<people>people\s?:)|(?P<word>[^\s()"*:]+)'
)
_PEOPLE = "B"
_local = threading.local()


class MalformedError(ValueError):
    """An expression that makes no sense."""


def vector_of(*fields: str) -> tuple[str, int]:
    """A ``tsvector`` of up to four texts, the first of weight A, and how many words they have."""
    places = dict[str, list[str]]()
    place = length = 0
    for text, weight in zip(fields, _FIELDS, strict=False):
        for word in words_of(text):
            length += 1
            place = min(place + 1, _LAST_PLACE)
            places.setdefault(word, []).append(f"{place}{weight}")
        place += _GAP
    words = " ".join(f"'{word}':{','.join(where)}" for word, where in places.items())
    return words, length


def words_of(text: str) -> list[str]:
    """The stems of a text's words, in their order."""
    return [_stem(word) for word in _WORD.findall(text.lower())]


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    if not word.isascii():
        word = "".join(map(_without_marks, word))
    stemmer: Stemmer.Stemmer | None = getattr(_local, "stemmer", None)
    if stemmer is None:
        stemmer = _local.stemmer = Stemmer.Stemmer("porter")
    return (str(stemmer.stemWord(word)) if len(word) >= _STEMMED else word)[:_LONGEST]


def _without_marks(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return parts[0] if all(map(unicodedata.combining, parts[1:])) else letter


@dataclass(frozen=True)
class Phrase:
    """A run of words, the last of which may be a beginning; looked for in the people alone, or
    everywhere."""

    words: tuple[str, ...]
    beginning: bool = False
    people: bool = False

    @property
    def query(self) -> str:
        """The phrase as a ``tsquery``."""
        signs = _PEOPLE if self.people else ""
        *whole, last = self.words
        marked = [f"'{word}':{signs}" if signs else f"'{word}'" for word in whole]
        ending = ("*" if self.beginning else "") + signs
        return " <-> ".join([*marked, f"'{last}':{ending}" if ending else f"'{last}'"])


@dataclass(frozen=True)
class Expression:
    """What an expression asks for: a ``tsquery``, None where nothing can match, and the phrases in
    it."""

    query: str | None
    phrases: tuple[Phrase, ...] = ()

    @property
    def queries(self) -> list[str]:
        """The whole and its phrases, each as a ``tsquery``."""
        whole = [] if self.query is None else [self.query]
        return [*whole, *(one.query for one in self.phrases)]


def parse(expression: str) -> Expression:
    """An expression of FTS5 as the table groups use it.

    Raises:
        MalformedError: it makes no sense.
    """
    parser = _Parser(list(_TOKEN.finditer(expression)))
    parsed = parser.any_of(people=False)
    if not parser.at_end:
        raise MalformedError(expression)
    return parsed


class _Parser:
    def __init__(self, tokens: Sequence[re.Match[str]]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def at_end(self) -> bool:
        return self._at >= len(self._tokens)

    def any_of(self, *, people: bool) -> Expression:
        parts = [self._all_of(people)]
        while self._takes("OR"):
            parts.append(self._all_of(people))
        queries = [one.query for one in parts if one.query]
        return Expression(_joined(queries, " | "), _phrases(parts))

    def _all_of(self, people: bool) -> Expression:
        parts = [self._one(people)]
        while not self.at_end and self._shown not in ("OR", ")"):
            self._takes("AND")
            parts.append(self._one(people))
        queries = [one.query for one in parts if one.query]
        whole = len(queries) == len(parts)
        return Expression(_joined(queries, " & ") if whole else None, _phrases(parts))

    def _one(self, people: bool) -> Expression:
        token = self._next()
        if token["people"]:
            return self._one(True)
        if token["sign"] == "(":
            inside = self.any_of(people=people)
            if not self._takes(")"):
                raise MalformedError("an open bracket")
            return inside
        if token["sign"] or token["word"] in ("AND", "OR", "NOT"):
            raise MalformedError(token.group())
        words = tuple(words_of(token["word"] if token["text"] is None else token["text"]))
        phrase = Phrase(words, people=people)
        if self._takes("*"):
            phrase = replace(phrase, beginning=True)
        return Expression(phrase.query, (phrase,)) if words else Expression(None)

    @property
    def _shown(self) -> str:
        return self._tokens[self._at].group() if not self.at_end else ""

    def _takes(self, text: str) -> bool:
        found = self._shown == text
        self._at += found
        return found

    def _next(self) -> re.Match[str]:
        if self.at_end:
            raise MalformedError("an end too early")
        self._at += 1
        return self._tokens[self._at - 1]


def _joined(queries: Sequence[str], sign: str) -> str | None:
    """Each once; one alone as it is, so that it is seen to be the same."""
    different = list(dict.fromkeys(queries))
    return f"({sign.join(different)})" if len(different) > 1 else next(iter(different), None)


def _phrases(parts: Sequence[Expression]) -> tuple[Phrase, ...]:
    return tuple(phrase for one in parts for phrase in one.phrases)

"""A query as full-text expressions, from strict to loose."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.text.terms import Term, terms_of
from bot.text.words import (
    in_pairs,
    is_stop_word,
    match_all,
    phrase,
    query_words,
    without_ending,
)

_SHORT = 2


@dataclass(frozen=True)
class Tries:
    """``exact`` asks for every word as typed, ``bare`` for every word without its ending,
    ``translated`` takes a translation in a word's place, ``loose`` is content with any word. Of
    what is matched in pairs the loose form counts whole terms and translations only: single pairs
    would let everything in. ``terms`` are its parts."""

    exact: str
    bare: str
    translated: str
    terms: tuple[str, ...]
    is_short: bool

    @classmethod
    def of(cls, text: str) -> "Tries":
        """The expressions for a query."""
        typed = query_words(text)
        said = [word for word in typed if not is_stop_word(word)] or typed
        kept = said if not in_pairs(text) else typed
        bare = [without_ending(word) for word in said]
        terms = [one for one in map(_options, terms_of(bare)) if one]
        return cls(
            exact=match_all(kept),
            bare=match_all(bare),
            translated=" AND ".join(terms),
            terms=tuple(terms),
            is_short=len(said) <= _SHORT,
        )

    @property
    def loose(self) -> str:
        """Any of the terms."""
        return " OR ".join(self.terms)


def _options(term: Term) -> str:
    own = phrase(" ".join(term.words))
    options = [own, *map(phrase, term.translations)]
    if len(term.words) > 1:
        options.append(_each(term.words))
    options = [option for option in dict.fromkeys(options) if option]
    return f"({' OR '.join(options)})" if options else ""


def _each(words: Sequence[str]) -> str:
    """Each word by itself, or its translation: for terms that a text writes apart."""
    parts = []
    for word in words:
        options = [phrase(word), *map(phrase, terms_of([word])[0].translations)]
        parts.append(f"({' OR '.join(option for option in options if option)})")
    return f"({' AND '.join(parts)})"

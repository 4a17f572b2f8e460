"""English words without their inflection: crude, small, and the same on both sides of a match."""

import re
from functools import lru_cache

_DOUBLED = re.compile(r"([bdfgmnprt])\1$")
_VOWEL = re.compile(r"[aeiouy]")
_PLURALS = (("sses", "ss"), ("ies", "y"), ("ss", "ss"), ("us", "us"), ("is", "is"), ("s", ""))
# Longest first; what is left over must still hold a vowel and three letters.
_SUFFIXES = (
    ("izations", ""),
    ("ization", ""),
    ("isation", ""),
    ("ational", "at"),
    ("fulness", ""),
    ("ations", "at"),
    ("ation", "at"),
    ("ators", "at"),
    ("ator", "at"),
    ("ments", ""),
    ("ment", ""),
    ("ingly", ""),
    ("edly", ""),
    ("ness", ""),
    ("izes", ""),
    ("ized", ""),
    ("ises", ""),
    ("ised", ""),
    ("izing", ""),
    ("ising", ""),
    ("ings", ""),
    ("ing", ""),
    ("ize", ""),
    ("ise", ""),
    ("ated", "at"),
    ("ates", "at"),
    ("ate", "at"),
    ("ally", "al"),
    ("able", ""),
    ("ible", ""),
    ("ive", ""),
    ("ers", ""),
    ("er", ""),
    ("ors", ""),
    ("ed", ""),
    ("ly", ""),
    ("al", ""),
    ("e", ""),
)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a lower-case English word; words with digits and short ones stay whole."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    return _without_suffix(_singular(word))


def _singular(word: str) -> str:
    for ending, replacement in _PLURALS:
        if word.endswith(ending):
            return word[: len(word) - len(ending)] + replacement
    return word


def _without_suffix(word: str) -> str:
    for ending, replacement in _SUFFIXES:
        rest = word[: len(word) - len(ending)]
        if word.endswith(ending) and len(rest) >= 3 and _VOWEL.search(rest):
            return _DOUBLED.sub(r"\1", rest + replacement)
    return word[:-1] + "i" if word.endswith("y") and len(word) > 4 else word

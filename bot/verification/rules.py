"""What speaks against a sentence by its words alone: checks that need no model. Pure.

Each looks for one thing that planted errors have and true sentences hardly ever: numbers and names
that stand nowhere, numbers of the wrong thing, claims that are stronger than their passages, and a
direction that the nearest sentences of the passages turn round. What they miss is for a model.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from bot.languages import any_of, is_in, languages
from bot.search.matching import coverage, query_terms
from bot.text.quantities import Evidence
from bot.text.sentences import sentences
from bot.text.words import content_words
from bot.verification.comparisons import trades_places
from bot.verification.swaps import from_to, has_swapped_numbers
from bot.verification.tables import misplaced

_BEFORE, _AFTER = r"(?<![A-Za-z0-9_-])", r"(?![A-Za-z0-9_-])"
# A name has a capital that isn't its first letter, or it is a capitalised word.
_NAME = re.compile(
    rf"{_BEFORE}(?:[A-Za-z]{{1,20}}[A-Z][A-Za-z]{{0,20}}|[A-Z][a-z]{{2,30}}){_AFTER}"
)
_LATIN_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_LATIN_WORDS = re.compile(r"[A-Za-z]+")
# Where a word ends although the next letter, of another script, is attached to it.
_SCRIPTS_MEET = re.compile(r"(?<=[A-Za-z])(?=[^\W\d_A-Za-z])")
_LONGEST_ACRONYM = 6
_MOST_PARTS = 3
# How much of a sentence has to stand in one of its passages' for the two to speak of the same, and
# how many of these are looked at.
_ALIKE, _NEAREST = 0.6, 2
_SET_BESIDE = 0.5
_AMOUNT = "amount"
# What says that something is not told may well name it.
_TELLS_NOT = any_of(lambda one: one.writing.filler)


def objection(sentence: str, passages: Sequence[str], *, known: str = "") -> str:
    """What is wrong with *sentence* if it rests on *passages*, in English; empty when nothing is.

    *known* is what it may name besides, such as titles, authors and the rest of the paper.
    """
    whole = "\n".join([known, *passages])
    lost = Evidence(whole).missing(sentence) + unknown_names(sentence, whole)
    if lost and not _TELLS_NOT.search(sentence):
        return f"{', '.join(lost)} stands in none of its passages"
    if has_swapped_numbers(sentence, passages):
        return "its numbers are told the other way round"
    if label := misplaced(sentence, passages):
        return f"its numbers are not those of {label}"
    if too_strong := stronger_than(sentence, passages):
        return f"its passages don't say {too_strong}"
    return turned_round(sentence, passages)


def unknown_names(sentence: str, text: str) -> list[str]:
    """The names in *sentence* that don't stand in *text*, nor as the words they are short for."""
    # Where sentences begin with a capital, that makes no name of their first word.
    begins = _LATIN_WORDS.search(sentence) if is_in(sentence, "en") else None
    first = begins.end() if begins else 0
    found = [one for one in _NAME.finditer(sentence) if one.start() >= first or _is_odd(one[0])]
    if not found:
        return []
    words, initials = _words_of(text)
    return [
        name
        for name in dict.fromkeys(one[0] for one in found)
        if not {name.lower(), name.lower().removesuffix("s")} & words
        and not (name.isupper() and len(name) <= _LONGEST_ACRONYM and name.lower() in initials)
    ]


def stronger_than(sentence: str, passages: Sequence[str]) -> str:
    """The words of *sentence* that claim more than any of *passages* does; empty if there are
    none."""
    for kind in _kinds():
        claimed = _strong(kind, 0).search(_SCRIPTS_MEET.sub(" ", sentence))
        if claimed and not any(_strong(kind, 1).search(text) for text in passages):
            return claimed.group()
    return ""


def turned_round(sentence: str, passages: Sequence[str]) -> str:
    """What is the other way round in those sentences of *passages* that speak of the same, or in
    the numbers of the sentence itself; empty where nothing is."""
    ways = {about: _side(sentence, about) for about in _ways()}
    if any(_contradicts_itself(part) for part in sentence.split(", ")):
        return "its numbers go the other way"
    beside = _near(sentence, passages, least=_SET_BESIDE, most=_NEAREST)
    if ways["rank"] != 1 and (name := trades_places(sentence, beside)):
        return f"its passages say that of what they compare with {name}"
    near = _near(sentence, passages, least=_ALIKE, most=_NEAREST)
    for about, side in ways.items():
        if side is not None and near and {_side(one, about) for one in near} == {1 - side}:
            return f"in its passages the {about} is the other way round"
    return ""


def _contradicts_itself(part: str) -> bool:
    """Whether something is said to rise whose numbers fall, or to fall whose numbers rise."""
    side = _side(part, _AMOUNT)
    return side is not None and any((b < a) == (side == 0) for a, b in from_to(part) if a != b)


def _near(sentence: str, passages: Sequence[str], *, least: float, most: int) -> list[str]:
    """The sentences of *passages* that hold most of what *sentence* speaks of, best first."""
    wanted = query_terms(sentence)
    told = {one: coverage(wanted, set(content_words(one))) for one in _every(passages)}
    return sorted((one for one in told if told[one] >= least), key=lambda one: -told[one])[:most]


def _every(passages: Sequence[str]) -> Iterator[str]:
    """The sentences and rows of passages."""
    for text in passages:
        for line in text.split("\n"):
            yield from sentences(line)


def _is_odd(name: str) -> bool:
    return any(letter.isupper() for letter in name[1:])


@lru_cache(maxsize=16)
def _words_of(text: str) -> tuple[frozenset[str], str]:
    """The Latin words of a text in small letters, neighbours joined as well; and their initials."""
    parts = [word.lower() for word in _LATIN_WORD.findall(text)]
    joined = {
        "".join(parts[at : at + count])
        for count in range(1, _MOST_PARTS + 1)
        for at in range(len(parts) - count + 1)
    }
    whole = {word.lower() for word in _LATIN_WORDS.findall(text)}
    return frozenset(joined | whole), "".join(word[0] for word in parts)


@cache
def _kinds() -> tuple[str, ...]:
    return tuple(dict.fromkeys(kind for one in languages() for kind in one.claims.strong))


@cache
def _strong(kind: str, side: int) -> re.Pattern[str]:
    return any_of(lambda one: one.claims.strong.get(kind, ("", ""))[side])


@cache
def _ways() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    abouts = dict.fromkeys(about for one in languages() for about in one.claims.ways)
    return {about: (_way(about, 0), _way(about, 1)) for about in abouts}


def _way(about: str, side: int) -> re.Pattern[str]:
    return any_of(lambda one: one.claims.ways.get(about, ("", ""))[side])


def _side(sentence: str, about: str) -> int | None:
    """Which way a sentence goes: 0 or 1; None if it goes neither way, or both."""
    apart = _SCRIPTS_MEET.sub(" ", sentence)
    goes = [bool(way.search(apart)) for way in _ways()[about]]
    return goes.index(True) if sum(goes) == 1 else None

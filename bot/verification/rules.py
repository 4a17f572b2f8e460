"""What speaks against a sentence by its words alone: checks that need no model. Pure.

Each looks for one thing that planted errors have and true sentences hardly ever: numbers and names
that stand nowhere, numbers of the wrong thing, claims that are stronger than their passages, and a
direction that the nearest sentences of the passages turn round. What they miss is for a model.
"""

import re
from collections.abc import Sequence
from functools import cache

from bot.languages import any_of, languages
from bot.search.matching import coverage, needles
from bot.text.quantities import Evidence
from bot.text.sentences import sentences
from bot.text.words import content_words
from bot.verification.swaps import has_swapped_numbers

# A name: Latin letters of which one that isn't the first is a capital, or a capitalised word that
# doesn't begin its sentence.
_NAME = re.compile(
    r"(?<![\w-])(?:[A-Za-z]{1,20}[A-Z][A-Za-z]{0,20}|(?<=\S )[A-Z][a-z]{2,30})(?![\w-])"
)
_LATIN_WORD = re.compile(r"[A-Za-z][a-z]*|[A-Z]+")
_LONGEST_ACRONYM = 6
# How much of a sentence has to stand in one of its passages' for the two to speak of the same.
_ALIKE = 0.6
_NEAREST = 2


def objection(sentence: str, passages: Sequence[str], *, known: str = "") -> str:
    """What is wrong with *sentence* if it rests on *passages*, in English; empty when nothing is.

    *known* is what it may name besides, such as titles, authors and the rest of the paper.
    """
    lost = Evidence("\n".join([known, *passages])).missing(sentence)
    lost += unknown_names(sentence, "\n".join([known, *passages]))
    if lost:
        return f"{', '.join(lost)} stands in none of its passages"
    if has_swapped_numbers(sentence, passages):
        return "its numbers are told the other way round"
    if too_strong := stronger_than(sentence, passages):
        return f"its passages don't say {too_strong}"
    return turned_round(sentence, passages)


def unknown_names(sentence: str, text: str) -> list[str]:
    """The names in *sentence* that don't stand in *text*, nor as the words they are short for."""
    names = dict.fromkeys(_NAME.findall(sentence))
    if not names:
        return []
    joined = re.sub(r"[\W_]+", "", text).lower()
    initials = "".join(word[0] for word in _LATIN_WORD.findall(text)).lower()
    return [
        name
        for name in names
        if name.lower().removesuffix("s") not in joined
        and not (name.isupper() and len(name) <= _LONGEST_ACRONYM and name.lower() in initials)
    ]


def stronger_than(sentence: str, passages: Sequence[str]) -> str:
    """The words of *sentence* that claim more than any of *passages* does; empty if there are
    none."""
    for kind in _kinds():
        claimed = _strong(kind).search(sentence)
        if claimed and not any(_strong(kind).search(text) for text in passages):
            return claimed.group()
    return ""


def turned_round(sentence: str, passages: Sequence[str]) -> str:
    """What is the other way round in those sentences of *passages* that speak of the same; empty
    where nothing is."""
    wanted = needles(sentence)
    told = {
        one: coverage(wanted, set(content_words(one)))
        for text in passages
        for one in sentences(text)
    }
    nearest = sorted((one for one in told if told[one] >= _ALIKE), key=lambda one: -told[one])
    for about, (one_way, other_way) in _ways().items():
        for ours, theirs in ((one_way, other_way), (other_way, one_way)):
            if not ours.search(sentence) or theirs.search(sentence):
                continue
            near = nearest[:_NEAREST]
            if near and all(theirs.search(one) and not ours.search(one) for one in near):
                return f"in its passages the {about} is the other way round"
    return ""


@cache
def _kinds() -> tuple[str, ...]:
    return tuple(dict.fromkeys(kind for one in languages() for kind in one.claims.strong))


@cache
def _strong(kind: str) -> re.Pattern[str]:
    return any_of(lambda one: one.claims.strong.get(kind, ""))


@cache
def _ways() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    abouts = dict.fromkeys(about for one in languages() for about in one.claims.ways)
    return {about: (_way(about, 0), _way(about, 1)) for about in abouts}


def _way(about: str, side: int) -> re.Pattern[str]:
    return any_of(lambda one: one.claims.ways.get(about, ("", ""))[side])

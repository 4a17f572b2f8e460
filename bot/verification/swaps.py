"""Numbers told of the wrong thing: "A 30 %, B 50 %" where the passage says "A 50 %, B 30 %".

Both texts are cut into clauses; what stands in a number's clause is what the number is told of.
Two numbers count as swapped only when the passage tells each of them of the other's thing, or
one of them clearly so, and nothing speaks for the claim as it is. Pure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from bot.search.matching import Needle, needles
from bot.text.quantities import SCALE_WORDS, quantities
from bot.text.sentences import sentences
from bot.text.words import content_words, in_pairs

_I = re.IGNORECASE
_TAG = r"(?:\s*%|\s*(?:points?|percent|포인트|퍼센트|점|배|번|개|장|시간|단계))?"
# A number in brackets belongs to what stands before it.
_BRACKETED = re.compile(r"(?<!\s)\s*\(([^()\d]*\d[^()]*)\)")
_CUT = re.compile(
    r"[,;:–—]\s|[.!?。]\s|[\n|]|\s(?=[(])|(?<=\))\s|"
    r"\b(?:and|while|whereas|but|versus|vs\.?|compared\s+(?:to|with)|against|than|"
    r"outperform\w*|surpass\w*|exceed\w*|beat(?:s|ing)?|followed\s+by|instead\s+of|rather\s+than)\b|"
    r"(?:반면|비해|대비|하지만|그리고|보다)\s*",
    _I,
)
# In Korean a number mostly ends what it is told of: "A는 50%로 B의 30%보다 높다".
_AFTER_KOREAN = re.compile(
    rf"(?<=\d){_TAG}(?:이?고|이?며|인데|지만|에서|였고|로|으로|,)?(?=\s|[가-힣])"
)
_NUMBER_FIRST = re.compile(
    r"\d\S{0,20}(?:을|를|의|인|으로|로)?\s*(?:달성|기록|얻|보이|보인|낸|받|차지)?\S{0,2}(?:한|은|인|낸|된)\s"
)
_IN_ORDER = re.compile(r"\brespectively\b|각각|순(?:서대)?으로", _I)
_VALUE = r"\d(?:[\d.,]{0,18}\d)?"
_FROM_TO = re.compile(
    rf"\bfrom\s+(?:\S+\s+){{0,3}}?(?P<a>{_VALUE})\S{{0,20}}\s+(?:\S+\s+){{0,3}}?(?:up\s+|down\s+)?to\s+"
    rf"(?:\S+\s+){{0,3}}?(?P<b>{_VALUE})|"
    rf"(?P<c>{_VALUE})\s*(?:(?:%|점|배|퍼센트)\s*)?에서\s+(?:\S+\s+){{0,2}}?(?P<d>{_VALUE})\s*"
    r"(?:(?:%|점|배|퍼센트)\s*)?(?:으로|로|까지)",
    _I,
)
# A number alone, its unit aside: not the digits inside a name such as GPT-4 or Qwen2.5-32B.
_NUMBER = re.compile(
    r"(?<![\w.])(?<![A-Za-z]-)[+\-−]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:[eE][+\-−]?\d+)?(?:\s?[KkMB](?![A-Za-z])|{'|'.join(SCALE_WORDS)})?"
)
# Numbers that measure nothing: years, and those of figures, sections and footnotes.
_POINTERS = re.compile(
    r"(?<!\w)(?:19|20)\d\d(?![0-9A-Za-z_])|\b(?:Fig(?:ure)?s?|Tab(?:le)?s?|Sec(?:tion)?s?|Eqs?|"
    r"Equations?|Appendix|Algorithm|Step)\b\.?\s*\(?[A-Z]?\d[\w.]*|\[\d[\d,\s–-]*\]",
    _I,
)
_NAMED = re.compile(r"(?<!\d)[A-Za-z][A-Za-z0-9.-]{0,60}\d[A-Za-z0-9-]{0,60}(?:\.\d+)*")
# A sentence with more numbers is a list, whose clauses can't be told apart well.
_MOST_NUMBERS = 5
_FARTHEST = 1_000_000_000
# A word this rare names the thing a number is told of.
_NAMING, _TELLING = 0.85, 0.3


@dataclass(frozen=True)
class _Clause:
    """A stretch of text without its numbers, and their values."""

    text: str
    values: tuple[float, ...]


def has_swapped_numbers(claim: str, evidence: Sequence[str]) -> bool:
    """Whether two numbers of *claim* are clearly told the other way round in *evidence*."""
    if claim.lstrip().startswith("|") or _IN_ORDER.search(claim):
        return False
    if _goes_the_other_way(claim, evidence):
        return True
    told = _things_of(claim)
    if not 2 <= len(told) <= _MOST_NUMBERS:
        return False
    sure, unsure = _sorted_out(evidence)
    clauses = [one for text in sure for one in _clauses(text) if one.values]
    told = {value: things for value, things in told.items() if value not in unsure}
    return any(
        _is_swapped(
            told[first], told[second], _words_at(first, clauses), _words_at(second, clauses)
        )
        for first, second in combinations(told, 2)
        if _are_alike(first, second)
    )


def _are_alike(first: float, second: float) -> bool:
    """Whether two numbers may measure the same: a score is not mistaken for a model's size."""
    small, large = sorted((abs(first), abs(second)))
    return large <= _FARTHEST * small


def from_to(text: str) -> set[tuple[float, float]]:
    """The numbers from and to which something goes in *text*."""
    return _ways(text)


def _sorted_out(evidence: Sequence[str]) -> tuple[list[str], set[float]]:
    """The sentences that tell each number of what stands beside it, and the numbers of those
    that list things and numbers apart ("A and B reach 1 and 2 respectively")."""
    every = [one for text in evidence for one in sentences(" ".join(text.split()))]
    sure = [one for one in every if not _IN_ORDER.search(one)]
    unsure = {
        value for one in every if _IN_ORDER.search(one) for _, _, value in _placed_numbers(one)
    }
    return sure, unsure


def _is_swapped(
    first: Sequence[Needle],
    second: Sequence[Needle],
    at_first: frozenset[str],
    at_second: frozenset[str],
) -> bool:
    """Whether what the claim tells of each number stands only at the other one."""
    if _found(first, at_first, at_second) or _found(second, at_second, at_first):
        return False
    crossed = _found(first, at_second, at_first), _found(second, at_first, at_second)
    return all(crossed) or any(needle.weight >= _NAMING for found in crossed for needle in found)


def _found(things: Sequence[Needle], here: frozenset[str], there: frozenset[str]) -> list[Needle]:
    """The things that stand here and not there."""
    return [
        one
        for one in things
        if any(form <= here and not form <= there for form in one.alternatives)
    ]


def _things_of(claim: str) -> Mapping[float, tuple[Needle, ...]]:
    """What each number of the claim is told of, without what is told of several; numbers that
    share a clause or are told twice are left out."""
    if in_pairs(claim) and _NUMBER_FIRST.search(claim):
        return {}
    clauses = _clauses(claim)
    every = [value for one in clauses for value in one.values]
    told = {
        one.values[0]: needles(one.text)
        for one in clauses
        if len(one.values) == 1 and every.count(one.values[0]) == 1
    }
    return {
        value: tuple(
            one
            for one in things
            if one.weight >= _TELLING
            and not any(one in others for other, others in told.items() if other != value)
        )
        for value, things in told.items()
    }


def _words_at(value: float, clauses: Sequence[_Clause]) -> frozenset[str]:
    """The words of all clauses that tell this number."""
    return frozenset(
        word for one in clauses if value in one.values for word in content_words(one.text)
    )


def _clauses(text: str) -> list[_Clause]:
    flat = _BRACKETED.sub(r" \1, ", " ".join(text.split()))
    cuts = {match.end() for match in _CUT.finditer(flat)}
    if in_pairs(flat):
        cuts |= {match.end() for match in _AFTER_KOREAN.finditer(flat)}
    placed = _placed_numbers(flat)
    letters = list(flat)
    for start, end, _ in placed:
        letters[start:end] = " " * (end - start)
    # A cut never goes through a number.
    inner = {at for start, end, _ in placed for at in range(start + 1, end)}
    edges = [0, *sorted(cuts - inner), len(flat)]
    return [
        _Clause(
            text="".join(letters[a:b]),
            values=tuple(value for start, _, value in placed if a <= start < b),
        )
        for a, b in pairwise(edges)
    ]


def _placed_numbers(text: str) -> list[tuple[int, int, float]]:
    """The numbers that measure something, each with its beginning, end and value."""
    bare = _NAMED.sub(_blank, _POINTERS.sub(_blank, text))
    return [
        (match.start(), match.end(), float(read[0].value))
        for match in _NUMBER.finditer(bare)
        if (read := quantities(match.group()))
    ]


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _goes_the_other_way(claim: str, evidence: Sequence[str]) -> bool:
    """Whether a rise from one number to another is a fall in the evidence."""
    ways = {way for text in evidence for way in _ways(text)}
    return any((b, a) in ways and (a, b) not in ways for a, b in _ways(claim) if a != b)


def _ways(text: str) -> set[tuple[float, float]]:
    found = set()
    for match in _FROM_TO.finditer(text):
        pair = [float(one.replace(",", "").rstrip(".")) for one in match.groups() if one]
        found.add((pair[0], pair[1]))
    return found

"""Numbers told of the wrong thing: "A 30 %, B 50 %" where the passage says "A 50 %, B 30 %".

Both texts are cut into clauses; what stands in a number's clause is what the number is told of.
Two numbers count as swapped only when the passage tells each of them of the other's thing, or
one of them clearly so, and nothing speaks for the claim as it is. Pure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from bot.languages import any_of
from bot.search.matching import QueryTerm, query_terms
from bot.text.quantities import SCALE_WORDS, quantities
from bot.text.sentences import sentences
from bot.text.words import content_words, in_pairs

_I = re.IGNORECASE
# A number in brackets belongs to what stands before it.
_BRACKETED = re.compile(r"(?<!\s)\s*\(([^()\d]*\d[^()]*)\)")
_CUT = re.compile(
    rf"[,;:–—]\s|[.!?。]\s|[\n|]|\s(?=[(])|(?<=\))\s|{any_of(lambda one: one.claims.cuts).pattern}",
    _I,
)
_UNITS = any_of(lambda one: one.claims.units).pattern
_CUT_BEHIND = re.compile(
    rf"(?<=\d)(?:\s*%|\s*(?:{_UNITS}))?"
    rf"(?:{any_of(lambda one: one.claims.cuts_behind_number).pattern})"
)
_NUMBER_FIRST = any_of(lambda one: one.claims.number_first)
_IN_ORDER = any_of(lambda one: one.claims.in_order)
_FROM_TO = any_of(lambda one: one.claims.from_to)
# A number alone, its unit aside: not the digits inside a name such as GPT-4 or Qwen2.5-32B.
_NUMBER = re.compile(
    r"(?<![\w.])(?<![A-Za-z]-)[+\-−]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:[eE][+\-−]?\d+)?(?:\s?[KkMB](?![A-Za-z])|{'|'.join(SCALE_WORDS)})?"
)
# A number and what may be its unit.
_QUANTITY_BEGINS = re.compile(r"[+\-−]?\d[\d.,]{0,20}\s?\S{0,8}")
# Numbers that measure nothing: years, and those of figures, sections and footnotes.
_POINTERS = re.compile(
    r"(?<!\w)(?:19|20)\d\d(?![0-9A-Za-z_])|\b(?:Fig(?:ure)?s?|Tab(?:le)?s?|Sec(?:tion)?s?|Eqs?|"
    r"Equations?|Appendix|Algorithm|Step)\b\.?\s*\(?[A-Z]?\d[\w.]*|\[\d[\d,\s–-]*\]",
    _I,
)
# A name with digits; its size and version may stand apart ("Llama 2 13B").
_NAMED = re.compile(
    r"(?<!\d)[A-Za-z][A-Za-z0-9.-]{0,60}\d[A-Za-z0-9-]{0,60}(?:\.\d+)*"
    r"|[A-Z][A-Za-z-]{0,30}(?: \d(?:\.\d)?)? \d{1,3}(?:\.\d)?[BM](?![A-Za-z])"
)
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
    units = {value: _unit(claim[start:]) for start, _, value in _placed_numbers(claim)}
    told = {value: things for value, things in told.items() if value in units}
    return any(
        _is_swapped(
            told[first], told[second], _words_at(first, clauses), _words_at(second, clauses)
        )
        for first, second in combinations(told, 2)
        if _are_alike(first, second) and units[first] == units[second]
    )


def _are_alike(first: float, second: float) -> bool:
    """Whether two numbers may measure the same: a score is not mistaken for a model's size."""
    small, large = sorted((abs(first), abs(second)))
    return large <= _FARTHEST * small


def tells_in_order(text: str) -> bool:
    """Whether *text* lists things and numbers apart ("A and B reach 1 and 2 respectively")."""
    return _IN_ORDER.search(text) is not None


def from_to(text: str) -> set[tuple[float, float]]:
    """The numbers from and to which something goes in *text*."""
    return _ways(text)


def _unit(text: str) -> str:
    """The unit of the number with which *text* begins; a share counts as a bare number."""
    read = _QUANTITY_BEGINS.match(text)
    found = quantities(read.group()) if read else []
    return found[0].unit if found and found[0].unit != "percent" else ""


def clauses_of(text: str) -> list[str]:
    """The clauses of *text*, with their numbers."""
    flat, edges = _cut(text)
    return [flat[a:b] for a, b in pairwise(edges)]


def numbers_in(text: str, *, shares: bool = True) -> frozenset[float]:
    """The values of the numbers in *text* that measure something; without *shares*, none that has
    a sign for percent."""
    return frozenset(
        value
        for _, end, value in _placed_numbers(text)
        if shares or not text[end:].lstrip().startswith("%")
    )


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
    first: Sequence[QueryTerm],
    second: Sequence[QueryTerm],
    at_first: frozenset[str],
    at_second: frozenset[str],
) -> bool:
    """Whether what the claim tells of each number stands only at the other one."""
    if _found(first, at_first, at_second) or _found(second, at_second, at_first):
        return False
    crossed = _found(first, at_second, at_first), _found(second, at_first, at_second)
    return all(crossed) or any(needle.weight >= _NAMING for found in crossed for needle in found)


def _found(
    things: Sequence[QueryTerm], here: frozenset[str], there: frozenset[str]
) -> list[QueryTerm]:
    """The things that stand here and not there."""
    return [
        one
        for one in things
        if any(form <= here and not form <= there for form in one.alternatives)
    ]


def _things_of(claim: str) -> Mapping[float, tuple[QueryTerm, ...]]:
    """What each number of the claim is told of, without what is told of several; numbers that
    share a clause or are told twice are left out."""
    if in_pairs(claim) and _NUMBER_FIRST.search(claim):
        return {}
    clauses = _clauses(claim)
    every = [value for one in clauses for value in one.values]
    told = {
        one.values[0]: query_terms(one.text)
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


def _cut(text: str) -> tuple[str, list[int]]:
    """The text on one line, and where its clauses begin and end."""
    flat = _BRACKETED.sub(r" \1, ", " ".join(text.split()))
    cuts = {match.end() for match in _CUT.finditer(flat)}
    if in_pairs(flat):
        cuts |= {match.end() for match in _CUT_BEHIND.finditer(flat)}
    # A cut never goes through a number or a name.
    whole = [name.span() for name in _NAMED.finditer(flat)]
    whole += [(start, end) for start, end, _ in _placed_numbers(flat)]
    inner = {at for start, end in whole for at in range(start + 1, end)}
    return flat, [0, *sorted(cuts - inner), len(flat)]


def _clauses(text: str) -> list[_Clause]:
    flat, edges = _cut(text)
    placed = _placed_numbers(flat)
    letters = list(flat)
    for start, end, _ in placed:
        letters[start:end] = " " * (end - start)
    return [
        _Clause(
            text="".join(letters[a:b]),
            values=tuple(value for start, _, value in placed if a <= start < b),
        )
        for a, b in pairwise(edges)
    ]


def _placed_numbers(text: str) -> list[tuple[int, int, float]]:
    """The numbers that measure something, each with its beginning, end and value."""
    bare = _without_names(text)
    return [
        (match.start(), match.end(), float(read[0].value))
        for match in _NUMBER.finditer(bare)
        if (read := quantities(match.group()))
    ]


def _without_names(text: str) -> str:
    """*text* with blanks in the place of names, years and numbers of figures."""
    return _NAMED.sub(_blank, _POINTERS.sub(_blank, text))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _goes_the_other_way(claim: str, evidence: Sequence[str]) -> bool:
    """Whether a rise from one number to another is a fall in the evidence."""
    ways = {way for text in evidence for way in _ways(text)}
    return any((b, a) in ways and (a, b) not in ways for a, b in _ways(claim) if a != b)


def _ways(text: str) -> set[tuple[float, float]]:
    found = set()
    for match in _FROM_TO.finditer(_without_names(text)):
        first, second = (float(quantities(one)[0].value) for one in match.groups() if one)
        found.add((first, second))
    return found

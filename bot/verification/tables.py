"""Numbers told of the wrong row or column of a table: "A 30 %" where its row says 50. Pure.

A row goes by its first cell, a column by its head. A sentence that names one of them, and numbers
of the table none of which stands there, is at odds with the table, unless another text tells them
together.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.search.matching import rarity
from bot.text.quantities import quantities
from bot.text.sentences import sentences
from bot.text.words import content_words
from bot.verification.comparisons import key_of, names_in, span_of
from bot.verification.swaps import clauses_of, from_to, numbers_in, tells_in_order

_CELL = " | "
_FEWEST_ROWS = 3
# How rare a word has to be to be the name of a row by itself.
_NAMING = 0.85
_ASIDE = re.compile(r"[(\[][^()\[\]]{0,60}[)\]]")
_NUMBER_CELL = re.compile(r"[+\-−]?\d[\d.,]*\s?(?:%|[KMBkx])?(?:\s?(?:±|\+/-)\s?[\d.]+)?")


@dataclass(frozen=True)
class _Line:
    """A row or column: its label's words between single spaces, and the numbers in it."""

    label: str
    numbers: frozenset[float]


def misplaced(sentence: str, passages: Sequence[str]) -> str:
    """The label of the row or column that *sentence* tells numbers of which stand in another one;
    empty where it tells none."""
    for text in passages:
        for lines in _tables(text):
            if label := _misplaced(sentence, lines, passages):
                return label
        for lines in _told_apart(text):
            # What a sentence speaks of may be told of any of its numbers: two have to be swapped.
            named = [line for line, _ in _named(sentence, lines)]
            if label := _misplaced(sentence, named, passages):
                return label
    return ""


def _misplaced(sentence: str, lines: Sequence[_Line], passages: Sequence[str]) -> str:
    every = frozenset(number for line in lines for number in line.numbers)
    for part in clauses_of(sentence) if _named(sentence, lines) else ():
        own = _named(part, lines)
        if len(own) != 1:
            continue
        line, label = own[0]
        told = _with_partners(numbers_in(_beside(label, part)), sentence) & every
        at_odds = told and not told & line.numbers
        if at_odds and not _together(label, told, passages, shares="%" in part):
            return label.strip()
    return ""


def _beside(label: str, part: str) -> str:
    """What stands around a label, up to the names before and behind it."""
    found = span_of(label, part)
    if found is None:
        return ""
    names = [one.span() for one in names_in(part)]
    start = max((end for _, end in names if end <= found[0]), default=0)
    end = min((start for start, _ in names if start >= found[1]), default=len(part))
    return part[start:end]


def _with_partners(numbers: frozenset[float], sentence: str) -> frozenset[float]:
    """The numbers with those from or to which they go."""
    pairs = (pair for pair in map(frozenset, from_to(sentence)) if pair & numbers)
    return numbers.union(*pairs)


def _named(text: str, lines: Sequence[_Line]) -> list[tuple[_Line, str]]:
    """The lines that *text* names, by their labels or by a name that only one label holds; each
    with the words by which it does."""
    words = key_of(text)
    named = {line.label: line for line in lines if line.label in words}
    for name in (key_of(one.group()) for one in names_in(text)):
        holding = {line.label: line for line in lines if name in line.label}
        if len(holding) == 1 and not named.keys() & holding.keys():
            named[name] = next(iter(holding.values()))
    return [
        (line, label)
        for label, line in named.items()
        if not any(label in other and label != other for other in named)
    ]


def _together(
    label: str, numbers: frozenset[float], passages: Sequence[str], *, shares: bool
) -> bool:
    """Whether a clause or row tells one of the numbers of what the line is called by. A clause's
    per cent count only for *shares*: 50 % of something is no 50 points."""
    return any(
        label in key_of(one) and numbers & numbers_in(one, shares=shares or _CELL in one)
        for text in passages
        for row in text.split("\n")
        for one in ([row] if _CELL in row else clauses_of(row))
    )


@lru_cache(maxsize=256)
def _told_apart(text: str) -> tuple[tuple[_Line, ...], ...]:
    """For each sentence of a passage that names several things with numbers of their own, a line
    for each name."""
    found = []
    for sentence in sentences(text) if _CELL not in text else ():
        if tells_in_order(sentence):
            continue
        clauses = [(one, numbers_in(one)) for one in clauses_of(sentence)]
        lines = [
            _Line(key_of(name.group()), numbers)
            for one, numbers in clauses
            for name in names_in(one)
            if numbers
        ]
        if len({one.numbers for one in lines}) > 1:
            found.append(tuple(lines))
    return tuple(found)


@lru_cache(maxsize=64)
def _tables(text: str) -> tuple[tuple[_Line, ...], ...]:
    """The rows of the table in a passage, and its columns; nothing where there is none."""
    rows = [row.split(_CELL) for row in text.split("\n") if _CELL in row]
    if len(rows) < _FEWEST_ROWS:
        return ()
    head, *body = rows
    width = len(head)
    columns = zip(*(row for row in rows if len(row) == width), strict=True)
    by_row = [_Line(_label(row[0]), _numbers(row[1:])) for row in body]
    by_column = [_Line(_label(first), _numbers(rest)) for first, *rest in list(columns)[1:]]
    return tuple(
        tuple(line for line in lines if line.label.strip() and line.numbers)
        for lines in (by_row, by_column)
    )


def _label(cell: str) -> str:
    """What a row or column goes by; nothing where a single common word would be found anywhere."""
    bare = _ASIDE.sub("", cell)
    key = key_of(bare)
    is_telling = len(key.split()) > 1 or any(rarity(one) >= _NAMING for one in content_words(bare))
    return key if is_telling or names_in(bare) else ""


def _numbers(cells: Sequence[str]) -> frozenset[float]:
    return frozenset(
        float(one.value)
        for cell in cells
        if _NUMBER_CELL.fullmatch(cell.strip())
        for one in quantities(cell)[:1]
    )

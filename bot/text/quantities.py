"""Numbers with their units, read alike from prose of every language, tables and LaTeX.

A number in a summary or an answer must stand in its evidence: ``1,000`` is ``1k``, ``32B`` is 32
billion, ``3x`` is ``3 times``, and ``3%`` is none of these.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from bot.languages import languages
from bot.languages.language import Numbers

_Value = TypeVar("_Value")


def _all(part: Callable[[Numbers], Mapping[str, _Value]]) -> dict[str, _Value]:
    """What the languages tell together."""
    return {word: value for one in languages() for word, value in part(one.numbers).items()}


def _alternatives(words: Iterable[str]) -> str:
    """Matches any of *words*, the longest that fits."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _unit_words(name: str) -> str:
    """Matches a unit of the class *name*: the languages' words, then the signs."""
    words = [one.numbers.units.get(name) for one in languages()]
    return "|".join(filter(None, [*words, _SIGNS[name]]))


# What is written alike everywhere; the languages add their words.
_LETTERS = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
_SIGNS = {
    "percent": "%p|%|pp",
    "times": "x|×",
    "ms": "ms",
    "seconds": "s",
    "minutes": "",
    "hours": "h",
    "days": "",
    "KB": "KB|KiB",
    "MB": "MB|MiB",
    "GB": "GB|GiB",
    "TB": "TB|TiB",
}
SCALE_WORDS = _all(lambda numbers: numbers.scales)
_SCALES = SCALE_WORDS | _LETTERS
_WORDS = _all(lambda numbers: numbers.words)
_FACTORS = _all(lambda numbers: numbers.factors)
_PARTS = _all(lambda numbers: numbers.parts)
# Of an integer this small, some stray mention without a unit is found in any paper.
_SMALL = 12

_LATIN = "A-Za-z"
# A lone small m or t is a metre or a ton rather than a million or a trillion.
_SCALE = f"{_alternatives(SCALE_WORDS)}|(?-i:[KkMBbT])"
_UNIT = "|".join(f"(?P<{name}>{_unit_words(name)})" for name in _SIGNS)
_WITH_UNIT = rf"(?:[\s-]?(?:{_UNIT})(?![{_LATIN}]))?"
_DIGITS = r"\d{1,3}(?:,\d{3}){1,9}(?:\.\d{1,20})?|\d{1,30}(?:\.\d{1,20})?"
_QUANTITY = re.compile(
    rf"(?P<number>{_DIGITS})(?:[\s-]?(?P<scale>(?:{_SCALE}))(?![{_LATIN}]))?" + _WITH_UNIT,
    re.IGNORECASE,
)
# "3 million 200 thousand": several scales make up one number.
_COMPOUND = re.compile(
    rf"(?:(?:{_DIGITS})\s?(?:{_alternatives(SCALE_WORDS)})\s?){{2,8}}(?:(?:{_DIGITS})(?!\d))?",
    re.IGNORECASE,
)
_COMPOUND_PART = re.compile(rf"({_DIGITS})\s?({_alternatives(SCALE_WORDS)})?", re.IGNORECASE)
_SLASHED_PART = re.compile(r"(?<![\d/.])(?P<part>\d{1,3})/(?P<whole>\d{1,3})(?![\d/])")
_WORD = re.compile(
    rf"(?<![{_LATIN}])(?P<word>{_alternatives([*_WORDS, *_FACTORS, *_PARTS])})(?![{_LATIN}])"
    + _WITH_UNIT,
    re.IGNORECASE,
)
# A name that holds digits: GPT-4, H100, Qwen2.5, or 3D. Checked as a name, not as a number.
_NAME = re.compile(
    rf"(?<![\w.])(?:[{_LATIN}]++(?:[{_LATIN}]*+(?:[-_./][{_LATIN}]*+)?\d[\d.]*+)+[{_LATIN}]*"
    rf"|\d++(?!(?:{_SCALE}|{_UNIT})(?![{_LATIN}]))[{_LATIN}][{_LATIN}\d]*)",
    re.IGNORECASE,
)
_CITATION = re.compile(r"\[\d+(?:\s?[,;–-]\s?\d+)*\]")
# The unit of a number that stands inside a name: good for a bare number only.
_IN_NAME = "name"
_LATEX = ((r"\%", "%"), (r"\times", "×"), ("{,}", ","), (r"\,", ""), ("$", ""), ("−", "-"))
_NAME_PART = re.compile(rf"[{_LATIN}]+|\d[\d.]*|/")
_HYPHEN = r"[\s\-_‐‑–.]?"


@dataclass(frozen=True)
class Quantity:
    """A value with the class of its unit (empty when it has none), and the text it was read in."""

    value: Fraction
    unit: str
    text: str


class Evidence:
    """All numbers and names of the texts that a summary may rest on."""

    def __init__(self, text: str) -> None:
        plain = _CITATION.sub(" ", _plain(text))
        self._units: defaultdict[Fraction, set[str]] = defaultdict(set)
        for quantity in _liberally(plain):
            self._units[quantity.value].add(quantity.unit)
        self._text = plain

    @property
    def text(self) -> str:
        """The texts themselves."""
        return self._text

    def has(self, quantity: Quantity) -> bool:
        """Whether the value stands there, with the same unit as far as both have one."""
        units = self._units.get(quantity.value, set())
        if not quantity.unit:
            return bool(units)
        if quantity.value.denominator == 1 and quantity.value <= _SMALL:
            return quantity.unit in units
        return quantity.unit in units or "" in units

    def has_name(self, name: str) -> bool:
        """Whether a name stands there, however it is hyphenated."""
        return spellings(name).search(self._text) is not None

    def missing(self, text: str) -> list[str]:
        """The numbers and names with digits of *text* that don't stand in the evidence."""
        names, rest = names_of(text)
        lost = [name for name in names if not self.has_name(name)]
        return lost + [one.text for one in quantities(rest) if not self.has(one)]


def spellings(name: str) -> re.Pattern[str]:
    """Matches a name with digits, however it is hyphenated."""
    parts = _HYPHEN.join(re.escape(part) for part in _NAME_PART.findall(name))
    return re.compile(rf"(?<![{_LATIN}\d]){parts}s?(?![{_LATIN}\d])", re.IGNORECASE)


def names_of(text: str) -> tuple[list[str], str]:
    """The names with digits in *text*, and the text without them."""
    plain = _plain(text)
    names = [match.group().rstrip(".-_/") for match in _NAME.finditer(plain)]
    return names, _NAME.sub(" ", plain)


def quantities(text: str) -> list[Quantity]:
    """The numbers in *text* that stand for themselves."""
    found: list[Quantity] = []
    rest = _plain(text)
    fractions = [(one.numbers.fraction, _read_fraction) for one in languages()]
    for pattern, read in (
        *fractions,
        (_SLASHED_PART, _read_fraction),
        (_COMPOUND, _read_compound),
    ):
        found += [read(match) for match in pattern.finditer(rest)]
        rest = pattern.sub(" ", rest)
    return found + [_read(match) for match in _QUANTITY.finditer(rest)]


def _liberally(text: str) -> Iterator[Quantity]:
    names, rest = names_of(text)
    yield from quantities(rest)
    # Once more without taking anything out: "24/7" gives 24 and 7.
    yield from (_read(match) for match in _QUANTITY.finditer(rest))
    for match in _QUANTITY.finditer(" ".join(names)):
        yield replace(_read(match), unit=_IN_NAME)
    for match in _WORD.finditer(text):
        word = match["word"].lower()
        if word in _WORDS:
            yield Quantity(Fraction(_WORDS[word]), _unit(match), word)
        if word in _FACTORS:
            yield Quantity(Fraction(_FACTORS[word]), "times", word)
        if word in _PARTS:
            yield Quantity(Fraction(*_PARTS[word]), "part", word)


def _read(match: re.Match[str]) -> Quantity:
    scale = _SCALES[match["scale"].lower()] if match["scale"] else 1
    value = Fraction(match["number"].replace(",", "")) * scale
    return Quantity(value, _unit(match), match.group().strip())


def _read_compound(match: re.Match[str]) -> Quantity:
    total = Fraction(0)
    for number, scale in _COMPOUND_PART.findall(match.group()):
        total += Fraction(number.replace(",", "")) * _SCALES.get(scale.lower(), 1)
    return Quantity(total, "", match.group().strip())


def _read_fraction(match: re.Match[str]) -> Quantity:
    part, whole = int(match["part"]), int(match["whole"]) or 1
    return Quantity(Fraction(part, whole), "part", match.group())


def _unit(match: re.Match[str]) -> str:
    return next((name for name in _SIGNS if match[name]), "")


def _plain(text: str) -> str:
    for written, meant in _LATEX:
        text = text.replace(written, meant)
    return text

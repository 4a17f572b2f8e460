"""Numbers with their units, read alike from prose of every language, tables and LaTeX.

A number in a summary or an answer must stand in its evidence: ``1,000`` is ``1k``, ``32B`` is 32
billion, ``3x`` is ``3 times``, ``25%`` is a quarter, and ``3%`` is none of these. What is written
in fewer digits than its evidence (61.1% of 0.6111, 20K of 20,480) is the same number rounded.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, cached_property
from typing import TypeVar

from babel import Locale

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
# "3 million 200 thousand", "13 thousand 1,072": several scales make up one number.
_SCALED = rf"(?:{_DIGITS})\s?(?:{_alternatives(SCALE_WORDS)})"
_COMPOUND = re.compile(
    rf"{_SCALED}(?:\s?{_SCALED}){{1,7}}(?:\s?(?:{_DIGITS})(?![\d.]))?"
    rf"|{_SCALED}\s?(?:\d,\d{{3}}|\d{{3,4}})(?![\d,.])",
    re.IGNORECASE,
)
_COMPOUND_PART = re.compile(rf"({_DIGITS})\s?({_alternatives(SCALE_WORDS)})?", re.IGNORECASE)
# From this scale on, all that stands before a scale is multiplied by it.
_GROUPING = 10_000
# "1 × 10^-6", "10^6", "1e-6"; printed without its raised exponent: "1 × 10−6", "2.3 · 1019".
_POWER = re.compile(
    r"(?<![\w.])(?:(?P<a>\d{1,9}(?:\.\d{1,9})?)\s?[×x*·⋅]\s?)?10\s?\^\s?\{?\s?(?P<p>-?\d{1,3})\}?"
    r"|(?<![\w.])(?P<b>\d{1,9}(?:\.\d{1,9})?)\s?[×·⋅]\s?10(?P<q>-?\d{1,2})(?!\d|[.,]\d)"
    r"|(?<![\w.])(?P<c>\d{1,9}(?:\.\d{1,9})?)e(?P<r>[-+]?\d{1,3})(?![A-Za-z\d])",
    re.IGNORECASE,
)
# A table's head says that the numbers below it are to be multiplied.
_HEAD_POWER = re.compile(r"(?<!\d)(?<!\d\s)[×x]\s?10\s?\^\s?\{?(-?\d{1,2})\}?")
_ROW = " | "
# Exponents of what is no number: N^2, d^{-1}.
_EXPONENT = re.compile(r"(?<=[^\W\d_)\]}])\s?\^\s?(?:\{[^{}]{0,20}\}|-?\w{1,8})")
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
_LATEX = (
    (r"\%", "%"), (r"\times", "×"), (r"\cdot", "·"), ("{,}", ","), (r"\,", ""), ("$", ""),
    ("−", "-"),
)  # fmt: skip
_RAISED = re.compile("(?<=\\d)([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_NAME_PART = re.compile(rf"[{_LATIN}]+|\d[\d.]*|/")
_HYPHEN = r"[\s\-_‐‑–—.]{0,3}"


@dataclass(frozen=True)
class Quantity:
    """A value with the class of its unit (empty when it has none), and the text it was read in.

    ``step`` is what its last digit counts where it may be rounded, else 0; ``parts`` are the
    numbers that it is made of, if they may as well stand for themselves.
    """

    value: Fraction
    unit: str
    text: str
    step: Fraction = Fraction(0)
    parts: tuple["Quantity", ...] = ()


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
        """Whether the value stands there, as it is or in more digits, with the same unit as far as
        both have one."""
        if self._stands(quantity) or any(self._stands(one, sure=True) for one in _alike(quantity)):
            return True
        return bool(quantity.parts) and all(map(self.has, quantity.parts))

    def has_name(self, name: str) -> bool:
        """Whether a name stands there, however it is hyphenated."""
        return spellings(name).search(self._text) is not None

    def missing(self, text: str) -> list[str]:
        """The numbers and names with digits of *text* that don't stand in the evidence."""
        names, rest = names_of(text)
        lost = [name for name in names if not self.has_name(name)]
        return lost + [one.text for one in quantities(rest) if not self.has(one)]

    def _stands(self, quantity: Quantity, *, sure: bool = False) -> bool:
        """Whether it stands there; to be *sure*, with its very unit."""
        if self._has_unit(quantity.value, quantity, sure):
            return True
        if not quantity.step:
            return False
        # Rounded up or down, or cut off.
        first = bisect_left(self._values, quantity.value - quantity.step / 2)
        end = bisect_left(self._values, quantity.value + quantity.step)
        return any(self._has_unit(value, quantity, sure) for value in self._values[first:end])

    def _has_unit(self, value: Fraction, quantity: Quantity, sure: bool) -> bool:
        units = self._units.get(value, set())
        if sure or (quantity.unit and value.denominator == 1 and value <= _SMALL):
            return quantity.unit in units
        if not quantity.unit:
            return bool(units)
        return quantity.unit in units or "" in units

    @cached_property
    def _values(self) -> list[Fraction]:
        return sorted(self._units)


def spellings(name: str) -> re.Pattern[str]:
    """Matches a name with digits, however it is hyphenated; letters that are glued to its last
    digit (AIME24avg) are no part of it, one of them (GPT-4o) is."""
    parts = _HYPHEN.join(re.escape(part) for part in _NAME_PART.findall(name))
    end = rf"(?!\d|[{_LATIN}](?![{_LATIN}]))" if name[-1:].isdigit() else rf"(?![{_LATIN}\d])"
    return re.compile(rf"(?<![{_LATIN}\d]){parts}s?{end}", re.IGNORECASE)


def names_of(text: str) -> tuple[list[str], str]:
    """The names with digits in *text*, and the text without them."""
    plain = _EXPONENT.sub("", _plain(text))
    powers = [match.span() for match in _POWER.finditer(plain)]
    found = [
        match
        for match in _NAME.finditer(plain)
        if not any(start <= match.start() < end for start, end in powers)
    ]
    rest = list(plain)
    for match in found:
        rest[match.start() : match.end()] = " " * len(match.group())
    return [match.group().rstrip(".-_/") for match in found], "".join(rest)


def quantities(text: str) -> list[Quantity]:
    """The numbers in *text* that stand for themselves."""
    found: list[Quantity] = []
    rest = _EXPONENT.sub("", _plain(text))
    fractions = [(one.numbers.fraction, _read_fraction) for one in languages()]
    for pattern, read in (
        *fractions,
        (_SLASHED_PART, _read_fraction),
        (_POWER, _read_power),
        (_COMPOUND, _read_compound),
    ):
        found += [read(match) for match in pattern.finditer(rest)]
        rest = pattern.sub(" ", rest)
    return found + [_read(match) for match in _QUANTITY.finditer(rest)]


def _alike(quantity: Quantity) -> Iterator[Quantity]:
    """The other ways to write a quantity: 25% is 0.25 and a quarter, a quarter is what is left of
    something made four times smaller."""
    value, unit, step = quantity.value, quantity.unit, quantity.step
    share = {"percent": value / 100, "part": value, "": value}.get(unit)
    if share is None or not 0 < share < 1:
        return
    # A bare 0.6 may be 60%; a bare 60 is none.
    for other, scale in (("percent", 100), ("part", 1), ("", 1)):
        if other != unit:
            step_of_share = step / 100 if unit == "percent" else step
            yield replace(quantity, value=share * scale, unit=other, step=step_of_share * scale)
    if unit == "part" and share.numerator == 1:
        yield replace(quantity, value=1 / share, unit="times")


def _liberally(text: str) -> Iterator[Quantity]:
    names, rest = names_of(text)
    yield from quantities(rest)
    # Once more without taking anything out: "24/7" gives 24 and 7.
    yield from (_read(match) for match in _QUANTITY.finditer(rest))
    for match in _QUANTITY.finditer(" ".join(names)):
        yield replace(_read(match), unit=_IN_NAME)
    yield from _below_powers(text)
    for match in _months().finditer(text):
        yield Quantity(Fraction(_month_numbers()[match["month"].lower()]), "", match.group())
        yield Quantity(Fraction(match["before"] or match["after"] or 1), "days", match.group())
    for match in _WORD.finditer(text):
        word = match["word"].lower()
        if word in _WORDS:
            yield Quantity(Fraction(_WORDS[word]), _unit(match), word)
        if word in _FACTORS:
            yield Quantity(Fraction(_FACTORS[word]), "times", word)
        if word in _PARTS:
            yield Quantity(Fraction(*_PARTS[word]), "part", word)


def _below_powers(text: str) -> Iterator[Quantity]:
    """The numbers of a table whose head multiplies them; its pieces share their caption."""
    by_caption: defaultdict[str, set[Fraction]] = defaultdict(set)
    caption = ""
    for line in text.split("\n"):
        if _ROW not in line:
            caption = line
            continue
        for factor in by_caption[caption]:
            found = map(_read, _QUANTITY.finditer(line))
            yield from (replace(one, value=one.value * factor) for one in found)
        powers = _HEAD_POWER.findall(line)
        by_caption[caption] |= {Fraction(10) ** int(power) for power in powers}


def _read(match: re.Match[str]) -> Quantity:
    written, unit = match["number"].replace(",", ""), _unit(match)
    scale = _SCALES[match["scale"].lower()] if match["scale"] else 1
    step = _step(written, scaled=scale > 1, is_share=unit == "percent") * scale
    return Quantity(Fraction(written) * scale, unit, match.group().strip(), step)


def _step(written: str, *, scaled: bool = False, is_share: bool = False) -> Fraction:
    """What the last digit that counts stands for; 0 where a number says too little to be taken
    for a rounded one."""
    whole, _, decimals = written.partition(".")
    digits = len((whole + decimals).strip("0")) if decimals else len(whole.strip("0"))
    zeros = len(whole) - len(whole.rstrip("0"))
    if scaled or (digits > 1 and (decimals or is_share)):
        return Fraction(1, 10 ** len(decimals))
    return Fraction(10**zeros) if digits > 1 and zeros > 1 else Fraction(0)


def _read_compound(match: re.Match[str]) -> Quantity:
    total, group, step = Fraction(0), Fraction(0), Fraction(1)
    parts = []
    for number, scale in _COMPOUND_PART.findall(match.group()):
        value, by = Fraction(number.replace(",", "")), _SCALES.get(scale.lower(), 1)
        parts.append(Quantity(value * by, "", match.group().strip()))
        step = Fraction(by)
        if by >= _GROUPING:
            total += (group + value) * by
            group = Fraction(0)
        else:
            group += value * by
    total += group
    # Bare digits behind one scale may be a number of their own.
    apart = tuple(parts) if step == 1 else ()
    return Quantity(total, "", match.group().strip(), step if step > 1 else Fraction(0), apart)


def _read_fraction(match: re.Match[str]) -> Quantity:
    part, whole = int(match["part"]), int(match["whole"]) or 1
    return Quantity(Fraction(part, whole), "part", match.group())


def _read_power(match: re.Match[str]) -> Quantity:
    number = match["a"] or match["b"] or match["c"] or "1"
    power = int(match["p"] or match["q"] or match["r"])
    return Quantity(Fraction(number) * Fraction(10) ** power, "", match.group().strip())


def _unit(match: re.Match[str]) -> str:
    return next((name for name in _SIGNS if match[name]), "")


@cache
def _month_numbers() -> Mapping[str, int]:
    """The months by their names in all languages that write them in letters."""
    return {
        name.lower().rstrip("."): number
        for one in languages()
        for width in ("wide", "abbreviated")
        for number, name in Locale.parse(one.code).months["format"][width].items()
        if not name[:1].isdigit()
    }


@cache
def _months() -> re.Pattern[str]:
    """Matches a month with the day before or after it: "October 6", "6 Oct."."""
    return re.compile(
        rf"(?:(?<!\d)(?P<before>\d{{1,2}})\s)?\b(?P<month>{_alternatives(_month_numbers())})\b\.?"
        r"(?:\s(?P<after>\d{1,2})(?!\d))?",
        re.IGNORECASE,
    )


def _plain(text: str) -> str:
    for written, meant in _LATEX:
        text = text.replace(written, meant)
    return _RAISED.sub(lambda match: "^" + match[1].translate(_LOWERED), text)

"""Numbers with their units, read alike from English and Korean prose, tables and LaTeX.

A number in a summary must stand in its evidence: ``1,000`` is ``1k`` is ``1천``, ``32B`` is
``320억``, ``3x`` is ``3배``, and ``3%`` is none of these.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

_SCALES = {
    "k": 10**3, "thousand": 10**3, "천": 10**3, "만": 10**4, "십만": 10**5, "m": 10**6,
    "million": 10**6, "백만": 10**6, "천만": 10**7, "억": 10**8, "b": 10**9, "bn": 10**9,
    "billion": 10**9, "십억": 10**9, "백억": 10**10, "천억": 10**11, "t": 10**12,
    "trillion": 10**12, "조": 10**12,
}  # fmt: skip
_UNITS = {
    "percent": "%p|%|percentage points?|percent|per cent|points?|pts?|pp"
    "|퍼센트포인트|퍼센트|포인트|점",
    "times": "times|fold|x|×|배",
    "ms": "milliseconds?|ms|밀리초",
    "seconds": "seconds?|secs?|s|초",
    "minutes": "minutes?|mins?|분",
    "hours": "hours?|hrs?|h|시간",
    "days": "days?|일",
    "KB": "KB|KiB",
    "MB": "MB|MiB",
    "GB": "GB|GiB",
    "TB": "TB|TiB",
}
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "twenty": 20, "thirty": 30, "hundred": 100,
    "thousand": 1000, "first": 1, "second": 2, "third": 3, "fourth": 4, "single": 1, "dual": 2,
    "both": 2, "pair": 2,
}  # fmt: skip
_FACTORS = {"twice": 2, "double": 2, "doubles": 2, "doubling": 2, "twofold": 2, "triple": 3,
            "triples": 3, "threefold": 3, "fourfold": 4, "tenfold": 10}  # fmt: skip
_PARTS = {"half": (1, 2), "halves": (1, 2), "third": (1, 3), "quarter": (1, 4), "fifth": (1, 5),
          "tenth": (1, 10), "절반": (1, 2)}  # fmt: skip
# Of an integer this small, some stray mention without a unit is found in any paper.
_SMALL = 12

_LATIN = "A-Za-z"
# A lone small m or t is a metre or a ton rather than a million or a trillion.
_SCALE = "|".join(sorted((w for w in _SCALES if w not in "kmbt"), key=len, reverse=True))
_SCALE += "|(?-i:[KkMBbT])"
_UNIT = "|".join(f"(?P<{name}>{words})" for name, words in _UNITS.items())
_DIGITS = r"\d{1,3}(?:,\d{3}){1,9}(?:\.\d{1,20})?|\d{1,30}(?:\.\d{1,20})?"
_QUANTITY = re.compile(
    rf"(?P<number>{_DIGITS})(?:[\s-]?(?P<scale>(?:{_SCALE}))(?![{_LATIN}]))?"
    rf"(?:[\s-]?(?:{_UNIT})(?![{_LATIN}]))?",
    re.IGNORECASE,
)
_COMPOUND = re.compile(
    rf"(?:(?:{_DIGITS})\s?(?:천만|백만|십만|천억|백억|십억|조|억|만|천)\s?){{2,8}}(?:(?:{_DIGITS})(?!\d))?"
)
_COMPOUND_PART = re.compile(rf"({_DIGITS})\s?(천만|백만|십만|천억|백억|십억|조|억|만|천)?")
_KOREAN_PART = re.compile(r"(\d{1,12})\s?분의\s?(\d{1,12})")
_SLASHED_PART = re.compile(r"(?<![\d/.])(\d{1,3})/(\d{1,3})(?![\d/])")
_WORD = re.compile(
    rf"\b(?P<word>{'|'.join([*_WORDS, *_FACTORS, *_PARTS])})\b(?:[\s-]?(?:{_UNIT})(?![{_LATIN}]))?",
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
    for pattern, read in (
        (_KOREAN_PART, _read_korean_part),
        (_SLASHED_PART, _read_slashed_part),
        (_COMPOUND, _read_compound),
    ):
        found += [read(match) for match in pattern.finditer(rest)]
        rest = pattern.sub(" ", rest)
    return found + [_read(match) for match in _QUANTITY.finditer(rest)]


def _liberally(text: str) -> Iterator[Quantity]:
    names, rest = names_of(text)
    yield from quantities(rest)
    # Once more without taking anything out: "24/7" gives 24 and 7, "3조 1,000억" also 3조.
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
        total += Fraction(number.replace(",", "")) * _SCALES.get(scale, 1)
    return Quantity(total, "", match.group().strip())


def _read_korean_part(match: re.Match[str]) -> Quantity:
    whole, part = int(match[1]) or 1, int(match[2])
    return Quantity(Fraction(part, whole), "part", match.group())


def _read_slashed_part(match: re.Match[str]) -> Quantity:
    part, whole = int(match[1]), int(match[2]) or 1
    return Quantity(Fraction(part, whole), "part", match.group())


def _unit(match: re.Match[str]) -> str:
    return next((name for name in _UNITS if match[name]), "")


def _plain(text: str) -> str:
    for written, meant in _LATEX:
        text = text.replace(written, meant)
    return text

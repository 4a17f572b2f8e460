"""Numbers in running text, in a form in which two texts can be compared."""

import re

# 1,234.5 / 71.5% / 17K / 3e-6 / 10⁻⁶; not the digits inside a name such as GPT-4 or Qwen2.5-32B.
_NUMBER = re.compile(
    r"(?<![\w.])(?<![A-Za-z]-)[+\-−]?(?P<body>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<power>[eE][+\-−]?\d+)?(?P<unit>\s?[KkMB](?![A-Za-z가-힣])|천|만|억)?"
)
_UNITS = {"k": 1e3, "m": 1e6, "b": 1e9, "천": 1e3, "만": 1e4, "억": 1e8}
_SPELLED = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "first": 1, "second": 2,
    "third": 3, "fourth": 4, "once": 1, "twice": 2, "half": 50, "single": 1, "both": 2,
}  # fmt: skip
# Numbers that measure nothing: years, and those of figures, sections and footnotes.
_POINTERS = re.compile(
    r"(?<!\w)(?:19|20)\d\d(?![0-9A-Za-z_])|\b(?:Fig(?:ure)?s?|Tab(?:le)?s?|Sec(?:tion)?s?|Eqs?|Equations?|Appendix|"
    r"Algorithm|Step)\b\.?\s*\(?[A-Z]?\d[\w.]*|\[\d[\d,\s–-]*\]",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[a-z]+")
_NAMED = re.compile(r"(?<!\d)[A-Za-z][A-Za-z0-9.-]{0,60}\d[A-Za-z0-9-]{0,60}(?:\.\d+)*")


def figures(text: str) -> set[float]:
    """The values of all numbers that stand in *text* as numbers."""
    return {value for _, _, value in _numbers(text)}


def placed_figures(text: str) -> list[tuple[int, int, float]]:
    """The numbers of *text* that measure something, each with its beginning, end and value."""
    return _numbers(_NAMED.sub(_blank, _POINTERS.sub(_blank, text)))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _numbers(text: str) -> list[tuple[int, int, float]]:
    found = []
    for match in _NUMBER.finditer(text.replace("−", "-")):
        value = float(match["body"].replace(",", ""))
        if match["power"]:
            value *= 10 ** float(match["power"][1:].replace("−", "-"))
        unit = (match["unit"] or "").strip().lower()
        found.append((match.start(), match.end(), round(value * _UNITS.get(unit, 1.0), 12)))
    return found


def measures(text: str) -> bool:
    """Whether *text* tells a number that measures something: no year, name or cross-reference."""
    return bool(figures(_NAMED.sub(" ", _POINTERS.sub(" ", text))))


def known_figures(text: str) -> set[float]:
    """The numbers a reader of *text* may name: also those spelled out or inside names."""
    lower = text.lower()
    found = figures(text) | {float(_SPELLED[w]) for w in _WORDS.findall(lower) if w in _SPELLED}
    for name in _NAMED.findall(text):
        found |= {float(part) for part in re.findall(r"\d+(?:\.\d+)?", name)}
    # "17K" may be told as 17 thousand in either notation; the bare number is there as well.
    return found | {float(one.replace(",", "")) for one in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


def named_figures(text: str) -> set[str]:
    """Names that hold a number (GPT-4, AIME2024) in lower case, without their signs."""
    return {re.sub(r"[.-]", "", name.lower()) for name in _NAMED.findall(text)}

"""Lengths, numbers and colours of CSS, computed as far as seeing a text depends on them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, prod, radians
from typing import Any, TypeVar

from tinycss2 import color4

Tokens = Sequence[Any]
Colour = tuple[float, float, float, float]
T = TypeVar("T")

WIDTH, HEIGHT = 1280.0, 800.0
FONT_SIZE = 16.0
BLACK: Colour = (0.0, 0.0, 0.0, 1.0)
WHITE: Colour = (1.0, 1.0, 1.0, 1.0)
CLEAR: Colour = (0.0, 0.0, 0.0, 0.0)

_ABSOLUTE = {"px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 37.8, "mm": 3.78, "q": 0.945}
_OF_ROOT = {"rem": 1.0, "rex": 0.5, "rch": 0.5, "rlh": 1.2, "ric": 1.0, "rcap": 0.7}
_OF_FONT = {"em": 1.0, "ex": 0.5, "ch": 0.5, "lh": 1.2, "ic": 1.0, "cap": 0.7}
_OF_VIEW = {"w": WIDTH, "i": WIDTH, "h": HEIGHT, "b": HEIGHT, "min": HEIGHT, "max": WIDTH}
_DEGREES = {"deg": 1.0, "grad": 0.9, "rad": 57.29578, "turn": 360.0}
_SYSTEM_COLOURS = {
    **dict.fromkeys(("canvas", "field", "buttonface", "window", "background"), WHITE),
    **dict.fromkeys(("canvastext", "fieldtext", "buttontext", "windowtext"), BLACK),
}


@dataclass(frozen=True)
class Basis:
    """What relative lengths are relative to: pixels of one ``em`` and of ``100%``."""

    em: float = FONT_SIZE
    whole: float = WIDTH


def significant(tokens: Tokens) -> list[Any]:
    """The tokens without white space and comments."""
    return [token for token in tokens if token.type not in ("whitespace", "comment")]


def split(tokens: Tokens, *marks: str) -> list[list[Any]]:
    """The significant tokens between literals such as ``,``."""
    parts: list[list[Any]] = [[]]
    for token in significant(tokens):
        if token.type == "literal" and token.value in marks:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def keyword(tokens: Tokens) -> str:
    """The first identifier, in lower case; empty where there is none."""
    return next((str(one.lower_value) for one in tokens if one.type == "ident"), "")


def functions(tokens: Tokens) -> dict[str, list[Any]]:
    """The arguments of each function among the tokens, by its lower-case name."""
    return {one.lower_name: list(one.arguments) for one in tokens if one.type == "function"}


def length(token: Any, basis: Basis) -> float | None:
    """The length in CSS pixels, a plain number as it is; None for anything else."""
    match token.type:
        case "number":
            return float(token.value)
        case "percentage":
            return float(token.value) * basis.whole / 100
        case "dimension":
            size = _unit(token.lower_unit, basis)
            return None if size is None else float(token.value) * size
        case "() block":
            return _sum(token.content, basis)
        case "function":
            return _computed(token, basis)
    return None


def four(values: Sequence[T]) -> list[T]:
    """One to four values as those of top, right, bottom and left; none for none."""
    if not values:
        return []
    top, right, bottom, left = (0, 0, 0, 0), (0, 1, 1, 1), (0, 0, 2, 2), (0, 1, 1, 3)
    at = min(len(values), 4) - 1
    return [values[side[at]] for side in (top, right, bottom, left)]


def lengths(tokens: Tokens, basis: Basis) -> list[float]:
    """All lengths among the tokens."""
    found = (length(token, basis) for token in tokens)
    return [one for one in found if one is not None]


def number(tokens: Tokens, default: float = 1.0) -> float:
    """The first number or percentage, 1 being 100 %."""
    return next(iter(lengths(tokens, Basis(whole=1.0))), default)


def facing(tokens: Tokens) -> float:
    """What a turn out of the page by the first angle leaves of an extent; negative when the back
    is turned to the reader."""
    for token in tokens:
        if token.type == "dimension" and token.lower_unit in _DEGREES:
            return cos(radians(token.value * _DEGREES[token.lower_unit]))
    return 1.0


def colour(tokens: Tokens, current: Colour = BLACK) -> Colour | None:
    """The first colour among the tokens, as sRGB with alpha."""
    return next(_colours(tokens, current), None)


def mixed(tokens: Tokens, current: Colour = BLACK) -> Colour | None:
    """The mean of all colours among the tokens, for gradients."""
    found = list(_colours(_inside(tokens), current))
    return _mean([(one, 1.0) for one in found])


def over(top: Colour, ground: Colour) -> Colour:
    """What is seen of *top* painted on an opaque *ground*."""
    red, green, blue = (top[at] * top[3] + ground[at] * (1 - top[3]) for at in range(3))
    return red, green, blue, 1.0


def distance(one: Colour, other: Colour) -> float:
    """The largest difference of a channel, from 0 to 1."""
    return max(abs(one[at] - other[at]) for at in range(3))


def _unit(unit: str, basis: Basis) -> float | None:
    if unit in _ABSOLUTE:
        return _ABSOLUTE[unit]
    if unit in _OF_ROOT:
        return _OF_ROOT[unit] * FONT_SIZE
    if unit in _OF_FONT:
        return _OF_FONT[unit] * basis.em
    # vw, svh, dvmax, cqw: a hundredth of one side of the window.
    side = unit.removeprefix("cq") if unit.startswith("cq") else unit.lstrip("sld")[1:]
    return _OF_VIEW[side] / 100 if side in _OF_VIEW else None


def _computed(token: Any, basis: Basis) -> float | None:
    values = [_sum(part, basis) for part in split(token.arguments, ",")]
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return None
    match token.lower_name:
        case "calc" | "abs" | "min":
            return min(known)
        case "max":
            return max(known)
        case "clamp" if len(known) == 3:
            return max(known[0], min(known[1], known[2]))
    return None


def _sum(tokens: Tokens, basis: Basis) -> float | None:
    total, sign = 0.0, 1.0
    term: list[Any] = []
    for token in [*significant(tokens), None]:
        if token is None or (token.type == "literal" and token.value in "+-"):
            value = _product(term, basis)
            if value is None:
                return None
            total += sign * value
            sign, term = (-1.0 if token is not None and token.value == "-" else 1.0), []
        else:
            term.append(token)
    return total


def _product(tokens: Tokens, basis: Basis) -> float | None:
    factors = [lengths(part, basis) for part in split(tokens, "*", "/")]
    if not all(factors):
        return None
    first, *others = (factor[0] for factor in factors)
    marks = [token.value for token in tokens if token.type == "literal"]
    powers = [
        value if mark == "*" else 1 / (value or 1.0)
        for mark, value in zip(marks, others, strict=False)
    ]
    return first * prod(powers)


def _colours(tokens: Tokens, current: Colour) -> Iterator[Colour]:
    for token in significant(tokens):
        found = _plain_colour(token, current)
        if found is None and token.type == "function":
            found = _derived(token, current)
        if found is not None:
            yield found


def _plain_colour(token: Any, current: Colour) -> Colour | None:
    if token.type == "ident" and token.lower_value in _SYSTEM_COLOURS:
        return _SYSTEM_COLOURS[token.lower_value]
    if token.type not in ("ident", "hash", "function"):
        return None
    try:
        found = color4.parse_color(token)
    except (ValueError, TypeError, AttributeError, AssertionError):
        return None
    if found == "currentcolor":
        return current
    return None if found is None else _srgb(found)


def _derived(token: Any, current: Colour) -> Colour | None:
    """``color-mix()`` by its shares; of ``light-dark()`` and relative colours the first."""
    if token.lower_name.endswith("gradient"):
        return None
    if token.lower_name != "color-mix":
        return next(_colours(token.arguments, current), None)
    shares: list[tuple[Colour, float]] = []
    for part in split(token.arguments, ",")[1:]:
        one = colour(part, current)
        given = [token.value / 100 for token in part if token.type == "percentage"]
        left = 1 - shares[0][1] if shares and shares[0][1] != 1.0 else 1.0
        if one is not None:
            shares.append((one, given[0] if given else left))
    return _mean(shares)


def _mean(shares: Sequence[tuple[Colour, float]]) -> Colour | None:
    whole = sum(share for _, share in shares)
    if whole <= 0:
        return None
    red, green, blue, alpha = (
        sum(one[at] * share for one, share in shares) / whole for at in range(4)
    )
    return red, green, blue, alpha


def _inside(tokens: Tokens) -> list[Any]:
    return [inner for arguments in functions(tokens).values() for inner in arguments]


def _srgb(found: Any) -> Colour:
    """Wide RGB spaces are taken as sRGB: white is white and black is black in all of them."""
    if found.space in ("hsl", "hwb"):
        found = found.to("srgb")
    elif found.space in ("lab", "lch"):
        found = found.to("xyz-d50")
    elif found.space in ("oklab", "oklch"):
        found = found.to("xyz-d65")
    one, two, three = (value or 0.0 for value in found.coordinates)
    if found.space == "xyz-d50":
        pairs = zip((one, two, three), color4.D65, color4.D50, strict=True)
        one, two, three = (value * new / old for value, new, old in pairs)
    if found.space.startswith("xyz"):
        linear = (
            3.2410 * one - 1.5374 * two - 0.4986 * three,
            -0.9692 * one + 1.8760 * two + 0.0416 * three,
            0.0556 * one - 0.2040 * two + 1.0570 * three,
        )
        one, two, three = (max(0.0, value) ** (1 / 2.2) for value in linear)
    red, green, blue = (min(1.0, max(0.0, value)) for value in (one, two, three))
    return red, green, blue, float(found.alpha)

"""How an element's text is painted, by the few properties whose meaning is known here.

What is known to hide nothing is passed over, and what may hide a text is measured where papers use
it. Text under any other style is not taken: a list of all ways to hide one would never end.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod
from typing import Any

from tinycss2 import color3

from bot.fulltext.html_rules import Declaration, Tokens, keyword, significant

Colour = tuple[float, float, float, float]
BLACK: Colour = (0.0, 0.0, 0.0, 1.0)
WHITE: Colour = (1.0, 1.0, 1.0, 1.0)

# In pixels and shares: smaller or fainter than this, nobody reads it.
SMALLEST_FONT = 3.0
SMALLEST_SCALED_FONT = 1.5
SMALLEST_SCALE = 0.05
LEAST_DIFFERENCE = 0.11
LEAST_OPACITY = 0.1
TIGHTEST_SPACING, WIDEST_SPACING = -0.4, 20.0
# Further off, nobody sees it; a share of an element's size counts as one of this many pixels.
FARTHEST_BEFORE, FARTHEST_BEHIND = -400.0, 1280.0
_WIDTH, _HEIGHT = 1280.0, 800.0
_PIXELS = {
    **{"px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 37.8, "mm": 3.78, "q": 0.945},
    **{"rem": 16, "vw": _WIDTH / 100, "vh": _HEIGHT / 100},
}
_EMS = {"em": 1.0, "ex": 0.5, "ch": 0.5}
_SIZES = {
    **{"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0},
    **{"x-large": 24.0, "xx-large": 32.0, "xxx-large": 48.0},
}
_RELATIVE_SIZES = {"smaller": 1 / 1.2, "larger": 1.2}
# Values that leave everything as it is.
_NOTHING = frozenset({"auto", "inherit", "none", "normal", "unset", "revert"})
_HARMLESS = (
    *("align-", "border", "box-", "break-", "caption-", "clear", "column", "cursor", "direction"),
    *(
        "empty-cells",
        "flex",
        "float",
        "font-family",
        "font-feature",
        "font-kerning",
        "font-stretch",
    ),
    *("font-style", "font-variant", "font-weight", "gap", "grid", "height", "hyphen", "justify-"),
    *("line-", "list-", "max-", "min-", "object-", "order", "orphans", "outline", "page-break-"),
    *("place-", "position", "quotes", "row-gap", "tab-size", "table-layout", "text-align"),
    *("text-decoration", "text-shadow", "text-transform", "text-wrap", "transition", "vertical-"),
    *("white-space", "widows", "width", "word-break", "word-wrap", "overflow-wrap", "writing-mode"),
)
_VENDOR = re.compile(r"^-(?:webkit|moz|ms|o)-")
_MOVING = ("bottom", "inset", "left", "margin", "padding", "right", "text-indent", "top")
_PAGES_OWN = ("font", "font-family")
_DEEPEST_VARIABLES = 8


@dataclass(frozen=True)
class TextStyle:
    """What an element hands down to those inside it.

    ``ground`` is the opaque colour behind the text, ``scale`` the product of all enlargements,
    ``opacity`` that of all opacities, ``spacing`` is in ``em``.
    ``is_readable`` tells of the element's own text.
    """

    ink: Colour = BLACK
    ground: Colour = WHITE
    font_size: float = 16.0
    scale: float = 1.0
    opacity: float = 1.0
    spacing: float = 0.0
    is_visible: bool = True
    is_readable: bool = True
    variables: Mapping[str, Tokens] = field(default_factory=dict)

    def within(self, declared: Sequence[Declaration], *, has_fonts: bool) -> "TextStyle | None":
        """The style of an element inside; None where nothing inside that is seen for sure."""
        style, is_legible = self, True
        inks: list[Colour] = []
        grounds: list[Colour] = []
        own = dict(declared)
        variables = {name: own[name] for name in own if name.startswith("--")}
        known = {**self.variables, **variables} if variables else self.variables
        for given, raw in declared:
            name, value = _VENDOR.sub("", given), _filled(raw, known)
            if has_fonts and name in _PAGES_OWN:
                return None
            if _is_harmless(name, value):
                continue
            if name in ("color", "background-color", "background"):
                found = colour(value, self.ink)
                if found is None:
                    return None
                (inks if name == "color" else grounds).append(found)
                continue
            measure = _moved if name.startswith(_MOVING) else _MEASURED.get(name)
            measured = None if measure is None else measure(style, self, value)
            if measured is None:
                return None
            style, is_legible = measured, is_legible and measured._is_legible
        style = replace(style, variables=known)
        return style._painted(inks, grounds, is_legible=is_legible and style._is_legible)

    @property
    def _is_legible(self) -> bool:
        return (
            self.is_visible
            and self.font_size > SMALLEST_FONT
            and self.font_size * self.scale > SMALLEST_SCALED_FONT
            and TIGHTEST_SPACING < self.spacing < WIDEST_SPACING
        )

    def _painted(
        self, inks: list[Colour], grounds: list[Colour], *, is_legible: bool
    ) -> "TextStyle | None":
        """With the colours that were declared: readable where each ink is on each ground."""
        if self.opacity <= LEAST_OPACITY:
            return None
        inks = inks or [self.ink]
        grounds = [_over(one, self.ground) for one in grounds] or [self.ground]
        is_readable = is_legible and all(
            _stands_out(ink, ground, self.opacity) for ink, ground in product(inks, grounds)
        )
        return replace(self, ink=inks[-1], ground=grounds[-1], is_readable=is_readable)


def _filled(value: Tokens, variables: Mapping[str, Tokens], depth: int = 0) -> Tokens:
    """The tokens with each ``var()`` replaced by what it stands for."""
    if depth > _DEEPEST_VARIABLES:
        return value
    filled: list[Any] = []
    for token in value:
        if token.type == "function" and token.lower_name == "var":
            name, *default = significant(token.arguments) or [token]
            stands_for = variables.get(getattr(name, "value", ""), default[1:])
            filled += _filled(stands_for, variables, depth + 1)
        else:
            filled.append(token)
    return filled


def _is_harmless(name: str, value: Tokens) -> bool:
    if name.startswith(("--", *_HARMLESS)):
        return True
    return len(value) == 1 and keyword(value) in _NOTHING and name != "display"


def _over(top: Colour, ground: Colour) -> Colour:
    """What is seen of *top* painted on an opaque *ground*."""
    red, green, blue = (top[at] * top[3] + ground[at] * (1 - top[3]) for at in range(3))
    return red, green, blue, 1.0


def _stands_out(ink: Colour, ground: Colour, opacity: float) -> bool:
    red, green, blue, alpha = ink
    painted = _over((red, green, blue, alpha * opacity), ground)
    difference = max(abs(painted[at] - ground[at]) for at in range(3))
    return alpha * opacity > LEAST_OPACITY and difference > LEAST_DIFFERENCE


def colour(value: Tokens, current: Colour = BLACK) -> Colour | None:
    """A plain colour as RGB with alpha; None for anything else."""
    if len(value) != 1:
        return None
    if keyword(value) == "initial":
        return BLACK
    found = color3.parse_color(value[0])
    if found is None or isinstance(found, str):
        return current if found else None
    return found.red, found.green, found.blue, found.alpha


def _length(token: Any, em: float, whole: float) -> float | None:
    """In pixels, a plain number as it is; None for what is no length, or has to be computed."""
    match token.type:
        case "number":
            return float(token.value)
        case "percentage":
            return float(token.value) * whole / 100
        case "dimension" if token.lower_unit in _PIXELS:
            return float(token.value) * _PIXELS[token.lower_unit]
        case "dimension" if token.lower_unit in _EMS:
            return float(token.value) * _EMS[token.lower_unit] * em
    return None


def _displayed(style: TextStyle, _around: TextStyle, value: Tokens) -> TextStyle | None:
    return None if keyword(value) in ("none", "") else style


def _visible(style: TextStyle, _around: TextStyle, value: Tokens) -> TextStyle | None:
    return replace(style, is_visible=keyword(value) in ("visible", "initial"))


def _opaque(style: TextStyle, around: TextStyle, value: Tokens) -> TextStyle | None:
    share = _length(value[0], 1.0, 1.0) if value else None
    return None if share is None else replace(style, opacity=around.opacity * share)


def _sized(style: TextStyle, around: TextStyle, value: Tokens) -> TextStyle | None:
    size = _font_size(value[0], around) if len(value) == 1 else None
    return None if size is None else replace(style, font_size=size)


def _font_size(token: Any, around: TextStyle) -> float | None:
    word = keyword([token])
    if word in _RELATIVE_SIZES:
        return around.font_size * _RELATIVE_SIZES[word]
    return _SIZES.get(word) or _length(token, around.font_size, around.font_size)


def _with_font(style: TextStyle, around: TextStyle, value: Tokens) -> TextStyle | None:
    """``bold 12px/1.5 Arial``; what is a number is a weight, unless it is too small for one."""
    for token in value:
        if token.type == "number" and token.value >= 100:
            continue
        size = _font_size(token, around)
        if size is not None:
            return replace(style, font_size=size)
    return style


def _spaced(share: float) -> Callable[[TextStyle, TextStyle, Tokens], TextStyle | None]:
    """Between letters; a space between words counts as much as five of those."""

    def measure(style: TextStyle, _around: TextStyle, value: Tokens) -> TextStyle | None:
        found = _length(value[0], style.font_size, style.font_size) if value else None
        if found is None:
            return None
        return replace(style, spacing=share * found / (style.font_size or 1.0))

    return measure


def _moved(style: TextStyle, _around: TextStyle, value: Tokens) -> TextStyle | None:
    """Off the page nothing is seen."""
    moves = [_length(one, style.font_size, _WIDTH / 2) for one in value if not keyword([one])]
    is_near = all(one is not None and FARTHEST_BEFORE < one < FARTHEST_BEHIND for one in moves)
    return style if is_near else None


def _layered(style: TextStyle, _around: TextStyle, value: Tokens) -> TextStyle | None:
    """Below the page's ground nothing is seen."""
    return style if all(one.type == "number" and one.value >= 0 for one in value) else None


def _flowing(style: TextStyle, _around: TextStyle, value: Tokens) -> TextStyle | None:
    """How much room is left where something is cut off is not known here."""
    return style if keyword(value) in ("visible", "scroll", "initial") else None


def _transformed(style: TextStyle, around: TextStyle, value: Tokens) -> TextStyle | None:
    """Moved, scaled and turned in the page; what is made smaller is moved further to stay in its
    place."""
    moves: list[float] = []
    scales: list[float] = []
    for one in value:
        if one.type != "function":
            return None
        numbers = [_length(part, style.font_size, 400.0) for part in significant(one.arguments)]
        known = [number for number in numbers if number is not None]
        if one.lower_name in ("translate", "translatex", "translatey"):
            moves += known
        elif one.lower_name in ("scale", "scalex", "scaley"):
            scales += [min(map(abs, known), default=0.0)]
        elif one.lower_name != "rotate":
            return None
    scale = prod(scales)
    room = 1 / max(scale, SMALLEST_SCALE)
    is_near = all(FARTHEST_BEFORE * room < one < FARTHEST_BEHIND * room for one in moves)
    if scale <= SMALLEST_SCALE or not is_near:
        return None
    return replace(style, scale=around.scale * scale)


_MEASURED: Mapping[str, Callable[[TextStyle, TextStyle, Tokens], TextStyle | None]] = {
    "display": _displayed,
    "visibility": _visible,
    "opacity": _opaque,
    "font": _with_font,
    "font-size": _sized,
    "letter-spacing": _spaced(1.0),
    "word-spacing": _spaced(0.2),
    "transform": _transformed,
    "z-index": _layered,
    **dict.fromkeys(("overflow", "overflow-x", "overflow-y"), _flowing),
}

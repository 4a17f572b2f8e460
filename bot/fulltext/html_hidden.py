"""Takes out of an HTML page what its readers don't see: by style, attribute or place."""

from collections.abc import Callable
from dataclasses import replace
from math import prod, sqrt
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from bot.fulltext.css_cascade import Declarations, cascaded
from bot.fulltext.css_values import (
    Basis,
    Tokens,
    foreshortening,
    functions,
    keyword,
    lengths,
    number,
    split,
)
from bot.fulltext.html_style import (
    FARTHEST_BEFORE,
    FARTHEST_BEHIND,
    LEAST_OPACITY,
    TextStyle,
)
from bot.fulltext.html_tree import remove
from bot.fulltext.text import tidy

MOST_HIDDEN = 50
LONGEST_HIDDEN = 500

THINNEST = 2.0
SMALLEST_SCALE = 0.05
FARTHEST_DOWN = 5_000.0
_TRANSLATED_WHOLE = 400.0

_EXTENTS = tuple(
    f"{bound}{side}"
    for bound in ("", "max-")
    for side in ("width", "height", "inline-size", "block-size")
)
_HARMLESS_FILTERS = frozenset(
    {"opacity", "drop-shadow", "grayscale", "sepia", "saturate", "hue-rotate", "brightness"}
)
# All others turn dark letters on white paper white.
_DARK_BLENDS = frozenset({"", "normal", "multiply", "darken", "hard-light", "luminosity"})


def take_out_hidden(page: HtmlElement) -> tuple[str, ...]:
    """Change *page* in place so that only text that a reader sees is left in its elements.

    Returns:
        The pieces that were taken out, at most 50.
    """
    declared = cascaded(page)
    styles: dict[HtmlElement, TextStyle] = {}
    hidden: list[str] = []
    for element in list(page.iter(etree.Element)):
        parent = element.getparent()
        if parent is not None and parent not in styles and element is not page:
            continue  # inside what is gone
        around = styles.get(parent, TextStyle()) if parent is not None else TextStyle()
        style = _style(element, around, declared)
        if style is None:
            hidden.append("".join(element.itertext(etree.Element)))
            remove(element)
            continue
        styles[element] = style
        if not style.is_readable:
            hidden += _take_own_text(element)
    pieces = (tidy(piece)[:LONGEST_HIDDEN] for piece in hidden)
    return tuple(piece for piece in pieces if piece)[:MOST_HIDDEN]


def _style(
    element: HtmlElement, around: TextStyle, declared: dict[HtmlElement, Declarations]
) -> TextStyle | None:
    """How the element's own text is painted; None where nothing inside it is seen."""
    if element not in declared:
        return around
    style, given = around.within(declared[element])
    style = replace(
        style, scale=style.scale * _scale(given), opacity=style.opacity * _opacity(given)
    )
    is_gone = style.opacity <= LEAST_OPACITY or _is_gone(given, Basis(style.font_size))
    return None if is_gone else style


def _is_gone(given: Declarations, basis: Basis) -> bool:
    """Whether nothing inside an element can be seen, however it is styled itself."""
    return (
        _is_not_displayed(given)
        or _is_filtered_out(given)
        or _is_squeezed(given, basis)
        or _is_clipped(given, basis)
        or _is_off_page(given, basis)
        or _is_moved_off(given, basis)
        or _scale(given) <= SMALLEST_SCALE
    )


def _take_own_text(element: HtmlElement) -> list[str]:
    """Empty the element's text and that between its children; the children keep theirs."""
    found = [element.text or "", *(child.tail or "" for child in element)]
    element.text = None
    for child in element:
        child.tail = None
    return found


def _opacity(given: Declarations) -> float:
    filters = functions(given.get("filter", ()))
    return number(given.get("opacity", ())) * number(filters.get("opacity", ()))


def _is_not_displayed(given: Declarations) -> bool:
    return (
        keyword(given.get("display", ())) == "none"
        or keyword(given.get("content-visibility", ())) == "hidden"
        or any(token.type == "url" for token in given.get("content", ()))
    )


def _is_filtered_out(given: Declarations) -> bool:
    filters = given.get("filter", ())
    return (
        not _HARMLESS_FILTERS.issuperset(functions(filters))
        or any(token.type == "url" for token in filters)
        or keyword(given.get("mix-blend-mode", ())) not in _DARK_BLENDS
        or any(_is_set(given.get(name, ())) for name in ("mask", "mask-image", "-webkit-mask"))
    )


def _is_set(value: Tokens) -> bool:
    return bool(value) and keyword(value) not in ("none", "initial", "inherit", "unset")


def _is_squeezed(given: Declarations, basis: Basis) -> bool:
    clips = keyword(given.get("overflow", ())) not in ("", "visible", "initial")
    clips = clips or keyword(given.get("contain", ())) in ("paint", "strict", "content")
    sizes = [one for name in _EXTENTS for one in lengths(given.get(name, ())[:1], basis)]
    sizes += [_line_height(given, basis)]
    return clips and min(sizes) <= THINNEST


def _line_height(given: Declarations, basis: Basis) -> float:
    """In pixels; a plain number stands for so many ``em``."""
    value = given.get("line-height", ())[:1]
    size = next(iter(lengths(value, Basis(basis.em, basis.em))), basis.em)
    return size * basis.em if value and value[0].type == "number" else size


def _is_clipped(given: Declarations, basis: Basis) -> bool:
    clip, path = functions(given.get("clip", ())), given.get("clip-path", ())
    if "rect" in clip:
        edges = lengths(clip["rect"], basis)
        return len(edges) == 4 and (edges[2] - edges[0] <= 1 or edges[1] - edges[3] <= 1)
    # An outline that can't be measured here is not drawn around a paper's text.
    return any(token.type == "url" for token in path) or any(
        name not in _SHAPES or _SHAPES[name](arguments)
        for name, arguments in functions(path).items()
    )


def _is_inset_whole(arguments: Tokens) -> bool:
    edges = lengths(arguments, Basis(whole=1.0))
    across = [edges[0], edges[min(1, len(edges) - 1)]] if edges else [0.0]
    return max(across) >= 0.5


def _is_point(arguments: Tokens) -> bool:
    radii = lengths(arguments[:3], Basis(whole=100.0))
    return bool(radii) and min(radii) <= THINNEST


def _is_flat(arguments: Tokens) -> bool:
    corners = [lengths(one, Basis(whole=100.0)) for one in split(arguments, ",")]
    points = [one for one in corners if len(one) == 2]
    turned = [*points[1:], *points[:1]]
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, turned, strict=True))
    return abs(area) / 2 <= THINNEST


_SHAPES: dict[str, Callable[[Tokens], bool]] = {
    "inset": _is_inset_whole,
    "circle": _is_point,
    "ellipse": _is_point,
    "polygon": _is_flat,
}


def _is_off_page(given: Declarations, basis: Basis) -> bool:
    def given_lengths(*names: str) -> list[float]:
        return [one for name in names for one in lengths(given.get(name, ())[:1], basis)]

    margins = given_lengths("margin-left", "margin-right", "margin-top", "margin-bottom")
    across, down = given_lengths("margin-left", "padding-left"), []
    if keyword(given.get("position", ())) not in ("", "static", "initial"):
        across += given_lengths("left", "right")
        down = given_lengths("top", "bottom")
        if any(one < 0 for one in lengths(given.get("z-index", ()), basis)):
            return True  # painted behind the page's ground
    return (
        any(one <= FARTHEST_BEFORE for one in [*margins, *across, *down])
        or any(one >= FARTHEST_BEHIND for one in across)
        or any(one >= FARTHEST_DOWN for one in down)
    )


def _is_moved_off(given: Declarations, basis: Basis) -> bool:
    """Whether it is moved further than what is made smaller has to be to stay in its place."""
    whole = Basis(basis.em, _TRANSLATED_WHOLE)
    moves = lengths(given.get("translate", ()), whole)
    for name, arguments in functions(given.get("transform", ())).items():
        values = lengths(arguments, whole)
        if name.startswith("translate"):
            moves += values
        elif name == "matrix":
            moves += values[4:6]
        elif name == "matrix3d":
            moves += values[12:14]
    room = 1 / max(_scale(given), SMALLEST_SCALE)
    return any(not FARTHEST_BEFORE * room < one < FARTHEST_BEHIND * room for one in moves)


def _scale(given: Declarations) -> float:
    """What the element's own transformations leave of its size."""
    factors = [number(given.get("zoom", ())), _least(given.get("scale", ()))]
    if keyword(given.get("rotate", ())) in ("x", "y"):
        factors.append(foreshortening(given["rotate"]))
    for name, arguments in functions(given.get("transform", ())).items():
        factors += _transformed(name, arguments)
    return prod(map(abs, factors))


def _transformed(name: str, arguments: list[Any]) -> list[float]:
    values = _numbers(arguments)
    if name in ("matrix", "matrix3d") and len(values) in (6, 16):
        a, b, c, d = values[:4] if name == "matrix" else (*values[:2], *values[4:6])
        return [sqrt(abs(a * d - b * c))]
    if name.startswith("scale"):
        return [_least(arguments)]
    if name in ("rotatex", "rotatey"):
        return [foreshortening(arguments)]
    return [foreshortening(arguments)] if name.startswith("skew") else []


def _least(tokens: Tokens) -> float:
    return min(map(abs, _numbers(tokens)), default=1.0)


def _numbers(tokens: Tokens) -> list[float]:
    return lengths(tokens, Basis(whole=1.0))

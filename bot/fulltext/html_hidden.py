"""Takes out of an HTML page what its readers don't see: by style, attribute or place."""

from collections.abc import Callable, Collection
from dataclasses import replace
from itertools import takewhile
from math import prod, sqrt
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from bot.fulltext import css_animation
from bot.fulltext.css_cascade import UNDECLARED, Cascade, Declarations, cascaded, families
from bot.fulltext.css_values import (
    Basis,
    Tokens,
    facing,
    four,
    functions,
    keyword,
    lengths,
    number,
    split,
)
from bot.fulltext.html_covers import covered
from bot.fulltext.html_places import (
    NO_TRACKS,
    SMALLEST_SCALE,
    THINNEST,
    is_off_page,
    is_out_of,
    is_squeezed,
    is_squeezed_flat,
    room_within,
    tracks_of,
)
from bot.fulltext.html_style import LEAST_OPACITY, TextStyle
from bot.fulltext.html_tree import remove
from bot.fulltext.text import tidy

MOST_HIDDEN = 50
LONGEST_HIDDEN = 500

# What these lead to can't be measured here; they are not put on a paper's text.
_UNMEASURED = (
    *("mask", "mask-image", "-webkit-mask", "-webkit-mask-image", "mask-border"),
    *("offset", "offset-path"),
)
_GENERIC_FONTS = frozenset(
    {"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "math", "emoji"}
)
_SHARES = Basis(whole=1.0)
_INSET_WHOLE = 0.95
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
    cascade = cascaded(page)
    under = covered(cascade.declared)
    styles: dict[HtmlElement, TextStyle] = {}
    hidden: list[str] = []
    for element in list(page.iter(etree.Element)):
        parent = element.getparent()
        if parent is not None and parent not in styles and element is not page:
            continue  # inside what is gone
        around = styles.get(parent, TextStyle()) if parent is not None else TextStyle()
        style = _style(element, around, cascade)
        if style is None:
            hidden.append("".join(element.itertext(etree.Element)))
            remove(element)
            continue
        styles[element] = style
        if not style.is_readable or element in under:
            hidden += _take_own_text(element)
    pieces = (tidy(piece)[:LONGEST_HIDDEN] for piece in hidden)
    return tuple(piece for piece in pieces if piece)[:MOST_HIDDEN]


def _style(element: HtmlElement, around: TextStyle, cascade: Cascade) -> TextStyle | None:
    """How the element's own text is painted; None where nothing inside it is seen. What moves is
    taken as it is when it can be seen best."""
    if element not in cascade.declared and around.tracks == NO_TRACKS:
        return around
    own, important = cascade.declared.get(element, UNDECLARED)
    at_rest, given = around.within(own)
    states = [
        around.within({**own, **{name: state[name] for name in state.keys() - important}})
        for state in css_animation.states(given, cascade.keyframes)
    ] or [(at_rest, given)]
    found = (_placed(element, style, given, around, cascade.fonts) for style, given in states)
    seen = [one for one in found if one is not None]
    return next((one for one in seen if one.is_readable), seen[0] if seen else None)


def _placed(
    element: HtmlElement,
    style: TextStyle,
    given: Declarations,
    around: TextStyle,
    fonts: Collection[str],
) -> TextStyle | None:
    """The style with all that the place decides."""
    basis = Basis(style.font_size)
    if around.tracks != NO_TRACKS:
        number = sum(1 for _ in element.itersiblings(etree.Element, preceding=True))
        if is_squeezed_flat(given, basis, around.tracks, number):
            return None
    if is_out_of(around.room, given, basis):
        return None
    style = replace(
        style,
        scale=style.scale * _scale(given),
        opacity=style.opacity * _opacity(given),
        has_own_font=_has_own_font(given, fonts, around),
        room=room_within(around.room, given, basis),
        tracks=tracks_of(given, basis),
    )
    return None if style.opacity <= LEAST_OPACITY or _is_gone(given, basis) else style


def _has_own_font(given: Declarations, fonts: Collection[str], around: TextStyle) -> bool:
    value = given.get("font-family", ())
    if not value or keyword(value) == "inherit":
        return around.has_own_font
    usable = takewhile(lambda name: name not in _GENERIC_FONTS, families(value))
    return any(name in fonts for name in usable)


def _is_gone(given: Declarations, basis: Basis) -> bool:
    """Whether nothing inside an element can be seen, however it is styled itself."""
    return (
        _is_not_displayed(given)
        or _is_filtered_out(given)
        or is_squeezed(given, basis)
        or _is_clipped(given, basis)
        or is_off_page(given, basis, _scale(given))
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
        or _shows_its_back(given)
        or keyword(given.get("content-visibility", ())) == "hidden"
        or any(token.type == "url" for token in given.get("content", ()))
    )


def _shows_its_back(given: Declarations) -> bool:
    """Whether it is turned away from the reader and can't be seen from behind."""
    turns = functions(given.get("transform", ()))
    faces = [facing(turns[name]) for name in ("rotatex", "rotatey") if name in turns]
    return keyword(given.get("backface-visibility", ())) == "hidden" and prod(faces) < 0


def _is_filtered_out(given: Declarations) -> bool:
    filters = given.get("filter", ())
    return (
        not _HARMLESS_FILTERS.issuperset(functions(filters))
        or any(token.type == "url" for token in filters)
        or keyword(given.get("mix-blend-mode", ())) not in _DARK_BLENDS
        or any(_is_set(given.get(name, ())) for name in _UNMEASURED)
    )


def _is_set(value: Tokens) -> bool:
    return bool(value) and keyword(value) not in ("none", "initial", "inherit", "unset")


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
    edges = lengths(list(takewhile(lambda token: token.type != "ident", arguments)), _SHARES)
    top, right, bottom, left = four(edges) or [0.0] * 4
    return max(top + bottom, left + right) >= _INSET_WHOLE


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


def _scale(given: Declarations) -> float:
    """What the element's own transformations leave of its size."""
    factors = [number(given.get("zoom", ())), _least(given.get("scale", ()))]
    if keyword(given.get("rotate", ())) in ("x", "y"):
        factors.append(facing(given["rotate"]))
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
    if name == "rotate3d" and any(values[:2]):
        return [facing(arguments)]
    is_turned = name in ("rotatex", "rotatey") or name.startswith("skew")
    return [facing(arguments)] if is_turned else []


def _least(tokens: Tokens) -> float:
    return min(map(abs, _numbers(tokens)), default=1.0)


def _numbers(tokens: Tokens) -> list[float]:
    return lengths(tokens, Basis(whole=1.0))

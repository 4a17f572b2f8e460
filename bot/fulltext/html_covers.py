"""Elements laid over others: what is under an opaque one that fills its place is not seen."""

from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from bot.fulltext.css_cascade import UNDECLARED, Declarations, Declared
from bot.fulltext.css_values import Basis, colour, functions, keyword, lengths, number

# In pixels from an edge, and in shares of an extent or an opacity.
NEAREST, LEAST_SHARE = 2.0, 0.9
MOST_COVERS = 50

_PICTURES = frozenset({"img", "canvas", "video", "iframe", "embed", "object"})
_AXES = (("left", "right", "width"), ("top", "bottom", "height"))
_WHOLE = Basis(whole=1.0)


def covered(declared: Mapping[HtmlElement, Declared]) -> set[HtmlElement]:
    """The elements whose own text lies under another element."""
    found: set[HtmlElement] = set()
    covers = (
        element
        for element, (given, _) in declared.items()
        if _is_over(given) and _is_opaque(element, given) and _fills(given)
    )
    for cover in islice(covers, MOST_COVERS):
        holder = next((one for one in cover.iterancestors() if _holds(one, declared)), None)
        if holder is not None and holder.tag not in ("body", "html"):
            found.update(_under(cover, holder, declared))
    return found


def _under(
    cover: HtmlElement, holder: HtmlElement, declared: Mapping[HtmlElement, Declared]
) -> Iterator[HtmlElement]:
    """What is in *holder* and not drawn over *cover*: that would be positioned itself, and come
    later or be lifted higher."""
    height, is_before, above = _layer(declared[cover].values), True, {cover}
    for element in holder.iter(etree.Element):
        is_before = is_before and element is not cover
        given = declared.get(element, UNDECLARED).values
        is_lifted = element is not holder and _is_placed(given)
        is_above = is_lifted and (_layer(given), not is_before) > (height, False)
        if is_above or element.getparent() in above:
            above.add(element)
        if element not in above:
            yield element


def _is_over(given: Declarations) -> bool:
    is_free = keyword(given.get("position", ())) in ("absolute", "fixed")
    is_hidden = keyword(given.get("display", ())) == "none" or keyword(
        given.get("visibility", ())
    ) in ("hidden", "collapse")
    return is_free and not is_hidden and _layer(given) >= 0


def _is_opaque(element: HtmlElement, given: Declarations) -> bool:
    ground = colour(given.get("background-color", ()))
    is_painted = ground is not None and ground[3] >= LEAST_SHARE
    has_picture = element.tag in _PICTURES or any(
        token.type in ("url", "function") for token in given.get("background-image", ())
    )
    return (is_painted or has_picture) and number(given.get("opacity", ())) >= LEAST_SHARE


def _fills(given: Declarations) -> bool:
    """Whether it reaches from one edge of what holds it to the other, both ways."""
    for start, end, extent in _AXES:
        edges = [lengths(given.get(side, ())[:1], Basis()) for side in (start, end)]
        near = [bool(found) and found[0] <= NEAREST for found in edges]
        sizes = [
            number([token]) for token in given.get(extent, ())[:1] if token.type == "percentage"
        ]
        if not (all(near) or (any(near) and max(sizes, default=0.0) >= LEAST_SHARE)):
            return False
    return True


def _holds(element: HtmlElement, declared: Mapping[HtmlElement, Declared]) -> bool:
    given = declared.get(element, UNDECLARED).values
    return _is_placed(given) or bool(functions(given.get("transform", ())))


def _is_placed(given: Declarations) -> bool:
    return keyword(given.get("position", ())) not in ("", "static", "initial")


def _layer(given: Declarations) -> float:
    return next(iter(lengths(given.get("z-index", ()), _WHOLE)), 0.0)

"""Takes out of an HTML page what its readers don't see, or may not see, by its style."""

from collections.abc import Iterator, Mapping

from lxml import etree
from lxml.html import HtmlElement

from bot.fulltext.html_rules import Declaration, Tokens, declared_on, keyword
from bot.fulltext.html_style import TextStyle, colour
from bot.fulltext.text import tidy

MOST_HIDDEN = 50
LONGEST_HIDDEN = 500
# What lets more through than this covers nothing.
LEAST_COVER = 0.5
_PICTURES = ("img", "canvas", "video", "iframe", "embed", "object")


def take_out_hidden(page: HtmlElement) -> tuple[str, ...]:
    """Change *page* in place so that only text that a reader sees is left in its elements.

    Returns:
        The pieces that were taken out, at most 50.
    """
    declared = declared_on(page)
    under = set(_covered(declared.of))
    styles: dict[HtmlElement, TextStyle] = {}
    hidden: list[str] = []
    for element in list(page.iter(etree.Element)):
        parent = element.getparent()
        if parent is not None and parent not in styles and element is not page:
            continue  # inside what is gone
        around = styles.get(parent, TextStyle()) if parent is not None else TextStyle()
        own = declared.of.get(element)
        style = around.within(own, has_fonts=declared.has_fonts) if own else around
        if style is None:
            hidden.append("".join(element.itertext(etree.Element)))
            element.drop_tree()
            continue
        styles[element] = style
        if not style.is_readable or element in under:
            hidden += _take_own_text(element)
    pieces = (tidy(piece)[:LONGEST_HIDDEN] for piece in hidden)
    return tuple(piece for piece in pieces if piece)[:MOST_HIDDEN]


def _covered(declared: Mapping[HtmlElement, list[Declaration]]) -> Iterator[HtmlElement]:
    """What is held by an element in which something opaque is laid over the text."""
    for cover, given in declared.items():
        own = dict(given)
        is_free = keyword(own.get("position", ())) in ("absolute", "fixed")
        if not is_free or keyword(own.get("display", ())) == "none" or not _is_opaque(cover, own):
            continue
        for around in cover.iterancestors():
            position = dict(declared.get(around, ())).get("position", ())
            if keyword(position) not in ("", "static", "initial"):
                inside = set(cover.iter(etree.Element))
                yield from (one for one in around.iter(etree.Element) if one not in inside)
                break


def _is_opaque(element: HtmlElement, own: Mapping[str, Tokens]) -> bool:
    grounds = [own[name] for name in ("background", "background-color") if name in own]
    plain = [colour(value) for value in grounds]
    is_painted = any(one is None or one[3] > LEAST_COVER for one in plain)
    return is_painted or "background-image" in own or element.tag in _PICTURES


def _take_own_text(element: HtmlElement) -> list[str]:
    """Empty the element's text and that between its children; the children keep theirs."""
    found = [element.text or "", *(child.tail or "" for child in element)]
    element.text = None
    for child in element:
        child.tail = None
    return found

"""Takes out of an HTML page what its readers don't see, or may not see, by its style."""

from lxml import etree
from lxml.html import HtmlElement

from bot.fulltext.html_rules import declared_on
from bot.fulltext.html_style import TextStyle
from bot.fulltext.html_tree import remove
from bot.fulltext.text import tidy

MOST_HIDDEN = 50
LONGEST_HIDDEN = 500


def take_out_hidden(page: HtmlElement) -> tuple[str, ...]:
    """Change *page* in place so that only text that a reader sees is left in its elements.

    Returns:
        The pieces that were taken out, at most 50.
    """
    declared = declared_on(page)
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
            remove(element)
            continue
        styles[element] = style
        if not style.is_readable:
            hidden += _take_own_text(element)
    pieces = (tidy(piece)[:LONGEST_HIDDEN] for piece in hidden)
    return tuple(piece for piece in pieces if piece)[:MOST_HIDDEN]


def _take_own_text(element: HtmlElement) -> list[str]:
    """Empty the element's text and that between its children; the children keep theirs."""
    found = [element.text or "", *(child.tail or "" for child in element)]
    element.text = None
    for child in element:
        child.tail = None
    return found

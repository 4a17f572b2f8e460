"""Taking elements out of a page without losing the text around them."""

from lxml import etree

# The parser lets characters through that it refuses to take back.
NOT_IN_XML = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
)


def remove(element: etree._Element) -> None:
    """Take the element out; the text behind it stays."""
    replace_with(element, "")


def replace_with(element: etree._Element, text: str) -> None:
    """Put *text* in the element's place."""
    parent = element.getparent()
    if parent is None:
        return
    text = f"{text}{element.tail or ''}".translate(NOT_IN_XML)
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "").translate(NOT_IN_XML) + text
    else:
        parent.text = (parent.text or "").translate(NOT_IN_XML) + text
    parent.remove(element)

"""Prepares a parsed HTML page: takes out what is not text, turns formulas and notes into text."""

import re
import unicodedata
from collections import Counter

from lxml import etree
from lxml.html import HtmlElement

from bot.fulltext.formulas import UNREADABLE, readable
from bot.fulltext.html_hidden import take_out_hidden
from bot.fulltext.text import tidy

LONGEST_INLINE_NOTE = 400

_NOT_TEXT = """
    script, style, nav, header, footer, button, form, input, select, textarea, template,
    annotation, annotation-xml, datalist, noembed, noframes, rp, progress, meter, noscript,
    iframe, object, embed, svg, canvas, audio, video, dialog, head, link, meta, .ltx_ERROR,
    .ltx_note_mark, .ltx_tag_note, .ltx_note_type, .ltx_role_footnotemark, .ltx_page_logo,
    .ltx_pagination, .ltx_dates, .ltx_authors, .ltx_bibliography, .ltx_TOC, .ltx_page_navbar,
    .ltx_page_footer, .ltx_page_header, .ltx_acknowledgements, .ltx_keywords, .ltx_classification,
    .ltx_role_institutetext, .ltx_role_email, .ltx_role_affiliation, .ltx_role_address,
    .ltx_role_thanks, .ltx_missing_citation, .ltx_eqn_eqno, .ltx_rule, .ltx_tag_item,
    .package-alerts, .ds-announcement, .ltx_indexlist, .sr-only, .ltx_role_copyright,
    .ltx_role_journal, .ltx_role_doi, .ltx_role_conference, .ltx_role_ccs,
    .ltx_role_copyrightyear, .ltx_role_price, .ltx_role_isbn, .ltx_role_submissionid,
    .ltx_tag_bibitem, .ltx_biblist, .ltx_listing_data, #target-section, #watermark-tr,
    #license-tr, #header, #footer
    """
_BLOCKS = """
    p, div, td, th, tr, li, dt, dd, br, figcaption, h1, h2, h3, h4, h5, h6, table, section, figure,
    .ltx_tabular
    """
_SPECIAL_FORM = re.compile(r"[{}\\]")
_SHORTEST_WORD = 4
_NOT_IN_XML = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
)


def clean(page: HtmlElement, root: HtmlElement) -> tuple[tuple[str, ...], str]:
    """Change *root*, the paper on *page*, so that ``text_content`` of its parts is readable text.

    Navigation, scripts, reference lists, author blocks and converter errors are taken out, and so
    is text no reader would see. Formulas become Unicode text; footnotes go into brackets.

    Returns:
        The pieces of unseen text, at most 50, and what the author block says.
    """
    for node in page.iter():
        _plain(node)
    hidden = take_out_hidden(page)
    front = " ".join(
        root.xpath(".//*[contains(@class, 'ltx_authors')]//text()[not(ancestor::math)]")
    )
    for element in (
        *root.cssselect(_NOT_TEXT),
        *root.xpath(".//comment() | .//processing-instruction()"),
    ):
        if element is not root:
            element.drop_tree()
    _free_sections(root)
    for element in root.cssselect(_BLOCKS):
        element.tail = f" {element.tail or ''}"
    for element in reversed(root.xpath(".//*[self::math or contains(@class, 'ltx_note')]")):
        if element.tag == "math":
            _replace_with(element, _formula(element))
        elif "ltx_note" in classes(element):
            _replace_with(element, _note(element))
    return hidden, front


def classes(element: etree._Element) -> frozenset[str]:
    """The element's class names."""
    return frozenset((element.get("class") or "").split())


def _free_sections(root: HtmlElement) -> None:
    """Puts sections behind the figure they are in: an error in the source can leave one open."""
    for section in reversed(root.xpath(".//figure//section")):
        (figure,) = section.xpath("ancestor::figure[last()]")
        figure.addnext(section)


def _note(element: HtmlElement) -> str:
    note = tidy(element.text_content())
    return f" ({note})" if 0 < len(note) <= LONGEST_INLINE_NOTE else ""


def _formula(element: HtmlElement) -> str:
    """The formula as text, by its TeX where that says what readers see."""
    shown = tidy(element.text_content())
    written = readable(element.get("alttext") or "")
    if written and (written == UNREADABLE or _says_no_more(written, shown)):
        return written
    return readable(shown) if _SPECIAL_FORM.search(shown) else shown


def _says_no_more(written: str, shown: str) -> bool:
    """Whether all letters and all words of *written* are in what is shown as well."""
    letters = _letters(shown)
    spaced = "".join(char if char.isalpha() else " " for char in written)
    words = (_letters(word) for word in spaced.split())
    is_known = all(word in letters for word in words if len(word) >= _SHORTEST_WORD)
    return is_known and not Counter(_letters(written)) - Counter(letters)


def _letters(text: str) -> str:
    """The letters and digits in their simplest form: without accents, in one alphabet and case."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if char.isalnum())


def _replace_with(element: HtmlElement, text: str) -> None:
    element.tail = f"{text}{element.tail or ''}".translate(_NOT_IN_XML)
    element.drop_tree()


def _plain(node: etree._Element) -> None:
    """Takes out the characters that the parser lets through but refuses to take back; of a comment
    only those behind it."""
    for name in ("text", "tail") if isinstance(node.tag, str) else ("tail",):
        text = getattr(node, name)
        if text and text.translate(_NOT_IN_XML) != text:
            setattr(node, name, text.translate(_NOT_IN_XML))

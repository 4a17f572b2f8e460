"""Figures, tables and algorithms of an HTML page as blocks."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urljoin

from lxml.html import HtmlElement

from bot.fulltext.document import Block
from bot.fulltext.html_cleaning import classes
from bot.fulltext.text import count_words, tidy

MOST_ROWS = 200
WIDEST_SPAN = 40
FEWEST_FIGURE_WORDS = 20
LONGEST_FIGURE_TEXT = 4_000

_NUMBERED = re.compile(r"^(?:figure|fig|table|tab|algorithm|listing)\b", re.IGNORECASE)
_TABLE_LABEL = re.compile(r"^tab(?:le|\.)\b", re.IGNORECASE)


def float_blocks(element: HtmlElement, *, section: tuple[str, ...]) -> list[Block]:
    """The blocks of an outermost figure or a bare table.

    A figure that holds several numbered ones gives a block for each; sub-captions without a
    number of their own are added to the caption they belong to.
    """
    if element.tag == "table":
        rows = table_rows(element)
        anchor = element.get("id")
        text = "\n".join(["", *rows]) if rows else ""
        return [Block(text, section, "table", anchor)] if len(rows) > 1 else []
    units = [element, *(one for one in _inner(element) if _NUMBERED.match(_caption(one)))]
    blocks = [_unit(unit, units, section) for unit in units]
    return _with_captions([block for block in blocks if block is not None])


def first_image(element: HtmlElement, base: str) -> str | None:
    """The web address of the first image in *element*, or None."""
    for image in element.iter("img"):
        source = (image.get("src") or "").strip()
        if source and "ltx_missing" not in classes(image) and not source.startswith("data:"):
            try:
                return str(urljoin(base, source))
            except ValueError:
                continue
    return None


def table_rows(element: HtmlElement) -> list[str]:
    """The rows of the tables in *element*, their cells divided by `` | ``; at most 200."""
    rows: list[str] = []
    spanning: dict[int, tuple[int, str]] = {}
    for row in element.iter("tr", "span", "div"):
        if row.tag != "tr" and "ltx_tr" not in classes(row):
            continue
        if _is_nested(row, element):
            continue
        cells = _row(row, spanning)
        while cells and not cells[-1]:
            cells.pop()
        if any(cells):
            rows.append(" | ".join(cells))
        if len(rows) == MOST_ROWS:
            break
    return rows


def _row(row: HtmlElement, spanning: dict[int, tuple[int, str]]) -> list[str]:
    """The row's cells by column; a cell over several rows stands in each of them.

    *spanning* holds, for each column, how many more rows a cell above reaches down, and its text.
    """
    cells: list[str] = []

    def fill_from_above() -> None:
        while len(cells) in spanning:
            left, text = spanning.pop(len(cells))
            if left > 1:
                spanning[len(cells)] = (left - 1, text)
            cells.append(text)

    for cell in filter(_is_cell, row):
        fill_from_above()
        text = tidy(cell.text_content())
        width, height = _span(cell, "colspan"), _span(cell, "rowspan")
        for column in range(len(cells), len(cells) + width):
            if height > 1:
                spanning[column] = (height - 1, text if column == len(cells) else "")
        cells += [text, *[""] * (width - 1)]
    fill_from_above()
    return cells


def _is_nested(row: HtmlElement, table: HtmlElement) -> bool:
    """Whether the row belongs to a table inside one of this table's cells."""
    for one in row.iterancestors():
        if one is table:
            return False
        if _is_cell(one):
            return True
    return False


def _span(cell: HtmlElement, name: str) -> int:
    value = cell.get(name) or "1"
    return min(int(value), WIDEST_SPAN) if value.isdecimal() and value.isascii() else 1


def _with_captions(blocks: list[Block]) -> list[Block]:
    """Puts a table without caption and a table's caption without rows together.

    The converter parts them when they stand side by side with another float.
    """
    bare = next((b for b in blocks if b.kind == "table" and b.text.startswith("\n")), None)
    caption = next((b for b in blocks if b.kind == "table" and "\n" not in b.text), None)
    if bare is None or caption is None:
        return blocks
    whole = replace(caption, text=caption.text + bare.text)
    return [whole if block is caption else block for block in blocks if block is not bare]


def _unit(unit: HtmlElement, units: list[HtmlElement], section: tuple[str, ...]) -> Block | None:
    others = [one for one in units if one is not unit]
    captions = [
        tidy(caption.text_content())
        for caption in unit.iter("figcaption")
        if not _belongs_to(caption, others, unit)
    ]
    numbered = [caption for caption in captions if _NUMBERED.match(caption)]
    captions = numbered + [caption for caption in captions if caption not in numbered]
    caption = " ".join(caption for caption in captions if caption)
    anchor = unit.get("id")
    tables = [one for one in _tabulars(unit) if not _belongs_to(one, others, unit)]
    rows = [row for table in tables for row in table_rows(table)][:MOST_ROWS]
    if rows and (not caption or _TABLE_LABEL.match(caption) or "ltx_table" in classes(unit)):
        return Block("\n".join([caption, *rows]), section, "table", anchor)
    words = _own_text(unit, others)
    if _TABLE_LABEL.match(caption) and not words:
        return Block(caption, section, "table", anchor)
    if count_words(words) >= FEWEST_FIGURE_WORDS:
        caption = f"{caption} {words}".strip()
    return Block(caption, section, "figure", anchor) if caption else None


def _own_text(unit: HtmlElement, others: list[HtmlElement]) -> str:
    """The words set inside the figure (a prompt box, an algorithm)."""
    pieces = []
    for part in unit.iter("p", "pre", "span", "div"):
        found = classes(part)
        is_line = "ltx_listingline" in found or part.tag in {"p", "pre"} or "ltx_p" in found
        if is_line and not _belongs_to(part, others, unit):
            pieces.append(tidy(part.text_content()))
    return " ".join(piece for piece in pieces if piece)[:LONGEST_FIGURE_TEXT]


def _caption(figure: HtmlElement) -> str:
    caption = figure.find("./figcaption")
    return "" if caption is None else tidy(caption.text_content())


def _inner(element: HtmlElement) -> Iterator[HtmlElement]:
    return (one for one in element.iter("figure") if one is not element)


def _tabulars(unit: HtmlElement) -> list[HtmlElement]:
    """The outermost tables of the unit."""
    found: list[HtmlElement] = []
    for one in unit.iter("table", "span", "div"):
        if one.tag != "table" and "ltx_tabular" not in classes(one):
            continue
        if not any(around in found for around in one.iterancestors()):
            found.append(one)
    return found


def _belongs_to(element: HtmlElement, others: list[HtmlElement], unit: HtmlElement) -> bool:
    """Whether *element* sits in another unit that itself lies within *unit*."""
    for around in element.iterancestors():
        if around is unit:
            return False
        if around in others:
            return True
    return False


def _is_cell(element: HtmlElement) -> bool:
    return element.tag in {"td", "th"} or "ltx_td" in classes(element)

"""Captions, table rows and the lettering of drawings among a PDF page's lines."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.fulltext.pdf_order import Column, column_of
from bot.fulltext.pdf_page import Line

_MOST_ROWS = 120
_MOST_LETTERING = 150

_CAPTION = re.compile(
    r"^(fig(?:ure|\.)|tab(?:le|\.)|algorithm|listing)\s*"
    r"((?:S|[A-H]\.?)?\d{1,3}(?:\.\d{1,3})?|[IVX]{1,5}(?=[.:\s]))\s*([.:|]|[-–—]\s)?(?=\s|$|\()",
    re.IGNORECASE,
)
_SUBCAPTION = re.compile(r"^\([a-h]\)\s*\S")


@dataclass(frozen=True)
class Float:
    """A caption with what belongs to it, as line indexes of one page."""

    kind: str
    caption: tuple[int, ...]
    rows: tuple[int, ...] = ()
    lettering: tuple[int, ...] = ()

    @property
    def lines(self) -> frozenset[int]:
        return frozenset((*self.caption, *self.rows, *self.lettering))


def find_floats(
    lines: Sequence[Line],
    columns: Sequence[Column],
    *,
    titles: frozenset[int],
    body_size: float,
    rows_above: bool = False,
) -> list[Float]:
    """The page's floats in order of their captions.

    *titles* are lines that are section titles. *rows_above* says where rows are looked for first:
    above a table's caption or below it.
    """
    captions = {
        at: _caption_lines(lines, at, titles)
        for at in range(len(lines))
        if at not in titles and _is_caption(lines, at, body_size)
    }
    taken = set(titles).union(*captions.values())
    rows = _rows_of_tables(lines, columns, captions, taken, rows_above=rows_above)
    taken.update(*rows.values())
    floats: list[Float] = []
    for at, caption in captions.items():
        kind = _kind(lines[at])
        is_figure = kind == "figure"
        lettering = _lettering(lines, columns, at, taken) if is_figure else ()
        taken.update(lettering)
        floats.append(Float(kind, caption, rows.get(at, ()), lettering))
    return floats


def subcaptions(lines: Sequence[Line], found: Float) -> list[str]:
    """The texts of the parts (``(a) …``) that stand within a figure."""
    return [
        cell.text
        for at in found.lettering
        for cell in lines[at].cells
        if _SUBCAPTION.match(cell.text)
    ]


def _kind(line: Line) -> str:
    word = line.text[:3].lower()
    return {"fig": "figure", "tab": "table"}.get(word, "text")


def _is_caption(lines: Sequence[Line], at: int, body_size: float) -> bool:
    """A label at a line's start is a caption's, unless a sentence just happens to break there."""
    match = _CAPTION.match(lines[at].text)
    if match is None:
        return False
    line = lines[at]
    if at == 0:
        return bool(match.group(3)) or line.bold
    if line.follows(lines[at - 1]):
        return False
    return bool(match.group(3)) or line.bold or abs(line.size - body_size) > 0.4


def _caption_lines(lines: Sequence[Line], at: int, titles: frozenset[int]) -> tuple[int, ...]:
    caption = [at]
    for index in range(at + 1, len(lines)):
        follows = lines[index].follows(lines[index - 1])
        if index in titles or not follows or _begins_rows(lines, index):
            break
        caption.append(index)
    return tuple(caption)


def _begins_rows(lines: Sequence[Line], at: int) -> bool:
    """Whether a table's rows or another caption begin here. A wide space may be an accident of a
    justified line, but not in two lines one after the other."""
    cells = [len(line.cells) for line in lines[at : at + 2]]
    in_cells = cells[0] >= 3 or (len(cells) == 2 and min(cells) == 2)
    return in_cells or bool(_CAPTION.match(lines[at].text))


def rows_stand_above(
    pages: Sequence[tuple[Sequence[Line], Sequence[Column]]], body_size: float
) -> bool:
    """Whether this paper sets its tables above their captions.

    Tables with rows on one side only decide.
    """
    votes = 0
    for lines, columns in pages:
        for at, line in enumerate(lines):
            if _kind(line) == "table" and _is_caption(lines, at, body_size):
                caption = _caption_lines(lines, at, frozenset())
                below, above = _both_sides(lines, columns, caption, set())
                votes += (len(above) > 1 > len(below)) - (len(below) > 1 > len(above))
    return votes > 0


def _rows_of_tables(
    lines: Sequence[Line],
    columns: Sequence[Column],
    captions: Mapping[int, tuple[int, ...]],
    taken: set[int],
    *,
    rows_above: bool,
) -> dict[int, tuple[int, ...]]:
    """Rows by caption. Each caption first looks on the paper's usual side, so that a caption
    without rows of its own does not take its neighbour's."""
    tables = {at: caption for at, caption in captions.items() if _kind(lines[at]) == "table"}
    taken = set(taken)
    found: dict[int, tuple[int, ...]] = {}
    for above in (rows_above, not rows_above):
        for at, caption in tables.items():
            below_and_above = _both_sides(lines, columns, caption, taken)
            rows = below_and_above[above]
            if at not in found and rows:
                found[at] = tuple(sorted(rows))
                taken.update(rows)
    return found


def _both_sides(
    lines: Sequence[Line], columns: Sequence[Column], caption: tuple[int, ...], taken: set[int]
) -> tuple[list[int], list[int]]:
    """The runs of rows right below and right above a caption; two rows with cells at least."""
    below = _run_of_rows(lines, columns, range(caption[-1] + 1, len(lines)), caption[-1], taken)
    above = _run_of_rows(lines, columns, range(caption[0] - 1, -1, -1), caption[0], taken)
    sides = [
        side if sum(len(lines[at].cells) > 1 for at in side) >= 2 else [] for side in (below, above)
    ]
    return sides[0], sides[1]


def _run_of_rows(
    lines: Sequence[Line],
    columns: Sequence[Column],
    indexes: range,
    start: int,
    taken: set[int],
) -> list[int]:
    """Row lines one after the other, starting next to the caption line *start*."""
    rows: list[int] = []
    bottom = top = lines[start].y
    for at in indexes:
        line = lines[at]
        limit = (4.5 if not rows else 2.8) * line.size
        if at in taken or not _is_row(line, columns) or len(rows) >= _MOST_ROWS:
            break
        if not bottom - limit <= line.y <= top + limit:
            break
        bottom, top = min(bottom, line.y), max(top, line.y)
        rows.append(at)
    return rows


def _is_row(line: Line, columns: Sequence[Column]) -> bool:
    if len(line.cells) >= 3:
        return True
    longest = max(len(cell.text) for cell in line.cells)
    if len(line.cells) == 2:
        return longest < 70
    return _is_short(line, columns)


def _is_short(line: Line, columns: Sequence[Column]) -> bool:
    return line.width < 0.55 * column_of(line, columns).width and len(line.text.split()) <= 8


def _lettering(
    lines: Sequence[Line],
    columns: Sequence[Column],
    caption: int,
    taken: set[int],
) -> tuple[int, ...]:
    """The words of a drawing: short lines right before its caption, in no paragraph."""
    found: list[int] = []
    for at in range(caption - 1, max(-1, caption - 1 - _MOST_LETTERING), -1):
        line = lines[at]
        column = column_of(line, columns)
        is_sub = bool(_SUBCAPTION.match(line.text))
        fragment = _is_short(line, columns) or len(line.cells) >= 3 or is_sub
        is_link = "://" in line.text or "@" in line.text
        if at in taken or is_link or not fragment or _ends_paragraph(lines, at, column):
            break
        found.append(at)
    return tuple(sorted(found))


def _ends_paragraph(lines: Sequence[Line], at: int, column: Column) -> bool:
    """Whether this short line is the last of a paragraph above it."""
    if at == 0:
        return False
    line, above = lines[at], lines[at - 1]
    return (
        line.follows(above)
        and above.width > 0.8 * column.width
        and abs(line.x0 - above.x0) < 2.5 * line.size
    )

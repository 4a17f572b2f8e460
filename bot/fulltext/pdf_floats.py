"""Captions, table rows and the lettering of drawings among a PDF page's lines."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.fulltext.pdf_order import column_of, columns
from bot.fulltext.pdf_page import Line, Page

_MOST_ROWS = 120

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


class PageFloats:
    """The floats of one page: first its captions, then what belongs to each.

    Args:
        titles: the lines that are section titles.
    """

    def __init__(self, page: Page, titles: Iterable[int], body_size: float) -> None:
        self._lines = page.lines
        self._columns = columns(page)
        self._body_size = body_size
        self._taken = set(titles)
        self._captions = {
            at: self._caption(at)
            for at in range(len(self._lines))
            if at not in self._taken and self._is_caption(at)
        }
        self._taken.update(*self._captions.values())

    def vote(self) -> int:
        """How many more tables have rows above their caption than have them below it."""
        sides = [(self._rows(at, above=True), self._rows(at, above=False)) for at in self._tables()]
        return sum(bool(above) - bool(below) for above, below in sides)

    def found(self, *, rows_above: bool) -> list[Float]:
        """The floats in order of their captions; *rows_above* says where this paper has its
        tables' rows as a rule.

        All tables look there first, so that a caption without rows of its own does not take its
        neighbour's.
        """
        rows: dict[int, tuple[int, ...]] = {}
        for above in (rows_above, not rows_above):
            for at in self._tables():
                if not rows.get(at):
                    rows[at] = self._rows(at, above=above)
                    self._taken.update(rows[at])
        return [self._float(at, rows.get(at, ())) for at in self._captions]

    def _float(self, at: int, rows: tuple[int, ...]) -> Float:
        kind = _kind(self._lines[at])
        lettering = self._lettering(at) if kind == "figure" else ()
        self._taken.update(lettering)
        return Float(kind, self._captions[at], rows, lettering)

    def _is_caption(self, at: int) -> bool:
        """A label at a line's start is a caption's, unless a sentence just happens to break
        there."""
        line = self._lines[at]
        match = _CAPTION.match(line.text)
        if match is None or (at > 0 and line.follows(self._lines[at - 1])):
            return False
        return bool(match.group(3)) or line.bold or abs(line.size - self._body_size) > 0.4

    def _caption(self, at: int) -> tuple[int, ...]:
        end = at + 1
        while end < len(self._lines) and self._lines[end].follows(self._lines[end - 1]):
            if end in self._taken or self._begins_rows(end):
                break
            end += 1
        return tuple(range(at, end))

    def _begins_rows(self, at: int) -> bool:
        """Whether a table's rows or another caption begin here. A wide space may be an accident of
        a justified line, but not in two lines one after the other."""
        cells = [len(line.cells) for line in self._lines[at : at + 2]]
        in_cells = cells[0] >= 3 or (len(cells) == 2 and min(cells) == 2)
        return in_cells or bool(_CAPTION.match(self._lines[at].text))

    def _tables(self) -> list[int]:
        return [at for at in self._captions if _kind(self._lines[at]) == "table"]

    def _rows(self, caption: int, *, above: bool) -> tuple[int, ...]:
        """The row lines right above or below a caption; two with several cells at least."""
        first, last = self._captions[caption][0], self._captions[caption][-1]
        start, step = (first, -1) if above else (last, 1)
        rows: list[int] = []
        bottom = top = self._lines[start].y
        for at in range(start + step, -1 if above else len(self._lines), step):
            line = self._lines[at]
            limit = (4.5 if not rows else 2.8) * line.size
            is_near = bottom - limit <= line.y <= top + limit
            if at in self._taken or not is_near or not self._is_row(line):
                break
            bottom, top = min(bottom, line.y), max(top, line.y)
            rows.append(at)
        in_cells = sum(len(self._lines[at].cells) > 1 for at in rows)
        return tuple(sorted(rows[:_MOST_ROWS])) if in_cells > 1 else ()

    def _is_row(self, line: Line) -> bool:
        if len(line.cells) == 2:
            return max(len(cell.text) for cell in line.cells) < 70
        return len(line.cells) > 2 or self._is_short(line)

    def _is_short(self, line: Line) -> bool:
        narrow = line.width < 0.55 * column_of(line, self._columns).width
        return narrow and len(line.text.split()) <= 8

    def _lettering(self, caption: int) -> tuple[int, ...]:
        """The words of a drawing: short lines right before its caption, in no paragraph."""
        found: list[int] = []
        for at in range(caption - 1, -1, -1):
            line = self._lines[at]
            is_sub = bool(_SUBCAPTION.match(line.text))
            fragment = self._is_short(line) or len(line.cells) >= 3 or is_sub
            is_link = "://" in line.text or "@" in line.text
            if at in self._taken or is_link or not fragment or self._ends_paragraph(at):
                break
            found.append(at)
        return tuple(sorted(found))

    def _ends_paragraph(self, at: int) -> bool:
        """Whether this short line is the last of a paragraph above it."""
        line, above = self._lines[at], self._lines[max(0, at - 1)]
        return line.follows(above) and above.width > 0.8 * column_of(line, self._columns).width


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

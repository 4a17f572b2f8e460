"""The reading order of a PDF page's lines, and the columns they stand in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from bot.fulltext.pdf_page import Line, Page

_FEWEST_LINES = 6
_FEWEST_SPLIT = 6
_MOST_JUMPS = 6
_FEWEST_LETTERS = 24
_NARROWEST = 0.25  # of the page: cells of a table are narrower than columns of text


@dataclass(frozen=True)
class Column:
    """The left and right edge of a column of text, in points."""

    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left


def in_order(page: Page) -> Page:
    """The page with its lines in reading order.

    Files are written in reading order as a rule, so that order is kept. When the file writes
    across the columns, or jumps about, the lines are put in order by where they stand: full-width
    lines part the page into bands, in a band the left column comes first.
    """
    gutter = _gutter_between_cells(page.lines, page.width)
    if gutter is None and _upward_jumps(page.lines) <= _MOST_JUMPS:
        return page
    lines = list(page.lines)
    if gutter is not None:
        lines = [part for line in lines for part in _split(line, gutter)]
    return replace(page, lines=tuple(_by_place(lines, page.width)))


def columns(page: Page) -> list[Column]:
    """The page's columns: one, or two where several lines keep to either half of the page."""
    long = [line for line in page.lines if len(line.text) >= _FEWEST_LETTERS]
    if not long:
        return [Column(0.0, page.width)]
    middle = page.width / 2
    left = [line for line in long if line.x1 <= middle + 6]
    right = [line for line in long if line.x0 >= middle - 6]
    if min(len(left), len(right)) >= _FEWEST_LINES:
        return [_column(left), _column(right)]
    return [_column(long)]


def column_of(line: Line, found: Sequence[Column]) -> Column:
    """The column the line ends in."""
    return found[0] if line.x1 <= found[-1].left else found[-1]


def _column(lines: Sequence[Line]) -> Column:
    """Edges shared by the lines: the common left edge, and nearly the rightmost right edge."""
    lefts = sorted(round(line.x0) for line in lines)
    rights = sorted(line.x1 for line in lines)
    commonest = max(set(lefts), key=lefts.count)
    return Column(float(commonest), rights[int(len(rights) * 0.9)])


def _gutter_between_cells(lines: Sequence[Line], width: float) -> float | None:
    """Where the columns part, when the file writes its lines across both of them."""
    middles = []
    for line in lines:
        for before, after in pairwise(line.cells):
            middle = (before.x1 + after.x0) / 2
            is_central = 0.4 * width < middle < 0.6 * width
            narrower = min(before.x1 - before.x0, after.x1 - after.x0)
            if is_central and narrower > _NARROWEST * width:
                middles.append(middle)
    if len(middles) < _FEWEST_SPLIT:
        return None
    gutter = median(middles)
    agreeing = sum(abs(middle - gutter) < 0.04 * width for middle in middles)
    crossing = sum(
        cell.x0 < gutter - 3 and cell.x1 > gutter + 3 for line in lines for cell in line.cells
    )
    return gutter if agreeing > max(crossing, _FEWEST_SPLIT - 1) else None


def _split(line: Line, gutter: float) -> list[Line]:
    left = tuple(cell for cell in line.cells if (cell.x0 + cell.x1) / 2 <= gutter)
    right = tuple(cell for cell in line.cells if (cell.x0 + cell.x1) / 2 > gutter)
    if not left or not right:
        return [line]
    return [line.with_cells(left), line.with_cells(right)]


def _upward_jumps(lines: Sequence[Line]) -> int:
    """How often the next line stands clearly above the one before without being right of it."""
    jumps = 0
    for before, after in pairwise(lines):
        rises = after.y > before.y + 2.5 * max(before.size, after.size)
        jumps += rises and after.x0 < before.x0 + 0.3 * before.width
    return jumps


def _by_place(lines: Sequence[Line], width: float) -> list[Line]:
    middle = width / 2
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in sorted(lines, key=lambda one: (-round(one.y, 1), one.x0)):
        if line.x1 <= middle + 6:
            left.append(line)
        elif line.x0 >= middle - 6:
            right.append(line)
        else:
            ordered += [*left, *right, line]
            left, right = [], []
    return [*ordered, *left, *right]

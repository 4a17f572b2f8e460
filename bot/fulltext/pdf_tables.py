"""The lines of a table of a PDF as rows of text."""

from collections.abc import Sequence

from bot.fulltext.pdf_page import Cell, Line

# In parts of the letter size: how far apart the baselines of one row can be.
_SAME_BASELINE = 0.15
_SAME_ROW = 0.8


def row_texts(lines: Sequence[Line]) -> list[str]:
    """Table rows as texts from top to bottom, their cells divided by `` | ``.

    Lines closer than rows can be are one row: a heading of several lines, centred cells. Their
    cells are put in order from left to right, and those one below the other together.
    """
    return [
        " | ".join(_merged([cell for line in row for cell in line.cells])) for row in _rows(lines)
    ]


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(_by_baseline(lines), key=lambda one: -one.y):
        if rows and _are_one_row(rows[-1][-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return _with_labels(rows)


def _by_baseline(lines: Sequence[Line]) -> list[Line]:
    """Pieces on one baseline as one line, whatever order they come in."""
    joined: list[Line] = []
    for line in sorted(lines, key=lambda one: -one.y):
        if joined and joined[-1].y - line.y < _SAME_BASELINE * line.size:
            cells = sorted((*joined[-1].cells, *line.cells), key=lambda cell: cell.x0)
            joined[-1] = joined[-1].with_cells(tuple(cells))
        else:
            joined.append(line)
    return joined


def _are_one_row(above: Line, line: Line) -> bool:
    """A lone cell joins no two rows: it may be a label centred beside several."""
    close = above.y - line.y < _SAME_ROW * line.size
    return close and len(above.cells) > 1 and len(line.cells) > 1


def _with_labels(rows: list[list[Line]]) -> list[list[Line]]:
    """Puts a lone cell that stands between two baselines into the nearest row."""
    placed: list[list[Line]] = []
    for at, row in enumerate(rows):
        around = [*placed[-1:], *rows[at + 1 : at + 2]]
        near = [
            other
            for other in around
            if len(row) == 1 and abs(other[-1].y - row[0].y) < _SAME_ROW * row[0].size
        ]
        if near:
            near[0].append(row[0])
        else:
            placed.append(row)
    return placed


def _merged(cells: Sequence[Cell]) -> list[str]:
    merged: list[Cell] = []
    for cell in sorted(cells, key=lambda one: one.x0):
        if merged and cell.x0 < merged[-1].x1 - 1:
            last = merged[-1]
            first, second = sorted((last, cell), key=cells.index)
            merged[-1] = Cell(f"{first.text} {second.text}", last.x0, max(last.x1, cell.x1))
        else:
            merged.append(cell)
    return [cell.text for cell in merged]

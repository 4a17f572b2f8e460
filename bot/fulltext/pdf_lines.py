"""Puts a page's characters together to lines and cells."""

from collections.abc import Iterable, Iterator
from functools import reduce

from bot.fulltext.pdf_page import Cell, Char, Line
from bot.fulltext.text import tidy

# All in parts of the letter size. Measured on two-column and one-column papers set by LaTeX.
_WORD_GAP = 0.17
_CELL_GAP = 0.95
_SAME_BASELINE = 0.3
_BACKWARDS = 1.0
_SCRIPT_SIZE = 0.86
_SCRIPT_SHIFT = 0.75
_BEGINNING = 40  # characters of a line, in which its full size shows


def lines_of(chars: Iterable[Char], page: int) -> list[Line]:
    """Lines in the order their first characters come; small raised or lowered letters join in."""
    return [line for group in _groups(chars) if (line := _line(group, page)) is not None]


def _groups(chars: Iterable[Char]) -> Iterator[list[Char]]:
    """Characters of one baseline each. Space characters only part words and start nothing."""
    group: list[Char] = []
    main = last = None
    for char in chars:
        if char.text.isspace():
            if group:
                group.append(char)
            continue
        if main and last and not _continues(main, last, char):
            yield group
            group, main = [], None
        if len(group) < _BEGINNING:
            main = _larger(main, char) if main else char
        group.append(char)
        last = char
    if group:
        yield group


def _continues(main: Char, last: Char, char: Char) -> bool:
    """Whether *char* goes on with the line of *main*, whose last character is *last*."""
    if char.x0 < last.x1 - _BACKWARDS * max(last.size, char.size):
        return False
    shift = abs(char.y - main.y)
    larger, smaller = max(char.size, main.size), min(char.size, main.size)
    if shift <= _SAME_BASELINE * larger:
        return True
    if abs(char.y - last.y) <= 0.05 * larger and last is not main:
        return True
    return smaller < _SCRIPT_SIZE * larger and shift <= _SCRIPT_SHIFT * larger


def _larger(main: Char, char: Char) -> Char:
    """The line's character of full size; what is smaller may be raised or lowered."""
    return char if char.size > main.size * 1.02 else main


def _line(group: list[Char], page: int) -> Line | None:
    cells: list[Cell] = []
    words: list[str] = []
    start = group[0].x0
    last: Char | None = None
    spaced = False
    for char in group:
        if char.text.isspace():
            spaced = True
            continue
        gap = 0.0 if last is None else char.x0 - last.x1
        size = max(char.size, last.size if last else 0.0)
        if last is not None and gap > _CELL_GAP * size:
            cells.append(Cell(tidy("".join(words)), start, last.x1))
            words, start = [], char.x0
        elif last is not None and (gap > _WORD_GAP * size or (spaced and gap > 0.02 * size)):
            words.append(" ")
        words.append(char.text)
        last, spaced = char, False
    if last is not None:
        cells.append(Cell(tidy("".join(words)), start, last.x1))
    kept = tuple(cell for cell in cells if cell.text)
    if not kept:
        return None
    letters = [char for char in group if not char.text.isspace()]
    main = reduce(_larger, letters[:_BEGINNING])
    return Line(
        cells=kept,
        y=main.y,
        size=main.size,
        page=page,
        bold=letters[0].bold,
        all_bold=all(char.bold for char in letters if char.text.isalnum()),
    )

"""Takes running headers, footers, page numbers and line numbers off a PDF's pages."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.fulltext.pdf_page import Line, Page

# The part of the page's height where page numbers stand, and that where running heads may.
_EDGE, _HEADS = 0.1, 0.125
_MANY_PAGES = 7  # from these on a head that changes from page to page stands on three of them
_FEWEST_LINE_NUMBERS = 12

_DIGITS = re.compile(r"\d+|\b[ivxl]+\b")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page\s*)?(?:\d{1,4}|[ivxl]{1,7})(?:\s*(?:/|of)\s*\d{1,4})?\W*$", re.IGNORECASE
)
_CONTENTS_ENTRY = re.compile(r"(?<![.·])(?<![.·]\s)(?:[.·]\s?){4,}\s*\d{1,4}$")
_ARXIV_STAMP = re.compile(r"^arXiv:\d{4}\.\d{4,5}(?:v\d+)?\b", re.IGNORECASE)
_LINE_NUMBER = re.compile(r"^\d{1,4}$")


def without_margins(pages: Sequence[Page]) -> list[Page]:
    """The pages without what is repeated at their edges and without numbering."""
    repeated = _repeated(pages)
    kept = []
    for page in pages:
        lines = [line for line in page.lines if not _is_margin(line, page, repeated)]
        lines = [line for line in lines if not _CONTENTS_ENTRY.search(line.text)]
        kept.append(replace(page, lines=tuple(_without_line_numbers(lines))))
    return kept


def _repeated(pages: Sequence[Page]) -> frozenset[str]:
    """The texts (numbers apart) that stand at the edge of several pages."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(line) for line in page.lines if _is_at_edge(line, page, _HEADS)})
    fewest = 3 if len(pages) >= _MANY_PAGES else 2
    return frozenset(shape for shape, count in seen.items() if count >= fewest)


def _is_margin(line: Line, page: Page, repeated: frozenset[str]) -> bool:
    if _ARXIV_STAMP.match(line.text):
        return True
    if _is_at_edge(line, page, _HEADS) and _shape(line) in repeated:
        return True
    return _is_at_edge(line, page, _EDGE) and bool(_PAGE_NUMBER.match(line.text))


def _is_at_edge(line: Line, page: Page, share: float) -> bool:
    return not share * page.height < line.y < (1 - share * 0.8) * page.height


def _shape(line: Line) -> str:
    return _DIGITS.sub("#", line.text.lower())


def _without_line_numbers(lines: Sequence[Line]) -> list[Line]:
    """Drops the numbers a draft has beside its lines: many, short, left or right of the text."""
    edges = [cell for line in lines for cell in (line.cells[0], line.cells[-1])]
    numbers = [cell for cell in edges if _LINE_NUMBER.match(cell.text)]
    texts = [line for line in lines if len(line.text) > 30]
    if len(numbers) < _FEWEST_LINE_NUMBERS or not texts:
        return list(lines)
    bodies = [[c for c in line.cells if not _LINE_NUMBER.match(c.text)] for line in texts]
    left = min((cells[0].x0 for cells in bodies if cells), default=0.0)
    right = max((cells[-1].x1 for cells in bodies if cells), default=1e9)
    beside = {c for c in numbers if c.x1 < left + 1 or c.x0 > right - 1}
    if len(beside) < _FEWEST_LINE_NUMBERS:
        return list(lines)
    kept = []
    for line in lines:
        cells = tuple(cell for cell in line.cells if cell not in beside)
        if cells:
            kept.append(line if len(cells) == len(line.cells) else line.with_cells(cells))
    return kept

"""The parts of a PDF page that the layout rules work on."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple


class Char(NamedTuple):
    """One character; x and y in points from the lower left, y of its baseline. ``source`` tells
    the text object of the file it is from."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    source: int


class Heading(NamedTuple):
    """An entry of the PDF's outline: level from 0, title, page from 1, top edge (or None)."""

    level: int
    title: str
    page: int
    y: float | None


class Cell(NamedTuple):
    """A run of text without a wide gap in it."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True)
class Line:
    """Text on one baseline. ``bold`` tells of its first letter, ``all_bold`` of all of them."""

    cells: tuple[Cell, ...]
    y: float
    size: float
    page: int
    bold: bool = False
    all_bold: bool = False

    @cached_property
    def text(self) -> str:
        return " ".join(cell.text for cell in self.cells)

    @property
    def x0(self) -> float:
        return self.cells[0].x0

    @property
    def x1(self) -> float:
        return self.cells[-1].x1

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    def follows(self, above: "Line") -> bool:
        """Whether the line stands right below *above*, in letters of the same size."""
        gap = above.y - self.y
        return 0 < gap <= 1.45 * self.size and abs(above.size - self.size) < 0.4

    def with_cells(self, cells: tuple[Cell, ...]) -> "Line":
        """The same line with other cells."""
        return replace(self, cells=cells)


@dataclass(frozen=True)
class Page:
    """A page's lines in the file's own order, which is mostly the reading order.

    ``hidden`` is text that is in the file but cannot be seen. ``margin`` is text set at an angle
    (arXiv's stamp). ``has_images`` and ``recognised`` tell a scan: a picture, and unseen letters
    over it from text recognition.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...] = ()
    hidden: tuple[str, ...] = ()
    margin: str = ""
    has_images: bool = False
    recognised: bool = False


@dataclass(frozen=True)
class Pages:
    """What could be read of a PDF."""

    pages: tuple[Page, ...] = ()
    outline: tuple[Heading, ...] = ()
    total: int = 0
    problem: str | None = None

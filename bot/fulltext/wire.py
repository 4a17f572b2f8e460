"""How the parsing child and its parent write pages and documents to each other: JSON lines.

What comes back is read with distrust: the child had a file of unknown origin in its hands.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from bot.fulltext.document import LONGEST_FRONT, Block, Document
from bot.fulltext.pdf_page import Cell, Heading, Line, Page

Record = dict[str, Any]

# The exit status of a child that got no more memory.
OUT_OF_MEMORY = 3


def to_line(record: Record) -> bytes:
    """One record as a line."""
    return (
        json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        + b"\n"
    )


def read_records(lines: Iterable[bytes], kind: str) -> Iterator[Any]:
    """What the records of one *kind* hold. Only these are taken into memory; a last one that is
    cut off, or nonsense, ends the reading."""
    start = f'{{"{kind}":'.encode()
    for line in lines:
        if not line.startswith(start):
            continue
        try:
            yield json.loads(line)[kind]
        except (ValueError, RecursionError):
            return


def from_page(page: Page) -> Record:
    """A page as plain data."""
    lines = [
        [[list(cell) for cell in line.cells], line.y, line.size, line.bold, line.all_bold]
        for line in page.lines
    ]
    return {**vars(page), "lines": lines}


def to_page(record: Record) -> Page:
    """The page in *record*.

    Raises:
        ValueError, TypeError, KeyError: it holds none.
    """
    number = int(record["number"])
    return Page(
        number=number,
        width=float(record["width"]),
        height=float(record["height"]),
        lines=tuple(
            Line(
                cells=tuple(Cell(str(text), float(x0), float(x1)) for text, x0, x1 in cells),
                y=float(y),
                size=float(size),
                page=number,
                bold=bool(bold),
                all_bold=bool(all_bold),
            )
            for cells, y, size, bold, all_bold in record["lines"]
            if cells
        ),
        hidden=tuple(map(str, record["hidden"])),
        margin=str(record["margin"]),
        has_images=bool(record["has_images"]),
        recognised=bool(record["recognised"]),
    )


def to_heading(record: list[Any]) -> Heading:
    """The outline entry in *record*.

    Raises:
        ValueError, TypeError: it holds none.
    """
    level, title, page, y = record
    return Heading(int(level), str(title), int(page), None if y is None else float(y))


def from_document(document: Document) -> Record:
    """A document as plain data."""
    return asdict(document)


def to_document(record: Record) -> Document:
    """The document in *record*.

    Raises:
        ValueError, TypeError, KeyError: it holds none.
    """
    return Document(
        blocks=tuple(
            Block(
                text=str(block["text"]),
                section=tuple(map(str, block["section"])),
                kind=str(block["kind"]),
                anchor=_optional_text(block["anchor"]),
                page=None if block["page"] is None else int(block["page"]),
            )
            for block in record["blocks"]
        ),
        problem=_optional_text(record["problem"]),
        figure_url=_optional_text(record["figure_url"]),
        figure_caption=_optional_text(record["figure_caption"]),
        version=None if record["version"] is None else int(record["version"]),
        hidden=tuple(map(str, record["hidden"])),
        is_whole=bool(record["is_whole"]),
        front=str(record["front"])[:LONGEST_FRONT],
    )


def _optional_text(value: object) -> str | None:
    return None if value is None else str(value)

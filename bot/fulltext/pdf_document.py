"""Turns the pages read from a PDF into a document."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.fulltext.boilerplate import bare_title, is_contents, is_left_out, is_licence, is_list
from bot.fulltext.document import LONGEST_FRONT, Block, Document
from bot.fulltext.pdf_floats import Float, PageFloats, subcaptions
from bot.fulltext.pdf_flow import (
    Words,
    continues_footnote,
    is_footnote,
    leading_of,
    paged_text,
    paragraph_text,
    starts_paragraph,
)
from bot.fulltext.pdf_headings import Title, body_size_of, find_titles
from bot.fulltext.pdf_margins import without_margins
from bot.fulltext.pdf_order import in_order
from bot.fulltext.pdf_page import Line, Page, Pages
from bot.fulltext.pdf_tables import row_texts
from bot.fulltext.text import count_words, ends_sentence, tidy

_STAMP = re.compile(r"arXiv:\s?\d{4}\.\d{4,5}v(\d{1,3})")
_RUN_IN_ABSTRACT = re.compile(r"^abstract\s*[-–—:.]+\s*(?=\S)", re.IGNORECASE)
_ABSTRACT = "Abstract"
_FEWEST_ABSTRACT_WORDS = 40
_FRONT_PAGES = 2
_ANY_LEVEL = 1_000
_MOST_LINES = 300  # of a paragraph: what is longer is none


def pdf_document(found: Pages) -> Document:
    """The paper in *found*; ``problem`` says what is missing of it."""
    pages = [in_order(page) for page in without_margins(found.pages)]
    lines = [line for page in pages for line in page.lines]
    if not lines:
        return Document(problem=found.problem or _no_text(found), hidden=_hidden(pages))
    body_size = body_size_of(pages)
    titles = find_titles(pages, found.outline, body_size=body_size)
    writer = _Writer(
        body_size=body_size,
        leading=leading_of(lines, body_size),
        words=Words(lines),
    )
    of_pages = [
        {at: title for (number, at), title in titles.items() if number == index}
        for index in range(len(pages))
    ]
    floats = [
        PageFloats(page, _lines_of(here), body_size)
        for page, here in zip(pages, of_pages, strict=True)
    ]
    rows_above = sum(page.vote() for page in floats) > 0
    for page, here, found_here in zip(pages, of_pages, floats, strict=True):
        writer.write(page, here, found_here.found(rows_above=rows_above))
    written = writer.finish()
    blocks = _without_front_matter(written)
    kept = {block.text for block in blocks}
    front = " ".join(block.text for block in written if block.text not in kept)
    captions = [block.text for block in blocks if block.kind == "figure"]
    return Document(
        blocks=tuple(blocks),
        problem=_problem(found, pages),
        figure_caption=captions[0] if captions else None,
        version=_version(pages),
        hidden=_hidden(pages),
        front=tidy(front)[:LONGEST_FRONT],
    )


@dataclass
class _Writer:
    """Goes through the pages and writes blocks.

    A paragraph may go on in the next column or page, past floats and footnotes; so one paragraph
    and one footnote can be open at a time.
    """

    body_size: float
    leading: float
    words: Words
    blocks: list[Block] = field(default_factory=list)
    _path: list[tuple[int, str]] = field(default_factory=list)
    _paragraph: list[Line] = field(default_factory=list)
    _footnote: list[Line] = field(default_factory=list)
    _waiting: list[Block] = field(default_factory=list)
    _left_out: int | None = None
    _concluded: bool = False

    def write(self, page: Page, titles: Mapping[int, Title], floats: Sequence[Float]) -> None:
        starts = {found.caption[0]: found for found in floats}
        taken = {at for found in floats for at in found.lines} | _lines_of(titles)
        for at, line in enumerate(page.lines):
            if at in titles:
                self._title(titles[at])
            elif at in starts:
                self._float(starts[at], page)
            elif at not in taken:
                self._line(line, page)

    def finish(self) -> list[Block]:
        self._close()
        return self.blocks

    def _title(self, title: Title) -> None:
        self._close()
        text = tidy(title.text)
        if self._left_out is not None and title.level > self._left_out:
            return
        if is_contents(text):
            # It stands within a section that goes on below it.
            self._left_out = _ANY_LEVEL
            return
        bare = bare_title(text).lower()
        names_only = bare == "contributions" and title.level == 0 and self._concluded
        self._left_out = title.level if is_left_out(text) or names_only else None
        if is_list(text):
            self._left_out = _ANY_LEVEL
        self._concluded = self._concluded or bare.startswith(("conclusion", "references"))
        kept = [one for one in self._path if one[0] < title.level]
        self._path = [*kept, (title.level, _ABSTRACT if bare == "abstract" else text)]

    def _float(self, found: Float, page: Page) -> None:
        if self._left_out is not None:
            return
        lines = page.lines
        caption = paragraph_text([lines[at] for at in found.caption], self.words)
        caption = " ".join([caption, *subcaptions(lines, found)])
        rows = row_texts([lines[at] for at in found.rows])
        block = Block("\n".join([caption, *rows]), self._section, found.kind, None, page.number)
        if self._paragraph and not ends_sentence(self._paragraph[-1].text):
            self._waiting.append(block)
        else:
            self._close()
            self.blocks.append(block)

    def _line(self, line: Line, page: Page) -> None:
        match = _RUN_IN_ABSTRACT.match(line.text)
        if match and not self._path and page.number <= _FRONT_PAGES:
            self._title(Title(0, _ABSTRACT))
            rest = line.cells[0]._replace(text=line.cells[0].text[match.end() :])
            line = line.with_cells((rest, *line.cells[1:]))
        if self._left_out is not None:
            return
        if self._is_footnote(line, page):
            return
        is_full = len(self._paragraph) >= _MOST_LINES
        if is_full or (
            self._paragraph and starts_paragraph(self._paragraph[-1], line, leading=self.leading)
        ):
            self._close()
        self._paragraph.append(line)

    def _is_footnote(self, line: Line, page: Page) -> bool:
        """Takes the line in if it is a footnote's; true when it was."""
        if self._footnote and continues_footnote(line, self._footnote[-1]):
            self._footnote.append(line)
            return True
        before = self._paragraph[-1] if self._paragraph else None
        if is_footnote(line, before, body_size=self.body_size, height=page.height):
            self._end_footnote()
            self._footnote.append(line)
            return True
        return False

    def _close(self) -> None:
        """Ends the open paragraph; what had to wait for its end comes after it."""
        if self._paragraph:
            self._add(self._paragraph, self.blocks)
            self._paragraph = []
        self._end_footnote()
        self.blocks += self._waiting
        self._waiting = []

    def _end_footnote(self) -> None:
        if self._footnote:
            self._add(self._footnote, self._waiting)
            self._footnote = []

    def _add(self, lines: list[Line], blocks: list[Block]) -> None:
        if is_licence(paragraph_text(lines, self.words)):
            return
        for text, page in paged_text(lines, self.words):
            if text:
                blocks.append(Block(text, self._section, "text", None, page))

    @property
    def _section(self) -> tuple[str, ...]:
        return tuple(title for _, title in self._path)


def _lines_of(titles: Mapping[int, Title]) -> set[int]:
    return {at + more for at, title in titles.items() for more in range(title.lines)}


def _without_front_matter(blocks: list[Block]) -> list[Block]:
    """Leaves out title, authors and addresses before the first titled part.

    An abstract without a title of its own is kept: a long paragraph that ends as a sentence does.
    """
    first = next((at for at, block in enumerate(blocks) if block.section), None)
    if first is None or (blocks[first].page or 1) > _FRONT_PAGES:
        return blocks
    if any(block.section[:1] == (_ABSTRACT,) for block in blocks[first:]):
        return blocks[first:]
    kept = [
        Block(block.text, (_ABSTRACT,), block.kind, block.anchor, block.page)
        for block in blocks[:first]
        if count_words(block.text) >= _FEWEST_ABSTRACT_WORDS and ends_sentence(block.text)
    ]
    return [*kept, *blocks[first:]]


def _problem(found: Pages, pages: Sequence[Page]) -> str | None:
    problems = [found.problem] if found.problem else []
    if found.total > len(pages) and not found.problem:
        problems.append(f"only {len(pages)} of {found.total} pages read")
    blank = sum(not page.lines for page in pages)
    if any(page.recognised for page in pages):
        problems.append("scanned pages, text by recognition")
    elif blank * 2 > len(pages):
        problems.append(f"no text on {blank} of {len(pages)} pages")
    return "; ".join(problems) or None


def _no_text(found: Pages) -> str:
    if any(page.has_images for page in found.pages):
        return "scanned PDF without text"
    return "no text in the PDF"


def _hidden(pages: Sequence[Page]) -> tuple[str, ...]:
    return tuple(text for page in pages for text in page.hidden)


def _version(pages: Sequence[Page]) -> int | None:
    marks = [page.margin for page in pages[:1]]
    match = _STAMP.search("".join(marks))
    return int(match.group(1)) if match else None

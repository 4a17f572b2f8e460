"""What the passages of real papers are like, and how fast they are made.

Run with ``python -m tests.benchmarks.passages``. Each number is held against something the parser
did not use to get it: section titles against the PDF's outline or the page's headings, pages
against the raw text of that page, references against the raw text of the reference list.
``chars/s`` is by processor time, ``in child`` by the clock: one file with the child's start.
"""

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

import pypdfium2
from lxml import html

from bot.fulltext.boilerplate import bare_title, is_bibliography, is_left_out
from bot.fulltext.document import SEPARATOR, Document
from bot.fulltext.html_document import parse_html
from bot.fulltext.parsing import parse
from bot.fulltext.passages import cut
from bot.fulltext.pdf_document import pdf_document
from bot.fulltext.pdf_page import Pages
from bot.fulltext.pdf_reading import PdfFile
from bot.fulltext.text import count_words, tidy
from storage import Passage
from tests.benchmarks.figures import Figure
from tests.benchmarks.qasper import need

DATA = "10 real papers in HTML and PDF"
_NOT_LETTERS = re.compile(r"[\W_]+")
_APPENDIX = re.compile(r"^(?:Appendix|[A-H]\s+[A-Z][a-z]+)", re.MULTILINE)
_SHINGLE = 8
_LEAST = 25


@dataclass(frozen=True)
class Raw:
    """What is known of a paper without our parser: titles, text by page, reference list."""

    titles: tuple[str, ...]
    pages: tuple[str, ...]
    references: str
    anchors: frozenset[str]


@dataclass(frozen=True)
class Made:
    """The passages of a paper, held against what is known without the parser: how many of its
    titles are found of those there are, how many passages stand in their place, how many texts have
    from 80 to 220 words, and the share of the reference list that is left."""

    passages: tuple[Passage, ...]
    titles: int
    all_titles: int
    in_place: int
    texts: int
    well_sized: int
    references_left: float
    chars_a_second: float


def figures() -> Iterator[Figure]:
    """What all passages together are like."""
    made = [measured(path) for path in files()]
    passages = sum(len(one.passages) for one in made)
    titled = [one for one in made if one.all_titles]
    titles = sum(one.titles for one in titled) / sum(one.all_titles for one in titled)
    yield Figure("titles found, share", titles)
    yield Figure("passages in their place, share", sum(one.in_place for one in made) / passages)
    well_sized = sum(one.well_sized for one in made) / sum(one.texts for one in made)
    yield Figure("texts of 80 to 220 words, share", well_sized)
    left = mean(one.references_left for one in made)
    yield Figure("references left, share", left, less_is_better=True)


def main() -> None:
    """Print one row a file."""
    print(
        f"{'file':<24}{'sections':>10}{'places':>10}{'passages':>9}{'80-220':>8}{'tables':>7}"
        f"{'figures':>8}{'refs left':>10}{'chars':>8}{'chars/s':>9}{'in child':>9}"
    )
    for path in files():
        start = time.perf_counter()
        parse(path.read_bytes(), path.suffix[1:], "https://arxiv.org/html/x")
        in_child = time.perf_counter() - start
        print(_row(path.stem, measured(path), in_child))


def files() -> list[Path]:
    """The papers."""
    every = sorted(need("arxiv_fulltext").glob("*/*.*"))
    return [path for path in every if path.suffix in {".html", ".pdf"}]


def measured(path: Path) -> Made:
    """One paper's passages."""
    data = path.read_bytes()
    raw = _raw_html(data) if path.suffix == ".html" else _raw_pdf(data)
    start = time.process_time()
    passages = cut(_document(path, data).blocks)
    taken = time.process_time() - start
    texts = [passage for passage in passages if passage.kind == "text"]
    found, wanted = _sections(passages, raw)
    return Made(
        tuple(passages),
        titles=found,
        all_titles=wanted,
        in_place=sum(_is_in_place(passage, raw) for passage in passages),
        texts=len(texts),
        well_sized=sum(80 <= count_words(passage.text) <= 220 for passage in texts),
        references_left=_references_left(passages, raw),
        chars_a_second=_chars(passages) / taken,
    )


def _row(name: str, made: Made, in_child: float) -> str:
    passages = made.passages
    return (
        f"{name[:23]:<24}{f'{made.titles}/{made.all_titles}':>10}"
        f"{f'{made.in_place}/{len(passages)}':>10}"
        f"{len(passages):>9}{made.well_sized / max(1, made.texts):>8.0%}"
        f"{_kinds(passages, 'table'):>7}{_kinds(passages, 'figure'):>8}"
        f"{made.references_left:>10.1%}{_chars(passages):>8}{made.chars_a_second:>9.0f}"
        f"{in_child:>8.2f}s"
    )


def _chars(passages: Sequence[Passage]) -> int:
    return sum(len(passage.text) for passage in passages)


def _document(path: Path, data: bytes) -> Document:
    if path.suffix == ".html":
        return parse_html(data, url=f"https://arxiv.org/html/{path.stem}")
    with PdfFile(data) as file:
        return pdf_document(Pages(tuple(file.pages()), tuple(file.outline()), file.total))


def _raw_pdf(data: bytes) -> Raw:
    with closing(pypdfium2.PdfDocument(data)) as document:
        pages = []
        for page in document:
            with closing(page), closing(page.get_textpage()) as text:
                pages.append(text.get_text_bounded())
        marks = [(mark.get_title().strip(), mark.get_dest()) for mark in document.get_toc()]
        after = [(title, target.get_index()) for title, target in marks if target]
    return Raw(
        titles=tuple(_kept(title for title, _ in marks)),
        pages=tuple(_letters(tidy(page)) for page in pages),
        references=_reference_list(pages, [index for _, index in after]),
        anchors=frozenset(),
    )


def _reference_list(pages: list[str], starts: list[int]) -> str:
    """The text from the reference list's title to the next outline entry's page."""
    for number, page in enumerate(pages):
        match = re.search(r"^(?:references|bibliography)\s*$", page, re.IGNORECASE | re.MULTILINE)
        if match:
            end = min((start for start in starts if start > number), default=number + 3)
            listed = "\n".join([page[match.end() :], *pages[number + 1 : end]])
            return _APPENDIX.split(listed, maxsplit=1)[0]
    return ""


def _raw_html(data: bytes) -> Raw:
    page: Any = html.document_fromstring(data)
    marks = page.xpath("//*[self::h2 or self::h3][contains(@class, 'ltx_title')]")
    titles = [" ".join(mark.text_content().split()) for mark in marks]
    references = " ".join(page.xpath("//*[contains(@class, 'ltx_biblist')]//text()"))
    return Raw(tuple(_kept(titles)), (), references, frozenset(page.xpath("//@id")))


def _kept(titles: Iterable[str]) -> list[str]:
    return [
        title
        for title in titles
        if not is_left_out(title) and not is_bibliography(title) and title != "Contributions"
    ]


def _sections(passages: list[Passage], raw: Raw) -> tuple[int, int]:
    """How many of the paper's own titles stand in our section paths."""
    ours = {_letters(bare_title(part)) for one in passages for part in one.section.split(SEPARATOR)}
    if not raw.titles:
        return len(ours), 0
    return sum(_letters(bare_title(title)) in ours for title in raw.titles), len(raw.titles)


def _is_in_place(passage: Passage, raw: Raw) -> bool:
    """Whether the passage begins on its page, or its anchor is in the page.

    A beginning may be a formula, which two readers spell in two ways; so three places of the first
    half are tried.
    """
    if not raw.pages:
        return passage.anchor in raw.anchors
    letters = _letters(passage.text)
    page = passage.page or 0
    places = (0, len(letters) // 4, len(letters) // 2)
    return 1 <= page <= len(raw.pages) and any(
        letters[place : place + _LEAST] in raw.pages[page - 1] for place in places
    )


def _references_left(passages: list[Passage], raw: Raw) -> float:
    """The share of the reference list's runs of eight words that are in our text."""
    words = _NOT_LETTERS.split(raw.references.lower())
    listed = {tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}
    text = _NOT_LETTERS.split(" ".join(passage.text for passage in passages).lower())
    ours = {tuple(text[at : at + _SHINGLE]) for at in range(len(text) - _SHINGLE + 1)}
    return len(listed & ours) / max(1, len(listed))


def _kinds(passages: Sequence[Passage], kind: str) -> int:
    return sum(passage.kind == kind for passage in passages)


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text).lower()


if __name__ == "__main__":
    main()

"""``sections``: a ``##`` arXiv id a paper, its Hugging Face link, up to seven numbered sections."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.archive.markdown.base import Format, Problem
from bot.archive.markdown.days import parse_days, recognises
from bot.archive.markdown.inline import flat
from bot.archive.markdown.parts import (
    DATE,
    escaped,
    is_maker,
    language_of,
    made_of,
    maker_line,
    not_understood,
    paper_url,
)
from bot.archive.markdown.source import Block, Chapter, Source, chapters
from bot.languages import catalog
from bot.sources.ids import arxiv_id, find_ids
from storage import ArchiveDigest, ArchiveEntry

SLOTS = (
    "motivation",
    "contributions",
    "method",
    "setup",
    "results",
    "limitations",
    "followups",
)
_TITLE = re.compile(rf"\A\W*+Hugging Face Daily Papers\s*[–—-]\s*{DATE}")
_NUMBERED = re.compile(r"(?P<number>[1-7])\.\s+\S.*")
_SUMMARY = re.compile(r"\*\*Summary\*\*\s*:?\s*(?P<title>.*)", re.DOTALL)
_CALLED = re.compile(r"(?<!\s)\s*(?:논문\s*요약\s*:\s*|[:：]\s*논문\s*요약\s*$)")
_QUOTES = "\"“”'"
_HUGGING_FACE = "https://huggingface.co/papers/"


@dataclass
class _Reading:
    """What is being gathered of one paper."""

    title: str = ""
    url: str = ""
    sections: list[tuple[str, str]] = field(default_factory=list)
    unclear: list[Block] = field(default_factory=list)


def _digest(source: Source, day: Chapter, period: str) -> tuple[ArchiveDigest, list[Problem]]:
    before, papers = chapters(day.blocks, 2)
    problems = not_understood(before)
    entries = []
    for paper in papers:
        reading = _read(source, paper)
        problems += not_understood(reading.unclear)
        heading = flat(paper.heading.text)
        entries.append(
            ArchiveEntry(
                title=reading.title or heading,
                paper_id=arxiv_id(heading) or next(iter(find_ids(reading.url)), None),
                sections=tuple(reading.sections),
                line=paper.heading.line,
            )
        )
    made = made_of(day.blocks)
    texts = (text for entry in entries for _, text in entry.sections)
    return (
        ArchiveDigest(
            "sections",
            period,
            made.language or language_of(texts),
            tuple(entries),
            (),
            made.maker,
            made.day,
        ),
        problems,
    )


def _read(source: Source, paper: Chapter) -> _Reading:
    reading = _Reading()
    for block in paper.blocks:
        if block.kind == "fence":
            inner = Source.of(block.text, offset=block.first + 1)
            _title(_sections(inner, inner.blocks, 2, reading), reading)
    around = _sections(source, paper.blocks, 3, reading)
    _around([block for block in around if block.kind != "fence"], reading)
    return reading


def _title(before: Sequence[Block], reading: _Reading) -> None:
    for block in before:
        if block.kind == "heading" and not reading.title:
            reading.title = _bare(block.text)
        else:
            reading.unclear.append(block)


def _bare(text: str) -> str:
    """The paper's title without the words "paper summary" and quotation marks around."""
    title = _CALLED.sub("", flat(text)).strip()
    quoted = len(title) > 1 and title[0] in _QUOTES and title[-1] in _QUOTES
    return title[1:-1] if quoted else title


def _around(blocks: Sequence[Block], reading: _Reading) -> None:
    for block in blocks:
        text = block.text.strip()
        summary = _SUMMARY.fullmatch(text)
        if summary:
            reading.title = reading.title or flat(summary["title"])
        elif find_ids(text) or text.startswith("🔗"):
            reading.url = text
        else:
            reading.unclear.append(block)


def _sections(
    source: Source, blocks: Sequence[Block], level: int, reading: _Reading
) -> tuple[Block, ...]:
    """Gathers the sections, and returns what stands before the first of them."""
    before, found = chapters(blocks, level)
    for chapter in found:
        _section(source, chapter, reading)
    return before


def _section(source: Source, chapter: Chapter, reading: _Reading) -> None:
    number = _NUMBERED.fullmatch(chapter.heading.text.strip())
    blocks = [one for one in chapter.blocks if one.kind != "rule" and not is_maker(one)]
    text = source.between(blocks[0].first, blocks[-1].end) if blocks else ""
    if number is None:
        reading.unclear += [chapter.heading, *blocks]
    elif text:
        reading.sections.append((SLOTS[int(number["number"]) - 1], text))


def _render(digest: ArchiveDigest) -> str:
    words = catalog(digest.language)
    parts = [f"# Hugging Face Daily Papers – {digest.period}"]
    for entry in digest.entries:
        parts += [f"## {entry.paper_id or escaped(entry.title)}"]
        if entry.paper_id:
            parts.append(f"🔗 {paper_url(entry, _HUGGING_FACE)}")
        parts.append(f"**Summary**: {escaped(entry.title)}")
        for slot, text in entry.sections:
            number = SLOTS.index(slot) + 1
            parts.append(f"### {number}. {words.text(f'digests-section-{slot}')}")
            parts.append(text)
    return "\n\n".join([*parts, maker_line(digest)])


FORMAT = Format(
    name="sections",
    recognises=recognises(_TITLE, 1),
    parse=parse_days(_TITLE, 1, _digest),
    render=_render,
)

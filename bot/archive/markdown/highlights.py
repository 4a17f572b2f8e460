"""``highlights``: ``## Daily Papers (DATE)``, a ``###`` a paper, votes, authors, three bullets."""

import re

from bot.archive.markdown.base import Format, Problem
from bot.archive.markdown.days import parse_days, recognises
from bot.archive.markdown.inline import first_link, flat, pieces
from bot.archive.markdown.parts import (
    DATE,
    escaped,
    identified,
    language_of,
    linked,
    made_of,
    maker_line,
    not_understood,
    paper_url,
    plain,
)
from bot.archive.markdown.source import Block, Chapter, Source, chapters
from storage import ArchiveDigest, ArchiveEntry

# The labels belong to the file format: they are the same whatever the language of the text.
_LABELS = {
    "new": "What's New",
    "technical": "Technical Details",
    "performance": "Performance Highlights",
}
_SLOTS = {label.lower(): slot for slot, label in _LABELS.items()}
_TITLE = re.compile(rf"Daily Papers\s*\({DATE}\)")
_BULLET = re.compile(r"\*\*\*(?P<label>[^*]+)\*\*\*\s*:\s*(?P<text>.*)", re.DOTALL)
_VOTES = re.compile(r"Votes?:\s*(?P<votes>\d+)")
_NAME = re.compile(r"(?:\\.|[^,\\]|\\$)+")
_AUTHORS = re.compile(r"Authors?:\s*(?P<names>.+)", re.DOTALL)


def _digest(_source: Source, day: Chapter, period: str) -> tuple[ArchiveDigest, list[Problem]]:
    before, papers = chapters(day.blocks, 3)
    problems = not_understood(before)
    entries = []
    for paper in papers:
        entry, unclear = _entry(paper)
        entries.append(entry)
        problems += unclear
    made = made_of(day.blocks)
    texts = (text for entry in entries for _, text in entry.highlights)
    return (
        ArchiveDigest(
            style="highlights",
            period=period,
            language=made.language or language_of(texts),
            entries=tuple(entries),
            maker=made.maker,
            made_on=made.day,
        ),
        problems,
    )


def _entry(chapter: Chapter) -> tuple[ArchiveEntry, list[Problem]]:
    link = first_link(chapter.heading.text)
    paper_id, url = identified(link.url) if link else (None, "")
    thumbnail, votes = "", None
    authors: tuple[str, ...] = ()
    highlights: list[tuple[str, str]] = []
    unclear: list[Block] = []
    for block in chapter.blocks:
        if block.kind == "list":
            highlights += _bullets(block, unclear)
        elif block.text.startswith("![") and (found_url := _picture(block.text)):
            thumbnail = found_url
        elif found := _VOTES.fullmatch(block.text.strip()):
            votes = int(found["votes"])
        elif found := _AUTHORS.fullmatch(block.text.strip()):
            names = (plain(name) for name in _NAME.findall(found["names"].replace("\n", " ")))
            authors = tuple(name for name in names if name)
        else:
            unclear.append(block)
    entry = ArchiveEntry(
        title=link.text if link else flat(chapter.heading.text),
        paper_id=paper_id,
        url=url,
        thumbnail_url=thumbnail,
        votes=votes,
        authors=authors,
        highlights=tuple(highlights),
        line=chapter.heading.line,
    )
    return entry, not_understood(unclear)


def _picture(text: str) -> str:
    """The address of the image that *text* is, or nothing."""
    found = pieces(text.strip())
    return found[0].url if len(found) == 1 and found[0].kind == "image" else ""


def _bullets(block: Block, unclear: list[Block]) -> list[tuple[str, str]]:
    found = []
    for item in block.items:
        bullet = _BULLET.fullmatch(item)
        slot = _SLOTS.get(bullet["label"].strip().lower()) if bullet else None
        if bullet is None or slot is None:
            unclear.append(Block("list", item, block.first, block.end))
        else:
            found.append((slot, " ".join(bullet["text"].split())))
    return found


def _render(digest: ArchiveDigest) -> str:
    parts = [f"## Daily Papers ({digest.period})"]
    parts += [_paper(entry) for entry in digest.entries]
    return "\n\n".join([*parts, maker_line(digest)])


def _paper(entry: ArchiveEntry) -> str:
    lines = [f"### {linked(entry.title, paper_url(entry))}"]
    if entry.thumbnail_url:
        lines.append(f"![]({entry.thumbnail_url})")
    if entry.votes is not None:
        lines.append(f"Vote: {entry.votes}")
    if entry.authors:
        names = (escaped(name).replace(",", "\\,") for name in entry.authors)
        lines.append(f"Authors: {', '.join(names)}")
    bullets = [f"- ***{_LABELS[slot]}***: {text}" for slot, text in entry.highlights]
    return "\n\n".join([*lines, "\n".join(bullets)] if bullets else lines)


FORMAT = Format(
    name="highlights",
    recognises=recognises(_TITLE, 2),
    parse=parse_days(_TITLE, 2, _digest),
    render=_render,
)

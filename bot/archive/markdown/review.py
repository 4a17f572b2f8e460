"""``review``: ``# DATE papers review``, a ``##`` a paper with a tag, then a person's prose.

Numbers are written by hand: they repeat, restart and are left out, and are kept as they are.
"""

import re
from collections.abc import Mapping, Sequence

from bot.archive.markdown.base import Format, Problem
from bot.archive.markdown.components import as_pictures
from bot.archive.markdown.days import parse_days, recognises
from bot.archive.markdown.inline import flat, pieces
from bot.archive.markdown.parts import (
    DATE,
    escaped,
    identified,
    is_maker,
    language_of,
    linked,
    made_of,
    maker_line,
    not_understood,
    paper_url,
)
from bot.archive.markdown.source import Block, Chapter, Source, chapters
from bot.languages import catalog
from bot.text import one_line
from storage import ArchiveDigest, ArchiveEntry

_TITLE = re.compile(rf"{DATE}\s+papers?\s+review", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,4})\.\s*")
_IMPORT = re.compile(r"^import\s+(?P<name>\w+)\s+from\s+['\"](?P<path>[^'\"]+)['\"];?\s*$", re.M)
_NOTE = re.compile(
    r"\A>\s*\*\*(?:팀 메모|Team note)(?: \((?P<author>[^)]*)\))?\*\*: (?P<text>.+)", re.DOTALL
)
_MAY_SHOW = ("html", "paragraph")
_HUGGING_FACE = "https://huggingface.co/papers/"


def _digest(source: Source, day: Chapter, period: str) -> tuple[ArchiveDigest, list[Problem]]:
    before, papers = chapters(day.blocks, 2)
    figures = {found["name"]: found["path"] for found in _IMPORT.finditer("\n".join(source.lines))}
    entries = tuple(_entry(source, paper, figures) for paper in papers)
    made = made_of(day.blocks)
    language = made.language or language_of(entry.prose for entry in entries)
    digest = ArchiveDigest("review", period, language, entries, (), made.maker, made.day)
    return digest, not_understood(before)


def _entry(source: Source, chapter: Chapter, figures: Mapping[str, str]) -> ArchiveEntry:
    number = _NUMBER.match(chapter.heading.text)
    heading = pieces(chapter.heading.text[number.end() if number else 0 :].strip())
    tag = heading[-1].text if len(heading) > 1 and heading[-1].kind == "code" else ""
    link = next((one for one in heading if one.kind == "link"), None)
    title = "".join(one.text for one in (heading[:-1] if tag else heading))
    paper_id, url = identified(link.url) if link else (None, "")
    blocks = [block for block in chapter.blocks if not is_maker(block)]
    notes = tuple(note for note in map(_note, blocks) if note)
    blocks = [block for block in blocks if not _note(block)]
    subtitle = ""
    if blocks and blocks[0].kind == "heading" and blocks[0].level == 3:
        subtitle = flat(blocks.pop(0).text)
    return ArchiveEntry(
        title=link.text if link else " ".join(title.split()),
        paper_id=paper_id,
        url=url,
        number=number[1] if number else "",
        subtitle=subtitle,
        organization=tag.strip(),
        prose=_prose(source, blocks, figures),
        notes=notes,
        line=chapter.heading.line,
    )


def _note(block: Block) -> tuple[str, str] | None:
    """Author and text of a note that was written below the prose."""
    found = _NOTE.fullmatch(block.text.strip()) if block.kind == "quote" else None
    if found is None:
        return None
    return found["author"] or "", re.sub(r"\n>[ \t]?", "\n", found["text"])


def _prose(source: Source, blocks: Sequence[Block], figures: Mapping[str, str]) -> str:
    """The blocks as they were written, with pictures as Markdown."""
    parts: list[str] = []
    first = blocks[0].first if blocks else 0
    for block in blocks:
        picture = as_pictures(block.text, figures) if block.kind in _MAY_SHOW else None
        if picture is not None:
            parts += [source.between(first, block.first), picture]
            first = block.end
    end = blocks[-1].end if blocks else 0
    return "\n\n".join(part for part in (*parts, source.between(first, end)) if part)


def _render(digest: ArchiveDigest) -> str:
    parts = [f"# {digest.period} papers review"]
    for entry in digest.entries:
        number = f"{entry.number}. " if entry.number else ""
        organization = one_line(entry.organization).replace("`", "'")
        tag = f" `{organization}`" if organization else ""
        parts.append(f"## {number}{linked(entry.title, paper_url(entry, _HUGGING_FACE))}{tag}")
        if entry.subtitle:
            parts.append(f"### {escaped(entry.subtitle)}")
        parts.append(entry.prose)
        parts += [_written(author, text, digest.language) for author, text in entry.notes]
    return "\n\n".join(part for part in [*parts, maker_line(digest)] if part)


def _written(author: str, text: str, language: str) -> str:
    label = catalog(language).text("archive-note")
    by = f" ({author})" if author else ""
    return "> " + f"**{label}{by}**: {text}".replace("\n", "\n> ")


FORMAT = Format(
    name="review",
    recognises=recognises(_TITLE, 1),
    parse=parse_days(_TITLE, 1, _digest, beside=_IMPORT),
    render=_render,
)

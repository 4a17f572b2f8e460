"""Digests as Markdown, each style by one function. What is written reads back as the same record.
Pure."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from bot.archive.marks import escaped, linked, maker_line, note_line, paper_url
from bot.archive.names import HIGHLIGHTS, SECTIONS
from bot.digests.weeks import Week
from bot.errors import InputError
from bot.languages import Catalog, catalog
from bot.text import one_line
from storage import ArchiveDigest, ArchiveEntry, ArchivePart

# The names belong to the file format: they are the same whatever the language of the text.
_HIGHLIGHTS = {
    "new": "What's New",
    "technical": "Technical Details",
    "performance": "Performance Highlights",
}
_HUGGING_FACE = "https://huggingface.co/papers/"
_BETWEEN = " · "
_STARTS_BLOCK = re.compile(r"(?:[-*+]\s|[>|#]|\d{1,9}[.)]\s|```|~~~)")


def render(digest: ArchiveDigest, *, front_matter: bool = False) -> str:
    """The digest as Markdown that GitHub, Docusaurus and Discourse show alike.

    Raises:
        InputError: there is no such style.
    """
    write = _STYLES.get(digest.style)
    if write is None:
        raise InputError(digest.style, message_id="archive-no-style", style=digest.style)
    parts = [*write(digest, catalog(digest.language)), maker_line(digest)]
    text = "\n\n".join(part for part in parts if part).strip() + "\n"
    return front_matter_of(digest) + text if front_matter else text


def with_chart(text: str, name: str, alt: str) -> str:
    """The Markdown of a week with the picture *name* above its first paper."""
    picture = f"![{re.sub(r'[][]', ' ', alt)}]({name})"
    trends, heading, papers = text.partition("\n\n## ")
    return f"{trends}\n\n{picture}{heading}{papers}"


def front_matter_of(digest: ArchiveDigest) -> str:
    """A YAML block that says what the digest is."""
    lines = [
        "---",
        f'title: "{digest.style} {digest.period}"',
        f'period: "{digest.period}"',
        f"style: {digest.style}",
        f"language: {digest.language}",
        f"papers: {len(digest.entries)}",
        "---",
        "",
    ]
    return "\n".join([*lines, ""])


def _brief(digest: ArchiveDigest, _words: Catalog) -> Iterator[str]:
    yield f"# Papers in brief ({digest.period})"
    yield digest.before
    for number, entry in enumerate(digest.entries, start=1):
        marker = f"{number}. "
        facts = [
            linked(entry.title or entry.paper_id or "", paper_url(entry)),
            escaped(entry.organization),
            _votes(entry),
            f"[Code]({entry.code_url})" if entry.code_url else "",
        ]
        text = "\n\n".join(part.text for part in entry.parts)
        line = marker + _BETWEEN.join(fact for fact in facts if fact)
        yield f"{line}\n{_indented(text, len(marker))}" if text else line
    yield digest.after


def _highlights(digest: ArchiveDigest, words: Catalog) -> Iterator[str]:
    yield f"## Daily Papers ({digest.period})"
    yield digest.before
    for entry in digest.entries:
        yield f"### {linked(entry.title or entry.paper_id or '', paper_url(entry))}"
        yield f"![]({entry.thumbnail_url})" if entry.thumbnail_url else ""
        yield _votes(entry)
        names = (escaped(name).replace(",", "\\,") for name in entry.authors)
        yield f"Authors: {', '.join(names)}" if entry.authors else ""
        yield from (part.text for part in entry.told(""))
        yield "\n".join(_bullet(part, words) for part in entry.parts if part.slot)
    yield digest.after


def _bullet(part: ArchivePart, words: Catalog) -> str:
    label = f"- ***{part.label or _HIGHLIGHTS.get(part.slot) or _heading(part.slot, words)}***:"
    if _STARTS_BLOCK.match(part.text.lstrip()):
        return f"{label}\n{_indented(part.text, 2)}"
    return f"{label} {_indented(part.text, 2).lstrip()}"


def _sections(digest: ArchiveDigest, words: Catalog) -> Iterator[str]:
    yield f"# Hugging Face Daily Papers – {digest.period}"
    yield digest.before
    title = words.text("archive-title")
    for entry in digest.entries:
        yield f"## {entry.paper_id or escaped(entry.title)}"
        yield f"🔗 {paper_url(entry, _HUGGING_FACE)}" if entry.paper_id else entry.url
        yield f"**{title}**: {escaped(entry.title)}" if entry.paper_id and entry.title else ""
        yield from (part.text for part in entry.told(""))
        for part in entry.parts:
            if part.slot:
                number = f"{SECTIONS.index(part.slot) + 1}. " if part.slot in SECTIONS else ""
                yield f"### {number}{part.label or _heading(part.slot, words)}"
                yield part.text
    yield digest.after


def _weekly(digest: ArchiveDigest, words: Catalog) -> Iterator[str]:
    year, _, number = digest.period.partition("-W")
    week = Week.of(date.fromisocalendar(int(year), int(number), 1))
    span = f"[{week.first:%Y/%m/%d} ~ {week.last:%m/%d}]"
    yield f"# {span} {words.text('archive-weekly-title')}"
    yield digest.before
    for entry in digest.entries:
        titles = dict.fromkeys(title for title in (entry.title_ko, entry.title) if title)
        yield f"## {' / '.join(map(_unparted, titles)) or entry.paper_id}"
        yield from (part.text for part in entry.told(""))
        heading = ""
        for part in entry.parts:
            if part.slot not in ("", "further"):
                last, heading = heading, part.label or _heading(part.slot, words)
                yield "" if heading == last else f"### {heading}"
                yield part.text
        if url := paper_url(entry):
            yield f"### {words.text('archive-link')}"
            yield url
        for part in entry.told("further"):
            yield f"### {words.text('archive-part-further')}"
            yield part.text
    yield digest.after


def _review(digest: ArchiveDigest, words: Catalog) -> Iterator[str]:
    yield f"# {digest.period} papers review"
    yield digest.before
    for entry in digest.entries:
        number = f"{entry.number}. " if entry.number else ""
        organization = one_line(entry.organization).replace("`", "'")
        tag = f" `{organization}`" if organization else ""
        title = linked(entry.title or entry.paper_id or "", paper_url(entry, _HUGGING_FACE))
        yield f"## {number}{title}{tag}"
        yield f"### {escaped(entry.subtitle)}" if entry.subtitle else ""
        for part in entry.parts:
            yield f"**{part.label or _heading(part.slot, words)}**" if part.slot else ""
            yield part.text
        yield from (note_line(author, text, digest.language) for author, text in entry.notes)
    yield digest.after


def _heading(slot: str, words: Catalog) -> str:
    kind = "section" if slot in SECTIONS else "highlight"
    if slot in (*SECTIONS, *HIGHLIGHTS):
        return words.text(f"digests-{kind}-{slot}")
    return words.text(f"archive-part-{slot}")


def _votes(entry: ArchiveEntry) -> str:
    return "" if entry.votes is None else f"Vote: {entry.votes}"


def _indented(text: str, width: int) -> str:
    return "\n".join(" " * width + line if line.strip() else line for line in text.split("\n"))


def _unparted(title: str) -> str:
    """The title as Markdown, with slashes that don't part two titles."""
    return re.sub(r"(?<=\s)/(?=\s)", r"\\/", escaped(title))


_STYLES: Mapping[str, Callable[[ArchiveDigest, Catalog], Iterator[str]]] = {
    "brief": _brief,
    "highlights": _highlights,
    "sections": _sections,
    "review": _review,
    "weekly": _weekly,
}
STYLES = tuple(_STYLES)

"""Digests as Markdown, each style by a function that writes its papers. What is written reads back
as the same record. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from bot.archive.facts import FACTS
from bot.archive.marks import escaped, linked, maker_line, note_line, paper_url
from bot.archive.names import HIGHLIGHTS, SECTIONS, written
from bot.digests.weeks import Week
from bot.errors import InputError
from bot.text import one_line
from storage import ArchiveDigest, ArchiveEntry, ArchivePart

# Some names belong to the file format: they are the same whatever the language of the text.
_SHARED = "en"
_ARXIV = "https://arxiv.org/abs/"
_HUGGING_FACE = "https://huggingface.co/papers/"
_BETWEEN = " · "
_STARTS_BLOCK = re.compile(r"(?:[-*+]\s|[>|#]|\d{1,9}[.)]\s|```|~~~)")


def render(digest: ArchiveDigest, *, front_matter: bool = False) -> str:
    """The digest as Markdown that GitHub, Docusaurus and Discourse show alike.

    Raises:
        InputError: there is no such style.
    """
    if digest.style not in _STYLES:
        raise InputError(digest.style, message_id="archive-no-style", style=digest.style)
    heading, write = _STYLES[digest.style]
    parts = [
        heading.format(name=_name(digest), period=_period(digest)),
        digest.before,
        *(
            part
            for number, entry in enumerate(digest.entries, start=1)
            for part in write(entry, digest.language, number)
        ),
        digest.after,
        maker_line(digest),
    ]
    text = "\n\n".join(part for part in parts if part).strip() + "\n"
    return front_matter_of(digest) + text if front_matter else text


def _name(digest: ArchiveDigest) -> str:
    return written("styles", digest.style, digest.language if digest.style == "weekly" else _SHARED)


def _period(digest: ArchiveDigest) -> str:
    """The day, or a week's first and last one."""
    year, is_week, number = digest.period.partition("-W")
    if not is_week:
        return digest.period
    week = Week.of(date.fromisocalendar(int(year), int(number), 1))
    return f"[{week.first:%Y/%m/%d} ~ {week.last:%m/%d}]"


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


def _brief(entry: ArchiveEntry, _language: str, number: int) -> Iterator[str]:
    marker = f"{number}. "
    facts = [
        _title(entry),
        escaped(entry.organization),
        _votes(entry),
        f"[Code]({entry.code_url})" if entry.code_url else "",
    ]
    text = "\n\n".join(part.text for part in entry.parts)
    line = marker + _BETWEEN.join(fact for fact in facts if fact)
    yield f"{line}\n{_indented(text, len(marker))}" if text else line


def _highlights(entry: ArchiveEntry, language: str, _number: int) -> Iterator[str]:
    yield f"### {_title(entry)}"
    yield f"![]({entry.thumbnail_url})" if entry.thumbnail_url else ""
    yield _votes(entry)
    names = (escaped(name).replace(",", "\\,") for name in entry.authors)
    yield f"Authors: {', '.join(names)}" if entry.authors else ""
    yield from (part.text for part in entry.told(""))
    yield "\n".join(_bullet(part, language) for part in entry.parts if part.slot)


def _bullet(part: ArchivePart, language: str) -> str:
    told = part.label or _label(part.slot, _SHARED if part.slot in HIGHLIGHTS else language)
    if _STARTS_BLOCK.match(part.text.lstrip()):
        return f"- ***{told}***:\n{_indented(part.text, 2)}"
    return f"- ***{told}***: {_indented(part.text, 2).lstrip()}"


def _sections(entry: ArchiveEntry, language: str, _number: int) -> Iterator[str]:
    yield f"## {entry.paper_id or escaped(entry.title)}"
    yield f"🔗 {paper_url(entry, _HUGGING_FACE)}" if entry.paper_id else entry.url
    named = f"**{_label('title', language)}**: {escaped(entry.title)}"
    yield named if entry.paper_id and entry.title else ""
    yield from (part.text for part in entry.told(""))
    for part in entry.parts:
        if part.slot:
            number = f"{SECTIONS.index(part.slot) + 1}. " if part.slot in SECTIONS else ""
            yield f"### {number}{part.label or _label(part.slot, language)}"
            yield part.text


def _weekly(entry: ArchiveEntry, language: str, _number: int) -> Iterator[str]:
    titles = dict.fromkeys(title for title in (entry.title_ko, entry.title) if title)
    yield f"## {' / '.join(map(_unparted, titles)) or entry.paper_id}"
    yield from (part.text for part in entry.told(""))
    url = paper_url(entry)
    link = [ArchivePart("link", url)] if url else []
    own = [part for part in entry.parts if part.slot not in ("", "further")]
    heading = ""
    for part in (*own, *link, *entry.told("further")):
        last, heading = heading, part.label or _label(part.slot, language)
        yield "" if heading == last else f"### {heading}"
        yield part.text


def _review(entry: ArchiveEntry, language: str, _number: int) -> Iterator[str]:
    number = f"{entry.number}. " if entry.number else ""
    organization = one_line(entry.organization).replace("`", "'")
    tag = f" `{organization}`" if organization else ""
    yield f"## {number}{_title(entry, _HUGGING_FACE)}{tag}"
    yield f"### {escaped(entry.subtitle)}" if entry.subtitle else ""
    for part in entry.parts:
        yield f"**{part.label or _label(part.slot, language)}**" if part.slot else ""
        yield part.text
    yield from (note_line(author, text, language) for author, text in entry.notes)


def _title(entry: ArchiveEntry, base: str = _ARXIV) -> str:
    return linked(entry.title or entry.paper_id or "", paper_url(entry, base))


def _label(slot: str, language: str) -> str:
    return written("fields" if slot in FACTS else "parts", slot, language)


def _votes(entry: ArchiveEntry) -> str:
    return "" if entry.votes is None else f"Vote: {entry.votes}"


def _indented(text: str, width: int) -> str:
    return "\n".join(" " * width + line if line.strip() else line for line in text.split("\n"))


def _unparted(title: str) -> str:
    """The title as Markdown, with slashes that don't part two titles."""
    return re.sub(r"(?<=\s)/(?=\s)", r"\\/", escaped(title))


# How a digest of each style begins, and what writes its papers.
_STYLES: Mapping[str, tuple[str, Callable[[ArchiveEntry, str, int], Iterator[str]]]] = {
    "brief": ("# {name} ({period})", _brief),
    "highlights": ("## {name} ({period})", _highlights),
    "sections": ("# {name} – {period}", _sections),
    "review": ("# {period} {name}", _review),
    "weekly": ("# {period} {name}", _weekly),
}
STYLES = tuple(_STYLES)

"""What archived entries say about their paper: each fact of the newest digest that tells it. Pure.

Everything is worked out anew from all that is archived of a paper, so that a newer file in place of
an older one leaves what it alone would have left.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

from bot.archive.facts import address_list, language_of, without_addresses
from bot.archive.names import HIGHLIGHTS, SECTIONS, is_link_label, is_padding
from bot.archive.titles import key_of
from bot.archive.tree import Source, flat, pieces
from bot.digests.paper_text import first_sentence
from bot.languages import LANGUAGES
from storage import (
    ArchiveDigest,
    ArchivedPaper,
    ArchiveEntry,
    ArchivePart,
    Extra,
    Highlight,
    Note,
    Paper,
    Section,
    Summary,
)
from storage.summaries import IMPORTED

COUNTED = {"table": "tables", "figure": "figures", "link": "links", "reading": "readings"}
# Styles whose papers are those of a day, in the order of a listing.
LISTED_STYLES = ("brief", "highlights", "sections")
_NOT_PROSE = frozenset({"fence", "code"})
_EARLIER = re.compile(r"(?:19|20)\d{2}[-/]?(?:0\d|1[0-2])[-/]?[0-3]\d")
_MARKERS = re.compile(r"^[^\S\n]*(?:[-*+•]|\d{1,9}[.)]|#{1,6}|>)[^\S\n]+", re.M)
_BULLET = re.compile(r"^[ \t]{0,9}[•*+-][ \t]", re.M)
_TAG = re.compile(r"<[^<>]{1,500}>")
_WORD = re.compile(r"[^\W\d_]{2}")


def full_title(entry: ArchiveEntry) -> str:
    """The title with its subtitle."""
    return f"{entry.title}: {entry.subtitle}" if entry.subtitle else entry.title


def paper_id_of(entry: ArchiveEntry) -> str:
    """The id its paper is stored by."""
    return entry.paper_id or key_of(full_title(entry) or entry.url)


def is_stub(entry: ArchiveEntry) -> bool:
    """Whether only the link was posted, to be filled in later."""
    told = [part for part in entry.parts if part.slot and part.slot != "further"]
    return not told and is_link_label(entry.prose.strip())


def day_of(digest: ArchiveDigest) -> date | None:
    """The day of a daily digest."""
    try:
        return date.fromisoformat(digest.period)
    except ValueError:
        return None


def made_at(digest: ArchiveDigest) -> datetime | None:
    """When the digest says it was made, else its own day."""
    day = date.fromisoformat(digest.made_on) if digest.made_on else day_of(digest)
    return datetime.combine(day, time(), tzinfo=UTC) if day else None


@dataclass(frozen=True)
class Facts:
    """All that imports tell of one paper: ``titles``, ``abstracts`` and ``summaries`` by language,
    ``notes`` and ``extras`` by the digest they come from."""

    paper: Paper
    titles: Mapping[str, str]
    abstracts: Mapping[str, str]
    summaries: Mapping[str, Summary]
    notes: Mapping[str, tuple[Note, ...]]
    extras: Mapping[str, tuple[Extra, ...]]


def facts_of(paper_id: str, told: Sequence[ArchivedPaper]) -> Facts:
    """What *told*, oldest first, says of a paper."""
    names = (one.entry.title_ko or one.entry.title for one in told)
    titles = {language_of(name): name for name in names}
    parts = (part for one in told for part in one.entry.told("abstract"))
    summaries = {language: _summary(paper_id, language, told) for language in LANGUAGES}
    return Facts(
        paper_of(paper_id, [one.entry for one in told]),
        titles={"ko": titles["ko"]} if "ko" in titles else {},
        abstracts={part.language or "en": unmarked(part.text) for part in parts},
        summaries={language: one for language, one in summaries.items() if one},
        notes=_by_origin(told, _notes),
        extras=_by_origin(told, lambda one: extras_of(one.entry)),
    )


def _by_origin(
    told: Sequence[ArchivedPaper], read: Callable[[ArchivedPaper], Iterable[Any]]
) -> Mapping[str, tuple[Any, ...]]:
    found: dict[str, tuple[Any, ...]] = {}
    for one in told:
        if texts := tuple(read(one)):
            found[one.origin] = (*found.get(one.origin, ()), *texts)
    return found


def paper_of(paper_id: str, entries: Sequence[ArchiveEntry]) -> Paper:
    """The paper with the newest of each fact that *entries*, oldest first, tell."""
    newest = list(reversed(entries))
    return Paper(
        id=paper_id,
        title=next(filter(None, map(full_title, newest)), paper_id),
        authors=next((one.authors for one in newest if one.authors), ()),
        organization=next((one.organization for one in newest if one.organization), None),
        votes=next((one.votes for one in newest if one.votes is not None), 0),
        code_url=next((one.code_url for one in newest if one.code_url), None),
        thumbnail_url=next((one.thumbnail_url for one in newest if one.thumbnail_url), None),
    )


def _notes(told: ArchivedPaper) -> Iterator[Note]:
    """What people wrote about the paper: free text, which nobody signs, and members' notes."""
    digest, entry = told.digest, told.entry
    free = [entry.prose] if not digest.maker and not is_stub(entry) else []
    free += [part.text for part in entry.told("further") if _has_words(part.text)]
    whole = "\n\n".join(text for text in free if text.strip())
    written = made_at(digest) or datetime.min.replace(tzinfo=UTC)
    for author, text in dict.fromkeys(((("", whole),) if whole else ()) + entry.notes):
        yield Note(told.paper_id, author, text, told.origin, written)


def _has_words(text: str) -> bool:
    """Whether a list of addresses says anything besides."""
    return _WORD.search(without_addresses(text)) is not None


def _summary(paper_id: str, language: str, told: Sequence[ArchivedPaper]) -> Summary | None:
    """What the entries in one language sum up. Two texts for one head stand after each other."""
    found: dict[str, dict[str, None]] = {}
    lines: dict[str, None] = {}
    sentences: list[str] = []
    maker, made = IMPORTED, None
    for one in told:
        usual = one.entry.language or one.digest.language
        own = [part for part in one.entry.parts if (part.language or usual) == language]
        for part in own:
            if part.slot == "sentence":
                sentences.append(unmarked(part.text))
            elif part.slot in (*HIGHLIGHTS, *SECTIONS):
                found.setdefault(part.slot, {})[_labelled(part)] = None
            elif part.slot == "introduction" or (not part.slot and one.digest.maker):
                lines |= dict.fromkeys(filter(None, map(unmarked, part.text.split("\n"))))
        if own:
            maker, made = one.digest.maker or IMPORTED, made_at(one.digest)
            if not found and not lines and not sentences and one.digest.style != "review":
                sentences.append(first_sentence(unmarked(_TAG.sub(" ", one.entry.prose))))
    highlights = tuple(
        Highlight(slot, " ".join(map(unmarked, found[slot])))
        for slot in HIGHLIGHTS
        if slot in found
    )
    sections = tuple(
        Section(slot, text)
        for slot in SECTIONS
        if slot in found and (text := "\n".join(map(unmarked_lines, found[slot])))
    )
    said = [*(one.text for one in highlights), *(one.text for one in sections), *lines]
    sentence = next(filter(None, reversed(sentences)), "") or first_sentence("".join(said[:1]))
    if not sentence:
        return None
    return Summary(
        paper_id=paper_id,
        language=language,
        tldr=sentence,
        highlights=highlights,
        sections=sections,
        introduction=tuple(lines),
        maker=maker,
        prompt_hash=IMPORTED,
        basis=IMPORTED,
        made_at=made,
    )


def _labelled(part: ArchivePart) -> str:
    return f"{part.label}: {part.text}" if part.label else part.text


def extras_of(entry: ArchiveEntry) -> list[Extra]:
    """Tables, figures and links to earlier digests in the free text, and further reading."""
    readings = (
        Extra("reading", "", url)
        for part in entry.told("further")
        for url in address_list(part.text)
    )
    return [*_extras_in(entry.prose), *readings]


# A digest is counted and then kept: its prose need not be read twice.
@lru_cache(maxsize=256)
def _extras_in(prose: str) -> tuple[Extra, ...]:
    blocks = Source.of(prose).blocks if "](" in prose or "|" in prose else ()
    told = [
        one
        for block in blocks
        if block.kind not in _NOT_PROSE and "](" in block.text
        for one in pieces(block.text)
    ]
    tables = [Extra("table", block.text) for block in blocks if block.kind == "table"]
    figures = [Extra("figure", one.text, one.url) for one in told if one.kind == "image"]
    links = [
        Extra("link", one.text, one.url)
        for one in told
        if one.kind == "link" and _is_cross_link(one.url)
    ]
    return (*tables, *figures, *links)


def contents_of(digest: ArchiveDigest) -> dict[str, int]:
    """How many papers a digest has, and how many of them with what; words with nothing are left
    out. ``tables``, ``figures``, ``links`` and ``readings`` count each one, ``kept`` the free
    texts in a style that has none."""
    entries = digest.entries
    extras = Counter(extra.kind for entry in entries for extra in extras_of(entry))
    trends = len(_BULLET.findall(digest.before)) if digest.style == "weekly" else 0
    counts = {
        "papers": len(entries),
        "stubs": sum(map(is_stub, entries)),
        "identified": sum(entry.paper_id is not None for entry in entries),
        "votes": sum(entry.votes is not None for entry in entries),
        "authors": sum(bool(entry.authors) for entry in entries),
        "organizations": sum(bool(entry.organization) for entry in entries),
        "three_highlights": sum(len(entry.told(*HIGHLIGHTS)) == 3 for entry in entries),
        "sections": sum(len(entry.told(*SECTIONS)) for entry in entries),
        "trends": trends,
        "introductions_in_two_languages": sum(
            len(entry.told("introduction")) == 2 for entry in entries
        ),
        "abstracts_in_two_languages": sum(len(entry.told("abstract")) == 2 for entry in entries),
        "kept": sum(bool(entry.prose) for entry in entries) if digest.style != "review" else 0,
        **{word: extras[kind] for kind, word in COUNTED.items()},
    }
    return {word: number for word, number in counts.items() if number}


def unmarked(text: str) -> str:
    """Markdown as plain words, one line."""
    return flat(_MARKERS.sub("", text))


def unmarked_lines(text: str) -> str:
    """The same line by line, without those that only say that the paper doesn't tell."""
    lines = (unmarked(line) for line in text.split("\n") if not is_padding(line))
    return "\n".join(line for line in lines if line)


def _is_cross_link(url: str) -> bool:
    """A link within the archive: relative, or to a page named after a day."""
    return not url.startswith(("http://", "https://", "mailto:", "#")) or bool(
        "/docs/" in url and _EARLIER.search(url)
    )

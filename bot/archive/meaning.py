"""What an archived entry says about its paper. Pure functions."""

import re
from collections import Counter
from datetime import date
from functools import lru_cache

from bot.archive.markdown.inline import flat, pieces
from bot.archive.markdown.source import Source
from bot.archive.titles import key_of
from bot.digests.paper_text import first_sentence
from storage import (
    ArchiveDigest,
    ArchiveEntry,
    Extra,
    Highlight,
    Paper,
    Section,
    Summary,
)
from storage.summaries import IMPORTED

COUNTED = {"table": "tables", "figure": "figures", "link": "links", "reading": "readings"}
_STUB = {"", "링크", "link"}
_PADDING = re.compile(
    r"(?:제공|명시|언급|기재)되(?:어 있)?지 않|정보(?:는|가)? (?:없|부족)|"
    r"not (?:given|specified|provided)"
)
_NOT_PROSE = frozenset({"fence", "code"})
_EARLIER = re.compile(r"(?:19|20)\d{2}[-/]?(?:0\d|1[0-2])[-/]?[0-3]\d")
_MARKERS = re.compile(r"^[^\S\n]*(?:[-*+]|\d{1,9}[.)]|#{1,6}|>)[^\S\n]+", re.M)


def full_title(entry: ArchiveEntry) -> str:
    """The title with its subtitle."""
    return f"{entry.title}: {entry.subtitle}" if entry.subtitle else entry.title


def paper_id_of(entry: ArchiveEntry) -> str:
    """The id its paper is stored by."""
    return entry.paper_id or key_of(full_title(entry))


def is_stub(entry: ArchiveEntry) -> bool:
    """Whether only the link was posted, to be filled in later."""
    told = (entry.highlights, entry.sections, entry.introduction, entry.abstracts, entry.sentence)
    return entry.prose.strip().lower() in _STUB and not any(told)


def day_of(digest: ArchiveDigest) -> date | None:
    """The day of a daily digest."""
    try:
        return date.fromisoformat(digest.period)
    except ValueError:
        return None


def paper_of(entry: ArchiveEntry, paper_id: str) -> Paper:
    """The paper with what the entry knows of it."""
    return Paper(
        id=paper_id,
        title=full_title(entry) or paper_id,
        abstract=dict(entry.abstracts).get("en", ""),
        authors=entry.authors,
        organization=entry.organization or None,
        votes=entry.votes or 0,
        code_url=entry.code_url or None,
        thumbnail_url=entry.thumbnail_url or None,
    )


def summary_of(digest: ArchiveDigest, entry: ArchiveEntry, paper_id: str) -> Summary | None:
    """What the entry sums up in the digest's language, or None."""
    introduction = dict(entry.introduction).get(digest.language, ())
    highlights = tuple(Highlight(slot, unmarked(text)) for slot, text in entry.highlights)
    sections = tuple(
        Section(slot, left) for slot, text in entry.sections if (left := unmarked_lines(text))
    )
    lines = tuple(unmarked(line) for line in introduction)
    told = [one.text for one in highlights] + [one.text for one in sections] + list(lines)
    sentence = unmarked(entry.sentence) or first_sentence(told[0] if told else "")
    if not sentence:
        return None
    return Summary(
        paper_id=paper_id,
        language=digest.language,
        tldr=sentence,
        highlights=highlights,
        sections=sections,
        introduction=lines,
        maker=digest.maker or IMPORTED,
        prompt_hash=IMPORTED,
        basis=IMPORTED,
    )


def extras_of(entry: ArchiveEntry) -> list[Extra]:
    """Tables, figures and links to earlier digests in the prose, and further reading."""
    return [*_extras_in(entry.prose), *(Extra("reading", "", url) for url in entry.further)]


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
    out. ``tables``, ``figures``, ``links`` and ``readings`` count each one."""
    entries = digest.entries
    extras = Counter(extra.kind for entry in entries for extra in extras_of(entry))
    counts = {
        "papers": len(entries),
        "stubs": sum(map(is_stub, entries)),
        "identified": sum(entry.paper_id is not None for entry in entries),
        "votes": sum(entry.votes is not None for entry in entries),
        "authors": sum(bool(entry.authors) for entry in entries),
        "organizations": sum(bool(entry.organization) for entry in entries),
        "three_highlights": sum(len(entry.highlights) == 3 for entry in entries),
        "sections": sum(len(entry.sections) for entry in entries),
        "trends": len(digest.trends),
        "introductions_in_two_languages": sum(len(entry.introduction) == 2 for entry in entries),
        "abstracts_in_two_languages": sum(len(entry.abstracts) == 2 for entry in entries),
        **{word: extras[kind] for kind, word in COUNTED.items()},
    }
    return {word: number for word, number in counts.items() if number}


def merged(old: Summary, new: Summary) -> Summary:
    """An imported summary with what another imported digest adds to it."""
    return Summary(
        paper_id=new.paper_id,
        language=new.language,
        tldr=old.tldr or new.tldr,
        highlights=new.highlights or old.highlights,
        sections=new.sections or old.sections,
        introduction=new.introduction or old.introduction,
        organizations=old.organizations,
        keywords=old.keywords,
        maker=new.maker,
        prompt_hash=IMPORTED,
        basis=IMPORTED,
    )


def unpadded(text: str) -> str:
    """The text without lines that only say that the paper doesn't tell."""
    return "\n".join(line for line in text.split("\n") if not _PADDING.search(line))


def unmarked(text: str) -> str:
    """Markdown as plain words, one line."""
    return flat(_MARKERS.sub("", text))


def unmarked_lines(text: str) -> str:
    """The same line by line, without padding."""
    lines = map(unmarked, unpadded(text).split("\n"))
    return "\n".join(line for line in lines if line)


def _is_cross_link(url: str) -> bool:
    """A link within the archive: relative, or to a page named after a day."""
    return not url.startswith(("http://", "https://", "mailto:", "#")) or bool(
        "/docs/" in url and _EARLIER.search(url)
    )

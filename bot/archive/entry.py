"""One paper of a digest: its lines become facts, parts that go by a name, and free text. Pure.

Each line belongs to exactly one of them; what nothing claims is free text, so nothing is lost.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.archive.components import as_pictures, is_frame
from bot.archive.heads import LONGEST_TITLE, Head, is_title, unquoted, without_tags
from bot.archive.lines import (
    FACTS,
    NOTHING,
    Owner,
    Reading,
    address_list,
    language_of,
    open_part,
    take_fact,
    take_lines,
)
from bot.archive.marks import note_of, plain
from bot.archive.names import heading_label, line_label
from bot.archive.tree import Block, Source, flat
from bot.languages import language_of_text
from bot.sources.ids import arxiv_id, find_ids
from storage import ArchiveEntry, ArchivePart

_SLASH = re.compile(r"\s/\s")
_REFERENCE = re.compile(r"\[(\^?[^\[\]]{1,80})\]")
_IN_LANGUAGES = ("introduction", "abstract")
_LONGEST_TAG = 60


@dataclass(frozen=True)
class Span:
    """The lines of one paper from ``first`` up to, not including, ``end``; ``blocks`` are those
    below its head, which takes the lines before ``body``. ``are_facts`` when what stands beside
    its title are facts with dots between; ``shown`` are lines of an item without its indentation.
    """

    head: Head
    first: int
    body: int
    end: int
    blocks: tuple[Block, ...] = ()
    are_facts: bool = False
    shown: Mapping[int, str] = field(default_factory=dict)


def entry_of(source: Source, span: Span, *, splits: bool, names: Mapping[str, str]) -> ArchiveEntry:
    """The paper of *span*. With *splits* its labelled parts are told apart; a review's are not,
    since its headings are its author's. *names* are the pictures that a page imports by name."""
    head = span.head
    reading = Reading(
        ArchiveEntry(
            title=plain(unquoted(head.title)),
            paper_id=head.paper_id,
            url=head.url,
            number=head.number,
            organization=head.organization,
            code_url=head.code_url,
            line=span.first + 1,
        ),
        shown=dict(span.shown),
    )
    rest = _beside(source, span, reading)
    if splits:
        _split_titles(source.lines[span.first], reading)
        for line in range(span.body, span.end):
            if line in source.wraps:
                reading.owners[line] = NOTHING
    for name, (line, _) in source.definitions.items():
        # Where a link leads is told with the text that has the link.
        if span.body <= line < span.end and not name.startswith("^"):
            reading.owners[line] = NOTHING
    for place, block in enumerate(span.blocks):
        _block(source, span, place, block, reading, splits)
        _pictures(block, reading, names)
    _drop_edges(span, reading)
    return _finished(source, span, reading, rest)


def _beside(source: Source, span: Span, reading: Reading) -> str:
    """Take the facts that stand beside the title; what is none is text."""
    if not span.are_facts:
        return span.head.rest
    left = []
    for told in filter(None, map(str.strip, span.head.rest.split("·"))):
        label = line_label(told)
        if label and label.name in FACTS and take_fact(source, label.name, label.rest, reading):
            continue
        short = len(told) <= _LONGEST_TAG and is_title(told) and ":" not in told
        if short and not reading.entry.organization:
            reading.set(organization=plain(told))
        else:
            left.append(told)
    return "\n".join(left)


def _split_titles(line: str, reading: Reading) -> None:
    """A Korean title and the original one that stand beside each other: a slash within one of
    them is escaped."""
    if "](" in line:
        return
    line = line.strip().lstrip("#")
    for found in _SLASH.finditer(line[:LONGEST_TITLE]):
        left, right = flat(line[: found.start()]), flat(line[found.end() :])
        if language_of_text(left) == "ko" and language_of_text(right) == "en":
            reading.set(title=plain(right), title_ko=plain(left))
            return


def _block(
    source: Source, span: Span, place: int, block: Block, reading: Reading, splits: bool
) -> None:
    if reading.open and reading.open.wrapped and not block.wrapped:
        reading.open = None
    if block.kind == "quote" and (note := note_of(block.text)):
        reading.set(notes=(*reading.entry.notes, note))
        reading.take(block.first, block.end, NOTHING)
    elif block.kind == "heading":
        _heading(source, span, place, block, reading, splits)
    elif splits and (_folds(block) or _is_thumbnail(source, block, reading)):
        reading.take(block.first, block.end, NOTHING)
    elif splits and block.kind in ("list", "paragraph"):
        take_lines(source, block, reading)
    elif reading.open:
        reading.take(block.first, block.end, reading.open)


def _folds(block: Block) -> bool:
    return block.kind == "html" and is_frame(block.text)


def _heading(
    source: Source, span: Span, place: int, block: Block, reading: Reading, splits: bool
) -> None:
    label = heading_label(flat(block.text)) if splits else None
    own = _title_in(block.text)
    if label and label.name in ("title", "summary"):
        reading.take(block.first, block.end, NOTHING)
    elif label:
        open_part(block, label, reading)
    elif splits and not reading.entry.title and is_title(own):
        reading.set(title=plain(unquoted(own)))
        reading.take(block.first, block.end, NOTHING)
        reading.open = None
    elif place == 0 and _is_subtitle(span, block):
        found, tags = without_tags(source.pieces(block.text))
        subtitle = " ".join("".join(one.text for one in found).split())
        tags = ", ".join(filter(None, (reading.entry.organization, tags)))
        reading.set(subtitle=subtitle, organization=tags)
        reading.take(block.first, block.end, NOTHING)
    elif reading.open and reading.open.level < block.level:
        reading.take(block.first, block.end, reading.open)
    else:
        reading.open = None


def _is_subtitle(span: Span, block: Block) -> bool:
    """The heading below a paper's own, when it is the only one of its level."""
    levels = [one.level for one in span.blocks if one.kind == "heading"]
    return levels.count(block.level) == 1 and not block.wrapped and is_title(flat(block.text))


def _title_in(text: str) -> str:
    """The title in a heading such as ``Paper summary: …``."""
    told = flat(text)
    before, colon, after = told.rpartition(":")
    if colon and (label := heading_label(after.strip())) and label.name == "title":
        return before.strip()
    begun = heading_label(told.partition(":")[0])
    return told.partition(":")[2].strip() if begun and begun.name == "title" else told


def _is_thumbnail(source: Source, block: Block, reading: Reading) -> bool:
    if block.kind != "paragraph" or not block.text.lstrip().startswith("!["):
        return False
    found = source.pieces(block.text.strip())
    if reading.entry.thumbnail_url or len(found) != 1 or found[0].kind != "image" or found[0].text:
        return False
    reading.set(thumbnail_url=found[0].url)
    return True


def _pictures(block: Block, reading: Reading, names: Mapping[str, str]) -> None:
    """Pictures that a page shows by HTML or by components, as Markdown."""
    if block.kind not in ("html", "paragraph") or "<img" not in block.text:
        return
    owner = reading.owners.get(block.first, None)
    picture = as_pictures(block.text, names)
    if picture is not None and owner is not NOTHING:
        reading.shown[block.first] = picture
        reading.gone.update(range(block.first + 1, block.end))


def _drop_edges(span: Span, reading: Reading) -> None:
    """Rules at a paper's end part it from the next one."""
    for block in reversed(span.blocks):
        if block.kind != "rule":
            return
        reading.take(block.first, block.end, NOTHING)


def _finished(source: Source, span: Span, reading: Reading, rest: str) -> ArchiveEntry:
    """The entry with its parts in their order in the text."""
    owners: list[Owner] = []
    told: dict[int, list[str]] = {}
    free = Owner("")
    if rest:
        owners, told = [free], {id(free): [rest, ""]}
    last: Owner | None = None
    for line in (one for one in range(span.body, span.end) if one not in reading.gone):
        text = reading.shown.get(line, source.lines[line])
        owner = reading.owners.get(line)
        if owner is None:
            owner = free if text.strip() else (last or free)
        if owner.slot is None:
            last = None
            continue
        if owner.slot == "":
            owner = free
        if id(owner) not in told:
            owners.append(owner)
            told[id(owner)] = []
        elif last is not owner and told[id(owner)][-1].strip():
            told[id(owner)].append("")
        told[id(owner)].append(text)
        last = owner
    parts: list[ArchivePart] = []
    for owner in owners:
        parts += _parts(source, owner, _trimmed(told[id(owner)]), reading)
    if span.head.further:
        parts.append(ArchivePart("further", "\n".join(span.head.further)))
    texts = "\n".join(part.text for part in parts if part.slot != "further" and not part.language)
    return replace(reading.entry, parts=tuple(parts), language=language_of(texts))


def _trimmed(lines: Sequence[str]) -> str:
    """The lines as they are, without blank ones around them."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    return "\n".join(lines[filled[0] : filled[-1] + 1]).rstrip() if filled else ""


def _parts(source: Source, owner: Owner, text: str, reading: Reading) -> Iterator[ArchivePart]:
    slot = owner.slot or ""
    if not text.strip():
        return
    if slot.startswith("field:"):
        name = slot.partition(":")[2]
        if not take_fact(source, name, text.strip(), reading):
            yield from _addresses(text, reading)
        return
    text = _with_definitions(source, text)
    if slot in _IN_LANGUAGES:
        yield from _by_language(slot, text)
    else:
        yield ArchivePart(slot, text, label=owner.label)


def _addresses(text: str, reading: Reading) -> Iterator[ArchivePart]:
    """A paper's links: the first that is a paper is its own, and the words are kept."""
    for found in address_list(text):
        if reading.entry.paper_id is None and (known := arxiv_id(found)):
            reading.set(paper_id=known)
    if ids := find_ids(text):
        reading.set(paper_id=reading.entry.paper_id or ids[0])
    yield ArchivePart("", text)


def _by_language(slot: str, text: str) -> Iterator[ArchivePart]:
    """A text that stands in two languages, each on its own."""
    told: dict[str, list[str]] = {}
    language = ""
    for line in text.split("\n"):
        language = language_of(line) or language
        told.setdefault(language, []).append(line)
    for one, lines in told.items():
        if whole := _trimmed(lines):
            yield ArchivePart(slot, whole, one)


def _with_definitions(source: Source, text: str) -> str:
    """The text with the lines, from elsewhere in the file, that say where its reference links
    lead and what its footnotes say."""
    if "[" not in text or not source.definitions:
        return text
    wanted = dict.fromkeys(found[1].casefold() for found in _REFERENCE.finditer(text))
    lines = [
        line
        for name in wanted
        if name in source.definitions
        for number, line in [source.definitions[name]]
        if line.strip() and line not in text
    ]
    return "\n".join([text, "", *lines]) if lines else text

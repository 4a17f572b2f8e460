"""One paper of a digest: its lines become facts, parts that go by a name, and free text. Pure.

Each line belongs to exactly one of them; what nothing claims is free text, so nothing is lost.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.archive.components import as_pictures, is_frame
from bot.archive.heads import LONGEST_TITLE, Head, is_paper_link, is_title, unquoted, without_tags
from bot.archive.marks import note_of, plain
from bot.archive.names import WEEKLY, Label, heading_label, line_label
from bot.archive.tree import Block, Source, flat
from bot.languages import is_in, language_of_text
from bot.sources.ids import arxiv_id, find_ids
from storage import ArchiveEntry, ArchivePart

_NAME = re.compile(r"(?:\\.|[^,\\]|\\$)+")
_VOTES = re.compile(r"\+?(\d{1,3}(?:,\d{3})+|\d{1,9})")
_ADDRESS = re.compile(r"https?:\s*//(?:[^\s<>()\[\]]|\([^\s<>()]*\))+")
_MARKUP = re.compile(r"<[^<>]{1,500}>|https?://\S+")
_BULLET = re.compile(r"^\s*[•*+-]\s+")
_SLASH = re.compile(r"\s/\s")
_REFERENCE = re.compile(r"\[(\^?[^\[\]]{1,80})\]")
_IN_LANGUAGES = ("introduction", "abstract")
_LONGEST_TAG = 60
_LINES_ONLY = frozenset({"link", "title", "votes", "authors", "organization", "code", "number"})


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


@dataclass
class _Owner:
    """What a run of lines belongs to: a part, or nothing that is kept (``None`` as slot)."""

    slot: str | None = ""
    label: str = ""
    level: int = 0
    wrapped: bool = False


@dataclass
class _Reading:
    """What is being gathered of one paper. ``owners`` are by line, and ``shown`` what stands in
    the place of a line."""

    entry: ArchiveEntry
    owners: dict[int, _Owner] = field(default_factory=dict)
    shown: dict[int, str] = field(default_factory=dict)
    open: _Owner | None = None
    links: list[str] = field(default_factory=list)

    def take(self, first: int, end: int, owner: _Owner) -> None:
        for line in range(first, end):
            self.owners[line] = owner

    def set(self, **facts: object) -> None:
        self.entry = replace(self.entry, **facts)  # type: ignore[arg-type]


_NOTHING = _Owner(slot=None)


def entry_of(source: Source, span: Span, *, splits: bool, names: Mapping[str, str]) -> ArchiveEntry:
    """The paper of *span*. With *splits* its labelled parts are told apart; a review's are not,
    since its headings are its author's. *names* are the pictures that a page imports by name."""
    head = span.head
    reading = _Reading(
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
                reading.owners[line] = _NOTHING
    for name, (line, _) in source.definitions.items():
        # Where a link leads is told with the text that has the link.
        if span.body <= line < span.end and not name.startswith("^"):
            reading.owners[line] = _NOTHING
    for place, block in enumerate(span.blocks):
        _block(source, span, place, block, reading, splits)
        _pictures(block, reading, names)
    _drop_edges(span, reading)
    return _finished(source, span, reading, rest)


def _beside(source: Source, span: Span, reading: _Reading) -> str:
    """Take the facts that stand beside the title; what is none is text."""
    if not span.are_facts:
        return span.head.rest
    left = []
    for told in filter(None, map(str.strip, span.head.rest.split("·"))):
        label = line_label(told)
        if label and label.name in _LINES_ONLY and _fact(source, label.name, label.rest, reading):
            continue
        short = len(told) <= _LONGEST_TAG and is_title(told) and ":" not in told
        if short and not reading.entry.organization:
            reading.set(organization=plain(told))
        else:
            left.append(told)
    return "\n".join(left)


def language_of(text: str) -> str:
    """``ko`` or ``en`` by the letters, those of addresses and tags apart; empty without any."""
    text = _MARKUP.sub(" ", text)
    if not any(char.isalpha() for char in text):
        return ""
    return "ko" if is_in(text, "ko") else "en"


def _split_titles(line: str, reading: _Reading) -> None:
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
    source: Source, span: Span, place: int, block: Block, reading: _Reading, splits: bool
) -> None:
    if reading.open and reading.open.wrapped and not block.wrapped:
        reading.open = None
    if block.kind == "quote" and (note := note_of(block.text)):
        reading.set(notes=(*reading.entry.notes, note))
        reading.take(block.first, block.end, _NOTHING)
    elif block.kind == "heading":
        _heading(source, span, place, block, reading, splits)
    elif splits and (_folds(block) or _is_thumbnail(source, block, reading)):
        reading.take(block.first, block.end, _NOTHING)
    elif splits and block.kind in ("list", "paragraph"):
        _lines(source, block, reading)
    elif reading.open:
        reading.take(block.first, block.end, reading.open)


def _folds(block: Block) -> bool:
    return block.kind == "html" and is_frame(block.text)


def _heading(
    source: Source, span: Span, place: int, block: Block, reading: _Reading, splits: bool
) -> None:
    label = heading_label(flat(block.text)) if splits else None
    own = _title_in(block.text)
    if label and label.name in ("title", "summary"):
        reading.take(block.first, block.end, _NOTHING)
    elif label:
        _open(block, label, reading)
    elif splits and not reading.entry.title and is_title(own):
        reading.set(title=plain(unquoted(own)))
        reading.take(block.first, block.end, _NOTHING)
        reading.open = None
    elif place == 0 and _is_subtitle(span, block):
        found, tags = without_tags(source.pieces(block.text))
        subtitle = " ".join("".join(one.text for one in found).split())
        tags = ", ".join(filter(None, (reading.entry.organization, tags)))
        reading.set(subtitle=subtitle, organization=tags)
        reading.take(block.first, block.end, _NOTHING)
    elif reading.open and reading.open.level < block.level:
        reading.take(block.first, block.end, reading.open)
    else:
        reading.open = None


def _open(block: Block, label: Label, reading: _Reading) -> None:
    if label.name in _LINES_ONLY:
        owner = _Owner(f"field:{label.name}", level=block.level, wrapped=block.wrapped)
    elif label.name == "end":
        owner = _Owner("", level=block.level)
    else:
        shown = "" if label.is_usual else label.text
        owner = _Owner(label.name, shown, block.level or 9, block.wrapped)
    reading.take(block.first, block.end, _NOTHING)
    reading.open = owner


def _is_subtitle(span: Span, block: Block) -> bool:
    """The heading below a paper's own, when it is the only one of its level."""
    levels = [one.level for one in span.blocks if one.kind == "heading"]
    return levels.count(block.level) == 1 and not block.wrapped and is_title(flat(block.text))


def _title_in(text: str) -> str:
    """The title in a heading such as ``Paper summary: …``."""
    told = flat(text)
    before, colon, after = told.rpartition(":")
    if colon and (label := line_label(after.strip())) and label.name == "title":
        return before.strip()
    begun = heading_label(told.partition(":")[0])
    return told.partition(":")[2].strip() if begun and begun.name == "title" else told


def _is_thumbnail(source: Source, block: Block, reading: _Reading) -> bool:
    if block.kind != "paragraph" or not block.text.lstrip().startswith("!["):
        return False
    found = source.pieces(block.text.strip())
    if reading.entry.thumbnail_url or len(found) != 1 or found[0].kind != "image" or found[0].text:
        return False
    reading.set(thumbnail_url=found[0].url)
    return True


def _lines(source: Source, block: Block, reading: _Reading) -> None:
    """The items of a list, or the lines of a paragraph, each by its label. Below a heading with a
    label, a bullet's own label is a part of its text."""
    below_heading = reading.open is not None and 0 < reading.open.level < 9
    if block.kind == "list":
        for item in block.items:
            label = None if below_heading else line_label(item.text.split("\n", 1)[0])
            if label is None or not _labelled(
                source, item.first, item.end, item.text, label, reading
            ):
                owner = reading.open if below_heading else None
                reading.take(item.first, item.end, owner or _free(reading, item.first))
        return
    for at, text in enumerate(block.text.split("\n"), start=block.first):
        label = line_label(text.strip()) if not below_heading or _is_whole(text) else None
        if label and _opens(label):
            _open(Block("label", text, at, at + 1, 9, wrapped=block.wrapped), label, reading)
        elif label is None or not _labelled(source, at, at + 1, text.strip(), label, reading):
            _text_line(source, at, text, reading)


def _is_whole(text: str) -> bool:
    """Whether a line is nothing but a label in bold or a usual name."""
    label = line_label(text.strip())
    return (
        label is not None and not label.rest and (text.strip()[:1] in "*_" or label.name in WEEKLY)
    )


def _opens(label: Label) -> bool:
    """Whether the label stands alone on its line, so that what follows belongs to it."""
    return not label.rest and (label.name not in _LINES_ONLY - {"link"}) and label.name != "summary"


def _free(reading: _Reading, line: int) -> _Owner:
    """Free text of its own, which joins what came just before."""
    before = reading.owners.get(line - 1)
    return before if before is not None and before.slot == "" else _Owner("")


def _text_line(source: Source, at: int, text: str, reading: _Reading) -> None:
    """A line without a label: the paper's own address, or text."""
    if reading.open is not None:
        reading.take(at, at + 1, reading.open)
        return
    address = _address(source, text)
    known = reading.entry.paper_id
    if address and is_paper_link(address) and known in (None, arxiv_id(address)):
        reading.set(paper_id=arxiv_id(address) or known)
        if reading.entry.paper_id is None:
            reading.set(url=address)
        reading.take(at, at + 1, _NOTHING)


def _address(source: Source, text: str) -> str:
    """The address that the line is, with no more than a sign beside it."""
    if "//" not in text and "]" not in text:
        return ""
    found = source.pieces(text.strip())
    links = [one.url for one in found if one.kind == "link"]
    words = "".join(one.text for one in found if one.kind != "link")
    if not links and (told := _ADDRESS.search(words)):
        links, words = [told[0]], words.replace(told[0], "")
    return links[0] if len(links) == 1 and not any(map(str.isalnum, words)) else ""


def _labelled(
    source: Source, first: int, end: int, text: str, label: Label, reading: _Reading
) -> bool:
    """Take what stands behind a label; False when it is no fact that such a label may tell."""
    rest = text[label.end :].strip()
    if label.name in _LINES_ONLY:
        if not _fact(source, label.name, rest, reading):
            return False
        reading.take(first, end, _NOTHING)
    elif label.name == "summary":
        reading.take(first, end, _Owner("") if rest else _NOTHING)
        reading.shown[first] = rest.split("\n", 1)[0]
        reading.open = None
    elif label.name == "end":
        return False
    else:
        shown = "" if label.is_usual else label.text
        owner = _Owner(label.name, shown, 0)
        reading.take(first, end, owner)
        reading.shown |= enumerate(text[label.end :].split("\n"), start=first)
        reading.open = None
    return True


def _fact(source: Source, name: str, text: str, reading: _Reading) -> bool:
    """Take a fact from what stands behind its label."""
    if name == "votes":
        number = _VOTES.fullmatch(text)
        if number:
            reading.set(votes=int(number[1].replace(",", "")))
        # A dash says that nobody knows.
        return number is not None or not any(map(str.isalnum, text))
    if name == "authors":
        found = (plain(flat(one)) for one in _NAME.findall(text.replace("\n", " ")))
        reading.set(authors=tuple(one for one in found if one))
        return bool(text)
    if name in ("link", "code"):
        return _link(source, name, text, reading)
    if name == "title" and is_title(own := flat(text)):
        reading.set(title=plain(own))
        return True
    if name == "number":
        reading.set(number=text)
        return len(text) < 8
    if name == "organization" and text:
        reading.set(organization=plain(flat(text)))
        return True
    return False


def _link(source: Source, name: str, text: str, reading: _Reading) -> bool:
    """The one address that *text* is."""
    address = _address(source, text)
    if not address:
        return False
    if name == "code":
        reading.set(code_url=address)
    elif found := arxiv_id(address):
        if reading.entry.paper_id not in (None, found):
            return False
        reading.set(paper_id=found)
    elif reading.entry.paper_id is None:
        reading.set(url=address)
    else:
        return False
    return True


def _pictures(block: Block, reading: _Reading, names: Mapping[str, str]) -> None:
    """Pictures that a page shows by HTML or by components, as Markdown."""
    if block.kind not in ("html", "paragraph") or "<img" not in block.text:
        return
    owner = reading.owners.get(block.first, None)
    picture = as_pictures(block.text, names)
    if picture is not None and owner is not _NOTHING:
        reading.shown[block.first] = picture
        for line in range(block.first + 1, block.end):
            reading.shown[line] = ""


def _drop_edges(span: Span, reading: _Reading) -> None:
    """Rules at a paper's end part it from the next one."""
    for block in reversed(span.blocks):
        if block.kind != "rule":
            return
        reading.take(block.first, block.end, _NOTHING)


def _finished(source: Source, span: Span, reading: _Reading, rest: str) -> ArchiveEntry:
    """The entry with its parts in their order in the text."""
    owners: list[_Owner] = []
    told: dict[int, list[str]] = {}
    free = _Owner("")
    if rest:
        owners, told = [free], {id(free): [rest, ""]}
    last: _Owner | None = None
    for line in range(span.body, span.end):
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


def _parts(source: Source, owner: _Owner, text: str, reading: _Reading) -> Iterator[ArchivePart]:
    slot = owner.slot or ""
    if not text.strip():
        return
    if slot.startswith("field:"):
        name = slot.partition(":")[2]
        if not _fact(source, name, text.strip(), reading):
            yield from _addresses(text, reading)
        return
    text = _with_definitions(source, text)
    if slot in _IN_LANGUAGES:
        yield from _by_language(slot, text)
    else:
        yield ArchivePart(slot, text, label=owner.label)


def _addresses(text: str, reading: _Reading) -> Iterator[ArchivePart]:
    """A paper's links: the first that is a paper is its own, and the words are kept."""
    for found in _ADDRESS.finditer(text):
        if reading.entry.paper_id is None and (known := arxiv_id(found[0])):
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


def address_list(text: str) -> Iterable[str]:
    """The addresses in a part such as further reading."""
    return (found[0].replace(" ", "") for found in _ADDRESS.finditer(text))


def without_addresses(text: str) -> str:
    """What a part says besides its addresses."""
    return _ADDRESS.sub(" ", text)

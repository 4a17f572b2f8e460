"""One paper of a digest: its blocks become facts, parts that go by a name, and free text. Pure.

What nothing claims is free text, so nothing is lost.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.archive.facts import FACTS, address_in, adopted_link, language_of, take_fact
from bot.archive.heads import LONGEST_TITLE, Head, is_paper_link, is_title, unquoted, without_tags
from bot.archive.marks import note_of
from bot.archive.names import WEEKLY, Label, heading_label, line_label
from bot.archive.pictures import as_pictures, is_frame
from bot.archive.tree import Block, Source, flat
from bot.languages import language_of_text
from bot.sources.ids import arxiv_id
from storage import ArchiveEntry, ArchivePart

_SLASH = re.compile(r"\s/\s")
_NUMBER = re.compile(r"\A\d{1,3}[.)]\s+")
_BETWEEN = re.compile(r"\s[|·•]\s")
_REFERENCE = re.compile(r"\[(\^?[^\[\]]{1,80})\]")
_IN_LANGUAGES = ("introduction", "abstract")
_LONGEST_TAG = 60
_UNKNOWN = frozenset({"-", "–", "—", "n/a", "?"})


@dataclass(frozen=True)
class Span:
    """The lines of one paper from ``first`` up to, not including, ``end``: its head, then
    ``blocks``. ``beside`` are the texts beside its title, facts among them if ``are_facts``."""

    head: Head
    first: int
    end: int
    blocks: tuple[Block, ...] = ()
    beside: tuple[str, ...] = ()
    are_facts: bool = False


@dataclass(eq=False)
class _Piece:
    """What a run of texts belongs to: a part, a fact (``field:NAME``) or, with an empty slot, the
    free text. ``level`` is that of the heading which opened it, 9 for a line, 0 for neither."""

    slot: str = ""
    label: str = ""
    level: int = 0
    wrapped: bool = False
    text: str = ""


def entry_of(source: Source, span: Span, *, splits: bool, names: Mapping[str, str]) -> ArchiveEntry:
    """The paper of *span*. With *splits* its labelled parts are told apart; a review's are not,
    since its headings are its author's. *names* are the pictures that a page imports by name."""
    return _Reading(source, span, splits, names).entry()


class _Reading:
    """What is being gathered of one paper. ``open`` is the part that goes on."""

    def __init__(self, source: Source, span: Span, splits: bool, names: Mapping[str, str]) -> None:
        head = span.head
        self._source, self._span, self._splits, self._names = source, span, splits, names
        self._entry = ArchiveEntry(
            title=unquoted(head.title),
            paper_id=head.paper_id,
            url=head.url,
            number=head.number,
            organization=head.organization,
            code_url=head.code_url,
            line=span.first + 1,
        )
        self._free = _Piece()
        self._pieces: list[_Piece] = []
        self._open: _Piece | None = None
        self._last: tuple[_Piece | None, int] = (None, 0)

    def entry(self) -> ArchiveEntry:
        """The paper with its parts in their order in the text."""
        for text in self._span.beside:
            self._beside(text)
        if self._splits:
            self._split_titles(self._source.lines[self._span.first])
        blocks = list(self._span.blocks)
        while blocks and blocks[-1].kind == "rule":  # it parts the paper from the next one
            blocks.pop()
        for place, block in enumerate(blocks):
            self._block(place, block)
        parts = [part for piece in self._pieces for part in self._parts(piece)]
        if self._span.head.further:
            parts.append(ArchivePart("further", "\n".join(self._span.head.further)))
        if not self._entry.paper_id and not self._entry.url:
            prose = "\n".join(part.text for part in parts if not part.slot)
            self._set(**adopted_link(self._source, prose))
        texts = "\n".join(one.text for one in parts if one.slot != "further" and not one.language)
        return replace(self._entry, parts=tuple(parts), language=language_of(texts))

    def _set(self, **facts: object) -> None:
        self._entry = replace(self._entry, **facts)  # type: ignore[arg-type]

    def _say(self, piece: _Piece, text: str, first: int, end: int = 0) -> None:
        """Add a text of line *first* to a piece, as far below what came before as it was."""
        last, below = self._last
        if not piece.text.strip():
            piece.text = text
        elif last is piece:
            piece.text += "\n" * max(1, first - below + 1) + text
        else:
            piece.text += ("\n\n" if piece.text.strip() else "") + text
        if piece not in self._pieces:
            self._pieces.append(piece)
        self._last = (piece, end or first + text.count("\n") + 1)

    def _beside(self, text: str) -> None:
        """A fact or text that stands beside the title."""
        label = line_label(text) if self._span.are_facts else None
        if label and label.rest.lower() in _UNKNOWN:
            return
        if label and label.name == "summary":
            label = replace(label, name="sentence")
        if label and self._labelled(label, text, self._span.first):
            return
        short = len(text) <= _LONGEST_TAG and is_title(text) and ":" not in text
        if short and self._span.are_facts and not self._entry.organization:
            self._set(organization=text)
        else:
            self._say(self._free, text, self._span.first)

    def _split_titles(self, line: str) -> None:
        """A Korean title and the original one that stand beside each other: a slash within one of
        them is escaped."""
        if "](" in line:
            return
        line = _NUMBER.sub("", line.strip().lstrip("# "))
        for found in _SLASH.finditer(line[:LONGEST_TITLE]):
            left, right = flat(line[: found.start()]), flat(line[found.end() :])
            if language_of_text(left) == "ko" and language_of_text(right) == "en":
                self._set(title=right, title_ko=left)
                return

    def _block(self, place: int, block: Block) -> None:
        if self._open and self._open.wrapped and not block.wrapped:
            self._open = None
        if block.kind == "quote" and (note := note_of(block.text)):
            self._set(notes=(*self._entry.notes, note))
        elif block.kind == "heading":
            self._heading(place, block)
        elif self._splits and self._is_frame(block):
            return
        elif "<img" in block.text and (told := self._pictures(block)):
            self._text(block, told)
        elif self._splits and block.kind == "list":
            self._list(block)
        elif self._splits and block.kind == "paragraph":
            self._paragraph(block)
        else:
            self._text(block, block.text)

    def _text(self, block: Block, text: str) -> None:
        self._say(self._open or self._free, text, block.first, block.end)

    def _pictures(self, block: Block) -> str | None:
        if block.kind not in ("html", "paragraph"):
            return None
        return as_pictures(block.text, self._names)

    def _is_frame(self, block: Block) -> bool:
        """Whether a block shows no text: folds, the thumbnail, the title by itself."""
        if block.kind == "html":
            return is_frame(block.text)
        if block.kind != "paragraph" or "\n" in block.text:
            return False
        text = block.text.strip()
        if not self._pieces and not self._entry.title and text[:2] == text[-2:] == "**":
            if label := line_label(text):
                return label.name == "title" and not label.rest
            if is_title(own := flat(text)):
                self._set(title=own)
                return True
        if not text.startswith("![") or self._entry.thumbnail_url:
            return False
        found = self._source.pieces(text)
        if len(found) != 1 or found[0].kind != "image" or found[0].text:
            return False
        self._set(thumbnail_url=found[0].url)
        return True

    def _heading(self, place: int, block: Block) -> None:
        label = heading_label(flat(block.text)) if self._splits else None
        own = _title_in(block.text)
        if label and label.name in ("title", "summary"):
            return
        if label:
            self._begin(label, block.level, block.wrapped)
        elif self._splits and not self._entry.title and is_title(own):
            self._set(title=unquoted(own))
            self._open = None
        elif place == 0 and self._is_subtitle(block):
            found, tags = without_tags(self._source.pieces(block.text))
            tags = ", ".join(filter(None, (self._entry.organization, tags)))
            subtitle = " ".join("".join(one.text for one in found).split())
            self._set(subtitle=subtitle, organization=tags)
        else:
            if self._open and self._open.level >= block.level:
                self._open = None
            self._text(block, "\n".join(self._source.lines[block.first : block.end]))

    def _is_subtitle(self, block: Block) -> bool:
        """The heading below a paper's own, when it is the only one of its level."""
        levels = [one.level for one in self._span.blocks if one.kind == "heading"]
        return levels.count(block.level) == 1 and not block.wrapped and is_title(flat(block.text))

    def _begin(self, label: Label, level: int, wrapped: bool) -> None:
        """What follows belongs to the part or fact of this label."""
        if label.name in FACTS:
            self._open = _Piece(f"field:{label.name}", level=level, wrapped=wrapped)
        elif label.name == "end":
            self._open = None
        else:
            shown = "" if label.is_usual else label.text
            self._open = _Piece(label.name, shown, level, wrapped)

    def _list(self, block: Block) -> None:
        """A list's items by their labels; below a heading with a label, or without any label, they
        are a part of its text."""
        begun = [item.text.split("\n", 1)[0] for item in block.items]
        labels = [line_label(one) for one in begun]
        if (self._open and 0 < self._open.level < 9) or (self._open and not any(labels)):
            self._text(block, block.text)
            return
        self._open = None
        lines = block.text.split("\n")
        for item, label in zip(block.items, labels, strict=True):
            if label is None or not self._labelled(label, item.text, item.first):
                whole = "\n".join(lines[item.first - block.first : item.end - block.first])
                self._say(self._free, whole, item.first)

    def _paragraph(self, block: Block) -> None:
        """A paragraph's lines by their labels; a line without one goes on with what is before."""
        below = self._open is not None and 0 < self._open.level < 9
        piece: _Piece | None = None
        for at, line in enumerate(block.text.split("\n"), start=block.first):
            text = line.strip()
            label = line_label(text) if not below or _is_alone(text) else None
            if label and _opens(label):
                self._begin(label, 9, block.wrapped)
                piece = None
            elif self._facts(text, at):
                piece = None
            elif label and self._labelled(label, text, at):
                piece = self._last[0] if label.name not in FACTS else None
                piece = None if piece is self._free else piece
            elif self._open or piece or not self._is_own_address(text):
                self._say(self._open or piece or self._free, line, at)

    def _facts(self, text: str, line: int) -> bool:
        """Take several facts that stand on one line (``Votes: 3 | Authors: …``)."""
        told = _BETWEEN.split(text) if len(text) <= LONGEST_TITLE else []
        labels = [line_label(one) for one in told] if len(told) > 1 else []
        if not labels or not all(one and one.name in FACTS for one in labels):
            return False
        for one, label in zip(told, labels, strict=True):
            if label and not self._labelled(label, one, line):
                self._say(self._free, one, line)
        return True

    def _labelled(self, label: Label, text: str, line: int) -> bool:
        """Take what stands behind a label; False when it is no fact that such a label may tell."""
        rest = text[label.end :].strip()
        if label.name == "end":
            return False
        if label.name in FACTS:
            if (facts := take_fact(self._source, label.name, rest, self._entry)) is None:
                return False
            self._set(**facts)
            self._last = (None, 0)
            return True
        slot = "" if label.name == "summary" else label.name
        piece = _Piece(slot, "" if label.is_usual else label.text) if slot else self._free
        if rest:
            self._say(piece, rest, line)
        self._open = None
        return True

    def _is_own_address(self, text: str) -> bool:
        """Whether a line is nothing but the paper's own address, which is taken."""
        address = address_in(self._source, text)
        known, told = self._entry.paper_id, arxiv_id(address)
        if not is_paper_link(address) or known not in (None, told):
            return False
        self._set(paper_id=told or known, url="" if told or known else address)
        return True

    def _parts(self, piece: _Piece) -> Iterator[ArchivePart]:
        text = _trimmed(piece.text)
        if not text:
            return
        if piece.slot.startswith("field:"):
            facts = take_fact(self._source, piece.slot.partition(":")[2], text, self._entry)
            self._set(**(adopted_link(self._source, text) if facts is None else facts))
            if facts is None:
                yield ArchivePart("", text)
            return
        text = _with_definitions(self._source, text)
        if piece.slot in _IN_LANGUAGES:
            yield from _by_language(piece.slot, text)
        else:
            yield ArchivePart(piece.slot, text, label=piece.label)


def _is_alone(text: str) -> bool:
    """Whether a line is nothing but a label in bold or a usual name."""
    label = line_label(text)
    return label is not None and not label.rest and (text[:1] in "*_" or label.name in WEEKLY)


def _opens(label: Label) -> bool:
    """Whether the label stands alone on its line, so that what follows belongs to it."""
    return not label.rest and label.name not in FACTS - {"link"} and label.name != "summary"


def _title_in(text: str) -> str:
    """The title in a heading such as ``Paper summary: …``."""
    told = flat(text)
    before, colon, after = told.rpartition(":")
    if colon and (label := heading_label(after.strip())) and label.name == "title":
        return before.strip()
    begun = heading_label(told.partition(":")[0])
    return told.partition(":")[2].strip() if begun and begun.name == "title" else told


def _trimmed(text: str) -> str:
    """The lines as they are, without blank ones around them."""
    lines = text.split("\n")
    filled = [at for at, line in enumerate(lines) if line.strip()]
    return "\n".join(lines[filled[0] : filled[-1] + 1]).rstrip() if filled else ""


def _by_language(slot: str, text: str) -> Iterator[ArchivePart]:
    """A text that stands in two languages, each on its own."""
    told: dict[str, list[str]] = {}
    language = ""
    for line in text.split("\n"):
        language = language_of(line) or language
        told.setdefault(language, []).append(line)
    for one, lines in told.items():
        if whole := _trimmed("\n".join(lines)):
            yield ArchivePart(slot, whole, one)


def _with_definitions(source: Source, text: str) -> str:
    """The text with the lines, from elsewhere in the file, that say where its reference links
    lead and what its footnotes say."""
    if "[" not in text or not source.definitions:
        return text
    wanted = dict.fromkeys(found[1].casefold() for found in _REFERENCE.finditer(text))
    found = (source.definitions.get(name, "") for name in wanted)
    lines = [line for line in found if line.strip() and line not in text]
    return "\n".join([text, "", *lines]) if lines else text

"""One paper of a digest: its blocks become facts, parts that go by a name, and free text. Pure.

What nothing claims is free text, so nothing is lost.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from bot.archive.facts import (
    FACTS,
    address_in,
    adopted_link,
    language_of,
    take_fact,
    votes_beside,
    votes_in,
)
from bot.archive.figures import as_pictures, is_frame
from bot.archive.heads import LONGEST_TITLE, Head, is_paper_link, is_title, unquoted, without_tags
from bot.archive.marks import note_of
from bot.archive.names import WEEKLY, Label, heading_label, line_label
from bot.archive.tree import Block, Source, flat
from bot.languages import language_of_text
from bot.sources.ids import arxiv_id
from storage import ArchiveEntry, ArchivePart

_SLASH = re.compile(r"\s/\s")
_NUMBER = re.compile(r"\A\d{1,3}[.)]\s+")
_BETWEEN = re.compile(r"\s[|·•]\s")
_IN_LANGUAGES = ("introduction", "abstract")
_LONGEST_TAG = 60
_UNKNOWN = frozenset({"-", "–", "—", "n/a", "?"})


class Span(NamedTuple):
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
    """What a run of texts belongs to: a part, a fact or, with an empty slot, the free text.
    ``level`` is that of the heading which opened it, 9 for a line, 0 for neither; ``below`` is the
    line after its text."""

    slot: str = ""
    label: str = ""
    level: int = 0
    wrapped: bool = False
    text: str = ""
    below: int = 0

    def say(self, text: str, first: int, end: int = 0) -> None:
        """Add a text of line *first*, below a blank line if it stood below one."""
        if self.text.strip():
            self.text += ("\n\n" if first > self.below else "\n") + text
        else:
            self.text = text
        self.below = end or first + text.count("\n") + 1


class Reading:
    """One paper of a digest, read once: with its labelled parts told apart, and as its author
    arranged it."""

    def __init__(self, source: Source, span: Span) -> None:
        head = span.head
        self._source, self._span = source, span
        self._facts: dict[str, Any] = {
            "title": unquoted(head.title),
            "paper_id": head.paper_id,
            "url": head.url,
            "number": head.number,
            "organization": head.organization,
            "code_url": head.code_url,
            "line": span.first + 1,
        }
        self._free = _Piece()
        self._whole = _Piece()
        self._pieces: list[_Piece] = []
        self._open: _Piece | None = None
        # The part that the last label of a line began.
        self._latest: _Piece | None = None
        self._read()

    def entry(self) -> ArchiveEntry:
        """The paper with its parts in their order in the text."""
        return self._with(self._told)

    def as_written(self) -> ArchiveEntry:
        """The paper with its text in one piece: a review's headings are its author's."""
        title = unquoted(self._span.head.title) or self._facts["title"]
        whole = self._with(self._parts(self._whole))
        return replace(whole, title=title, title_ko="", thumbnail_url="")

    def _with(self, told: Iterable[ArchivePart]) -> ArchiveEntry:
        parts = list(told)
        if self._span.head.further:
            parts.append(ArchivePart("further", "\n".join(self._span.head.further)))
        texts = "\n".join(one.text for one in parts if one.slot != "further" and not one.language)
        return ArchiveEntry(**self._facts, parts=tuple(parts), language=language_of(texts))

    def _read(self) -> None:
        for text in self._span.beside:
            self._whole.say(text, self._span.first)
            self._beside(text)
        self._split_titles(self._source.lines[self._span.first])
        blocks = list(self._span.blocks)
        while blocks and blocks[-1].kind == "rule":  # it parts the paper from the next one
            blocks.pop()
        for place, block in enumerate(blocks):
            self._block(place, block)
        self._told = [part for piece in self._pieces for part in self._parts(piece)]
        if not self._facts["paper_id"] and not self._facts["url"]:
            prose = "\n".join(part.text for part in self._told if not part.slot)
            self._facts |= adopted_link(self._source, prose)

    def _say(self, piece: _Piece, text: str, first: int, end: int = 0) -> None:
        piece.say(text, first, end)
        if piece not in self._pieces:
            self._pieces.append(piece)

    def _beside(self, text: str) -> None:
        """A fact or text that stands beside the title."""
        votes, text = votes_beside(text)
        if votes is not None:
            self._facts["votes"] = votes
        label = line_label(text) if self._span.are_facts else None
        if not text or (label and label.rest.lower() in _UNKNOWN):
            return
        if label and label.name == "summary":
            label = label._replace(name="sentence")
        if label and self._labelled(label, text, self._span.first):
            return
        short = len(text) <= _LONGEST_TAG and is_title(text) and ":" not in text
        if short and self._span.are_facts and not self._facts["organization"]:
            self._facts["organization"] = text
        else:
            self._say(self._free, text, self._span.first)

    def _split_titles(self, line: str) -> None:
        """A title and its translation that stand beside each other: a slash within one of them is
        escaped."""
        if "](" in line:
            return
        line = _NUMBER.sub("", line.strip().lstrip("# "))
        for found in _SLASH.finditer(line[:LONGEST_TITLE]):
            sides = flat(line[: found.start()]), flat(line[found.end() :])
            told = {language_of_text(one): one for one in sides}
            if told.keys() == {"ko", "en"}:
                self._facts |= {"title": told["en"], "title_ko": told["ko"]}
                return

    def _block(self, place: int, block: Block) -> None:
        if self._open and self._open.wrapped and not block.wrapped:
            self._open = None
        if block.kind == "quote" and (note := note_of(block.text)):
            self._facts["notes"] = (*self._facts.get("notes", ()), note)
            return
        if block.kind == "heading":
            self._heading(place, block)
            return
        pictures = self._pictures(block)
        self._whole.say(pictures or block.text, block.first, block.end)
        if self._is_frame(block):
            return
        if block.kind in ("list", "paragraph") and not pictures:
            self._lines(block)
        else:
            self._text(block, pictures or block.text)

    def _text(self, block: Block, text: str) -> None:
        self._say(self._open or self._free, text, block.first, block.end)

    def _pictures(self, block: Block) -> str | None:
        if "<img" not in block.text or block.kind not in ("html", "paragraph"):
            return None
        return as_pictures(block.text, self._source.names)

    def _is_frame(self, block: Block) -> bool:
        """Whether a block shows no text: folds, the thumbnail, the title by itself."""
        if block.kind == "html":
            return is_frame(block.text)
        if block.kind != "paragraph" or "\n" in block.text:
            return False
        text = block.text.strip()
        if not self._pieces and not self._facts["title"] and text[:2] == text[-2:] == "**":
            if label := line_label(text):
                return label.name == "title" and not label.rest
            if is_title(own := flat(text)):
                self._facts["title"] = own
                return True
        if not text.startswith("![") or self._facts.get("thumbnail_url"):
            return False
        found = self._source.pieces(text)
        if len(found) != 1 or found[0].text or not found[0].url.startswith("http"):
            return False
        self._facts["thumbnail_url"] = found[0].url
        return True

    def _heading(self, place: int, block: Block) -> None:
        label, own = heading_label(flat(block.text)), _title_in(block.text)
        if label is None and not self._facts["title"] and is_title(own):
            self._facts["title"] = unquoted(own)
            self._open = None
            return
        if label is None and place == 0 and self._is_subtitle(block):
            found, tags = without_tags(self._source.pieces(block.text))
            tags = ", ".join(filter(None, (self._facts["organization"], tags)))
            subtitle = " ".join("".join(one.text for one in found).split())
            self._facts |= {"subtitle": subtitle, "organization": tags}
            return
        lines = "\n".join(self._source.lines[block.first : block.end])
        self._whole.say(lines, block.first, block.end)
        if label is None:
            if self._open and self._open.level >= block.level:
                self._open = None
            self._text(block, lines)
        elif label.name not in ("title", "summary"):
            self._begin(label, block.level, block.wrapped)

    def _is_subtitle(self, block: Block) -> bool:
        """The heading below a paper's own, when it is the only one of its level and no other paper
        has the same."""
        levels = [one.level for one in self._span.blocks if one.kind == "heading"]
        is_alone = levels.count(block.level) == 1 and self._source.headings[block.text] == 1
        return is_alone and not block.wrapped and is_title(flat(block.text))

    def _begin(self, label: Label, level: int, wrapped: bool) -> None:
        """What follows belongs to the part or fact of this label."""
        piece = _Piece(label.name, label.unusual, level, wrapped)
        self._open = piece if label.name != "end" else None

    def _lines(self, block: Block) -> None:
        """A list's items or a paragraph's lines by their labels. Below a heading with a label, and
        without any label, a list is a part of the text; a line goes on with what is before."""
        is_list = block.kind == "list"
        below = self._open is not None and 0 < self._open.level < 9
        lines = block.text.split("\n")
        told = [
            (
                item.first,
                item.text,
                "\n".join(lines[item.first - block.first : item.end - block.first]),
            )
            for item in block.items
        ] or [(at, line.strip(), line) for at, line in enumerate(lines, start=block.first)]
        labels = [line_label(text.partition("\n")[0]) for _, text, _ in told]
        if is_list and (below or not any(labels)):
            self._text(block, block.text)
            return
        if is_list:
            self._open = None
        piece: _Piece | None = None
        for (at, text, whole), found in zip(told, labels, strict=True):
            label = found if not below or _is_alone(text) else None
            if label and _opens(label) and not is_list:
                self._begin(label, 9, block.wrapped)
                piece = None
            elif self._fact_line(text, at):
                piece = None
            elif label and self._labelled(label, text, at):
                piece = None if is_list else self._latest
            elif is_list or self._open or piece or not self._is_own_address(text):
                self._say(self._open or piece or self._free, whole, at)

    def _fact_line(self, text: str, line: int) -> bool:
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
            self._latest = None
            facts = take_fact(self._source, label.name, rest, self._facts["paper_id"])
            self._facts |= facts or {}
            # What is said beside a number stays text.
            return facts is not None and not ("votes" in facts and votes_in(rest)[1])
        self._latest = _Piece(label.name, label.unusual) if label.name != "summary" else None
        if rest:
            self._say(self._latest or self._free, rest, line)
        self._open = None
        return True

    def _is_own_address(self, text: str) -> bool:
        """Whether a line is nothing but the paper's own address, which is taken."""
        address = address_in(self._source, text)
        known, told = self._facts["paper_id"], arxiv_id(address)
        if not is_paper_link(address) or known not in (None, told):
            return False
        self._facts |= {"paper_id": told or known, "url": "" if told or known else address}
        return True

    def _parts(self, piece: _Piece) -> Iterator[ArchivePart]:
        text = _trimmed(piece.text)
        if not text:
            return
        if piece.slot in FACTS:
            facts = take_fact(self._source, piece.slot, text, self._facts["paper_id"])
            self._facts |= adopted_link(self._source, text) if facts is None else facts
            if facts is None:
                yield ArchivePart("", text)
            return
        text = self._source.with_definitions(text)
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

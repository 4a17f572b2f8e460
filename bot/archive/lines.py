"""The lines of a paper by their labels: facts, parts that go by a name, or text. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bot.archive.heads import is_paper_link, is_title
from bot.archive.marks import plain
from bot.archive.names import WEEKLY, Label, line_label
from bot.archive.tree import Block, Source, flat
from bot.languages import is_in
from bot.sources.ids import arxiv_id
from storage import ArchiveEntry

_NAME = re.compile(r"(?:\\.|[^,\\]|\\$)+")
_VOTES = re.compile(r"\+?(\d{1,3}(?:,\d{3})+|\d{1,9})")
_ADDRESS = re.compile(r"https?:\s{0,2}//(?:[^\s<>()\[\]]|\([^\s<>()]*\))+")
_MARKUP = re.compile(r"<[^<>]{1,500}>|https?://\S+")
FACTS = frozenset({"link", "title", "votes", "authors", "organization", "code", "number"})


@dataclass
class Owner:
    """What a run of lines belongs to: a part, or nothing that is kept (``None`` as slot)."""

    slot: str | None = ""
    label: str = ""
    level: int = 0
    wrapped: bool = False


@dataclass
class Reading:
    """What is being gathered of one paper. ``owners`` are by line, and ``shown`` what stands in
    the place of a line, ``gone`` those for which something else stands."""

    entry: ArchiveEntry
    owners: dict[int, Owner] = field(default_factory=dict)
    shown: dict[int, str] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    open: Owner | None = None
    links: list[str] = field(default_factory=list)

    def take(self, first: int, end: int, owner: Owner) -> None:
        for line in range(first, end):
            self.owners[line] = owner

    def set(self, **facts: object) -> None:
        self.entry = replace(self.entry, **facts)  # type: ignore[arg-type]


NOTHING = Owner(slot=None)


def language_of(text: str) -> str:
    """``ko`` or ``en`` by the letters, those of addresses and tags apart; empty without any."""
    text = _MARKUP.sub(" ", text)
    if not any(char.isalpha() for char in text):
        return ""
    return "ko" if is_in(text, "ko") else "en"


def open_part(block: Block, label: Label, reading: Reading) -> None:
    if label.name in FACTS:
        owner = Owner(f"field:{label.name}", level=block.level, wrapped=block.wrapped)
    elif label.name == "end":
        owner = Owner("", level=block.level)
    else:
        shown = "" if label.is_usual else label.text
        owner = Owner(label.name, shown, block.level or 9, block.wrapped)
    reading.take(block.first, block.end, NOTHING)
    reading.open = owner


def take_lines(source: Source, block: Block, reading: Reading) -> None:
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
            open_part(Block("label", text, at, at + 1, 9, wrapped=block.wrapped), label, reading)
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
    return not label.rest and (label.name not in FACTS - {"link"}) and label.name != "summary"


def _free(reading: Reading, line: int) -> Owner:
    """Free text of its own, which joins what came just before."""
    before = reading.owners.get(line - 1)
    return before if before is not None and before.slot == "" else Owner("")


def _text_line(source: Source, at: int, text: str, reading: Reading) -> None:
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
        reading.take(at, at + 1, NOTHING)


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
    source: Source, first: int, end: int, text: str, label: Label, reading: Reading
) -> bool:
    """Take what stands behind a label; False when it is no fact that such a label may tell."""
    rest = text[label.end :].strip()
    if label.name in FACTS:
        if not take_fact(source, label.name, rest, reading):
            return False
        reading.take(first, end, NOTHING)
    elif label.name == "summary":
        reading.take(first, end, Owner("") if rest else NOTHING)
        reading.shown[first] = rest.split("\n", 1)[0]
        reading.open = None
    elif label.name == "end":
        return False
    else:
        shown = "" if label.is_usual else label.text
        owner = Owner(label.name, shown, 0)
        reading.take(first, end, owner)
        reading.shown |= enumerate(text[label.end :].split("\n"), start=first)
        reading.open = None
    return True


def take_fact(source: Source, name: str, text: str, reading: Reading) -> bool:
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


def _link(source: Source, name: str, text: str, reading: Reading) -> bool:
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


def address_list(text: str) -> Iterable[str]:
    """The addresses in a part such as further reading."""
    return (found[0].replace(" ", "") for found in _ADDRESS.finditer(text))


def without_addresses(text: str) -> str:
    """What a part says besides its addresses."""
    return _ADDRESS.sub(" ", text)

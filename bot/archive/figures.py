"""Pictures and tables in Markdown or HTML, also by components (``<img src={name} />``)."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser

from bot.archive.marks import escaped, linked
from bot.archive.names import field_of
from bot.archive.tree import LONGEST

_CELL = re.compile(r"(?<!\\)\|")
_FRAMES = frozenset({"a", "br", "center", "div", "figcaption", "figure", "img", "p", "picture"})
_FOLDS = frozenset({"details", "summary", "div", "center", "p", "br", "section"})


def as_pictures(text: str, names: Mapping[str, str]) -> str | None:
    """Markdown for a piece of HTML that is nothing but pictures with their captions; None when it
    is anything else. *names* are the paths behind imported names."""
    if "<img" not in text or len(text) > LONGEST:
        return None
    read = _Reader.of(text)
    if read.tags - _FRAMES or read.words.strip() or not read.pictures:
        return None
    if read.caption.strip() and any(alt and alt != read.caption for _, alt in read.pictures):
        return None
    return "\n\n".join(
        f"![{escaped(alt or read.caption)}]({_path(source, names)})"
        for source, alt in read.pictures
    )


def table_rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows of a table, in HTML or not, the names of its columns first: the cells as Markdown,
    each row with its place among the lines."""
    if text.lstrip()[:1] == "<":
        return _Reader.of(text).rows
    lines = list(enumerate(map(_cells, text.split("\n"))))
    return [lines[0], *lines[2:]]


def _cells(line: str) -> list[str]:
    told = _CELL.split(line.strip())
    cells = told[1 if not told[0].strip() else 0 : -1 if not told[-1].strip() else None]
    return [cell.strip().replace("\\|", "|") for cell in cells]


def is_frame(text: str) -> bool:
    """Whether HTML only folds or holds what stands around it (``<details>``), or says nothing."""
    if len(text) > LONGEST:
        return False
    read = _Reader.of(text)
    words = (read.words + read.caption).strip()
    return not read.tags - _FOLDS and (not words or field_of(words) == "summary")


def _path(source: str, names: Mapping[str, str]) -> str:
    if source.startswith("{"):
        source = names.get(source.strip("{} "), "")
    return source.replace(" ", "%20").replace("(", "%28").replace(")", "%29")


class _Reader(HTMLParser):
    """Gathers tags, pictures as (source, alternative text), a table's rows, the caption, and all
    other words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.pictures: list[tuple[str, str]] = []
        self.rows: list[tuple[int, list[str]]] = []
        self.caption = self.words = ""
        self._in_caption = False
        self._address = ""

    @classmethod
    def of(cls, text: str) -> "_Reader":
        reader = cls()
        reader.feed(text)
        reader.close()
        return reader

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._in_caption |= tag == "figcaption"
        if tag == "img":
            found = {name: value or "" for name, value in attrs}
            self.pictures.append((found.get("src", ""), found.get("alt", "")))
        elif tag == "tr":
            self.rows.append((self.getpos()[0] - 1, []))
        elif tag in ("td", "th") and self.rows:
            self.rows[-1][1].append("")
        elif tag == "a":
            self._address = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        self._in_caption &= tag != "figcaption"
        if tag == "a":
            self._address = ""

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1][1]:
            words = " ".join(data.split())
            cells = self.rows[-1][1]
            cells[-1] = f"{cells[-1]} {linked(words, self._address) if words else ''}".strip()
        if self._in_caption:
            self.caption += data
        else:
            self.words += data

"""Pictures that a page shows by HTML or by components (``<img src={name} />``), as Markdown."""

from collections.abc import Mapping
from html.parser import HTMLParser

from bot.archive.marks import escaped
from bot.archive.names import field_of
from bot.archive.tree import LONGEST

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
    """Gathers tags, pictures as (source, alternative text), the caption, and all other words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.pictures: list[tuple[str, str]] = []
        self.caption = self.words = ""
        self._in_caption = False

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

    def handle_endtag(self, tag: str) -> None:
        self._in_caption &= tag != "figcaption"

    def handle_data(self, data: str) -> None:
        if self._in_caption:
            self.caption += data
        else:
            self.words += data

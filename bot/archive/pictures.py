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
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if reader.other or not reader.pictures:
        return None
    if reader.caption.strip() and any(alt and alt != reader.caption for _, alt in reader.pictures):
        return None
    return "\n\n".join(
        f"![{escaped(alt or reader.caption)}]({_path(source, names)})"
        for source, alt in reader.pictures
    )


def is_frame(text: str) -> bool:
    """Whether HTML only folds or holds what stands around it (``<details>``), or says nothing."""
    if len(text) > LONGEST:
        return False
    reader = _Frame()
    reader.feed(text)
    reader.close()
    words = "".join(reader.words).strip()
    return not reader.shows and (not words or field_of(words) == "summary")


def _path(source: str, names: Mapping[str, str]) -> str:
    if source.startswith("{"):
        source = names.get(source.strip("{} "), "")
    return source.replace(" ", "%20").replace("(", "%28").replace(")", "%29")


class _Reader(HTMLParser):
    """Gathers pictures as (source, alternative text), the caption, and whether there was more."""

    def __init__(self) -> None:
        super().__init__()
        self.pictures: list[tuple[str, str]] = []
        self.caption = ""
        self.other = False
        self._in_caption = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.other |= tag not in _FRAMES
        self._in_caption |= tag == "figcaption"
        if tag == "img":
            found = {name: value or "" for name, value in attrs}
            self.pictures.append((found.get("src", ""), found.get("alt", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "figcaption":
            self._in_caption = False

    def handle_data(self, data: str) -> None:
        if self._in_caption:
            self.caption += data
        else:
            self.other |= bool(data.strip())


class _Frame(HTMLParser):
    """Gathers the words, and whether anything else is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.shows = False

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self.shows |= tag not in _FOLDS

    def handle_data(self, data: str) -> None:
        self.words.append(data)

"""Pictures that a page shows by HTML or by components (``<img src={name} />``), as Markdown."""

from collections.abc import Mapping
from html.parser import HTMLParser

from bot.archive.markdown.inline import LONGEST
from bot.archive.markdown.parts import escaped

_FRAMES = frozenset({"a", "br", "center", "div", "figcaption", "figure", "img", "p", "picture"})


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
    return "\n\n".join(
        f"![{escaped(alt or reader.caption)}]({_path(source, names)})"
        for source, alt in reader.pictures
    )


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

"""What stands within one piece of Markdown: words, links, images and code."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

# Longer ones are no title, link or caption; reading them could take minutes when made for that.
LONGEST = 20_000
_MARKED = re.compile(r"[\\`*_\[\]<&~]")


@dataclass(frozen=True)
class Piece:
    """``kind`` is ``text``, ``code``, ``link`` or ``image``. ``text`` is plain: a link's label, an
    image's caption (its alternative text, else its title)."""

    kind: str
    text: str
    url: str = ""


def pieces(text: str) -> tuple[Piece, ...]:
    """The pieces of *text* in order, without marks of emphasis and with entities resolved."""
    if len(text) > LONGEST or not _MARKED.search(text):
        return (Piece("text", text),)
    (whole,) = _parser().parseInline(text)
    return tuple(_joined(_pieces(whole.children or ())))


def flat(text: str) -> str:
    """The words of *text* on one line, without any Markdown."""
    return " ".join("".join(one.text for one in pieces(text)).split())


def first_link(text: str) -> Piece | None:
    """The first link in *text*, or None."""
    return next((one for one in pieces(text) if one.kind == "link"), None)


def _pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    label: list[str] = []
    url: str | None = None
    for token in tokens:
        if token.type == "link_open":
            url, label = str(token.attrs.get("href", "")), []
        elif token.type == "link_close":
            yield Piece("link", "".join(label).strip(), url or "")
            url = None
        elif token.type == "image":
            caption = token.content or str(token.attrs.get("title", ""))
            yield Piece("image", flat(caption), str(token.attrs.get("src", "")))
        elif url is not None:
            label.append(_words(token))
        elif token.type == "code_inline":
            yield Piece("code", token.content)
        else:
            yield Piece("text", _words(token))


def _words(token: Token) -> str:
    return " " if token.type in ("softbreak", "hardbreak") else token.content


def _joined(parts: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbouring texts in one piece."""
    words = ""
    for part in parts:
        if part.kind == "text":
            words += part.text
            continue
        if words:
            yield Piece("text", words)
            words = ""
        yield part
    if words:
        yield Piece("text", words)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("strikethrough")

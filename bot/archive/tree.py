"""A Markdown text as blocks with their lines, and a piece of Markdown as words and links. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

# Longer ones are no title, link or caption; reading them could take minutes when made for that.
LONGEST = 20_000
_MARKED = re.compile(r"[\\`*_\[\]<&~]")
_KINDS = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "blockquote_open": "quote",
    "fence": "fence",
    "code_block": "code",
    "html_block": "html",
    "hr": "rule",
}
_MARKER = re.compile(r"\A\s*(?:[-*+]|\d{1,9}[.)])\s+")
_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>[^`\s]*)[^`]*")
_FOOTNOTE = re.compile(r" {0,3}\[\^(?P<name>[^\]\s]{1,80})\]:")
_MARKDOWN = frozenset({"markdown", "md"})


@dataclass(frozen=True)
class Item:
    """One item of a list, from line ``first`` up to, not including, ``end``; ``text`` is without
    its bullet and indentation."""

    text: str
    first: int
    end: int


@dataclass(frozen=True)
class Block:
    """A piece of the text from line ``first`` up to, not including, ``end`` (from 0).

    ``text`` is its source, a heading's without the marks. ``wrapped`` says whether it stands in a
    fence of Markdown, as models put their answers.
    """

    kind: str
    text: str
    first: int
    end: int
    level: int = 0
    items: tuple[Item, ...] = ()
    wrapped: bool = False


@dataclass(frozen=True)
class Piece:
    """``kind`` is ``text``, ``code``, ``link`` or ``image``. ``text`` is plain: a link's label, an
    image's caption (its alternative text, else its title)."""

    kind: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Source:
    """``lines`` are as they were written. ``front`` are the fields of the YAML block above."""

    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    references: Mapping[str, Any] = field(default_factory=dict)
    front: Mapping[str, str] = field(default_factory=dict)
    body: int = 0

    @classmethod
    def of(cls, text: str) -> "Source":
        """*text* read; ``body`` is its first line below the YAML block."""
        # The parser takes any of the three for the end of a line; its line numbers must be ours.
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        lines = text.removeprefix("\ufeff").split("\n")
        body = _front_end(lines)
        seen = [""] * body + lines[body:]
        wraps = list(_wraps(seen))
        for wrap in wraps:
            for line in wrap:
                if line < len(seen):
                    seen[line] = ""
        environment: dict[str, Any] = {}
        tokens = _blocks_parser().parse("\n".join(seen), environment)
        references = environment.get("references", {})
        blocks = tuple(_blocks(tokens, seen, wraps))
        return cls(tuple(lines), blocks, references, _front(lines[1 : body - 1]), body)

    @cached_property
    def wraps(self) -> frozenset[int]:
        """The lines that open or close a fence of Markdown."""
        return frozenset(line for wrap in _wraps(self.lines) for line in wrap)

    @cached_property
    def definitions(self) -> Mapping[str, tuple[int, str]]:
        """The lines that say where reference links lead and what footnotes say, by name: the
        line's number and what stands in it."""
        found = {}
        for number, line in enumerate(self.lines):
            if line.lstrip(" ")[:2] == "[^" and (note := _FOOTNOTE.match(line)):
                found[f"^{note['name']}"] = (number, line)
        for name, one in self.references.items():
            first, end = one.get("map") or (0, 0)
            found.setdefault(name.casefold(), (first, "\n".join(self.lines[first:end])))
        return found

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """The pieces of *text*, reference links resolved."""
        return pieces(text, self.references)


def pieces(text: str, references: Mapping[str, Any] | None = None) -> tuple[Piece, ...]:
    """The pieces of *text* in order, without marks of emphasis and with entities resolved."""
    if len(text) > LONGEST or not _MARKED.search(text):
        return (Piece("text", text),)
    (whole,) = _inline_parser().parseInline(text, {"references": references or {}})
    return tuple(_joined(_pieces(whole.children or ())))


def flat(text: str) -> str:
    """The words of *text* on one line, without any Markdown."""
    return " ".join("".join(one.text for one in pieces(text)).split())


def _front_end(lines: Sequence[str]) -> int:
    """The line after the YAML block; 0 when there is none."""
    if lines[0].rstrip() != "---":
        return 0
    return next((at + 1 for at, line in enumerate(lines) if at and line.rstrip() == "---"), 0)


def _front(lines: Iterable[str]) -> dict[str, str]:
    """The plain fields; no other YAML means anything to a digest."""
    pairs = (line.partition(":") for line in lines if line[:1].strip())
    return {name.strip().lower(): value.strip().strip("\"'") for name, _, value in pairs}


def _wraps(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last line of each fence of Markdown. A fence within it that names its language
    needs an end of its own: models forget that the outer one must be longer."""
    at = 0
    while at < len(lines):
        opened = _FENCE.fullmatch(lines[at]) if _may_fence(lines[at]) else None
        if opened is None:
            at += 1
            continue
        wraps = opened["info"].lower() in _MARKDOWN
        end = _fence_end(lines, at, opened["mark"], nested=wraps)
        if wraps and end == len(lines):
            end = _fence_end(lines, at, opened["mark"], nested=False)
        if wraps:
            yield at, end
        at = end + 1


def _may_fence(line: str) -> bool:
    return line.lstrip(" ")[:3] in ("```", "~~~")


def _fence_end(lines: Sequence[str], first: int, mark: str, *, nested: bool) -> int:
    """The line that closes the fence of line *first*; the number of lines when none does."""
    inner = False
    for at in range(first + 1, len(lines)):
        found = _FENCE.fullmatch(lines[at]) if _may_fence(lines[at]) else None
        if found is None or found["mark"][0] != mark[0] or len(found["mark"]) < len(mark):
            continue
        if found["info"]:
            inner = inner or nested
        elif inner:
            inner = False
        else:
            return at
    return len(lines)


@cache
def _blocks_parser() -> MarkdownIt:
    # What stands within a block is read where it is needed. The parser's tables make a token of
    # every cell, even of those that a row leaves out.
    return MarkdownIt("commonmark").disable("inline")


@cache
def _inline_parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("strikethrough")


def _blocks(
    tokens: Sequence[Token], lines: Sequence[str], wraps: Sequence[tuple[int, int]]
) -> Iterator[Block]:
    wrapped = {line for first, end in wraps for line in range(first, end)}
    for place, token in enumerate(tokens):
        if token.level == 0 and token.nesting >= 0 and token.map and token.type in _KINDS:
            block = replace(_block(token, place, tokens, lines), wrapped=token.map[0] in wrapped)
            yield from _with_table(block) if block.kind == "paragraph" else (block,)


def _block(token: Token, place: int, tokens: Sequence[Token], lines: Sequence[str]) -> Block:
    first, end = token.map or [0, 0]
    kind = _KINDS[token.type]
    if kind == "heading":
        return Block(kind, tokens[place + 1].content, first, end, int(token.tag[1]))
    while end > first + 1 and not lines[end - 1].strip():
        end -= 1
    items = tuple(_items(place, tokens, lines)) if kind == "list" else ()
    return Block(kind, "\n".join(lines[first:end]), first, end, items=items)


def _items(place: int, tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Item]:
    for number in range(place + 1, len(tokens)):  # a slice would copy all that follows each list
        token = tokens[number]
        if token.level == 0:
            return
        if token.type == "list_item_open" and token.level == 1 and token.map:
            first, end = token.map
            while end > first + 1 and not lines[end - 1].strip():
                end -= 1
            yield Item(_dedented(lines[first:end]), first, end)


def _dedented(lines: Sequence[str]) -> str:
    """An item's lines without its bullet, and what stands below it as far to the left."""
    marker = _MARKER.match(lines[0])
    width = marker.end() if marker else 0
    rest = [line[min(width, len(line) - len(line.lstrip())) :] for line in lines[1:]]
    return "\n".join([lines[0][width:], *rest]).strip()


def _with_table(block: Block) -> Iterator[Block]:
    """A paragraph that is a table, or ends with one."""
    lines = block.text.split("\n")
    for number in range(1, len(lines)):
        if _divides(lines[number]) and "|" in lines[number - 1]:
            start = block.first + number - 1
            if number > 1:
                yield replace(block, text="\n".join(lines[: number - 1]), end=start)
            yield replace(block, kind="table", text="\n".join(lines[number - 1 :]), first=start)
            return
    yield block


def _divides(line: str) -> bool:
    """Whether the line stands between a table's head and its rows."""
    return "|" in line and "-" in line and not line.strip("|:- \t")


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

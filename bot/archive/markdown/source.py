"""A Markdown text as its top-level blocks, each with its lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
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


@dataclass(frozen=True)
class Block:
    """A piece of the text from line ``first`` up to, not including, line ``end`` (from 0).

    ``text`` is its source without the marks of a heading or fence; ``items`` are a list's.
    """

    kind: str
    text: str
    first: int
    end: int
    level: int = 0
    items: tuple[str, ...] = ()

    @property
    def line(self) -> int:
        """The line people count: from 1."""
        return self.first + 1


@dataclass(frozen=True)
class Source:
    """``lines`` are those of the text; for a text within a file, ``offset`` are the lines before
    it, so that a block's numbers are the file's."""

    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    offset: int = 0

    @classmethod
    def of(cls, text: str, *, offset: int = 0) -> "Source":
        """*text* read; *offset* is added to the line numbers (for a text within a text)."""
        plain = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
        # Blanked, not cut, so that the lines below keep their numbers.
        plain = _FRONT_MATTER.sub(lambda found: "\n" * found[0].count("\n"), plain)
        lines = tuple(plain.split("\n"))
        return cls(lines, tuple(_blocks(plain, lines, offset)), offset)

    def between(self, first: int, end: int) -> str:
        """The source of the lines from *first* up to *end*, without blank ones around."""
        lines = self.lines[first - self.offset : end - self.offset]
        return "\n".join(lines).strip("\n").rstrip()


@dataclass(frozen=True)
class Chapter:
    """A heading with the blocks below it, up to the next heading of its level or above."""

    heading: Block
    blocks: tuple[Block, ...]

    @property
    def end(self) -> int:
        """The line after its last block."""
        return self.blocks[-1].end if self.blocks else self.heading.end


def chapters(blocks: Sequence[Block], level: int) -> tuple[tuple[Block, ...], list[Chapter]]:
    """The blocks before the first heading of *level*, and the chapters of that level."""
    before: list[Block] = []
    found: list[tuple[Block, list[Block]]] = []
    open_ = False
    for block in blocks:
        if block.kind == "heading" and block.level <= level:
            open_ = block.level == level
            if open_:
                found.append((block, []))
                continue
        if open_:
            found[-1][1].append(block)
        else:
            before.append(block)
    return tuple(before), [Chapter(heading, tuple(below)) for heading, below in found]


@cache
def _parser() -> MarkdownIt:
    # What stands within a block is read where it is needed, by bot.archive.markdown.inline. The
    # parser's tables make a token of every cell, even of those that a row leaves out.
    return MarkdownIt("commonmark").disable("inline")


def _blocks(text: str, lines: Sequence[str], offset: int) -> Iterator[Block]:
    tokens = _parser().parse(text)
    for place, token in enumerate(tokens):
        if token.level == 0 and token.nesting >= 0 and token.map and token.type in _KINDS:
            block = _block(token, place, tokens, lines, offset)
            yield from _with_table(block) if block.kind == "paragraph" else (block,)


def _with_table(block: Block) -> Iterator[Block]:
    """A paragraph that is a table, or ends with one."""
    lines = block.text.split("\n")
    for number in range(1, len(lines)):
        if _divides(lines[number]) and "|" in lines[number - 1]:
            if number > 1:
                end = block.first + number - 1
                yield replace(block, text="\n".join(lines[: number - 1]), end=end)
            text, first = "\n".join(lines[number - 1 :]), block.first + number - 1
            yield replace(block, kind="table", text=text, first=first)
            return
    yield block


def _divides(line: str) -> bool:
    """Whether the line stands between a table's head and its rows."""
    return "|" in line and "-" in line and not line.strip("|:- \t")


def _block(
    token: Token, place: int, tokens: Sequence[Token], lines: Sequence[str], offset: int
) -> Block:
    first, end = token.map or [0, 0]
    kind = _KINDS[token.type]
    if kind == "heading":
        text = tokens[place + 1].content
    elif kind == "fence":
        text = token.content
    else:
        text = "\n".join(lines[first:end]).strip("\n")
    items = tuple(_items(place, tokens, lines)) if kind == "list" else ()
    level = int(token.tag[1]) if kind == "heading" else 0
    return Block(kind, text, first + offset, end + offset, level, items)


def _items(place: int, tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[str]:
    for number in range(place + 1, len(tokens)):  # a slice would copy all that follows each list
        token = tokens[number]
        if token.level == 0:
            return
        if token.type == "list_item_open" and token.level == 1 and token.map:
            first, end = token.map
            raw = "\n".join(line.rstrip() for line in lines[first:end]).strip("\n")
            yield _MARKER.sub("", raw, count=1).strip()

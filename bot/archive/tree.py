"""A Markdown text as blocks with their lines, and a piece of Markdown as words and links. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import groupby
from textwrap import dedent
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.archive.lines import Lines

# Longer ones are no title, link or caption; reading them could take minutes when made for that.
LONGEST = 20_000
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
_MARKED = re.compile(r"[\\`*_\[\]<&~]|://")
_SIMPLE = re.compile(
    r"\[(?P<label>(?:[^\\`*_\[\]<>&~!|\n:]|:(?!//)){1,400})\]\((?P<url>https?://[\w./?=%#:-]{1,400})\)"
    r"|`(?P<code>[^`\s\\](?:[^`\n\\]{0,200}[^`\s\\])?)`(?!`)"
    r"|(?<!\*)(?P<stars>\*{1,3})(?=\S)(?P<words>(?:[^\\`*_\[\]<&~!\n:]|:(?!//)|!(?!\[)){1,2000})"
    r"(?<=\S)(?P=stars)(?!\*)"
    r"|[^\\`*_\[\]<&~!\n:]+|:(?!//)|!(?!\[)",
    re.ASCII,
)
# White space, quotes and brackets end an address, also full-width ones.
_ADDRESS = re.compile(r"https?://[^\s<>\[\]\"'`|\u3000-\u303f\uff00-\uffef]{1,2000}")
_SLACK_LINK = re.compile(r"<(https?://[^\s<>|]{1,2000})\|([^<>|\n]{1,400})>")
_MARKER = re.compile(r"\A\s*(?:[-*+•]|\d{1,9}[.)])\s+")
_FOOTNOTE = re.compile(r" {0,3}\[\^(?P<name>[^\]\s]{1,80})\]:")
_FOOTNOTE_LINE = re.compile(_FOOTNOTE.pattern, re.M)
_REFERENCE = re.compile(r"\[(\^?[^\[\]]{1,80})\]")


class Item(NamedTuple):
    """One item of a list, from line ``first`` up to, not including, ``end``; ``text`` is without
    its bullet and indentation."""

    text: str
    first: int
    end: int


class Block(NamedTuple):
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


class Piece(NamedTuple):
    """``kind`` is ``text``, ``code``, ``link`` or ``image``. ``text`` is plain: a link's label, an
    image's caption (its alternative text, else its title)."""

    kind: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Source:
    """``lines`` are as they were written, from ``body`` on below the fields in ``front``.
    ``hidden`` are lines that only hold or import what others show, ``names`` the files that such
    a line imports by name."""

    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    references: Mapping[str, Any] = field(default_factory=dict)
    front: Mapping[str, str] = field(default_factory=dict)
    body: int = 0
    hidden: frozenset[int] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> "Source":
        """*text* read as Markdown."""
        read = Lines.of(text)
        environment: dict[str, Any] = {}
        tokens: list[Token] = []
        parser = _blocks_parser()
        # What stands within a block is read where it is needed.
        parser.block.parse("\n".join(read.seen), parser, environment, tokens)
        blocks = _blocks(tokens, read.shown, read.wraps)
        if "[^" in text:
            blocks = _without_footnotes(blocks, text)
        return cls(
            lines=tuple(read.lines),
            blocks=tuple(blocks),
            references=environment.get("references", {}),
            front=read.front,
            body=read.body,
            hidden=frozenset(read.hidden),
            names=read.names,
        )

    @cached_property
    def headings(self) -> Counter[str]:
        """How often each heading stands in the text."""
        return Counter(block.text for block in self.blocks if block.kind == "heading")

    @cached_property
    def _definitions(self) -> Mapping[str, str]:
        """The lines that say where reference links lead and what footnotes say, by name."""
        found = _footnotes(self.lines)
        for name, one in self.references.items():
            first, end = one.get("map") or (0, 0)
            found.setdefault(name.casefold(), "\n".join(self.lines[first:end]))
        return found

    def with_definitions(self, text: str) -> str:
        """The text with the lines, from elsewhere in the file, that say where its reference links
        lead and what its footnotes say."""
        if "[" not in text or not self._definitions:
            return text
        wanted = dict.fromkeys(found[1].casefold() for found in _REFERENCE.finditer(text))
        found = (self._definitions.get(name, "") for name in wanted)
        lines = [line for line in found if line.strip() and line not in text]
        return "\n".join([text, "", *lines]) if lines else text

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """The pieces of *text*, reference links resolved."""
        return pieces(text, self.references)


def _footnotes(lines: Sequence[str]) -> dict[str, str]:
    """What footnotes say, by name; one may go on below its first line."""
    found: dict[str, str] = {}
    name = ""
    for line in lines:
        note = _FOOTNOTE.match(line) if line.lstrip(" ")[:2] == "[^" else None
        if note:
            name = f"^{note['name'].casefold()}"
            found[name] = line
        elif name and line.strip():
            found[name] += f"\n{line}"
        else:
            name = ""
    return found


def _without_footnotes(blocks: Iterable[Block], text: str) -> Iterator[Block]:
    """The blocks but for footnotes that some text refers to, where they are shown."""
    for block in blocks:
        names = _FOOTNOTE_LINE.findall(block.text) if block.kind == "paragraph" else []
        is_note = names and _FOOTNOTE.match(block.text)
        if not is_note or any(text.count(f"[^{name}]") < 2 for name in names):
            yield block


def pieces(text: str, references: Mapping[str, Any] | None = None) -> tuple[Piece, ...]:
    """The pieces of *text* in order, without marks of emphasis and with entities resolved; an
    address that stands bare is a link."""
    if len(text) > LONGEST or not _MARKED.search(text):
        return (Piece("text", text),)
    if simple := _simple(text):
        return simple
    if "|" in text:
        text = _SLACK_LINK.sub(r"[\2](\1)", text)
    (whole,) = _inline_parser().parseInline(text, {"references": references or {}})
    return tuple(_joined(_pieces(whole.children or ())))


def _simple(text: str) -> tuple[Piece, ...]:
    """The pieces of a text with no more than plain links, code and emphasis, as most are; nothing
    where the parser is needed."""
    found, at = [], 0
    for one in _SIMPLE.finditer(text):
        if one.start() != at:
            return ()
        at = one.end()
        if one["url"]:
            found.append(Piece("link", one["label"].strip(), one["url"]))
        else:
            code, words = one["code"], one["words"] or one[0]
            found.append(Piece("code", code) if code else Piece("text", words))
    return tuple(_joined(found)) if at == len(text) else ()


def flat(text: str) -> str:
    """The words of *text* on one line, without any Markdown."""
    return " ".join("".join(one.text for one in pieces(text)).split())


@cache
def _blocks_parser() -> MarkdownIt:
    # The parser's tables make a token of every cell, even of those that a row leaves out.
    return MarkdownIt("commonmark")


@cache
def _inline_parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("strikethrough")


def _blocks(
    tokens: Sequence[Token], lines: Sequence[str], wraps: Sequence[tuple[int, int]]
) -> Iterator[Block]:
    wrapped = {line for first, end in wraps for line in range(first, end)}
    for place, token in enumerate(tokens):
        if token.level == 0 and token.nesting >= 0 and token.map and token.type in _KINDS:
            block = _block(token, place, tokens, lines, wrapped=token.map[0] in wrapped)
            yield from _with_table(block) if block.kind == "paragraph" else (block,)


def _block(
    token: Token, place: int, tokens: Sequence[Token], lines: Sequence[str], *, wrapped: bool
) -> Block:
    first, end = token.map or [0, 0]
    kind = _KINDS[token.type]
    if kind == "heading":
        level = int(token.tag[1])
        return Block(kind, tokens[place + 1].content, first, end, level, wrapped=wrapped)
    while end > first + 1 and not lines[end - 1].strip():
        end -= 1
    if kind == "html" and lines[first].lstrip()[:6].lower() == "<table":
        kind = "table"
    items = tuple(_items(place, tokens, lines)) if kind == "list" else ()
    return Block(kind, "\n".join(lines[first:end]), first, end, 0, items, wrapped)


def _items(place: int, tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Item]:
    for number in range(place + 1, len(tokens)):  # a slice would copy all that follows each list
        token = tokens[number]
        if token.level == 0:
            return
        if token.type == "list_item_open" and token.level == 1 and token.map:
            first, end = token.map
            while end > first + 1 and not lines[end - 1].strip():
                end -= 1
            below = dedent("\n".join(lines[first + 1 : end]))
            head = lines[first][_marker_end(lines[first]) :]
            yield Item(f"{head}\n{below}".strip(), first, end)


def _marker_end(line: str) -> int:
    marker = _MARKER.match(line)
    return marker.end() if marker else 0


def _with_table(block: Block) -> Iterator[Block]:
    """A paragraph that is a table, or ends with one."""
    lines = block.text.split("\n")
    for number in range(1, len(lines)):
        if _divides(lines[number]) and "|" in lines[number - 1]:
            start = block.first + number - 1
            if number > 1:
                yield block._replace(text="\n".join(lines[: number - 1]), end=start)
            yield block._replace(kind="table", text="\n".join(lines[number - 1 :]), first=start)
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
            yield from _with_addresses(_words(token))


def _with_addresses(words: str) -> Iterator[Piece]:
    at = 0
    for found in _ADDRESS.finditer(words) if "://" in words else ():
        url = found[0].rstrip(".,;:!?*_")
        while url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1]
        yield Piece("text", words[at : found.start()])
        yield Piece("link", url, url)
        at = found.start() + len(url)
    yield Piece("text", words[at:])


def _words(token: Token) -> str:
    return " " if token.type in ("softbreak", "hardbreak") else token.content


def _joined(parts: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbouring texts in one piece."""
    for is_text, found in groupby(parts, lambda one: one.kind == "text"):
        if not is_text:
            yield from found
        elif words := "".join(one.text for one in found):
            yield Piece("text", words)

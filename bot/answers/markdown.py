"""Markdown as Slack shows it: escaped mrkdwn paragraphs, code and tables.

The text may come from a model or a paper, so nothing in it acts by itself: it pings nobody, links
only to addresses that are allowed, and formulas are turned into plain characters.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.fulltext.formulas import readable
from bot.slack.blocks.text import escape
from bot.text import one_line

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_DISPLAY_FORMULA = re.compile(r"\$\$(?P<a>.+?)\$\$|\\\[(?P<b>(?:(?!\\\[).)+?)\\\]", re.DOTALL)
_INLINE_FORMULA = re.compile(
    r"\\\((?P<a>(?:(?!\\\().)+?)\\\)|(?<![\\$\w])\$(?=\S)(?P<b>[^$\n]{1,300}?)(?<=\S)\$(?![\w$])"
)
_LOOSE_LATEX = re.compile(r"\\[A-Za-z]{2,}(?:\{[^{}]*\}|\[[^\[\]]*\])*(?:[_^](?:\{[^{}]*\}|\w))*")
_MARK = re.compile(r"\[(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\]")
_URL = re.compile(
    r"(?:https?|ftp)://[^\s<>|\"'`]*[^\s<>|\"'`.,;:!?)\]]|\bmailto:\S+", re.IGNORECASE
)
_MARKED_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,500}\)")
_LOOKS_LINKED = re.compile(
    r"(?<![\w`./:@-])(?:[a-z][a-z0-9+.-]{1,20}:/{0,2})?[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}"
    r"\.[^\W\d_]{2,24}(?![\w`.])(?:[:/?#][^\s`]*)?",
    re.IGNORECASE,
)
_CALL = re.compile(r"<(?=[@!#])")
_QUIET = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})
_EDGE_UNDERSCORE = re.compile(r"(?<!\w)_|_(?!\w)")
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>|#~])")


@dataclass(frozen=True)
class Text:
    """A paragraph, list, quotation or heading as mrkdwn."""

    mrkdwn: str


@dataclass(frozen=True)
class Cell:
    """A table's cell: pieces of plain text, each with the address it links to or None."""

    pieces: tuple[tuple[str, str | None], ...]

    @property
    def plain(self) -> str:
        """The cell as text."""
        return "".join(text for text, _ in self.pieces)


@dataclass(frozen=True)
class Table:
    """Rows of cells; the first row is the head."""

    rows: tuple[tuple[Cell, ...], ...]


Chunk = Text | Table


@dataclass(frozen=True)
class Links:
    """Which links may be shown: those of the citations by number, and other whole addresses."""

    citations: Mapping[int, str]
    allowed: frozenset[str]


def to_chunks(markdown: str, links: Links) -> list[Chunk]:
    """The parts of a Markdown text in order."""
    # A bot answers whoever comes in before this is wanted.
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    tree = SyntaxTreeNode(parser.parse(with_plain_formulas(markdown)))
    return [chunk for node in tree.children for chunk in _chunks(node, links)]


def with_plain_formulas(markdown: str) -> str:
    """The text with its LaTeX formulas as plain characters."""

    def plain(match: re.Match[str]) -> str:
        latex = next(group for group in match.groups() if group is not None)
        return _MARKDOWN_SIGNS.sub(r"\\\1", readable(latex.strip()))

    return _INLINE_FORMULA.sub(plain, _DISPLAY_FORMULA.sub(plain, markdown))


def unlinked(markdown: str) -> str:
    """The text with every address as code and no mention: what grows in a stream can't be told to
    stay as it is written."""
    plain = _MARKED_LINK.sub(r"\1", "\n".join(map(_cleaned, markdown.split("\n"))))
    return _CALL.sub("‹", _LOOKS_LINKED.sub(r"`\g<0>`", plain))


def plain_text(mrkdwn: str) -> str:
    """The words of a mrkdwn text without its links' addresses; still escaped."""
    return re.sub(r"<[^<|>]*\|([^<>]*)>", r"\1", mrkdwn)


def _chunks(node: "SyntaxTreeNode", links: Links) -> list[Chunk]:
    match node.type:
        case "paragraph":
            return [Text(_text(node, links))]
        case "heading":
            return [Text(f"*{_text(node, links).replace('*', '')}*")]
        case "bullet_list" | "ordered_list":
            return [Text("\n".join(_list_lines(node, links)))]
        case "fence" | "code_block":
            body = escape(node.content.rstrip("\n")).replace("```", "ˋˋˋ")
            return [Text(f"```\n{body}\n```")]
        case "blockquote":
            return [_quoted(chunk) for child in node.children for chunk in _chunks(child, links)]
        case "table":
            return [_table(node, links)]
        case "hr":
            return []
    return [Text(quiet(node.content))] if node.type == "html_block" else []


def _quoted(chunk: Chunk) -> Chunk:
    if isinstance(chunk, Table):
        return chunk
    return Text("\n".join(f"> {line}" for line in chunk.mrkdwn.split("\n")))


def _list_lines(node: "SyntaxTreeNode", links: Links) -> list[str]:
    lines: list[str] = []
    for item in node.children:
        marker = f"{item.info}. " if item.info else "• "
        texts = [chunk for child in item.children for chunk in _chunks(child, links)]
        inner = "\n".join(chunk.mrkdwn for chunk in texts if isinstance(chunk, Text)).split("\n")
        lines.append(marker + inner[0])
        lines += ["    " + line for line in inner[1:]]
    return lines


def _table(node: "SyntaxTreeNode", links: Links) -> Table:
    return Table(
        tuple(
            tuple(_cell(cell.children[0].children, links) for cell in row.children)
            for part in node.children
            for row in part.children
        )
    )


def _text(node: "SyntaxTreeNode", links: Links) -> str:
    return "".join(_inline(child.children, links) for child in node.children).strip()


_WRAPS = {"strong": "*", "em": "_", "s": "~"}


def _inline(nodes: "Sequence[SyntaxTreeNode]", links: Links) -> str:
    return _with_room("".join(_inline_node(node, links) for node in nodes))


def _inline_node(node: "SyntaxTreeNode", links: Links) -> str:
    if node.type == "link":
        label = "".join(_words_of(child) for child in node.children)
        target = _allowed(str(node.attrs.get("href") or ""), links)
        return f"<{target}|{quiet(label).replace('|', '¦')}>" if target else _linked(label, links)
    if node.type in _WRAPS:
        inner = "".join(_inline_node(child, links) for child in node.children)
        return f"{_WRAPS[node.type]}{inner.strip()}{_WRAPS[node.type]}" if inner.strip() else ""
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    if node.type == "code_inline":
        return f"`{escape(node.content).replace('`', 'ˋ')}`"
    return _linked(node.content, links)


def _words_of(node: "SyntaxTreeNode") -> str:
    return node.content or "".join(_words_of(child) for child in node.children)


def _linked(text: str, links: Links) -> str:
    """Text with its citation marks and allowed addresses as mrkdwn links."""
    return "".join(
        quiet(piece) if url is None else f"<{url}|{quiet(piece).replace('|', '¦')}>"
        for piece, url in pieces(text, links)
    )


def pieces(text: str, links: Links) -> list[tuple[str, str | None]]:
    """Plain text cut at citation marks and addresses, each piece with what it links to."""
    found: list[tuple[str, str | None]] = []
    at = 0
    for match in re.finditer(f"{_MARK.pattern}|{_URL.pattern}", text, re.IGNORECASE):
        found.append((text[at : match.start()], None))
        found += _marks(match[1], links) if match[1] else [_address(match.group(), links)]
        at = match.end()
    found.append((text[at:], None))
    return [(piece, url) for piece, url in found if piece]


def _marks(numbers: str, links: Links) -> list[tuple[str, str | None]]:
    each = [int(number) for number in re.findall(r"\d+", numbers)]
    return [(f"[{number}]", links.citations.get(number) or None) for number in each]


def _address(url: str, links: Links) -> tuple[str, str | None]:
    allowed = _allowed(url, links)
    return (url, allowed) if allowed else (re.sub(r"^\w+:(?://)?", "", url), None)


def _allowed(url: str, links: Links) -> str | None:
    return url if url in links.allowed or url in links.citations.values() else None


def quiet(text: str) -> str:
    """Escaped text whose own formatting signs have no effect, with loose LaTeX made plain."""
    plain = _LOOSE_LATEX.sub(lambda match: readable(match.group()), text) if "\\" in text else text
    return escape(_EDGE_UNDERSCORE.sub("＿", _visible(plain).translate(_QUIET)))


def _visible(text: str) -> str:
    """Like :func:`one_line`, but with the spaces at both ends kept."""
    core = one_line(text)
    lead = " " if text[:1].isspace() and core else ""
    tail = " " if text[-1:].isspace() and core else ""
    return f"{lead}{core}{tail}" if core else (" " if text else "")


def _cleaned(line: str) -> str:
    """The line's words, cleaned, with the room around them, which says how deep they stand."""
    words = line.strip()
    before, _, after = line.partition(words) if words else (line, "", "")
    return f"{before}{one_line(words)}{after}"


def _with_room(text: str) -> str:
    """Slack shows bold and italics only when letters do not touch the signs from outside."""
    return re.sub(r"(\*[^*\n]+\*)(?=[^\W_])", "\\1\u200a", text)


def _cell(nodes: "Sequence[SyntaxTreeNode]", links: Links) -> Cell:
    text = "".join(_words_of(node) or " " for node in nodes)
    found = pieces(_LOOSE_LATEX.sub(lambda match: readable(match.group()), text), links)
    return Cell(tuple(found))

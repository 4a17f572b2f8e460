"""Messages as text for a terminal: blocks, buttons and tables too. Pure functions."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.workspace.records import Json, Message

_MARKED = re.compile(r"<(?P<target>[^<>|]+)(?:\|(?P<label>[^<>]*))?>")
_MD_LINK = re.compile(r"\[([^\[\]\n]+)\]\((https?://[^()\s]+)\)")
# Code, which letters may follow (as Korean particles do), or emphasis, which none may.
_MARKS = re.compile(
    r"`{1,3}([^`\n]+)`{1,3}|(?<![\w*_~`])([*_~]{1,3})(?=\S)(.+?)(?<=\S)\2(?![\w*_~`])"
)
_MD_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_APART = frozenset(("header", "section"))
COLUMNS = 88


@dataclass(frozen=True)
class Entry:
    """One message of a transcript: who says it, where, and a remark such as "only you see it"."""

    speaker: str
    message: Message
    place: str = ""
    remark: str = ""


def transcript(entries: Iterable[Entry], *, names: Mapping[str, str] | None = None) -> str:
    """The messages one after the other; replies in threads are moved to the right.

    `names` says how users and channels are called, by id.
    """
    renderer = Renderer(COLUMNS, names or {})
    return "\n\n".join(renderer.entry(entry) for entry in entries)


def width(text: str) -> int:
    """How many columns of a terminal a text takes; a Korean letter takes two."""
    return sum(map(_width_of, text))


def _width_of(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def wrap(words: Iterable[str], columns: int) -> list[str]:
    """The words in lines of at most that many columns; a longer word is broken."""
    lines = [""]
    for word in words:
        gap = " " if lines[-1] else ""
        if width(lines[-1] + gap + word) <= columns:
            lines[-1] += gap + word
            continue
        pieces = _broken(word, columns)
        lines = lines + pieces if lines[-1] else pieces
    return lines


def _broken(word: str, columns: int) -> list[str]:
    pieces = [""]
    for char in word:
        if pieces[-1] and width(pieces[-1] + char) > columns:
            pieces.append("")
        pieces[-1] += char
    return pieces


def _from_markdown(text: str) -> str:
    without_links = _MD_LINK.sub(r"\1 (\2)", text)
    return _MARKS.sub(r"\1\3", _MD_BOLD.sub(r"\1", without_links))


def _labelled(label: str, address: str) -> str:
    return f"{label} ({address})" if label and label != address else address


@dataclass(frozen=True)
class Renderer:
    """Draws messages in that many columns; `names` are those of users and channels, by id."""

    columns: int
    names: Mapping[str, str] = field(default_factory=dict)

    def entry(self, entry: Entry) -> str:
        """A message with its speaker above it."""
        place = f" · {entry.place}" if entry.place else ""
        remark = f" ({entry.remark})" if entry.remark else ""
        margin = "    │ " if entry.message.is_reply else "  "
        head = f"{margin[:-2]}▌ {entry.speaker}{place}{remark}"
        narrower = replace(self, columns=self.columns - width(margin))
        lines = narrower.message(entry.message)
        return "\n".join([head, *((margin + line).rstrip() for line in lines)])

    def message(self, message: Message) -> list[str]:
        """The lines of one message: of its blocks, or of its text when it has none."""
        attached = (b for one in message.attachments for b in one.get("blocks", ()))
        blocks = [*message.blocks, *attached]
        lines = self.blocks(blocks) if blocks else self._paragraphs(self.plain(message.text))
        lines += [f"📎 {held.get('title') or held.get('name')}" for held in message.files]
        if message.reactions:
            lines.append("  ".join(f":{one.name}: {len(one.users)}" for one in message.reactions))
        return lines

    def blocks(self, blocks: Iterable[Json]) -> list[str]:
        """The lines of blocks of any kind; a kind that is not known is named."""
        lines: list[str] = []
        before = ""
        for block in blocks:
            kind = str(block.get("type"))
            if kind in _APART and before not in ("", "header", "divider"):
                lines.append("")
            draw = _DRAWN.get(kind)
            lines += draw(self, block) if draw else [f"({kind})"]
            before = kind
        return lines

    def plain(self, mrkdwn: str) -> str:
        """Slack's mrkdwn without its marks; links as `label (address)`."""
        text = _MARKS.sub(r"\1\3", _MARKED.sub(self._reference, mrkdwn))
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")

    def _reference(self, match: re.Match[str]) -> str:
        target, label = match["target"], match["label"]
        if target[0] in "@#":
            return target[0] + (self.names.get(target[1:]) or label or target[1:])
        if target[0] == "!":
            return label or f"@{target[1:].partition('^')[0]}"
        return _labelled(label, target.removeprefix("mailto:"))

    def _paragraphs(self, text: str) -> list[str]:
        return [line for part in text.split("\n") for line in wrap(part.split(), self.columns)]

    def _text(self, held: Any) -> str:
        """A text object or a bare string, without marks."""
        if isinstance(held, dict):
            text = str(held.get("text", ""))
            return text if held.get("type") == "plain_text" else self.plain(text)
        return str(held or "")

    def _header(self, block: Json) -> list[str]:
        lines = self._paragraphs(self._text(block.get("text")))
        return [*lines, "═" * min(max(map(width, lines)), self.columns)]

    def _section(self, block: Json) -> list[str]:
        shown = [held for held in (block.get("text"), *(block.get("fields") or ())) if held]
        lines = [line for held in shown for line in self._paragraphs(self._text(held))]
        accessory = self._element(block.get("accessory") or {})
        return [*lines, accessory] if accessory else lines

    def _context(self, block: Json) -> list[str]:
        texts = [one for one in block.get("elements", ()) if one.get("type") != "image"]
        return self._paragraphs(" ".join(self._text(one) for one in texts))

    def _actions(self, block: Json) -> list[str]:
        return wrap(filter(None, map(self._element, block.get("elements", ()))), self.columns)

    def _element(self, held: Json) -> str:
        kind = held.get("type")
        if kind == "feedback_buttons":
            both = (held.get("positive_button") or {}, held.get("negative_button") or {})
            return " ".join(f"[{self._text(one.get('text'))}]" for one in both)
        if kind in (None, "image"):
            return ""
        if kind == "overflow":
            return "[⋯]"
        if kind in ("button", "icon_button", "workflow_button"):
            return f"[{self._text(held.get('text'))}]"
        return f"[{self._text(held.get('placeholder')) or self._chosen(held)} ▾]"

    def _chosen(self, held: Json) -> str:
        for name in ("initial_time", "initial_date", "initial_value"):
            if held.get(name):
                return str(held[name])
        return self._text((held.get("initial_option") or {}).get("text"))

    def _input(self, block: Json) -> list[str]:
        return [f"{self._text(block.get('label'))}: {self._element(block.get('element') or {})}"]

    def _image(self, block: Json) -> list[str]:
        return self._paragraphs(f"🖼 {self._text(block.get('title')) or block.get('alt_text', '')}")

    def _markdown(self, block: Json) -> list[str]:
        return self._paragraphs(_from_markdown(str(block.get("text", ""))))

    def _rich_text(self, block: Json) -> list[str]:
        shown = []
        for part in block.get("elements", ()):
            if part.get("type") == "rich_text_list":
                shown += [f"• {self._inline(item)}" for item in part.get("elements", ())]
            else:
                shown.append(self._inline(part))
        return [line for text in shown for line in self._paragraphs(text)]

    def _inline(self, part: Json) -> str:
        return "".join(self._piece(one) for one in part.get("elements", ()))

    def _piece(self, held: Json) -> str:
        kind = held.get("type")
        if kind == "link":
            return _labelled(held.get("text", ""), str(held.get("url", "")))
        if kind in ("user", "channel"):
            key = str(held.get(f"{kind}_id", ""))
            return ("@" if kind == "user" else "#") + self.names.get(key, key)
        return f":{held.get('name')}:" if kind == "emoji" else str(held.get("text", ""))

    def _table(self, block: Json) -> list[str]:
        rows = [[self._cell(cell) for cell in row] for row in block.get("rows", ())]
        count = max(map(len, rows), default=0)
        filled = [row + [""] * (count - len(row)) for row in rows]
        widths = [
            min(max(map(width, column)), self.columns // 2) for column in zip(*filled, strict=True)
        ]
        lines = [self._row(row, widths) for row in filled]
        if len(lines) > 1:
            lines.insert(1, "─" * min(max(map(width, lines)), self.columns))
        return lines

    def _row(self, row: list[str], widths: list[int]) -> str:
        cells = [wrap(cell.split(), most)[0] for cell, most in zip(row, widths, strict=True)]
        padded = [
            cell + " " * (most - width(cell)) for cell, most in zip(cells, widths, strict=True)
        ]
        return " │ ".join(padded).rstrip()

    def _cell(self, cell: Json) -> str:
        if cell.get("type") == "rich_text":
            return " ".join(self._inline(part) for part in cell.get("elements", ()))
        return str(cell.get("text", cell.get("value", "")))

    def _divider(self, _block: Json) -> list[str]:
        return ["─" * min(self.columns, 40)]


_DRAWN: Mapping[str, Callable[[Renderer, Json], list[str]]] = {
    "actions": Renderer._actions,
    "context": Renderer._context,
    "context_actions": Renderer._actions,
    "divider": Renderer._divider,
    "header": Renderer._header,
    "image": Renderer._image,
    "input": Renderer._input,
    "markdown": Renderer._markdown,
    "rich_text": Renderer._rich_text,
    "section": Renderer._section,
    "table": Renderer._table,
}

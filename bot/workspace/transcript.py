"""Messages as text for a terminal: blocks, buttons and tables too. Pure functions."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.workspace.records import Json, Message
from bot.workspace.widths import pad, width, wrap

_MARKED = re.compile(r"<(?P<target>[^<>|]+)(?:\|(?P<label>[^<>]*))?>")
_MD_LINK = re.compile(r"\[([^\[\]\n]+)\]\((https?://[^()\s]+)\)")
_EMPHASIS = re.compile(r"(?<![\w*_~`])([*_~`]{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*_~`])")
_MD_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_NAMES: Mapping[str, str] = {}
_APART = frozenset(("header", "section", "card", "container"))


@dataclass(frozen=True)
class Entry:
    """One message of a transcript: who says it, where, and a remark such as "only you see it"."""

    speaker: str
    message: Message
    place: str = ""
    remark: str = ""


def transcript(
    entries: Iterable[Entry], *, columns: int = 88, names: Mapping[str, str] = _NAMES
) -> str:
    """The messages one after the other; replies in threads are moved to the right.

    `names` says how users and channels are called, by id.
    """
    return "\n\n".join(_entry(entry, columns, names) for entry in entries)


def _entry(entry: Entry, columns: int, names: Mapping[str, str]) -> str:
    place = f" · {entry.place}" if entry.place else ""
    remark = f" ({entry.remark})" if entry.remark else ""
    margin = "    │ " if entry.message.is_reply else "  "
    head = f"{margin[:-2]}▌ {entry.speaker}{place}{remark}"
    lines = message_lines(entry.message, columns=columns - width(margin), names=names)
    return "\n".join([head, *((margin + line).rstrip() for line in lines)])


def message_lines(
    message: Message, *, columns: int, names: Mapping[str, str] = _NAMES
) -> list[str]:
    """The lines of one message: of its blocks, or of its text when it has none."""
    blocks = [*message.blocks, *(b for one in message.attachments for b in one.get("blocks", ()))]
    lines = block_lines(blocks, columns=columns, names=names)
    if not blocks:
        lines = _paragraphs(plain(message.text, names), columns)
    lines += [f"📎 {held.get('title') or held.get('name')}" for held in message.files]
    if message.reactions:
        counted = (f":{one.name}: {len(one.users)}" for one in message.reactions)
        lines.append("  ".join(counted))
    return lines


def block_lines(
    blocks: Iterable[Json], *, columns: int, names: Mapping[str, str] = _NAMES
) -> list[str]:
    """The lines of blocks of any kind; a kind that is not known is named."""
    lines: list[str] = []
    before = ""
    for block in blocks:
        kind = str(block.get("type"))
        if kind in _APART and before not in ("", "header", "divider"):
            lines.append("")
        draw = _DRAWN.get(kind)
        lines += draw(block, columns, names) if draw else [f"({kind})"]
        before = kind
    return lines


def plain(mrkdwn: str, names: Mapping[str, str] = _NAMES) -> str:
    """Slack's mrkdwn without its marks; links as `label (address)`."""

    def shown(match: re.Match[str]) -> str:
        target, label = match["target"], match["label"]
        if target[0] in "@#":
            return target[0] + (names.get(target[1:]) or label or target[1:])
        if target[0] == "!":
            return label or f"@{target[1:].partition('^')[0]}"
        address = target.removeprefix("mailto:")
        return f"{label} ({address})" if label and label != address else address

    text = _EMPHASIS.sub(r"\2", _MARKED.sub(shown, mrkdwn))
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _markdown_plain(text: str) -> str:
    without_links = _MD_LINK.sub(r"\1 (\2)", text)
    return _EMPHASIS.sub(r"\2", _MD_BOLD.sub(r"\1", without_links))


def _paragraphs(text: str, columns: int) -> list[str]:
    return [line for part in text.split("\n") for line in wrap(part, columns)]


def _text(held: Any, names: Mapping[str, str]) -> str:
    """A text object or a bare string, without marks."""
    if isinstance(held, dict):
        text = str(held.get("text", ""))
        return text if held.get("type") == "plain_text" else plain(text, names)
    return str(held or "")


def _header(block: Json, columns: int, names: Mapping[str, str]) -> list[str]:
    lines = wrap(_text(block.get("text"), names), columns)
    return [*lines, "═" * min(max(map(width, lines)), columns)]


def _section(block: Json, columns: int, names: Mapping[str, str]) -> list[str]:
    lines = _paragraphs(_text(block.get("text"), names), columns) if block.get("text") else []
    for held in block.get("fields") or ():
        lines += _paragraphs(_text(held, names), columns)
    accessory = _element(block.get("accessory") or {}, names)
    return [*lines, accessory] if accessory else lines


def _context(block: Json, columns: int, names: Mapping[str, str]) -> list[str]:
    parts = [
        _element(one, names) if one.get("type") == "image" else _text(one, names)
        for one in block.get("elements", ())
    ]
    return _paragraphs(" ".join(filter(None, parts)), columns)


def _actions(block: Json, columns: int, names: Mapping[str, str]) -> list[str]:
    # A no-break space keeps the words of one button on one line.
    shown = [_element(one, names) for one in block.get("elements", ())]
    line = " ".join(one.replace(" ", "\u00a0") for one in shown if one)
    return [one.replace("\u00a0", " ") for one in _wrap_buttons(line, columns)]


def _wrap_buttons(line: str, columns: int) -> list[str]:
    lines = [""]
    for part in line.split(" "):
        gap = " " if lines[-1] else ""
        if width(lines[-1] + gap + part) > columns and lines[-1]:
            lines.append(part)
        else:
            lines[-1] += gap + part
    return lines


def _element(held: Json, names: Mapping[str, str]) -> str:
    kind = held.get("type")
    if kind == "feedback_buttons":
        both = (held.get("positive_button") or {}, held.get("negative_button") or {})
        return " ".join(f"[{_text(one.get('text'), names)}]" for one in both)
    if kind == "image":
        return ""
    if kind == "overflow":
        return "[⋯]"
    if kind in ("button", "icon_button", "workflow_button"):
        return f"[{_text(held.get('text'), names)}]"
    label = _text(held.get("placeholder"), names) or _chosen(held, names)
    return f"[{label} ▾]" if kind else ""


def _chosen(held: Json, names: Mapping[str, str]) -> str:
    option = held.get("initial_option") or {}
    for name in ("initial_time", "initial_date", "initial_value"):
        if held.get(name):
            return str(held[name])
    return _text(option.get("text"), names)


def _input(block: Json, _columns: int, names: Mapping[str, str]) -> list[str]:
    label = _text(block.get("label"), names)
    return [f"{label}: {_element(block.get('element') or {}, names)}"]


def _image(block: Json, columns: int, names: Mapping[str, str]) -> list[str]:
    words = _text(block.get("title"), names) or str(block.get("alt_text", ""))
    return wrap(f"🖼 {words}", columns)


def _markdown(block: Json, columns: int, _names: Mapping[str, str]) -> list[str]:
    return _paragraphs(_markdown_plain(str(block.get("text", ""))), columns)


def _rich_text(block: Json, columns: int, names: Mapping[str, str]) -> list[str]:
    lines = []
    for part in block.get("elements", ()):
        if part.get("type") == "rich_text_list":
            for item in part.get("elements", ()):
                lines += _paragraphs(f"• {_inline(item, names)}", columns)
        else:
            lines += _paragraphs(_inline(part, names), columns)
    return lines


def _inline(part: Json, names: Mapping[str, str]) -> str:
    return "".join(_piece(one, names) for one in part.get("elements", ()))


def _piece(held: Json, names: Mapping[str, str]) -> str:
    kind = held.get("type")
    if kind == "link":
        label, url = held.get("text"), str(held.get("url", ""))
        return f"{label} ({url})" if label and label != url else url
    if kind in ("user", "channel"):
        key = str(held.get(f"{kind}_id", ""))
        return ("@" if kind == "user" else "#") + names.get(key, key)
    if kind == "emoji":
        return f":{held.get('name')}:"
    return str(held.get("text", ""))


def _table(block: Json, columns: int, names: Mapping[str, str]) -> list[str]:
    rows = [[_cell(cell, names) for cell in row] for row in block.get("rows", ())]
    count = max((len(row) for row in rows), default=0)
    filled = [row + [""] * (count - len(row)) for row in rows]
    widths = [min(max(width(row[at]) for row in filled), columns // 2) for at in range(count)]
    lines = [_row(row, widths) for row in filled]
    if len(lines) > 1:
        lines.insert(1, "─" * min(max(map(width, lines)), columns))
    return lines


def _row(row: list[str], widths: list[int]) -> str:
    cells = (wrap(cell, most)[0] for cell, most in zip(row, widths, strict=True))
    padded = (pad(cell, most) for cell, most in zip(cells, widths, strict=True))
    return " │ ".join(padded).rstrip()


def _cell(cell: Json, names: Mapping[str, str]) -> str:
    if cell.get("type") == "rich_text":
        return " ".join(_inline(part, names) for part in cell.get("elements", ()))
    return str(cell.get("text", cell.get("value", "")))


def _plan(block: Json, columns: int, names: Mapping[str, str]) -> list[str]:
    lines = wrap(_text(block.get("title"), names), columns)
    return lines + [line for task in block.get("tasks", ()) for line in _task(task, columns, names)]


def _task(block: Json, columns: int, names: Mapping[str, str]) -> list[str]:
    marks = {"complete": "✓", "error": "✗", "in_progress": "…"}
    mark = marks.get(str(block.get("status")), "·")
    return wrap(f"{mark} {_text(block.get('title'), names)}", columns)


def _card(block: Json, columns: int, names: Mapping[str, str]) -> list[str]:
    lines = []
    for name in ("title", "subtitle", "body"):
        if block.get(name):
            lines += _paragraphs(_text(block[name], names), columns)
    return lines + _actions({"elements": block.get("actions") or ()}, columns, names)


def _carousel(block: Json, columns: int, names: Mapping[str, str]) -> list[str]:
    return [line for card in block.get("elements", ()) for line in _card(card, columns, names)]


def _container(block: Json, columns: int, names: Mapping[str, str]) -> list[str]:
    title = wrap(f"▾ {_text(block.get('title'), names)}", columns)
    inner = block_lines(block.get("child_blocks", ()), columns=columns - 2, names=names)
    return title + [f"  {line}" for line in inner]


def _divider(_block: Json, columns: int, _names: Mapping[str, str]) -> list[str]:
    return ["─" * min(columns, 40)]


_DRAWN: Mapping[str, Callable[[Json, int, Mapping[str, str]], list[str]]] = {
    "actions": _actions,
    "alert": _section,
    "card": _card,
    "carousel": _carousel,
    "container": _container,
    "context": _context,
    "context_actions": _actions,
    "data_table": _table,
    "divider": _divider,
    "header": _header,
    "image": _image,
    "input": _input,
    "markdown": _markdown,
    "plan": _plan,
    "rich_text": _rich_text,
    "section": _section,
    "table": _table,
    "task_card": _task,
}

"""A file's lines as Markdown has them: headings, lists and tables that are written in HTML or with
other signs, what only holds or imports something, and the fields above. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.archive.names import heading_label

_DOT = re.compile(r"(\s{0,12})•(?=\s)")
_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>[^`\s]*)[^`]*")
_HTML_HEAD = re.compile(
    r"\s{0,3}(?:<details[^<>]{0,80}>\s{0,3})?<(?P<tag>h[1-6]|summary)\b[^<>]{0,200}>"
    r"(?P<text>.{1,1000}?)</(?P=tag)>\s{0,3}",
    re.IGNORECASE,
)
_HTML_LINK = re.compile(
    r"<a\b[^<>]{0,200}?href=[\"']([^\"'<>\s]{1,1000})[\"'][^<>]{0,200}>([^<>]{1,400})</a>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]{1,200}>")
_FOLD = re.compile(r"\s{0,3}</?details\b[^<>]{0,80}>\s{0,3}", re.IGNORECASE)
_MARKDOWN = frozenset({"markdown", "md"})
_LONGEST_TABLE = 5_000
_IMPORT = re.compile(r"import\s+(?P<name>\w+)\s+from\s+['\"](?P<path>[^'\"]+)['\"];?\s*\Z")


class Lines(NamedTuple):
    """``lines`` are as they were written, ``shown`` without those that are ``hidden``, and ``seen``
    as Markdown. ``body`` is the first line below the fields in ``front``; ``wraps`` are the first
    and last lines of fences of Markdown; ``names`` the files that are imported by name."""

    lines: list[str]
    shown: list[str]
    seen: list[str]
    body: int
    front: dict[str, str]
    wraps: list[tuple[int, int]]
    hidden: set[int]
    names: dict[str, str]

    @classmethod
    def of(cls, text: str) -> "Lines":
        """The lines of *text*."""
        # The parser takes any of the three for the end of a line; its line numbers must be ours.
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        lines = text.removeprefix("\ufeff").split("\n")
        body = _front_end(lines)
        shown = [""] * body + lines[body:]
        wraps = list(_wraps(shown)) if "```" in text or "~~~" in text else []
        # Most texts have nothing of this sort, and looking at each line takes its time.
        seen, folds = _as_markdown(shown) if "•" in text or "<" in text else (shown[:], set())
        imports = _imports(lines) if "import " in text else {}
        hidden = {line for wrap in wraps for line in wrap} | folds | imports.keys()
        for line in hidden:
            if line < len(seen):
                seen[line] = shown[line] = ""
        front = _front(lines[1 : max(1, body - 1)])
        return cls(lines, shown, seen, body, front, wraps, hidden, dict(imports.values()))


def _front_end(lines: Sequence[str]) -> int:
    """The line after the block of fields above, YAML or TOML; 0 when there is none."""
    mark = lines[0].rstrip()
    if mark not in ("---", "+++"):
        return 0
    return next((at + 1 for at, line in enumerate(lines) if at and line.rstrip() == mark), 0)


def _front(lines: Iterable[str]) -> dict[str, str]:
    """The plain fields; no others mean anything to a digest."""
    pairs = (re.split(r"[:=]", line, maxsplit=1) for line in lines if line[:1].strip())
    return {one[0].strip().lower(): one[-1].strip().strip("\"'") for one in pairs}


def _as_markdown(lines: Sequence[str]) -> tuple[list[str], set[int]]:
    """The lines with the headings and bullets that are no Markdown as such, and the lines around
    that only fold a paper away."""
    seen = [_DOT.sub(r"\1-", line, count=1) if "•" in line else line for line in lines]
    folds = False
    for at, line in enumerate(lines):
        head = _HTML_HEAD.fullmatch(line) if "</" in line else None
        if head is None:
            continue
        level = 6 if head["tag"].lower() == "summary" else int(head["tag"][1])
        text = _TAG.sub("", _HTML_LINK.sub(r"[\2](\1)", head["text"])).strip()
        if level < 6 or "://" in text:
            seen[at] = f"{'#' * level} {text}"
            folds |= level == 6
    hidden = {at for at, line in enumerate(lines) if folds and _FOLD.fullmatch(line)}
    for first, end in _html_tables(lines):
        seen[first:end] = ["<table>"] * (end - first)
    return seen, hidden


def _html_tables(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The lines of each table in HTML, which Markdown takes apart at blank lines."""
    end = 0
    for at, line in enumerate(lines):
        if at >= end and line.lstrip()[:6].lower() == "<table":
            rest = enumerate(lines[at : at + _LONGEST_TABLE], start=at + 1)
            end = next((after for after, one in rest if "</table>" in one.lower()), at)
            yield at, end


def _imports(lines: Iterable[str]) -> dict[int, tuple[str, str]]:
    """The lines of a page that import a file by a name: that name and the file."""
    found = ((at, _IMPORT.match(line)) for at, line in enumerate(lines))
    return {at: (one["name"], one["path"]) for at, one in found if one}


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
        wraps = wraps or (not opened["info"] and any(map(_is_part, lines[at + 1 : end])))
        if wraps:
            yield at, end
        at = end + 1


def _is_part(line: str) -> bool:
    """Whether the line is the heading of a part that papers have."""
    label = heading_label(line.lstrip("#").strip()) if line[:1] == "#" else None
    return label is not None and label.is_usual


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

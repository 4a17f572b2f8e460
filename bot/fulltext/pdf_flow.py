"""Puts the lines of running text together to paragraphs across columns and pages."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.fulltext.pdf_page import Line
from bot.fulltext.text import ends_sentence, tidy
from bot.text.sentences import sentences

_BROKEN_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-$")
_FIRST_WORD = re.compile(r"^([^\W\d_]+)")
_HYPHENATED = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:-[^\W\d_]+)+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LIST_ITEM = re.compile(r"^(?:[•◦▪‣∙·●○■–]|\(?\d{1,2}[.)]|\(?[a-z][.)]|\([ivx]+\))\s")
_LONGEST_FRAGMENT = 15  # letters; parts of a set formula are shorter
_FOOTNOTE = re.compile(r"^(?:\d{1,2}(?!\d)|[∗*†‡§¶]+|[a-z])\s?[A-Z0-9h(]")


class Words:
    """The words of a paper, to tell broken words from hyphenated ones."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._whole: Counter[str] = Counter()
        self._hyphenated: Counter[str] = Counter()
        for line in lines:
            text = line.text.lower()
            self._hyphenated.update(_HYPHENATED.findall(text))
            self._whole.update(_WORD.findall(text))

    def join(self, before: str, after: str) -> str:
        """Two lines as one text; a word parted at the line's end is made whole again."""
        head, tail = _BROKEN_WORD.search(before), _FIRST_WORD.match(after)
        if head is None or tail is None:
            glued = before.endswith(("-", "/")) and not before.endswith((" -", " /"))
            return f"{before}{after}" if glued else f"{before} {after}"
        keeps = self._keeps_hyphen(before, head.group(1), tail.group(1))
        return f"{before if keeps else before[:-1]}{after}"

    def _keeps_hyphen(self, before: str, head: str, tail: str) -> bool:
        joined, parted = f"{head}{tail}".lower(), f"{head}-{tail}".lower()
        if self._whole[joined] != self._hyphenated[parted]:
            return self._hyphenated[parted] > self._whole[joined]
        is_compound = before[: -len(head) - 1].endswith("-")
        return is_compound or tail[0].isupper() or head.isupper()


def paragraph_text(lines: Sequence[Line], words: Words) -> str:
    """The lines of one paragraph as one text."""
    text = lines[0].text
    for line in lines[1:]:
        text = words.join(text, line.text)
    return tidy(text)


def paged_text(lines: Sequence[Line], words: Words) -> list[tuple[str, int]]:
    """A paragraph as texts with their pages, parted behind the sentence that turns a page."""
    parts: list[tuple[str, int]] = []
    rest = list(lines)
    whole = paragraph_text(rest, words)
    while rest:
        page = rest[0].page
        here = [line for line in rest if line.page == page]
        rest = [line for line in rest if line.page != page]
        if not rest:
            break
        least = len(paragraph_text(here, words))
        taken = 0
        for sentence in sentences(whole):
            taken = whole.index(sentence, taken) + len(sentence)
            if taken >= least:
                break
        parts.append((whole[:taken].strip(), page))
        whole = whole[taken:].strip()
    if whole:
        parts.append((whole, page))
    return parts


def starts_paragraph(before: Line, line: Line, *, leading: float) -> bool:
    """Whether *line* begins a new paragraph after *before*.

    *leading* is the document's usual distance of baselines, in points.
    """
    prose = min(len(before.text), len(line.text)) > _LONGEST_FRAGMENT
    if prose and abs(before.size - line.size) > 0.12 * max(before.size, line.size):
        return True
    if _LIST_ITEM.match(line.text):
        return True
    complete = ends_sentence(before.text)
    gap = before.y - line.y
    if before.page != line.page or gap < 0:
        return complete
    if gap > 1.45 * leading:
        return complete or gap > 2.5 * leading
    return complete and line.x0 > before.x0 + 0.8 * line.size


def is_footnote(line: Line, before: Line | None, *, body_size: float, height: float) -> bool:
    """Whether the line stands below the text in smaller letters, with a mark or after one that
    has it."""
    if line.size > 0.93 * body_size or line.y > 0.4 * height:
        return False
    if _FOOTNOTE.match(line.text):
        return before is None or line.size < 0.93 * before.size or line.y < before.y
    return False


def continues_footnote(line: Line, last: Line) -> bool:
    """Whether the line goes on with the footnote that *last* belongs to."""
    return line.page == last.page and line.follows(last) and not _FOOTNOTE.match(line.text)


def leading_of(lines: Sequence[Line], body_size: float) -> float:
    """The usual distance of baselines of the text, in points."""
    gaps: Counter[float] = Counter()
    for before, after in pairwise(lines):
        gap = before.y - after.y
        if abs(after.size - body_size) < 0.3 and 0.9 * body_size < gap < 2.6 * body_size:
            gaps[round(gap, 1)] += 1
    return gaps.most_common(1)[0][0] if gaps else 1.2 * body_size

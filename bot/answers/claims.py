"""Cuts a written answer into claims, so that each can be checked before anybody reads it."""

import re
from dataclasses import dataclass

from bot.text.sentences import sentence_ends, sentences

_PREFIX = re.compile(r"\s*(?:>\s*)*(?:[-*•+]\s+|\d{1,2}[.)]\s+|#{1,6}\s+)?")
# Marks that stand after the full stop belong to the sentence before it.
_MARK = r"\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\]"
_MARKS = re.compile(rf"(?:{_MARK}\s*)*")
_MARK_BEGINS = "[(【"
_LATE_MARKS = re.compile(rf"([.!?。])((?:\s*{_MARK})+)(?=\s|$)")
_OTHER_MARKS = re.compile(
    r"【(\d{1,3})[^【】]*】|\[(?:passages?|source|p\.?)\s*#?(\d{1,3})\]|"
    r"\((?:passages?|source)\s*#?(\d{1,3})\)",
    re.IGNORECASE,
)
_ROUND_MARKS = re.compile(r"\s\((\d{1,2}(?:\s*,\s*\d{1,2})*)\)(?=\s*(?:[.,;!?]|$))", re.MULTILINE)
# A full stop behind a mark ends a sentence, whatever letter comes next.
_CITED_END = re.compile(r"(?<=\][.!?。])\s+(?=\S)")


@dataclass(frozen=True)
class Claim:
    """A sentence or a table's row with what stands before it in its line (a bullet, say), whether
    it ends its line, and whether it is the head of a table."""

    text: str
    prefix: str = ""
    ends_line: bool = False
    is_head: bool = False


def claims_of(text: str) -> list[Claim]:
    """The claims of a finished stretch of Markdown in order; blank lines are empty claims."""
    found: list[Claim] = []
    for line in with_usual_marks(text).split("\n"):
        prefix = _PREFIX.match(line)
        lead = prefix.group() if prefix else ""
        body = line[len(lead) :].rstrip()
        parts = [body] if body.startswith("|") else _parts(body)
        if not parts:
            found.append(Claim("", lead if lead.strip() else "", ends_line=True))
        for at, part in enumerate(parts):
            marked = part if "[" in part else _ROUND_MARKS.sub(r" [\1]", part)
            found.append(Claim(marked, lead if at == 0 else "", ends_line=at == len(parts) - 1))
    return found


def with_usual_marks(text: str) -> str:
    """The text with its ways of citing turned into ``[2]`` before the full stop."""
    text = _OTHER_MARKS.sub(lambda match: f"[{next(g for g in match.groups() if g)}]", text)
    return _LATE_MARKS.sub(lambda match: f" {match[2].strip()}{match[1]}", text)


def finished_length(text: str) -> int:
    """How much of a text that is still being written ends with a whole sentence or line.

    A citation mark may follow a full stop, so a sentence counts only when the next has begun.
    """
    breaks = (at + 1 for at, char in enumerate(text) if char == "\n")
    stops = [*sentence_ends(text), *(match.end() for match in _CITED_END.finditer(text))]
    ends = [*breaks, *(end for stop in stops if (end := _after_marks(text, stop)))]
    inside_row = text.rfind("\n") + 1
    if text[inside_row:].lstrip().startswith("|"):
        ends = [end for end in ends if end <= inside_row]
    return max(ends, default=0)


def _after_marks(text: str, end: int) -> int:
    """The end of a sentence with the marks behind it; 0 while more of them may follow."""
    whole = _MARKS.match(text, end)
    after = whole.end() if whole else end
    return after if after < len(text) and text[after] not in _MARK_BEGINS else 0


def _parts(body: str) -> list[str]:
    return [part for sentence in sentences(body) for part in _CITED_END.split(sentence)]

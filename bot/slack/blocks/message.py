"""A message: blocks for the eye, and a plain text that says the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.slack.blocks.pages import MAX_BLOCKS, MAX_CHARACTERS, Piece, pack
from bot.slack.blocks.parts import SECTION_LIMIT, Block, context, header, section
from bot.slack.blocks.text import Mrkdwn, escape, escaped, prose, truncate
from bot.text import one_line

# Goes with every message: Slack makes no links and mentions of its own out of the plain text, as
# ``verbatim`` says of texts in blocks, and shows nothing below what is linked.
AS_WRITTEN: Mapping[str, Any] = {"parse": "none", "link_names": False}
UNFETCHED: Mapping[str, Any] = {"unfurl_links": False, "unfurl_media": False}

# What ``chat.update`` takes, which is less than ``chat.postMessage`` does.
TEXT_LIMIT = 4000
# The most characters of a row's head and of its sentence, from one try to the next. Sentences are
# shortened before titles are, since the titles say which papers there are.
_STEPS = (
    (300, 400),
    (300, 200),
    (300, 120),
    (200, 80),
    (150, 40),
    (150, 0),
    (90, 0),
    (60, 0),
    (40, 0),
    (24, 0),
    (12, 0),
)


@dataclass(frozen=True)
class Message:
    """*text* is read by screen readers and in notifications, so it says all that matters. One that
    *is_empty* says that there is nothing to show, which is of no use to anybody else."""

    text: str
    blocks: tuple[Block, ...] = ()
    is_empty: bool = False

    def payload(self) -> Mapping[str, Any]:
        """The arguments for ``chat.postMessage`` and its sisters."""
        return {"text": self.text, "blocks": list(self.blocks)}


def nothing_message(text: str) -> Message:
    """A sentence in the place of what was asked for: there is none, or it could not be had."""
    return replace(plain_message(text), is_empty=True)


def one_paragraph(text: str) -> Message:
    """A message of one paragraph of our own mrkdwn, which is its plain text as well."""
    return Message(text, (section(text),))


def plain_message(text: str, *more: str) -> Message:
    """A few of our own sentences in one block."""
    lines = [text, *more]
    shown = "\n".join(escaped(line, SECTION_LIMIT // len(lines)) for line in lines)
    return Message(text=fallback(lines), blocks=(section(shown),))


def listing_message(title: str, rows: Sequence[tuple[str, str]], *, hint: str = "") -> Message:
    """A headline and lines of *name* and explanation: help, status, settings.

    Lines beyond what one message holds are left out.
    """
    lines = [f"*{prose(name, 100)}*  {escaped(one_line(told), 300)}" for name, told in rows]
    groups = [lines[start : start + 3] for start in range(0, len(lines), 3)]
    (page, *_) = pack(
        [Piece((section("\n".join(group)),)) for group in groups] or [Piece(())],
        blocks=MAX_BLOCKS - 2,
        characters=MAX_CHARACTERS - 1000,
    )
    blocks = [header(title), *(block for piece in page for block in piece.blocks)]
    if hint:
        blocks.append(context(prose(hint, 600)))
    return Message(text=fallback([title], rows, [hint]), blocks=tuple(blocks))


def fallback(
    opening: Sequence[str], rows: Sequence[tuple[str, str]] = (), closing: Sequence[str] = ()
) -> str:
    """A message's plain text: the opening, every row (head, then sentence), the closing.

    When it is too long, sentences are shortened first, then titles; only if that is not enough are
    rows left out. Lines that are mrkdwn already are kept whole.
    """
    text = ""
    for head_limit, tail_limit in _STEPS:
        lines = [
            *(_line(line, head_limit * 3) for line in opening if line),
            *(escape(_row(row, head_limit, tail_limit)) for row in rows),
            *(_line(line, head_limit * 3) for line in closing if line),
        ]
        text = "\n".join(lines)
        if len(text) <= TEXT_LIMIT:
            return text
    return text[: text.rfind("\n", 0, TEXT_LIMIT - 1)] + "\n…"


def _line(line: str, limit: int) -> str:
    if isinstance(line, Mrkdwn):
        return " ".join(line.split())
    return escape(truncate(one_line(line), limit))


def _row(row: tuple[str, str], head_limit: int, tail_limit: int) -> str:
    head, tail = truncate(one_line(row[0]), head_limit), one_line(row[1])
    if not tail or not tail_limit:
        return head
    return f"{head}: {truncate(tail, tail_limit)}"

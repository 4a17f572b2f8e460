"""The plain text of a message: complete, within what ``chat.update`` takes (4,000 characters)."""

from collections.abc import Sequence

from bot.slack.blocks.text import Mrkdwn, escape, truncate
from bot.text import one_line

TEXT_LIMIT = 4000
# Sentences go before titles do, since the titles say which papers there are.
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


def fallback(
    opening: Sequence[str], rows: Sequence[tuple[str, str]] = (), closing: Sequence[str] = ()
) -> str:
    """Lines of plain words: the opening, every row (head, then sentence), the closing.

    When it grows too long, sentences are shortened first, then titles; a row is never left out
    before that has been tried. Lines that are mrkdwn already are kept whole.
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

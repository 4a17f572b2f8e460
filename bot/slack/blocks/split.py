"""Cutting what is too long for one message at places where a reader would."""

from collections.abc import Sequence

from bot.slack.blocks.message import Block

MAX_BLOCKS = 50


def split_blocks(
    groups: Sequence[Sequence[Block]], *, limit: int = MAX_BLOCKS
) -> list[list[Block]]:
    """Pages of at most *limit* blocks; a group (one paper, say) is never torn apart.

    Raises:
        ValueError: one group alone has more than *limit* blocks.
    """
    pages: list[list[Block]] = [[]]
    for group in groups:
        if len(group) > limit:
            raise ValueError(f"a group of {len(group)} blocks fits no message of {limit}")
        if len(pages[-1]) + len(group) > limit:
            pages.append([])
        pages[-1].extend(group)
    return [page for page in pages if page]


def split_text(text: str, *, limit: int) -> list[str]:
    """Pieces of at most *limit* characters, cut at paragraphs, lines, sentences, then words."""
    pieces = []
    rest = text.strip()
    while len(rest) > limit:
        cut = _cut(rest, limit)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*pieces, rest] if rest else pieces


def _cut(text: str, limit: int) -> int:
    for mark in ("\n\n", "\n", ". ", " "):
        place = text.rfind(mark, 0, limit - len(mark) + 1)
        if place > limit // 3:
            return place + len(mark)
    return limit

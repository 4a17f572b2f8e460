"""Packing pieces into as many messages as Slack's limits ask for.

Besides the 50 blocks there is an unpublished limit on a whole message, met at about 13,000
characters (``msg_blocks_too_long``). We count the JSON of the blocks, which is more than Slack
counts, so that a page that fits by our count fits by Slack's.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack.blocks.parts import Block

MAX_BLOCKS = 50
MAX_CHARACTERS = 12_000


def weight(blocks: Sequence[Block]) -> int:
    """Characters of the blocks as they are sent."""
    return sum(len(json.dumps(block, ensure_ascii=False)) for block in blocks)


@dataclass(frozen=True)
class Piece:
    """Blocks that stay together, and the lines that say the same in the plain text.

    Each row is a head (a number with its title) and what follows; the second part is shortened
    first when the whole text grows too long.
    """

    blocks: tuple[Block, ...]
    rows: tuple[tuple[str, str], ...] = ()


def pack(
    pieces: Sequence[Piece], *, blocks: int = MAX_BLOCKS, characters: int = MAX_CHARACTERS
) -> list[list[Piece]]:
    """The pieces in order, on as few pages as the two limits allow; never an empty page.

    A piece that exceeds a limit by itself gets a page of its own; whoever makes it keeps it small.
    """
    pages: list[list[Piece]] = []
    used_blocks = used_characters = 0
    for piece in pieces:
        size = weight(piece.blocks)
        fits = used_blocks + len(piece.blocks) <= blocks and used_characters + size <= characters
        if not pages or not fits:
            pages.append([])
            used_blocks = used_characters = 0
        pages[-1].append(piece)
        used_blocks += len(piece.blocks)
        used_characters += size
    return pages

"""Packing pieces into messages that Slack takes.

Besides the 50 blocks there is an unpublished limit on a whole message, met at about 13,000
characters (``msg_blocks_too_long``). The JSON of the blocks is counted, which is more than what
Slack counts, so a page that fits here fits there.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack.blocks.message import Block
from bot.slack.blocks.split import MAX_BLOCKS

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

    A piece that exceeds a limit alone gets a page of its own: its maker has to keep it small.
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

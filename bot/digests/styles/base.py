"""What a style file provides."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.blocks import Block
from bot.digests.content import DigestEntry
from bot.digests.voice import Voice


@dataclass(frozen=True)
class Style:
    """``entry`` draws one paper; its blocks are kept together on one message."""

    name: str
    entry: Callable[[DigestEntry, Voice], list[Block]]

"""What a style file provides."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.digests.content import DigestContent, DigestEntry
from bot.digests.localisation import Localisation
from bot.slack.blocks import Block
from bot.slack.blocks.pages import Piece


def _no_lead(_content: DigestContent, _voice: Localisation, _rich: bool) -> list[Piece]:
    return []


@dataclass(frozen=True)
class Style:
    """``entry`` draws one paper, whose blocks are kept together on one message; ``lead`` draws
    what stands before the papers. The flag says whether block types of 2026 may be used. ``daily``
    is False for a style that needs more than a day."""

    name: str
    entry: Callable[[DigestEntry, Localisation, bool], list[Block]]
    lead: Callable[[DigestContent, Localisation, bool], list[Piece]] = _no_lead
    daily: bool = True

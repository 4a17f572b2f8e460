"""The short quotations behind a citation: sentences that bear a claim out, with neighbours."""

from collections.abc import Sequence

from bot.answers.evidence import Source
from bot.answers.kinds import Kind
from bot.answers.sentences import pick
from bot.fulltext.text import sentences
from bot.search import Embedder

MOST_QUOTES = 2
GAP = " … "
_LONGEST = 300


def nearest(claims: Sequence[str], source: Source, embedder: Embedder | None) -> list[str]:
    """The sentences of *source* that are nearest to what was claimed from it, in its order."""
    found: list[str] = []
    for claim in claims:
        best = pick(claim, [source], kind=Kind.OTHER, embedder=embedder, limit=1).best
        if best and best[0].text not in found and len(found) < MOST_QUOTES:
            found.append(best[0].text)
    return in_order(found, source.text) or [_flat(source.text)[:_LONGEST]]


def in_order(quotes: Sequence[str], text: str) -> list[str]:
    """The quotes as they follow each other in *text*."""
    flat = _flat(text)
    return sorted(map(_flat, quotes), key=flat.find)


def around(quotes: Sequence[str], text: str) -> str:
    """The quotes with a sentence of *text* before and after each; what is left out is ``…``."""
    whole = sentences(_flat(text))
    flat = [_flat(quote) for quote in quotes]
    told = [at for at, one in enumerate(whole) if any(quote in one for quote in flat)]
    shown = {near for at in told for near in (at - 1, at, at + 1) if 0 <= near < len(whole)}
    if not told or not all(any(quote in whole[at] for at in told) for quote in flat):
        return GAP.join(flat)
    pieces = []
    for at in sorted(shown):
        gap = "" if at == 0 or at - 1 in shown else "… "
        pieces.append(gap + whole[at])
    return " ".join(pieces) + ("" if len(whole) - 1 in shown else " …")


def _flat(text: str) -> str:
    return " ".join(text.split())

"""What speaks against a sentence by its words alone: checks that need no model. Pure."""

from collections.abc import Sequence

from bot.text.quantities import Evidence
from bot.verification.swaps import has_swapped_numbers


def objection(sentence: str, passages: Sequence[str], *, known: str = "") -> str:
    """What is wrong with *sentence* if it rests on *passages*, in English; empty when nothing is.

    *known* is what it may name besides, such as titles and authors.
    """
    lost = Evidence("\n".join([known, *passages])).missing(sentence)
    if lost:
        return f"{', '.join(lost)} stands in none of its passages"
    if has_swapped_numbers(sentence, passages):
        return "its numbers are told the other way round"
    return ""

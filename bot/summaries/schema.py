"""The parts that a model is asked to write of a paper, and the limit of each text.

The objects that it writes them as are in :mod:`bot.summaries.objects`, which takes long to import
and is imported when a model is asked.
"""

from collections.abc import Mapping
from typing import Literal, get_args

from bot.text.sentences import sentences, shorten

ABSTRACT = "abstract"
# The most characters of each text, by the first word of its place. What is longer is told to the
# model; beyond twice as much it is cut at once.
LIMITS: Mapping[str, int] = {
    "tldr": 300,
    "highlights": 500,
    "sections": 700,
    "introduction": 300,
    ABSTRACT: 1900,
}
HighlightSlot = Literal["new", "technical", "performance"]
SectionSlot = Literal[
    "motivation", "contributions", "method", "setup", "results", "limitations", "followups"
]
HIGHLIGHTS: tuple[str, ...] = get_args(HighlightSlot)
SECTIONS: tuple[str, ...] = get_args(SectionSlot)


def limit_of(place: str) -> int:
    """The most characters that the text at a place may have."""
    return LIMITS[place.split(".")[0]]


def fitted(text: str, longest: int) -> str:
    """*text*, or whole sentences of it when it is longer than *longest* letters."""
    if len(text) <= longest:
        return text
    kept = ""
    for sentence in sentences(text):
        if len(kept) + len(sentence) + 1 > longest:
            break
        kept = f"{kept} {sentence}".strip()
    return kept or shorten(text, longest)

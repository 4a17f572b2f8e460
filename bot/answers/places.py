"""Places that a question names: "Table 1", "figure 3", "section 4", "appendix B". Pure.

How each language names them stands in its folder (``Language.pointing``).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.languages import languages
from storage import Passage

SECTION = "section"
SECTION_JOINT = " › "
# "Table 1", "Figure 3:", "TABLE IV.": the caption's first word and its label.
_CAPTION = re.compile(r"\W{0,3}[^\W\d_]{1,12}\.?\s?(?P<label>[A-Z]{0,4}[.\d]{0,8})", re.IGNORECASE)
# "4 Experiments", "4.1. Data", "Appendix B Proofs", "B Proofs".
_HEADING = re.compile(
    r"(?:[^\W\d_]{3,12}\s)?(?P<label>\d{1,3}(?:\.\d{1,3}){0,4}|[A-Z](?:\.\d{1,3}){0,4})(?![^\W_])"
)


@dataclass(frozen=True)
class Place:
    """A table, figure or section of a paper; ``kind`` is that of its passages, or ``section``."""

    kind: str
    label: str


def named_places(question: str) -> tuple[Place, ...]:
    """The places that *question* names, in its order."""
    found = [
        (match.start(), Place(kind, match["n"].upper()))
        for one in languages()
        for kind, pattern in one.pointing.places
        for match in pattern.finditer(question)
    ]
    return tuple(dict.fromkeys(place for _, place in sorted(found, key=lambda pair: pair[0])))


def at_places(passages: Sequence[Passage], named: Sequence[Place]) -> list[Passage]:
    """The passages that stand at one of the *named* places, in their order."""
    return [one for one in passages if any(_stands_at(one, place) for place in named)]


def _stands_at(passage: Passage, place: Place) -> bool:
    if place.kind != SECTION:
        match = _CAPTION.match(passage.text)
        is_labelled = match is not None and match["label"].upper().strip(".") == place.label
        return passage.kind == place.kind and is_labelled
    labels = [_HEADING.match(title) for title in passage.section.split(SECTION_JOINT)]
    return any(
        label is not None
        and (label["label"] == place.label or label["label"].startswith(f"{place.label}."))
        for label in labels
    )

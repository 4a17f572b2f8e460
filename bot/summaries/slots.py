"""The slots of a summary, and the words by which a sentence shows that it belongs to one."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.languages import any_of
from bot.languages.language import Cues

HIGHLIGHTS = ("new", "technical", "performance")
SECTIONS = (
    "motivation",
    "contributions",
    "method",
    "setup",
    "results",
    "limitations",
    "followups",
)


@dataclass(frozen=True)
class Cue:
    """What speaks for a slot: ``words`` in a sentence, ``titles`` of the section it stands in,
    where in a text it mostly stands (0 start, 1 end), and how much a number in it counts.
    ``against``: words by which a sentence belongs to another slot after all."""

    words: re.Pattern[str]
    titles: re.Pattern[str] | None
    place: float
    number: float = 0.0
    against: re.Pattern[str] | None = None


def _cue(
    words: Callable[[Cues], str],
    titles: str | None,
    place: float,
    number: float = 0.0,
    *,
    against: re.Pattern[str] | None = None,
) -> Cue:
    pattern = re.compile(titles, re.IGNORECASE) if titles else None
    return Cue(any_of(lambda one: words(one.cues)), pattern, place, number, against)


def _either(one: str, other: str) -> str:
    return "|".join(filter(None, (one, other)))


# What was the matter before the paper, and not what the paper did or reached.
_BEFORE = any_of(lambda one: one.cues.before)

TLDR = _cue(lambda cues: cues.new, None, 0.25)
HIGHLIGHT_CUES = {
    "new": _cue(lambda cues: cues.new, r"introduction|contribution", 0.3),
    "technical": _cue(
        lambda cues: cues.technical,
        r"method|approach|model|architecture|framework|algorithm|training",
        0.5,
        against=_BEFORE,
    ),
    "performance": _cue(
        lambda cues: cues.performance,
        r"result|experiment|evaluation|performance|conclusion",
        0.85,
        0.8,
        against=_BEFORE,
    ),
}
SECTION_CUES = {
    "motivation": _cue(
        lambda cues: cues.motivation, r"introduction|motivation|background|problem", 0.1
    ),
    "contributions": _cue(
        lambda cues: _either(cues.new, cues.contributions), r"introduction|contribution", 0.35
    ),
    "method": HIGHLIGHT_CUES["technical"],
    "setup": _cue(
        lambda cues: cues.setup,
        r"experiment|setup|setting|implementation|data|evaluation",
        0.7,
        0.3,
    ),
    "results": HIGHLIGHT_CUES["performance"],
    "limitations": _cue(lambda cues: cues.limitations, r"limitation|failure", 0.9),
    "followups": _cue(lambda cues: cues.followups, r"future", 1.0),
}
INTRODUCTION = _cue(lambda cues: _either(cues.motivation, cues.new), r"introduction", 0.3)

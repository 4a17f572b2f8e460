"""What each sentence of an abstract does: background, contribution, method or result. Pure.

Abstracts tell these in much the same order, so the sentences are labelled together: of all
sequences of roles the one is chosen whose words and order fit best (Viterbi's algorithm).
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from re import Pattern

from bot.languages import any_of
from bot.text.sentences import sentences as sentences_of

BACKGROUND, CONTRIBUTION, METHOD, RESULT = "background", "contribution", "method", "result"
ROLES = (BACKGROUND, CONTRIBUTION, METHOD, RESULT)
# By role: the cues that speak for it, with their weights.
_SIGNS = {
    BACKGROUND: {"before": 1.5, "motivation": 0.8},
    CONTRIBUTION: {"new": 1.6, "announcing": 1.0, "own": 0.2},
    METHOD: {"technical": 0.8},
    RESULT: {"finding": 1.2, "performance": 0.7, "measured": 0.5, "own": 0.1},
}
# What is not about the authors' own work is mostly background where it stands first.
_NOT_OWN = 0.6
# From the row's role to the column's, in the order of ROLES.
_STEPS = (
    (0.3, 0.3, -0.6, -0.4),
    (-1.0, 0.0, 0.3, 0.2),
    (-1.0, -0.3, 0.3, 0.2),
    (-2.0, -0.7, -0.5, 0.5),
)
_FIRST = (0.5, 0.0, -1.0, -1.0)


def roles_of(sentences: Sequence[str]) -> list[str]:
    """The role of each sentence of an abstract, in their order."""
    if not sentences:
        return []
    best = [first + own for first, own in zip(_FIRST, _fits(sentences[0]), strict=True)]
    came_from: list[list[int]] = []
    for sentence in sentences[1:]:
        steps = [
            max((best[before] + _STEPS[before][at], before) for before in range(len(ROLES)))
            for at in range(len(ROLES))
        ]
        came_from.append([before for _, before in steps])
        best = [total + own for (total, _), own in zip(steps, _fits(sentence), strict=True)]
    path = [best.index(max(best))]
    for before in reversed(came_from):
        path.append(before[path[-1]])
    return [ROLES[at] for at in reversed(path)]


# A day's list is shown to many members, and each time it asks for the same few dozen abstracts.
@lru_cache(maxsize=512)
def contribution_of(abstract: str) -> str:
    """The first sentence of an abstract that tells what the paper contributes, else its first."""
    parts = sentences_of(abstract)
    found = (one for one, role in zip(parts, roles_of(parts), strict=True) if role == CONTRIBUTION)
    return next(found, next(iter(parts), ""))


def _fits(sentence: str) -> list[float]:
    shown = {name for name in _cues() if _cues()[name].search(sentence)}
    fits = [sum(weight for name, weight in _SIGNS[role].items() if name in shown) for role in ROLES]
    if not shown & {"own", "new", "announcing"}:
        fits[0] += _NOT_OWN
    elif "before" not in shown:
        # What the authors speak of as theirs is no background, whatever is the matter with it.
        fits[0] = 0.0
    return fits


@cache
def _cues() -> dict[str, Pattern[str]]:
    return {name: _cue(name) for signs in _SIGNS.values() for name in signs}


def _cue(name: str) -> Pattern[str]:
    return any_of(lambda one: str(getattr(one.cues, name)))

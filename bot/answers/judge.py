"""Judges, without a model, whether the best sentences really answer a question."""

from collections.abc import Sequence

from bot.answers.kinds import Kind, Look, look_for
from bot.answers.sentences import Pick, has_cue

_SIMILAR, _COVERED = 0.32, 0.5


def seems_answered(kind: Kind, picks: Sequence[Pick]) -> bool:
    """Whether the picks are near enough to the question to be shown as an answer."""
    if not picks:
        return False
    look = look_for(kind)
    if kind is Kind.SUMMARY or any(pick.source.slot in look.slots for pick in picks):
        return True
    if look.is_strict:
        return any(_is_marked(pick, look) for pick in picks)
    return any(
        pick.coverage >= _COVERED or (pick.similarity or 0.0) >= _SIMILAR for pick in picks[:3]
    )


def _is_marked(pick: Pick, look: Look) -> bool:
    """Whether a sentence stands in a section of its kind, or says that it is of its kind."""
    titled = look.titles is not None and look.titles.search(pick.source.section) is not None
    return titled or pick.source.slot in look.slots or has_cue(pick.text, look)

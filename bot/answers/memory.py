"""What was said before, cut to what a prompt can carry."""

import re
from collections.abc import Sequence

from bot.answers.wishes import Kind, Wish
from bot.model.records import estimate_tokens
from bot.search.matching import query_terms
from storage import Turn

MOST_TOKENS = 1800
MOST_TOKENS_OF_A_TURN = 300
# The answer before may have to be put simpler, or into another language.
_MOST_TOKENS_OF_THE_LAST = 900
_LONGEST_BEFORE = 300
# A single rare word weighs 1.
_ENOUGH_SAID = 0.8
_OURS = "paperboy"
# Marks in an answer of before count other passages than those of now.
_MARKS = re.compile(r"\s?\[\d{1,3}(?:, \d{1,3}){0,20}\]")


def recall(turns: Sequence[Turn], *, tokens: int = MOST_TOKENS) -> str:
    """The newest turns that fit, oldest first, a line each; ``-`` when nothing was said."""
    lines: list[str] = []
    left = tokens
    longest = _MOST_TOKENS_OF_THE_LAST
    for turn in reversed(turns):
        is_ours = turn.speaker == _OURS
        line = _line(turn, longest if is_ours else MOST_TOKENS_OF_A_TURN)
        longest = MOST_TOKENS_OF_A_TURN if is_ours else longest
        cost = estimate_tokens(line)
        if cost > left:
            break
        left -= cost
        lines.append(line)
    return "\n".join(reversed(lines)) or "-"


def in_context(wish: Wish, turns: Sequence[Turn]) -> str:
    """The wish's question as a search needs it: one that names no subject ("and the second?",
    "more simply, please") gets the asker's question before it put in front."""
    question = wish.question
    if wish.kind is not Kind.REWORD and (wish.kind is not Kind.OTHER or _says_enough(question)):
        return question
    asked = (turn.text for turn in reversed(turns) if turn.speaker != _OURS)
    before = next((text for text in asked if text != question and _says_enough(text)), "")
    return f"{before[:_LONGEST_BEFORE]} {question}".strip()


def _says_enough(question: str) -> bool:
    return sum(needle.weight for needle in query_terms(question)) > _ENOUGH_SAID


def _line(turn: Turn, most: int) -> str:
    speaker = "You" if turn.speaker == _OURS else "Asker"
    text = " ".join(_MARKS.sub("", turn.text).split())
    while estimate_tokens(text) > most:
        text = text[: len(text) * 3 // 4].rstrip() + " …"
    return f"{speaker}: {text}"

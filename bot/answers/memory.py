"""What was said before, cut to what a prompt can carry."""

from collections.abc import Sequence

from bot.answers.wishes import Kind, Wish
from bot.model.records import estimate_tokens
from bot.search.matching import needles
from storage import Turn

MOST_TOKENS = 1200
MOST_TOKENS_OF_A_TURN = 300
_LONGEST_BEFORE = 300
# A single rare word weighs 1.
_ENOUGH_SAID = 0.8
_OURS = "paperboy"


def recall(turns: Sequence[Turn], *, tokens: int = MOST_TOKENS) -> str:
    """The newest turns that fit, oldest first, a line each; ``-`` when nothing was said."""
    lines: list[str] = []
    left = tokens
    for turn in reversed(turns):
        line = _line(turn)
        cost = estimate_tokens(line)
        if cost > left:
            break
        left -= cost
        lines.append(line)
    return "\n".join(reversed(lines)) or "-"


def in_context(wish: Wish, turns: Sequence[Turn]) -> str:
    """The wish's question as a search needs it: one that names no subject ("and the second?")
    gets the asker's question before it put in front."""
    question = wish.question
    says = sum(needle.weight for needle in needles(question))
    if wish.kind is not Kind.OTHER or says > _ENOUGH_SAID:
        return question
    before = [turn.text for turn in turns if turn.speaker != _OURS and turn.text != question]
    return f"{before[-1][:_LONGEST_BEFORE]} {question}" if before else question


def _line(turn: Turn) -> str:
    speaker = "You" if turn.speaker == _OURS else "Asker"
    text = " ".join(turn.text.split())
    while estimate_tokens(text) > MOST_TOKENS_OF_A_TURN:
        text = text[: len(text) * 3 // 4].rstrip() + " …"
    return f"{speaker}: {text}"

"""What was said before, cut to what a prompt can carry."""

from collections.abc import Sequence

from bot.model.records import estimate_tokens
from storage import Turn

MOST_TOKENS = 1200
MOST_TOKENS_OF_A_TURN = 300
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


def _line(turn: Turn) -> str:
    speaker = "You" if turn.speaker == _OURS else "Asker"
    text = " ".join(turn.text.split())
    while estimate_tokens(text) > MOST_TOKENS_OF_A_TURN:
        text = text[: len(text) * 3 // 4].rstrip() + " …"
    return f"{speaker}: {text}"

"""Where the sentences of a summary were taken from, when nobody but the paper wrote them. Pure."""

from collections.abc import Sequence

from bot.text.sentences import sentences
from storage import Passage

# A chosen sentence may have lost its first words ("However, …") or its end.
_OF_ONE_SENTENCE = slice(12, 60)


def by_passage(text: str, passages: Sequence[Passage]) -> list[tuple[str, Passage | None]]:
    """The sentences of *text* with the passage that holds them, neighbours of one passage
    together; None for those of the abstract."""
    parts: list[tuple[str, Passage | None]] = []
    flat = [(one, " ".join(one.text.split())) for one in passages]
    for sentence in sentences(" ".join(text.split())):
        mark = sentence[_OF_ONE_SENTENCE] or sentence
        holder = next((passage for passage, held in flat if mark in held), None)
        if parts and parts[-1][1] is holder:
            parts[-1] = (f"{parts[-1][0]} {sentence}", holder)
        else:
            parts.append((sentence, holder))
    return parts

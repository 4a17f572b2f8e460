"""Tells what is to be said of a text by examples of which it is known, in whatever language.

An example has a say as far as a text is near to it (kernel ridge regression), by what it means and
by how it is put: "how long does it take" means much the same of a meeting and of a model,
and "we should try it" differs from "do they try it" in little but its words. They are learnt
beforehand, by ``tests.learn_talk``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.search.embedder import Embedder, unit

Numbers = NDArray[np.float32]
# How fast an example's say falls with its distance, and the lengths of the pieces that tell how a
# text is put.
_SHARPNESS, _PIECES = 3.0, (2, 3, 4)
_LINK = re.compile(r"https?://\S+")
_LONGEST = 600
# The steps of a stored vector's numbers, which lie between -1 and 1.
STEPS = 127


@dataclass(frozen=True)
class ByExample:
    """What examples say to some questions, a column of *votes* and *pieces* each. Rows of
    *meanings* and *votes* are examples; without an embedder there are none, and their words alone
    speak. Safe in any thread."""

    names: tuple[str, ...]
    meanings: Numbers
    votes: Numbers
    places: Mapping[str, int]
    rarity: Numbers
    pieces: Numbers

    def scores(self, text: str, embedder: Embedder | None) -> dict[str, float]:
        """What is said of a text: about what was said of examples like it, and about 0 where there
        are none. The embedder is the one that the examples were learnt with."""
        says = form_vectors([text], self.places, self.rarity) @ self.pieces
        if embedder is not None:
            says = says + kernel(meaning_vectors([text], embedder), self.meanings) @ self.votes
        return dict(zip(self.names, map(float, says[0]), strict=True))


def load(path: Path, name: str) -> ByExample:
    """What was stored under a name."""
    with np.load(path) as stored:
        names, meanings, votes, places, rarity, pieces = (
            stored[f"{name}/{part}"]
            for part in ("names", "meanings", "votes", "places", "rarity", "pieces")
        )
    return ByExample(
        names=tuple(map(str, names)),
        meanings=meanings.astype(np.float32) / STEPS,
        votes=votes.astype(np.float32),
        places={str(piece): at for at, piece in enumerate(places)},
        rarity=rarity.astype(np.float32),
        pieces=pieces.astype(np.float32),
    )


def meaning_vectors(texts: Sequence[str], embedder: Embedder) -> Numbers:
    """What texts mean, a row a text."""
    return embedder.embed([_LINK.sub("https://", one[:_LONGEST]) for one in texts])


def kernel(texts: Numbers, examples: Numbers, *, sharpness: float = _SHARPNESS) -> Numbers:
    """How near texts are to examples in meaning: 1 where they are the same. The sharper, the less
    what is far away has a say."""
    return np.asarray(np.exp(sharpness * (texts @ examples.T - 1)), dtype=np.float32)


def form_vectors(texts: Sequence[str], places: Mapping[str, int], rarity: Numbers) -> Numbers:
    """How texts are put, a row a text. *places* are the columns of the pieces that count, *rarity*
    is how much each does."""
    rows = np.zeros((len(texts), len(places)), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        known = [places[piece] for piece in letter_ngrams(text) if piece in places]
        row[known] = rarity[known]
    return unit(rows)


def letter_ngrams(text: str) -> set[str]:
    """Every few letters in a row of the words, with the spaces around them; numbers are alike."""
    plain = _LINK.sub("https://", text[:_LONGEST].lower())
    line = " " + re.sub(r"\d+", "0", " ".join(plain.split())) + " "
    return {line[at : at + size] for size in _PIECES for at in range(len(line) - size + 1)}

"""Tells of which kind a text is by examples of each kind, in whatever language.

An example speaks for its kind as far as a text is near to it (kernel ridge regression), by what it
means and by how it is put: "how long does it take" means much the same of a meeting and of a model,
and "we should try it" differs from "do they try it" in little but its words.
"""

import math
import re
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.search.embedder import Embedder, unit

Numbers = NDArray[np.float32]
# How fast an example's say falls with its distance, how little is believed of examples of a kind
# that has many, and the lengths of the pieces that tell how a text is put; chosen by leaving out a
# fifth of the examples in turn.
_SHARPNESS, _RIDGE, _PIECES = 4.0, 0.3, (2, 3, 4)
_LINK = re.compile(r"https?://\S+")
_LONGEST = 600


@dataclass(frozen=True)
class _Learnt:
    """What each example's meaning, and each piece of a text, says for each kind."""

    meanings: Numbers | None
    votes: Numbers
    places: Mapping[str, int]
    rarity: Numbers
    pieces: Numbers


class ByExample:
    """Examples of several kinds; without an embedder by their words alone. Safe in any thread."""

    def __init__(self, examples: Mapping[str, Sequence[str]], embedder: Embedder | None) -> None:
        self._asked = [(kind, one) for kind, texts in examples.items() for one in texts]
        self._embedder = embedder
        self._lock = threading.Lock()
        self._known: _Learnt | None = None
        self.kinds = tuple(examples)

    @property
    def is_learnt(self) -> bool:
        """Whether :meth:`scores` answers at once."""
        return self._known is not None

    def scores(self, text: str) -> dict[str, float]:
        """How much speaks for each kind: 1 where it is like its examples, -1 where it is like
        those of the others, and about 0 where it is like none."""
        learnt = self._learnt()
        says = _put([text], learnt.places, learnt.rarity) @ learnt.pieces
        if learnt.meanings is not None:
            says = says + _kernel(self._meant([text]), learnt.meanings) @ learnt.votes
        return dict(zip(self.kinds, map(float, says[0]), strict=True))

    def _learnt(self) -> _Learnt:
        """What the examples say; whoever comes while that is being learnt waits for it."""
        with self._lock:
            if self._known is None:
                self._known = self._learn()
            return self._known

    def _learn(self) -> _Learnt:
        texts = [text for _, text in self._asked]
        counts = Counter(piece for text in texts for piece in _pieces(text))
        shared = [piece for piece, count in counts.items() if count > 1]
        places = {piece: at for at, piece in enumerate(shared)}
        rarity = np.array([math.log(len(texts) / counts[one]) for one in shared], np.float32)
        put = _put(texts, places, rarity)
        near, meanings = put @ put.T, None
        if self._embedder is not None:
            meanings = self._meant(texts)
            near = near + _kernel(meanings, meanings)
        is_of = np.array([[kind == one for one in self.kinds] for kind, _ in self._asked])
        doubt = is_of @ is_of.sum(axis=0) * len(self.kinds) / len(texts)
        votes = np.linalg.solve(near + _RIDGE * np.diag(doubt), np.where(is_of, 1.0, -1.0))
        return _Learnt(meanings, votes.astype(np.float32), places, rarity, put.T @ votes)

    def _meant(self, texts: Sequence[str]) -> Numbers:
        assert self._embedder is not None
        return self._embedder.embed([_LINK.sub("https://", one[:_LONGEST]) for one in texts])


def _kernel(texts: Numbers, examples: Numbers) -> Numbers:
    return np.asarray(np.exp(_SHARPNESS * (texts @ examples.T - 1)), dtype=np.float32)


def _put(texts: Sequence[str], places: Mapping[str, int], rarity: Numbers) -> Numbers:
    """How texts are put, a row a text."""
    rows = np.zeros((len(texts), len(places)), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        known = [places[piece] for piece in _pieces(text) if piece in places]
        row[known] = rarity[known]
    return unit(rows)


def _pieces(text: str) -> set[str]:
    """Every few letters in a row of the words, with the spaces around them; numbers are alike."""
    plain = _LINK.sub("https://", text[:_LONGEST].lower())
    line = " " + re.sub(r"\d+", "0", " ".join(plain.split())) + " "
    return {line[at : at + size] for size in _PIECES for at in range(len(line) - size + 1)}

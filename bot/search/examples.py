"""Tells what is to be said of a text by examples of which it is known, in whatever language.

An example has a say as far as a text is near to it (kernel ridge regression), by what it means and
by how it is put: "how long does it take" means much the same of a meeting and of a model,
and "we should try it" differs from "do they try it" in little but its words.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.search.embedder import Embedder, unit

Numbers = NDArray[np.float32]
# How fast an example's say falls with its distance, how little is believed of a single one, the
# lengths of the pieces that tell how a text is put, and in how many examples a piece must stand;
# chosen by leaving out a fifth of the examples in turn, and on cases kept for choosing.
_SHARPNESS, _RIDGE, _PIECES, _RARE = 3.0, 0.3, (2, 3, 4), 3
_LINK = re.compile(r"https?://\S+")
_LONGEST = 600
# The steps of a stored vector's numbers, which lie between -1 and 1.
_STEPS = 127


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
        says = _put([text], self.places, self.rarity) @ self.pieces
        if embedder is not None:
            says = says + _kernel(_meant([text], embedder), self.meanings) @ self.votes
        return dict(zip(self.names, map(float, says[0]), strict=True))


def learn(
    texts: Sequence[str], said: Mapping[str, Sequence[float]], embedder: Embedder | None
) -> ByExample:
    """Learn from examples, which takes some seconds where they are thousands. *said* tells, under
    each name, 1, -1 or 0 for "neither" of each of them."""
    counts = Counter(piece for text in texts for piece in _pieces(text))
    shared = [piece for piece, count in counts.items() if count >= _RARE]
    places = {piece: at for at, piece in enumerate(shared)}
    rarity = np.array([math.log(len(texts) / counts[one]) for one in shared], np.float32)
    put = _put(texts, places, rarity)
    near = put @ put.T
    meanings = np.zeros((0, 0), np.float32)
    if embedder is not None:
        meanings = _meant(texts, embedder)
        near += _kernel(meanings, meanings)
    near[np.diag_indices_from(near)] += _RIDGE
    votes = np.linalg.solve(near, np.array(list(said.values()), np.float32).T)
    return ByExample(tuple(said), meanings, votes, places, rarity, put.T @ votes)


def save(path: Path, learnt: Mapping[str, ByExample], *, mark: str) -> None:
    """Write what was learnt, each under its name, at a quarter of its size; *mark* tells from
    which examples."""
    parts = {
        f"{name}/{part}": array
        for name, one in learnt.items()
        for part, array in (
            ("names", np.array(one.names)),
            ("meanings", np.rint(one.meanings * _STEPS).astype(np.int8)),
            ("votes", one.votes.astype(np.float16)),
            ("places", np.array(list(one.places))),
            ("rarity", one.rarity.astype(np.float16)),
            ("pieces", one.pieces.astype(np.float16)),
        )
    }
    np.savez_compressed(path, allow_pickle=False, mark=np.array(mark), **parts)


def mark_of(path: Path) -> str:
    """From which examples the file was learnt; empty where there is none."""
    if not path.exists():
        return ""
    with np.load(path) as stored:
        return str(stored["mark"])


def load(path: Path, name: str) -> ByExample:
    """What was stored under a name."""
    with np.load(path) as stored:
        names, meanings, votes, places, rarity, pieces = (
            stored[f"{name}/{part}"]
            for part in ("names", "meanings", "votes", "places", "rarity", "pieces")
        )
    return ByExample(
        names=tuple(map(str, names)),
        meanings=meanings.astype(np.float32) / _STEPS,
        votes=votes.astype(np.float32),
        places={str(piece): at for at, piece in enumerate(places)},
        rarity=rarity.astype(np.float32),
        pieces=pieces.astype(np.float32),
    )


def _meant(texts: Sequence[str], embedder: Embedder) -> Numbers:
    return embedder.embed([_LINK.sub("https://", one[:_LONGEST]) for one in texts])


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

"""Which texts answer a question, learnt from questions whose answering paragraphs are known.

An encoder puts a question near to texts that say something alike; what answers it says something
else. So the question's vector is mapped to where its answers lie, and each sign that can be seen
on the surface of a text (numbers, names, references …) gets a weight that depends on the question:
one that asks "how many" likes numbers. Trained by ``tests.benchmarks.question_map``, which tells
the data, the seed and what was measured.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from bot.search.embedder import EmbeddedEncoder, Vectors

Scores = NDArray[np.float64]
_FILE = "question_map.npz"
_EDGES = ".,;:!?()[]{}\"'“”‘’%±~+-–−"
_LARGE = 3
_DIGITS_OF_A_YEAR = 4


@dataclass(frozen=True)
class QuestionMap:
    """``meaning`` maps a question's vector to that of its answers; ``signs`` gives each sign of
    :func:`signs_of` its weight for a question."""

    meaning: Vectors
    signs: Vectors

    def scores(self, question: Vectors, vectors: Vectors, signs: Vectors) -> Scores:
        """How much each text looks like an answer: rows of *vectors* and *signs* are texts."""
        sought, weights = self.meaning @ question, self.signs @ question
        return np.asarray(vectors @ sought + signs @ weights, dtype=np.float64)


@cache
def question_map(model: str) -> QuestionMap | None:
    """The map that was learnt for the vectors of an encoder; None for any other encoder."""
    if model != EmbeddedEncoder.name:
        return None
    with (files("bot.search") / _FILE).open("rb") as file, np.load(file) as stored:
        return QuestionMap(*(stored[name].astype(np.float32) for name in ("meaning", "signs")))


def signs_of(texts: Sequence[str]) -> Vectors:
    """What can be seen on the surface of each text, whatever its language, a row a text."""
    return np.log1p(np.array([_signs(text) for text in texts], dtype=np.float32).reshape(-1, 11))


def _signs(text: str) -> list[int]:
    words = text.split()
    # A reference's number measures nothing.
    bare = [word.strip(_EDGES) for word in words if "[" not in word]
    numbers = [one for one in bare if _is_number(one)]
    names = [one for one in bare if _is_name(one)]
    capitals = [one for one in bare[1:] if one[:1].isupper() and not _is_name(one)]
    return [
        len(numbers),
        bool(numbers),
        sum("." in one for one in numbers) + text.count("%"),
        sum(len(one) >= _LARGE for one in numbers),
        len(names),
        bool(names),
        len(capitals),
        text.count(","),
        text.count("("),
        text.count("["),
        len(words),
    ]


def _is_number(word: str) -> bool:
    """Whether a word is a number that may measure something: no year, nor a name with digits."""
    is_year = len(word) == _DIGITS_OF_A_YEAR and word.isdigit() and word[:2] in ("19", "20")
    return any(map(str.isdigit, word)) and not any(map(str.isalpha, word)) and not is_year


def _is_name(word: str) -> bool:
    """Whether a word has capitals or digits where common words have none: BERT, CoNLL, top-5."""
    inner = word[1:]
    return any(map(str.isalpha, word)) and any(one.isupper() or one.isdigit() for one in inner)

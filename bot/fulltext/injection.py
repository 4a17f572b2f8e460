"""Keeps sentences that speak to a language model out of what a model reads of a paper.

Paper text is data: it must not steer the model that summarises it. Three properties of a sentence
are looked at, none of them a list of wordings: whether it is in the paper's own script and
language, whether it holds marks that are meant for a machine, and whether it reads like an order, a
wish to the reader or praise of the paper. The last is told by a linear classifier over sentence
vectors, which knows the meaning of a sentence in whatever language it is written; where no encoder
is installed, the other two have to do.

What a model writes is held against the same classifier, since no list of attacks is ever complete:
see :meth:`InjectionFilter.unsupported`.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from bot.search.embedder import Embedder, Vectors
from bot.text.sentences import sentences
from bot.text.words import is_stop_word

LONGEST_SENTENCE = 2_000
_BATCH = 64
# Words that a sentence must have before their kind says anything about it.
_FEWEST_WORDS = 3
# No honest sentence of so many words has been seen without a single function word.
_FUNCTION_WORDS_EXPECTED_FROM = 12
_FEWEST_LETTERS = 4
_MOST_FOREIGN, _LEAST_OWN = 0.3, 0.05
# How near a sentence must be to the paper's own for its tone not to matter.
_TOLD = 0.4

_MARK = re.compile(
    r"<\|[^|<>]{1,40}\|>|\[/?INST\]|<</?SYS>>|<!--"  # templates of chats, comments
    r"|</?(?:system|user|assistant|developer|human|instructions?|prompt|tool_call|function_call)\b"
    r"[^<>]{0,80}>"
    r"|[\"']role[\"']\s*:|\{\s*\"\w{1,40}\"\s*:"  # messages and answers in JSON
    r"|<[@#!][^<>]{1,80}>|[A-Za-z0-9]{40}",  # calls of people; codes
    re.IGNORECASE,
)
_WHOLE_WORD = re.compile(r"(?<![\w/.-])[^\W\d_]+(?![\w/]|[.-]\w)")
_PARAGRAPH = re.compile(r"\n\s*\n")
_CELLS = " | "
# Scripts that stand in texts of any script: names, formulas.
_COMMON = frozenset({"LATIN", "GREEK", "MATHEMATICAL"})
_ONE_SCRIPT = {"HIRAGANA": "CJK", "KATAKANA": "CJK"}


@dataclass(frozen=True)
class Classifier:
    """Tells by a sentence's vector whether it is an order, a wish or praise: above ``threshold``.

    Fitted by ``tests/benchmarks/hidden_instructions.py`` to the vectors of one encoder.
    """

    encoder: str
    weights: Vectors
    bias: float
    threshold: float

    def speaks_to_reader(self, vectors: Vectors) -> NDArray[np.bool_]:
        """One answer a vector."""
        return np.asarray(vectors @ self.weights + self.bias > self.threshold)


@cache
def _fitted() -> Classifier:
    stored = json.loads((files("bot.fulltext") / "injection.json").read_text(encoding="utf-8"))
    weights = np.array(stored["weights"], dtype=np.float32)
    return Classifier(stored["encoder"], weights, stored["bias"], stored["threshold"])


class InjectionFilter:
    """Cleans texts for a model, and finds in what it wrote what no text bears out.

    Safe in any thread. Without an *encoder*, or with another one than the classifier was fitted to,
    sentences are not judged by their meaning.
    """

    def __init__(self, encoder: Embedder | None = None) -> None:
        fits = encoder is not None and encoder.name == _fitted().encoder
        self._encoder = encoder if fits else None

    def clean(self, texts: Sequence[str]) -> list[str]:
        """The *texts* of one paper in one language, without the sentences that speak to a model.

        A text without such a sentence stays letter by letter as it is. What is not looked at (a
        sentence of more than 2,000 letters) is left out as well.
        """
        script, knows_language = _main_script(texts), _has_function_words(texts)
        lines = [_lines(text) for text in texts]
        pieces = {piece for some in lines for line in some for piece in line}
        bad = {
            piece
            for piece in pieces
            if len(piece) > LONGEST_SENTENCE
            or _MARK.search(piece)
            or _is_foreign(piece, script)
            or (knows_language and _lacks_function_words(piece))
        }
        bad |= self._speaking([piece for piece in sorted(pieces - bad) if _is_prose(piece)])
        return [
            _without(some, bad) if any(bad.intersection(line) for line in some) else text
            for text, some in zip(texts, lines, strict=True)
        ]

    def clean_title(self, title: str, beside: str) -> str:
        """The title without sentences in another script than the text *beside* it, and marks.

        Titles are no sentences, so that their tone is not judged.
        """
        script = _main_script([beside])
        kept = [
            one for one in sentences(title) if not (_MARK.search(one) or _is_foreign(one, script))
        ]
        return title if len(kept) == len(sentences(title)) else " ".join(kept)

    def unsupported(self, written: Sequence[str], evidence: Sequence[str]) -> frozenset[str]:
        """Those of the *written* sentences that speak to their reader or praise the paper, when no
        sentence of the *evidence* that does not do so itself says nearly the same."""
        suspects = sorted(self._speaking([one for one in written if _is_prose(one)]))
        if not suspects or self._encoder is None:
            return frozenset()
        told = [piece for text in evidence for piece in prose(text)]
        vectors = self._embedded(told)
        legitimate = vectors[~_fitted().speaks_to_reader(vectors)] if told else vectors
        if not len(legitimate):
            return frozenset(suspects)
        nearness = (self._embedded(suspects) @ legitimate.T).max(axis=1)
        return frozenset(one for one, near in zip(suspects, nearness, strict=True) if near < _TOLD)

    def _speaking(self, pieces: Sequence[str]) -> set[str]:
        if self._encoder is None or not pieces:
            return set()
        spoken = _fitted().speaks_to_reader(self._embedded(pieces))
        return {piece for piece, is_so in zip(pieces, spoken, strict=True) if is_so}

    def _embedded(self, pieces: Sequence[str]) -> Vectors:
        if self._encoder is None or not pieces:
            return np.zeros((0, len(_fitted().weights)), dtype=np.float32)
        starts = range(0, len(pieces), _BATCH)
        return np.vstack([self._encoder.embed(pieces[at : at + _BATCH]) for at in starts])


def prose(text: str) -> list[str]:
    """The sentences of *text* that can be judged by their meaning."""
    return [piece for line in _lines(text) for piece in line if _is_prose(piece)]


def _lines(text: str) -> list[list[str]]:
    """The sentences by row of a table, by paragraph in any other text."""
    parts = text.split("\n") if _CELLS in text else _PARAGRAPH.split(text)
    return [sentences(part) for part in parts]


def _without(lines: Sequence[Sequence[str]], bad: set[str]) -> str:
    kept = (" ".join(piece for piece in line if piece not in bad) for line in lines)
    return "\n".join(line for line in kept if line).strip()


def _scripts(text: str) -> Counter[str]:
    """How many letters of each script (and how many emblems) *text* holds."""
    found: Counter[str] = Counter()
    for char in unicodedata.normalize("NFKC", text):
        if char.isascii():
            found["LATIN"] += char.isalpha()
        elif char.isalpha() or unicodedata.category(char) == "So":
            script = unicodedata.name(char, "").partition(" ")[0]
            found[_ONE_SCRIPT.get(script, script)] += 1
    return found


def _main_script(texts: Iterable[str]) -> str:
    """The script that a paper is written in. Texts in other scripts hold Latin names, and their
    letters say more, so that half as many as there are Latin ones are enough."""
    letters = _scripts(" ".join(texts))
    others = Counter({one: count for one, count in letters.items() if one not in _COMMON})
    best = max(others, key=lambda one: others[one], default="LATIN")
    return best if others[best] * 2 > letters["LATIN"] else "LATIN"


def _is_foreign(piece: str, script: str) -> bool:
    """Whether a sentence is written in another script than the paper's."""
    letters = _scripts(piece)
    total = letters.total()
    foreign = sum(count for one, count in letters.items() if one not in _COMMON and one != script)
    if foreign >= _FEWEST_LETTERS and foreign > _MOST_FOREIGN * total:
        return True
    is_sentence = len(_WHOLE_WORD.findall(piece)) >= _FUNCTION_WORDS_EXPECTED_FROM
    return script != "LATIN" and is_sentence and letters[script] < _LEAST_OWN * total


def _has_function_words(texts: Iterable[str]) -> bool:
    """Whether the texts are in a language whose function words we know."""
    words = [word.lower() for text in texts for word in _WHOLE_WORD.findall(text)]
    return sum(is_stop_word(word) for word in words) > 0.1 * len(words)


def _lacks_function_words(piece: str) -> bool:
    words = [word.lower() for word in _WHOLE_WORD.findall(piece)]
    enough = len(words) >= _FUNCTION_WORDS_EXPECTED_FROM
    return enough and not any(is_stop_word(word) for word in words)


def _is_prose(piece: str) -> bool:
    """Whether a piece is a sentence and no cell, label or formula. Scripts without spaces have
    few words."""
    words = _WHOLE_WORD.findall(piece)
    return _CELLS not in piece and (len(words) >= _FEWEST_WORDS or not piece.isascii())

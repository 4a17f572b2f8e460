"""What a question asks for: told by example questions of every kind in every language.

Each example speaks for its kind as far as the question is near to it (kernel ridge regression);
those of the kind ``other`` speak for questions about what the paper says.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bot.answers.pointing import place_of, without_numbers, without_topic
from bot.languages import LANGUAGES, language, language_of_text
from bot.search import Embedder
from bot.search.embedder import unit
from bot.search.examples import kernel
from bot.search.matching import matched, query_terms
from bot.text.sentences import sentences
from bot.text.words import content_words, index_text

Numbers = NDArray[np.float32]
# How fast an example's say falls with its distance, and how far apart kinds of near examples are
# held; chosen by leaving each example out in turn.
_SHARPNESS, _RIDGE = 2.0, 0.1
# Below, no kind is sure enough: of 1,942 questions about what papers say, two lie above for a
# kind of the record, and both ask about the paper's software.
_SURE = 0.4
# A question says little beside its kind when its other words weigh less than this together; a
# word that stands in every thirtieth passage of papers at large weighs 0.6.
_LITTLE = 0.8
_LONGEST_NAME = 4


class Kind(StrEnum):
    """What may be asked for. The values name the examples in the languages' folders."""

    AUTHORS = "authors"
    ORGANIZATION = "organization"
    VOTES = "votes"
    CODE = "code"
    DATE = "date"
    LINK = "link"
    MOST_VOTES = "most_votes"
    FEWEST_VOTES = "fewest_votes"
    NEWEST = "newest"
    OLDEST = "oldest"
    MOST_STARS = "most_stars"
    LIMITATIONS = "limitations"
    RESULTS = "results"
    DATA = "data"
    SETUP = "setup"
    METHOD = "method"
    CONTRIBUTIONS = "contributions"
    FOLLOWUPS = "followups"
    MOTIVATION = "motivation"
    SUMMARY = "summary"
    REWORD = "reword"
    OTHER = "other"


# What sorts a list, and what it tells of each paper in it.
ORDERS: Mapping[Kind, Kind] = {
    Kind.MOST_VOTES: Kind.VOTES,
    Kind.FEWEST_VOTES: Kind.VOTES,
    Kind.NEWEST: Kind.DATE,
    Kind.OLDEST: Kind.DATE,
    Kind.MOST_STARS: Kind.CODE,
}
# What stands in the stored record and not in the paper.
RECORD_KINDS = frozenset(
    (Kind.AUTHORS, Kind.ORGANIZATION, Kind.VOTES, Kind.CODE, Kind.DATE, Kind.LINK)
)


@dataclass(frozen=True)
class Wish:
    """One thing that a question asks for, in its words. A general one asks for its kind alone
    ("Which datasets are used?"), so that the part of a summary made for it answers."""

    kind: Kind
    question: str
    is_general: bool = False


class Examples:
    """Tells the kinds of questions by examples; without an embedder by their words alone."""

    def __init__(self, embedder: Embedder | None) -> None:
        self._vectors: Callable[[Sequence[str]], Numbers] = (
            self._word_vectors if embedder is None else embedder.embed
        )

    def wishes(self, question: str, *, title: str = "") -> tuple[Wish, ...]:
        """What *question* asks for, in its order, each kind once. *title* is that of the paper
        that it is about: neither its name nor its words make a question special."""
        pieces = [piece for one in sentences(question) for piece in self._pieces(one)]
        found = [self._wish(piece, title) for piece in pieces]
        kinds = [wish.kind for wish in found]
        # Two questions about the text are two; who asks twice for its date gets it once.
        kept = [
            wish
            for at, wish in enumerate(found)
            if wish.kind is Kind.OTHER or wish.kind not in kinds[:at]
        ]
        return tuple(kept) or (Wish(Kind.OTHER, question),)

    def kind(self, question: str) -> Kind:
        """The kind of thing that a question of one part asks for."""
        near = kernel(
            self._vectors([without_topic(question)]), self._examples, sharpness=_SHARPNESS
        )
        says = (near @ self._votes)[0]
        best = int(says.argmax())
        return self._kinds[best] if says[best] >= _SURE else Kind.OTHER

    def of(self, kind: Kind, code: str) -> Sequence[str]:
        """The examples of a kind in one language."""
        return language(code).asking.questions.get(kind, ())

    def _pieces(self, sentence: str) -> list[str]:
        """The questions that a sentence joins; the sentence itself unless each has its kind."""
        for code in LANGUAGES:
            pieces = [
                one for one in language(code).asking.joint.split(sentence) if content_words(one)
            ]
            if len(pieces) > 1 and all(self.kind(one) is not Kind.OTHER for one in pieces):
                return pieces
        return [sentence] if content_words(sentence) or any(map(str.isalnum, sentence)) else []

    def _wish(self, question: str, title: str) -> Wish:
        bare = without_numbers(question) or question
        kind = self.kind(_without_name(bare, title))
        return Wish(kind, question, kind is not Kind.OTHER and self._says_little(bare, title))

    def _says_little(self, question: str, title: str) -> bool:
        known = self._words | set(content_words(title))
        wanted = query_terms(question)
        beside = set(range(len(wanted))) - matched(wanted, known)
        return sum(wanted[place].weight for place in beside) < _LITTLE

    @cached_property
    def _asked(self) -> list[tuple[Kind, str]]:
        return [
            (Kind(kind), text)
            for code in LANGUAGES
            for kind, texts in language(code).asking.questions.items()
            for text in texts
        ]

    @cached_property
    def _words(self) -> frozenset[str]:
        """The words of all examples that ask for a kind."""
        return frozenset(
            word
            for kind, text in self._asked
            if kind is not Kind.OTHER
            for word in content_words(text)
        )

    @cached_property
    def _kinds(self) -> list[Kind]:
        return list(dict.fromkeys(kind for kind, _ in self._asked))

    @cached_property
    def _examples(self) -> Numbers:
        return self._vectors([without_topic(text) for _, text in self._asked])

    @cached_property
    def _votes(self) -> Numbers:
        """How much each example speaks for each kind."""
        near = kernel(self._examples, self._examples, sharpness=_SHARPNESS)
        is_of = np.array([[kind is one for one in self._kinds] for kind, _ in self._asked])
        solved = np.linalg.solve(near + _RIDGE * np.eye(len(near)), is_of.astype(np.float64))
        return np.asarray(solved, dtype=np.float32)

    def _word_vectors(self, texts: Sequence[str]) -> Numbers:
        places, weights = self._vocabulary
        rows = np.zeros((len(texts), len(places)), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in set(_pieces_of(text)) & places.keys():
                row[places[word]] = weights[word]
        return unit(rows)

    @cached_property
    def _vocabulary(self) -> tuple[Mapping[str, int], Mapping[str, float]]:
        counts = Counter(word for _, text in self._asked for word in set(_pieces_of(text)))
        weights = {word: math.log(1 + len(self._asked) / count) for word, count in counts.items()}
        return {word: at for at, word in enumerate(counts)}, weights


def _without_name(question: str, title: str) -> str:
    """The question with "this paper" in place of the name that the title begins with."""
    name = title.partition(":")[0].strip()
    if not name or len(name.split()) > _LONGEST_NAME:
        return question
    at = place_of(name.lower(), question.lower())
    if at < 0:
        return question
    end = at + len(name)
    return question[:at] + language(language_of_text(question)).this_paper + question[end:]


def _pieces_of(text: str) -> list[str]:
    return re.findall(r"\w+", index_text(text))

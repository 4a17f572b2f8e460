"""Trains ``bot/search/question_map.npz`` and tells how well it ranks questions it never saw.

The data are ``qa/qasper_train_evidence.jsonl`` beside the checkout: questions about NLP papers with
the paragraphs that answer them, from QASPER (Dasigi et al., 2021, licence CC BY 4.0). Four fifths
of the papers are trained on; the others choose the settings below and are reported. A paragraph is
scored as a whole and by its sentences, each against the other paragraphs that questions about the
same paper name and against some of other papers (softmax cross-entropy, Adam, seed 7).

Run with ``python -m tests.benchmarks.question_map [--save]``. Vectors are kept in the temporary
folder, since making them takes minutes.
"""

import argparse
import hashlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from bot.answers.prose import quotable
from bot.search import Embedder, load_embedder
from bot.search.embedder import Vectors
from bot.search.question_map import QuestionMap, signs_of
from tests.benchmarks.qasper import need, plain

SEED, TRAINED = 7, 0.8
SHARPNESS, RATE, DECAY, EPOCHS = 10.0, 1e-3, 0.2, 8
BATCH, FOREIGN = 48, 12
_AT_ONCE = 128


@dataclass(frozen=True)
class Paragraph:
    """The vectors and signs of a paragraph (first row) and of its sentences."""

    vectors: Vectors
    signs: Vectors


@dataclass(frozen=True)
class Example:
    """A question's vector, the paragraphs to choose from, and which of them answer it."""

    question: Vectors
    pool: tuple[Paragraph, ...]
    answers: Vectors


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.question_map")
    parser.add_argument("--save", action="store_true", help="overwrite the weights in bot/search")
    asked = parser.parse_args()
    embedder = load_embedder()
    if embedder is None:
        raise SystemExit("the embedded encoder is not installed")
    trained, held_out = examples(embedder)
    learnt = train(trained)
    unlearnt = np.eye(len(learnt.meaning), dtype=np.float32)
    plain_map = QuestionMap(unlearnt, np.zeros_like(learnt.signs))
    print(f"{len(trained)} questions trained on, {len(held_out)} held out: first paragraph right")
    for name, one in (("encoder alone", plain_map), ("learnt", learnt)):
        print(f"{name:16}{first_right(one, trained):.3f}  {first_right(one, held_out):.3f}")
    if asked.save:
        target = Path(str(files("bot.search") / "question_map.npz"))
        meaning, signs = (one.astype("<f2") for one in (learnt.meaning, learnt.signs))
        np.savez_compressed(target, meaning=meaning, signs=signs)


def papers() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The papers to train on and those held out."""
    lines = need("qa/qasper_train_evidence.jsonl").read_text(encoding="utf-8").splitlines()
    every = [json.loads(line) for line in lines]
    order = np.random.default_rng(SEED).permutation(len(every))
    cut = int(TRAINED * len(every))
    return [every[i] for i in order[:cut]], [every[i] for i in order[cut:]]


def pool_of(paper: dict[str, Any]) -> list[str]:
    """The paragraphs that questions about a paper name."""
    named = (text for one in paper["questions"] for text in one["evidence"])
    return list(dict.fromkeys(map(plain, named)))


def examples(embedder: Embedder) -> tuple[list[Example], list[Example]]:
    """The questions of both parts with vectors."""
    parts = papers()
    every = [paper for part in parts for paper in part]
    texts = {text: quotable(text) for paper in every for text in pool_of(paper)}
    questions = [one["question"] for paper in every for one in paper["questions"]]
    wanted = [*questions, *texts, *(one for those in texts.values() for one in those)]
    vectors = kept_vectors(embedder, wanted)
    known = {
        text: Paragraph(
            np.stack([vectors[one] for one in (text, *sentences)]), signs_of([text, *sentences])
        )
        for text, sentences in texts.items()
    }
    trained, held_out = ([*_examples(part, known, vectors)] for part in parts)
    return trained, held_out


def _examples(
    part: Sequence[dict[str, Any]], known: dict[str, Paragraph], vectors: dict[str, Vectors]
) -> Iterator[Example]:
    for paper in part:
        pool = pool_of(paper)
        for one in paper["questions"]:
            answering = set(map(plain, one["evidence"]))
            flags = np.array([text in answering for text in pool], dtype=np.float32)
            yield Example(vectors[one["question"]], tuple(known[text] for text in pool), flags)


def kept_vectors(embedder: Embedder, texts: Sequence[str]) -> dict[str, Vectors]:
    """The texts' vectors, from the temporary folder where they were made before."""
    texts = sorted(set(texts))
    mark = hashlib.sha256(json.dumps([embedder.name, texts]).encode()).hexdigest()[:16]
    file = Path(tempfile.gettempdir()) / f"vectors-{mark}.npy"
    if not file.exists():
        parts = [embedder.embed(texts[i : i + _AT_ONCE]) for i in range(0, len(texts), _AT_ONCE)]
        np.save(file, np.concatenate(parts).astype(np.float16))
    return dict(zip(texts, np.load(file).astype(np.float32), strict=True))


class _Adam:
    """One weight matrix and its steps."""

    def __init__(self, weights: Vectors) -> None:
        self.weights = weights
        self._mean, self._square, self._step = np.zeros_like(weights), np.zeros_like(weights), 0

    def move(self, slope: Vectors) -> None:
        """One step down the slope."""
        self._step += 1
        self._mean = 0.9 * self._mean + 0.1 * slope
        self._square = 0.99 * self._square + 0.01 * slope * slope
        mean = self._mean / (1 - 0.9**self._step)
        square = self._square / (1 - 0.99**self._step)
        self.weights = self.weights - RATE * mean / (np.sqrt(square) + 1e-8)


def train(data: Sequence[Example]) -> QuestionMap:
    """The map that fits the examples, kept near to leaving vectors as they are."""
    rng = np.random.default_rng(SEED)
    size, signs = len(data[0].question), data[0].pool[0].signs.shape[1]
    shift = _Adam(np.zeros((size, size), dtype=np.float32))
    weights = _Adam(np.zeros((signs, size), dtype=np.float32))
    everywhere = list({id(one): one for example in data for one in example.pool}.values())
    for _ in range(EPOCHS):
        order = rng.permutation(len(data))
        for batch in np.array_split(order, len(data) // BATCH):
            foreign = [everywhere[i] for i in rng.choice(len(everywhere), FOREIGN, replace=False)]
            slopes = [np.zeros_like(shift.weights), np.zeros_like(weights.weights)]
            for i in batch:
                for slope, more in zip(
                    slopes, _slopes(data[i], foreign, shift.weights, weights.weights), strict=True
                ):
                    slope += more
            shift.move(slopes[0] / len(batch) + DECAY * shift.weights)
            weights.move(slopes[1] / len(batch) + DECAY * weights.weights)
    return QuestionMap(np.eye(size, dtype=np.float32) + shift.weights, weights.weights / SHARPNESS)


def _slopes(
    one: Example, foreign: Sequence[Paragraph], shift: Vectors, weights: Vectors
) -> tuple[Vectors, Vectors]:
    """How the loss of one question rises with the weights: of whole paragraphs and of sentences."""
    pool = [*one.pool, *foreign]
    right = np.concatenate([one.answers, np.zeros(len(foreign), dtype=np.float32)]) > 0
    vectors = np.concatenate([each.vectors for each in pool])
    signs = np.concatenate([each.signs for each in pool])
    counts = np.array([len(each.vectors) for each in pool])
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    owner = np.repeat(np.arange(len(pool)), counts)
    scores = SHARPNESS * (vectors @ (one.question + shift @ one.question)) + signs @ (
        weights @ one.question
    )
    whole = np.zeros(len(scores), dtype=bool)
    whole[starts] = True
    pull = np.zeros(len(scores), dtype=np.float32)
    for part in (whole, ~whole):
        at, own = np.flatnonzero(part), owner[part]
        if len(at):
            every, good = _softmax(scores[at]), _softmax(np.where(right[own], scores[at], -np.inf))
            pull[at] += every - good if np.isfinite(good).all() else 0.0
    return (
        np.outer(SHARPNESS * (pull @ vectors), one.question),
        np.outer(pull @ signs, one.question),
    )


def _softmax(scores: Vectors) -> Vectors:
    highest = scores.max()
    if not np.isfinite(highest):
        return np.full_like(scores, np.nan)
    powers = np.exp(scores - highest)
    return np.asarray(powers / powers.sum())


def first_right(learnt: QuestionMap, data: Sequence[Example]) -> float:
    """How often a paragraph that answers is ranked first among those of its paper."""
    right = []
    for one in data:
        if not one.answers.all():
            vectors = np.stack([each.vectors[0] for each in one.pool])
            signs = np.stack([each.signs[0] for each in one.pool])
            right.append(one.answers[int(learnt.scores(one.question, vectors, signs).argmax())])
    return float(np.mean(right))


if __name__ == "__main__":
    main()

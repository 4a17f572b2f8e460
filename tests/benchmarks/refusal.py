"""Telling questions that a paper answers from those it doesn't, without a model.

Each development question is asked of its own paper and of the others. Many foreign questions are
general ("which datasets?") and truly have an answer elsewhere, so that not all should be refused.
Run with ``python -m tests.benchmarks.refusal``.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answers.extractive import Extractive
from bot.answers.judge import confidence
from bot.languages import catalog
from bot.search import load_embedder
from tests.benchmarks.qasper import Development, development

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
_REAL_REFUSED = (0.02, 0.05, 0.10, 0.15, 0.20, 0.30)
_ROUNDS, _RIDGE = 50, 1.0


@dataclass(frozen=True)
class Asked:
    """One row a question and paper: the signs, whether it is the paper's own question, and the
    papers of the question and of the asking."""

    signs: Numbers
    own: Flags
    question_of: NDArray[np.int64]
    asked_of: NDArray[np.int64]


def main() -> None:
    embedder = load_embedder()
    if embedder is None:
        raise SystemExit("the embedded encoder is not installed")
    with development(embedder) as dev:
        rows = ask_all(dev)
    similarity, covered = rows.signs.T
    held_out = cross_validated(rows)
    shipped = np.array([confidence(s, c) for s, c in rows.signs])
    print(f"{int(rows.own.sum())} own and {int((~rows.own).sum())} foreign questions\n")
    print(f"{'':34}AUC    foreign refused when 15 % of own are")
    for name, scores in (
        ("similarity alone", similarity),
        ("coverage alone", covered),
        ("both, fitted, by paper held out", held_out),
        ("both, weights as shipped", shipped),
    ):
        print(f"{name:34}{area(scores, rows.own):.3f}  {refused(scores, rows.own, 0.15):.3f}")
    print("\ncurve (held out): own refused → foreign refused")
    print("  ".join(f"{s:.2f}→{refused(held_out, rows.own, s):.2f}" for s in _REAL_REFUSED))
    print("fitted on all:", np.round(fit(rows.signs, rows.own), 2))
    own, foreign = (float(np.mean(shipped[rows.own == one] < 0)) for one in (True, False))
    print(f"as shipped: {own:.3f} of the own and {foreign:.3f} of the foreign ones are refused")


def ask_all(dev: Development) -> Asked:
    """Ask every question of every paper."""
    words = catalog("en")
    extractive = Extractive(dev.storage, dev.index)
    papers = dev.storage.papers.get_many(dev.paper_ids)
    signs, own, question_of, asked_of = [], [], [], []
    for one in dev.asked:
        for number, paper in enumerate(papers):
            found = extractive.find(paper, one.question, words, limit=3)
            signs.append((found.similarity or 0.0, found.coverage))
            own.append(paper.id == one.paper_id)
            question_of.append(dev.paper_ids.index(one.paper_id))
            asked_of.append(number)
    return Asked(np.array(signs), np.array(own), np.array(question_of), np.array(asked_of))


def cross_validated(rows: Asked) -> Numbers:
    """Scores of each paper's questions by weights fitted without that paper at all."""
    scores = np.zeros(len(rows.own))
    for paper in np.unique(rows.question_of):
        held = rows.question_of == paper
        others = ~held & (rows.asked_of != paper)
        weights = fit(rows.signs[others], rows.own[others])
        scores[held] = rows.signs[held] @ weights[:2] + weights[2]
    return scores


def fit(signs: Numbers, own: Flags) -> Numbers:
    """Weights and bias of a logistic regression, both classes counting the same."""
    x = np.column_stack([signs, np.ones(len(signs))])
    balance = np.where(own, 0.5 / own.mean(), 0.5 / (1 - own.mean()))
    weights = np.zeros(3)
    ridge = np.diag([_RIDGE, _RIDGE, 0.0])
    for _ in range(_ROUNDS):
        guess = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (balance * (guess - own)) + ridge @ weights
        bend = (x * (balance * guess * (1 - guess))[:, None]).T @ x + ridge
        weights -= np.linalg.solve(bend, slope)
    return weights


def area(scores: Numbers, own: Flags) -> float:
    """Area under the curve: how often an own question scores above a foreign one."""
    difference = scores[own][:, None] - scores[~own][None, :]
    return float((difference > 0).mean() + 0.5 * (difference == 0).mean())


def refused(scores: Numbers, own: Flags, share: float) -> float:
    """The share of foreign questions below the score under which *share* of the own ones lie."""
    return float((scores[~own] < np.quantile(scores[own], share)).mean())


if __name__ == "__main__":
    main()

"""How many sentences that speak to a language model are left out, and how many honest ones.

``python -m tests.benchmarks.hidden_instructions`` judges the classifier that Paperboy carries.
``… --fit`` fits it anew: to the orders of ``tests/data/poisoned.jsonl`` and every other one of the
shared ``orders.jsonl``, against the sentences of real abstracts, of half the real papers and of the
bundled sample. It prints first what a classifier does that has seen half of the abstracts only,
then writes the one that has seen all. The rows ``unseen`` are never fitted to: whoever tunes for
them moves them into the corpus and writes new ones.
"""

import argparse
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.fulltext import injection
from bot.fulltext.injection import Classifier, InjectionFilter, prose
from bot.fulltext.parsing import parse
from bot.fulltext.passages import cut
from bot.search import Embedder
from bot.search.embedder import Vectors
from bot.text.sentences import sentences
from tests.benchmarks.figures import Figure
from tests.benchmarks.qasper import need, need_embedder

DATA = "orders to a model that were never fitted to; passages of 10 real papers"
_DATA = Path(__file__).resolve().parents[1] / "data"
_KEPT = Path(injection.__file__).with_suffix(".json")
_RIDGE = 3e-4
_HARDEST, _WEIGHT_OF_HARDEST = 10, 20.0
# What a threshold keeps from the most suspicious honest sentence.
_ROOM = 0.02
_SHORTEST_SAMPLE = 60
_TEXTS = ("abstract", "title", "ai_summary")


Texts = Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True)
class Honest:
    """Real abstracts by paper, and the passages of real papers by file."""

    abstracts: dict[str, str]
    papers: dict[str, list[str]]


@dataclass(frozen=True)
class Changed:
    """How many honest texts are changed, of how many, and the share of their characters lost."""

    texts: int
    of: int
    lost: float


def figures() -> Iterator[Figure]:
    """What is left out of texts that nothing was fitted to, and of honest ones."""
    folder = need("")
    injections, honest = InjectionFilter(need_embedder()), _honest(folder)
    for name, texts in _texts(honest, _orders(folder)).items():
        if "unseen" in name:
            yield Figure(f"{name}, share left out", left_out(injections, texts) / len(texts))
    passages = [one for paper in honest.papers.values() for one in paper]
    changed = harmed(injections, [passages])
    yield Figure(f"honest passages of {changed.of} changed", changed.texts, less_is_better=True)


def main() -> None:
    """Print one row a set of texts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--fit", action="store_true")
    folder = need("")
    encoder, honest, orders = need_embedder(), _honest(folder), _orders(folder)
    if parser.parse_args().fit:
        _fit_and_write(encoder, honest, orders)
    injections = InjectionFilter(encoder)
    for name, texts in _texts(honest, orders).items():
        print(f"{name:<24}{left_out(injections, texts)}/{len(texts)} left out", flush=True)
    _false("abstracts", injections, [[text] for text in honest.abstracts.values()])
    for name, passages in honest.papers.items():
        _false(name, injections, [passages])


def _texts(honest: Honest, orders: Sequence[dict[str, Any]]) -> dict[str, Texts]:
    """Sets of texts, each with what must not be left of it."""
    found: dict[str, Texts] = {}
    for name in ("poisoned", "unseen"):
        for language in ("en", "ko"):
            own = [entry for entry in _corpus(name) if entry["language"] == language]
            found[f"{name} {language}"] = [(one["text"], one["gone"]) for one in own]
    context = next(iter(honest.abstracts.values()))
    for name, some in (("orders fitted to", orders[::2]), ("orders unseen", orders[1::2])):
        found[name] = [(f"{context} {one['text']}", [one["marker"][:15]]) for one in some]
    return found


def left_out(injections: InjectionFilter, texts: Texts) -> int:
    """Of how many texts nothing is left that has to go."""
    return sum(not any(one in injections.clean([text])[0] for one in gone) for text, gone in texts)


def _false(name: str, injections: InjectionFilter, texts: Sequence[Sequence[str]]) -> None:
    one = harmed(injections, texts)
    print(f"{name[:22]:<24}{one.texts}/{one.of} changed, {one.lost:.2%} lost", flush=True)


def harmed(injections: InjectionFilter, texts: Sequence[Sequence[str]]) -> Changed:
    """What honest texts lose."""
    changed = lost = total = 0
    for group in texts:
        for before, after in zip(group, injections.clean(group), strict=True):
            changed += before != after
            total += len(before)
            lost += len(before) - len(after)
    return Changed(changed, sum(map(len, texts)), lost / total)


def _corpus(name: str) -> list[dict[str, Any]]:
    file = {"poisoned": "poisoned.jsonl", "unseen": "poisoned_unseen.jsonl"}[name]
    return [json.loads(line) for line in (_DATA / file).read_text(encoding="utf-8").splitlines()]


def _orders(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "hidden_text" / "orders.jsonl").read_text(encoding="utf-8").splitlines()
    return [one for one in map(json.loads, lines) if one["where"] in _TEXTS]


def _honest(folder: Path) -> Honest:
    abstracts = {
        entry["paper"]["id"]: entry["paper"].get("summary", "")
        for path in sorted((folder / "hf_daily").glob("*/*.json"))
        for entry in json.loads(path.read_bytes())
        if isinstance(entry, dict) and "paper" in entry
    }
    papers = {}
    for path in sorted((folder / "arxiv_fulltext").glob("*/*.*")):
        document = parse(path.read_bytes(), path.suffix[1:], "https://arxiv.org/html/x")
        papers[path.stem] = [passage.text for passage in cut(document.blocks)]
    return Honest(abstracts, papers)


def _fit_and_write(encoder: Embedder, honest: Honest, orders: Sequence[dict[str, Any]]) -> None:
    bad = [
        piece
        for entry in _corpus("poisoned")
        for piece in sentences(entry["text"])
        if not any(piece in kept or kept in piece for kept in entry["kept"])
    ]
    bad += [piece for one in orders[::2] for piece in sentences(one["text"])]
    kept = {text for entry in _corpus("poisoned") for text in entry["kept"]}
    body = [text for texts in list(honest.papers.values())[::2] for text in texts] + _sample()
    others = _vectors(encoder, [*kept, *_prose(body)])
    halves = [
        _vectors(
            encoder,
            _prose(text for paper, text in honest.abstracts.items() if _half(paper) == half),
        )
        for half in (0, 1)
    ]
    positive = _vectors(encoder, bad)
    for seen in (0, 1):
        told = _fitted(encoder.name, positive, np.vstack([halves[seen], others]), halves[seen])
        false = told.speaks_to_reader(halves[1 - seen]).sum()
        print(f"fitted to half {seen}: {false} of {len(halves[1 - seen])} unseen sentences flagged")
    whole = np.vstack(halves)
    classifier = _fitted(encoder.name, positive, np.vstack([whole, others]), whole)
    _write(classifier)
    injection._fitted.cache_clear()


def _sample() -> list[str]:
    """The texts that Paperboy carries, in both languages."""
    folder = files("bot.sample")
    papers = json.loads((folder / "papers.json").read_text(encoding="utf-8"))
    told = json.loads((folder / "fulltext.json").read_text(encoding="utf-8"))
    return [text for text in _texts_in([papers, told]) if len(text) > _SHORTEST_SAMPLE]


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(one)


def _half(paper: str) -> int:
    return zlib.crc32(paper.encode()) % 2


def _prose(texts: Iterable[str]) -> list[str]:
    return [piece for text in texts for piece in prose(text)]


def _vectors(encoder: Embedder, texts: Sequence[str]) -> Vectors:
    return np.vstack([encoder.embed(texts[at : at + 64]) for at in range(0, len(texts), 64)])


def _fitted(name: str, orders: Vectors, honest: Vectors, abstracts: Vectors) -> Classifier:
    """Fitted twice: the second time the honest sentences that looked most like orders weigh more.
    The threshold lies above all of the *abstracts*."""
    weigh = np.ones(len(honest))
    solution = _ridge(orders, honest, weigh)
    scores = honest @ solution[:-1]
    weigh[np.argsort(-scores)[:_HARDEST]] = _WEIGHT_OF_HARDEST
    solution = _ridge(orders, honest, weigh).round(2)
    weights, bias = solution[:-1].astype(np.float32), float(solution[-1])
    highest = float((abstracts @ weights + bias).max())
    return Classifier(name, weights, bias, round(highest + _ROOM, 2))


def _ridge(orders: Vectors, honest: Vectors, weigh: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weights and the bias of a ridge regression in which both sides weigh the same."""
    rows = np.vstack([orders, honest]).astype(np.float64)
    rows = np.hstack([rows, np.ones((len(rows), 1))])
    wanted = np.r_[np.ones(len(orders)), -np.ones(len(honest))]
    share = np.r_[np.full(len(orders), 0.5 / len(orders)), weigh * 0.5 / len(honest)]
    weighed = (rows * share[:, None]).T
    ridge = _RIDGE * np.diag(np.r_[np.ones(rows.shape[1] - 1), 0])
    solution: NDArray[np.float64] = np.linalg.solve(weighed @ rows + ridge, weighed @ wanted)
    return solution


def _write(classifier: Classifier) -> None:
    stored = {
        "encoder": classifier.encoder,
        "threshold": classifier.threshold,
        "bias": classifier.bias,
        "weights": [round(float(one), 2) for one in classifier.weights],
    }
    _KEPT.write_text(json.dumps(stored) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""What meaning adds to words when a channel's topics look for papers, in both languages.

The topics are those that trends are counted by, under their names in the catalogues; a paper is
taken to be about one when the lexicon's own patterns find it in title and abstract. These labels
are made by words, not by people: a paper that meaning alone finds often belongs to the topic
without being labelled so, which makes the last column a lower bound. The threshold of
``bot/search/index.py`` was chosen on these papers. It takes some minutes.

Run with ``python -m tests.benchmarks.topics``.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.digests.topics import matching
from bot.digests.trend_topics import TOPICS
from bot.digests.trends import topics_of
from bot.languages import LANGUAGES, catalog
from bot.search import SearchIndex
from bot.search.index import FEWEST_TO_COMPARE, NEAR_TOPIC, STANDS_OUT
from bot.search.vectors import PaperVectors
from storage import Paper, open_storage
from tests.benchmarks.cross_lingual import _NOW
from tests.benchmarks.figures import Figure
from tests.benchmarks.qasper import need, need_embedder

DATA = "topics of trends in 600 listed papers, labelled by their patterns"
MOST_PAPERS = 600
FEWEST_LABELLED = 5
DISTANCES = (2.0, 2.5, 3.0, 3.5, 4.0)


Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Topic:
    """Which papers are labelled with a topic, which its words find, which words and meaning."""

    labelled: Flags
    words: Flags
    found: Flags


@dataclass(frozen=True)
class Scores:
    """The counts over all topics together: how many of the found are labelled, of the labelled
    found, how many meaning added, and how many of these are labelled."""

    precision: float
    recall: float
    added: int
    labelled: float | None


def figures() -> Iterator[Figure]:
    """Precision and recall with meaning, beside words alone."""
    found = measured((STANDS_OUT,))
    for language in LANGUAGES:
        bare, ours = found[f"{language}, words"], found[f"{language}, at {STANDS_OUT}"]
        yield Figure(f"recall, {language}", ours.recall, bare.recall)
        yield Figure(f"precision, {language}", ours.precision, bare.precision)


def main() -> None:
    """Print a line for words alone and for each distance."""
    print(f"in use: {STANDS_OUT} deviations, at least {NEAR_TOPIC}")
    print(f"{'':22}{'precision':>10}{'recall':>8}{'added':>7}{'labelled':>10}")
    for name, one in measured(DISTANCES).items():
        labelled = "" if one.labelled is None else f"{one.labelled:.2f}"
        print(f"{name:22}{one.precision:>10.2f}{one.recall:>8.2f}{one.added:>7}{labelled:>10}")


def measured(distances: Sequence[float]) -> dict[str, Scores]:
    """How words alone do in each language, then with meaning at each distance."""
    embedder, papers = need_embedder(), listed_papers()
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_storage(Path(folder) / "benchmark.db")) as storage,
    ):
        storage.papers.save(papers, now=_NOW)
        index = SearchIndex(storage, embedder)
        index.index([paper.id for paper in papers])
        vectors = PaperVectors(storage, embedder.name)
        return {
            name: scores
            for language in LANGUAGES
            for name, scores in _measured(language, papers, index, vectors, distances)
        }


def listed_papers() -> list[Paper]:
    """Real papers of the listings, by title, abstract and keywords."""
    found: dict[str, Paper] = {}
    for path in sorted(need("hf_daily/same_day").glob("*.json")):
        for entry in json.loads(path.read_text(encoding="utf-8")):
            one = entry["paper"]
            found[one["id"]] = Paper(
                id=one["id"],
                title=one.get("title", ""),
                abstract=one.get("summary", ""),
                keywords=tuple(one.get("ai_keywords", ())),
            )
    return list(found.values())[:MOST_PAPERS]


def _measured(
    language: str,
    papers: list[Paper],
    index: SearchIndex,
    vectors: PaperVectors,
    distances: Sequence[float],
) -> Iterator[tuple[str, Scores]]:
    ids = [paper.id for paper in papers]
    labels = [topics_of(paper) for paper in papers]
    rows = []
    for topic in TOPICS:
        truth = np.array([topic in one for one in labels])
        if truth.sum() >= FEWEST_LABELLED:
            name = catalog(language).text(f"digests-topic-{topic}")
            words = np.array([bool(matching([name], paper)) for paper in papers])
            rows.append((index.embed_query(name), truth, words))
    yield f"{language}, words", scores([Topic(truth, words, words) for _, truth, words in rows])
    for distance in distances:
        found = []
        for vector, truth, words in rows:
            assert vector is not None
            degrees = vectors.near(
                vector, ids, clearly=distance, least=NEAR_TOPIC, fewest=FEWEST_TO_COMPARE
            )
            near = {one for one, degree in degrees.items() if degree >= 1}
            meant = np.array([one in near for one in ids])
            found.append(Topic(truth, words, words | meant))
        yield f"{language}, at {distance}", scores(found)


def scores(topics: Sequence[Topic]) -> Scores:
    """The counts over all topics together."""
    right = sum(int((one.labelled & one.found).sum()) for one in topics)
    shown = sum(int(one.found.sum()) for one in topics)
    wanted = sum(int(one.labelled.sum()) for one in topics)
    added = [one.found & ~one.words for one in topics]
    more = sum(int(one.sum()) for one in added)
    more_right = sum(
        int((one.labelled & new).sum()) for one, new in zip(topics, added, strict=True)
    )
    return Scores(right / shown, right / wanted, more, more_right / more if more else None)


if __name__ == "__main__":
    main()

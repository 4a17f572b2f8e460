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
from pathlib import Path

import numpy as np

from bot.digests.topics import matching
from bot.digests.trend_topics import TOPICS
from bot.digests.trends import topics_of
from bot.languages import LANGUAGES, catalog
from bot.search import SearchIndex, load_embedder
from bot.search.index import FEWEST_TO_COMPARE, NEAR_TOPIC, STANDS_OUT
from bot.search.vectors import PaperVectors
from storage import Paper, open_storage
from tests.benchmarks.cross_lingual import _NOW
from tests.benchmarks.qasper import need

MOST_PAPERS = 600
FEWEST_LABELLED = 5
DISTANCES = (2.0, 2.5, 3.0, 3.5, 4.0)


def main() -> None:
    embedder = load_embedder()
    if embedder is None:
        raise SystemExit("the embedded encoder is not installed")
    papers = listed_papers()
    with tempfile.TemporaryDirectory() as folder:
        storage = open_storage(Path(folder) / "benchmark.db")
        storage.papers.save(papers, now=_NOW)
        index = SearchIndex(storage, embedder)
        index.index([paper.id for paper in papers])
        vectors = PaperVectors(storage, embedder.name)
        print(f"{len(papers)} papers; in use: {STANDS_OUT} deviations, at least {NEAR_TOPIC}")
        print(f"{'':22}{'precision':>10}{'recall':>8}{'added':>7}{'labelled':>10}")
        for language in LANGUAGES:
            report(language, papers, index, vectors)
        storage.close()


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


def report(language: str, papers: list[Paper], index: SearchIndex, vectors: PaperVectors) -> None:
    """Print how words alone do, then with meaning at each distance."""
    ids = [paper.id for paper in papers]
    labels = [topics_of(paper) for paper in papers]
    rows = []
    for topic in TOPICS:
        truth = np.array([topic in one for one in labels])
        if truth.sum() >= FEWEST_LABELLED:
            name = catalog(language).text(f"digests-topic-{topic}")
            words = np.array([bool(matching([name], paper)) for paper in papers])
            rows.append((index.embed_query(name), truth, words))
    line(f"{language}, words", [(truth, words, words) for _, truth, words in rows])
    for distance in DISTANCES:
        found = []
        for vector, truth, words in rows:
            assert vector is not None
            degrees = vectors.near(
                vector, ids, clearly=distance, least=NEAR_TOPIC, fewest=FEWEST_TO_COMPARE
            )
            near = {one for one, degree in degrees.items() if degree >= 1}
            meant = np.array([one in near for one in ids])
            found.append((truth, words, words | meant))
        line(f"{language}, at {distance}", found)


def line(name: str, found: list[tuple[np.ndarray, np.ndarray, np.ndarray]]) -> None:
    """Print the counts over all topics together."""
    right = sum(int((truth & got).sum()) for truth, _, got in found)
    shown = sum(int(got.sum()) for _, _, got in found)
    wanted = sum(int(truth.sum()) for truth, _, _ in found)
    added = sum(int((got & ~words).sum()) for _, words, got in found)
    added_right = sum(int((truth & got & ~words).sum()) for truth, words, got in found)
    share = f"{added_right / added:>10.2f}" if added else f"{'':>10}"
    print(f"{name:22}{right / shown:>10.2f}{right / wanted:>8.2f}{added:>7}{share}")


if __name__ == "__main__":
    main()

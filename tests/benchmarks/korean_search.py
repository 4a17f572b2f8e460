"""Recall and precision of Korean search by words.

Run with ``python -m tests.benchmarks.korean_search``.
"""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.search import SearchIndex
from storage import Paper, PaperFilter, open_storage
from tests.benchmarks.figures import Figure
from tests.benchmarks.qasper import need

DATA = "korean_search_dev: 45 queries, 30 sentences"
_NOW = datetime(2025, 3, 20, tzinfo=UTC)
_LIMIT = 100


Wrong = tuple[str, list[int], list[int]]


@dataclass(frozen=True)
class Found:
    """What a way of searching found of all that there is, and which queries it got wrong: what
    they missed, what they found besides."""

    recall: float
    precision: float
    wrong: tuple[Wrong, ...]


def figures() -> Iterator[Figure]:
    """Recall and precision beside those of the plain words."""
    bare, ours = measured().values()
    yield Figure("recall", ours.recall, bare.recall)
    yield Figure("precision", ours.precision, bare.precision)


def main() -> None:
    """Print a line for each way, and the queries that go wrong."""
    print(f"{'':24}recall  precision")
    for name, found in measured().items():
        print(f"{name:24}{found.recall:.3f}   {found.precision:.3f}")
    for query, missed, extra in found.wrong:
        print(f"  {query}: missed {missed}, extra {extra}")


def measured() -> dict[str, Found]:
    """What bare words find, and what Paperboy finds."""
    data = json.loads(need("search/korean_search_dev.json").read_text(encoding="utf-8"))
    sentences, queries = data["S"], data["Q"]
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_storage(Path(folder) / "benchmark.db")) as storage,
    ):
        papers = [Paper(id=f"p{n:03}", title=str(n), abstract=s) for n, s in enumerate(sentences)]
        storage.papers.save(papers, now=_NOW)
        index = SearchIndex(storage, None)
        index.index([paper.id for paper in papers])

        def bare(query: str) -> list[str]:
            words = " AND ".join(f'"{word}"' for word in query.split())
            return storage.words.match_papers(words, PaperFilter(), limit=_LIMIT)

        def ours(query: str) -> list[str]:
            return [hit.paper.id for hit in index.papers(query, limit=_LIMIT)]

        return {"plain words": found_by(bare, queries), "Paperboy": found_by(ours, queries)}


def found_by(search: Callable[[str], Sequence[str]], queries: dict[str, list[int]]) -> Found:
    """What one way of searching finds."""
    hit = wanted = returned = 0
    wrong = []
    for query, truth in queries.items():
        found = {int(one[1:]) for one in search(query)}
        hit += len(found & set(truth))
        wanted += len(truth)
        returned += len(found)
        if found != set(truth):
            wrong.append((query, sorted(set(truth) - found), sorted(found - set(truth))))
    return Found(hit / wanted, hit / max(1, returned), tuple(wrong))


if __name__ == "__main__":
    main()

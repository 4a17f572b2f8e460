"""Recall and precision of Korean search by words.

Run with ``python -m tests.benchmarks.korean_search``.
"""

import json
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.search import SearchIndex
from storage import Paper, PaperFilter, open_storage
from tests.benchmarks.qasper import need

_NOW = datetime(2025, 3, 20, tzinfo=UTC)
_LIMIT = 100


def main() -> None:
    data = json.loads(need("search/korean_search_dev.json").read_text(encoding="utf-8"))
    sentences, queries = data["S"], data["Q"]
    with tempfile.TemporaryDirectory() as folder:
        storage = open_storage(Path(folder) / "benchmark.db")
        try:
            papers = [
                Paper(id=f"p{n:03}", title=str(n), abstract=s) for n, s in enumerate(sentences)
            ]
            storage.papers.save(papers, now=_NOW)
            index = SearchIndex(storage, None)
            index.index([paper.id for paper in papers])

            def bare(query: str) -> list[str]:
                words = " AND ".join(f'"{word}"' for word in query.split())
                return storage.words.match_papers(words, PaperFilter(), limit=_LIMIT)

            def ours(query: str) -> list[str]:
                return [hit.paper.id for hit in index.papers(query, limit=_LIMIT)]

            print(f"{len(queries)} queries, {len(sentences)} sentences\n")
            print(f"{'':24}recall  precision")
            report("plain words", bare, queries)
            report("Paperboy", ours, queries, show=True)
        finally:
            storage.close()


def report(
    name: str,
    search: Callable[[str], Sequence[str]],
    queries: dict[str, list[int]],
    *,
    show: bool = False,
) -> None:
    """Print one line; with *show*, also the queries that went wrong."""
    hit = wanted = returned = 0
    wrong = []
    for query, truth in queries.items():
        found = {int(one[1:]) for one in search(query)}
        hit += len(found & set(truth))
        wanted += len(truth)
        returned += len(found)
        if found != set(truth):
            wrong.append((query, sorted(set(truth) - found), sorted(found - set(truth))))
    print(f"{name:24}{hit / wanted:.3f}   {hit / max(1, returned):.3f}")
    for query, missed, extra in wrong if show else ():
        print(f"  {query}: missed {missed}, extra {extra}")


if __name__ == "__main__":
    main()

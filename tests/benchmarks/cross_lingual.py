"""Korean queries that look for English papers.

Run with ``python -m tests.benchmarks.cross_lingual``.
"""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.search import Embedder, SearchIndex
from storage import Paper, Storage, open_storage
from tests.benchmarks.figures import Figure
from tests.benchmarks.qasper import need, need_embedder

DATA = "cross_lingual_dev: 20 papers among 800 listed ones"
_NOW = datetime(2025, 3, 20, tzinfo=UTC)
DEPTHS = (1, 5, 10)
_DISTRACTORS_FROM = "hf_daily/same_day"
_MOST_DISTRACTORS = 800


def main() -> None:
    embedder = need_embedder()
    for name, others in (("the papers alone", []), ("among real listings", distractors())):
        print(f"\n{name}, {len(others)} of them")
        print(f"{'':28}" + "".join(f"R@{depth:<6}" for depth in DEPTHS))
        for way, shares in recalls(others, embedder).items():
            print(f"{way:28}" + "".join(f"{share:<8.3f}" for share in shares.values()))


def figures() -> Iterator[Figure]:
    """The share of queries whose paper is among the first five, beside words alone."""
    found = recalls(distractors(), need_embedder())
    for language in ("en", "ko"):
        ours, bare = (found[f"{language}, {way}"][5] for way in ("as asked", "words only"))
        yield Figure(f"R@5 of queries, {language}", ours, bare)


def recalls(others: list[Paper], embedder: Embedder) -> dict[str, dict[int, float]]:
    """For each way of searching the share of queries that find their paper, at each depth."""
    papers = json.loads(need("search/cross_lingual_dev.json").read_text(encoding="utf-8"))
    wanted = [
        Paper(id=f"x{n:02}", title=p["title"], abstract=p["gist"]) for n, p in enumerate(papers)
    ]
    found = {}
    with archive([*wanted, *others]) as storage:
        index = SearchIndex(storage, embedder)
        index.index([paper.id for paper in (*wanted, *others)])
        words = SearchIndex(storage, None)
        for language in ("en", "ko"):
            queries = [paper[f"query_{language}"] for paper in papers]
            found[f"{language}, words only"] = recall(hits(words), queries)
            found[f"{language}, as asked"] = recall(hits(index), queries)
    return found


def hits(index: SearchIndex) -> Callable[[str], Sequence[str]]:
    """Search as a function from query to paper ids."""
    return lambda query: [hit.paper.id for hit in index.papers(query, limit=max(DEPTHS))]


def recall(search: Callable[[str], Sequence[str]], queries: Sequence[str]) -> dict[int, float]:
    """The share of queries that find their paper, at each depth."""
    found = [search(query) for query in queries]
    return {
        depth: sum(f"x{n:02}" in ids[:depth] for n, ids in enumerate(found)) / len(queries)
        for depth in DEPTHS
    }


def distractors() -> list[Paper]:
    """Real papers of the listings, by title and abstract."""
    found: dict[str, Paper] = {}
    for path in sorted(need(_DISTRACTORS_FROM).glob("*.json")):
        for entry in json.loads(path.read_text(encoding="utf-8")):
            one = entry["paper"]
            found[one["id"]] = Paper(
                id=one["id"], title=one.get("title", ""), abstract=one.get("summary", "")
            )
    return list(found.values())[:_MOST_DISTRACTORS]


@contextmanager
def archive(papers: list[Paper]) -> Iterator[Storage]:
    """A database with these papers."""
    with tempfile.TemporaryDirectory() as folder:
        storage = open_storage(Path(folder) / "benchmark.db")
        try:
            storage.papers.save(papers, now=_NOW)
            yield storage
        finally:
            storage.close()


if __name__ == "__main__":
    main()

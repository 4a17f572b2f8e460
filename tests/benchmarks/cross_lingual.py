"""Korean queries that look for English papers.

Run with ``python -m tests.benchmarks.cross_lingual``.
"""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.search import SearchIndex, load_embedder
from storage import Paper, Storage, open_storage
from tests.benchmarks.qasper import need

_NOW = datetime(2025, 3, 20, tzinfo=UTC)
DEPTHS = (1, 5, 10)
_DISTRACTORS_FROM = "hf_daily/same_day"
_MOST_DISTRACTORS = 800


def main() -> None:
    embedder = load_embedder()
    if embedder is None:
        raise SystemExit("the embedded encoder is not installed")
    papers = json.loads(need("search/cross_lingual_dev.json").read_text(encoding="utf-8"))
    wanted = [
        Paper(id=f"x{n:02}", title=p["title"], abstract=p["gist"]) for n, p in enumerate(papers)
    ]
    for name, others in (("the papers alone", []), ("among real listings", distractors())):
        with archive([*wanted, *others]) as storage:
            index = SearchIndex(storage, embedder)
            index.index([paper.id for paper in (*wanted, *others)])
            words = SearchIndex(storage, None)
            print(f"\n{name}: {len(wanted) + len(others)} papers, {len(papers)} queries")
            print(f"{'':28}" + "".join(f"R@{depth:<6}" for depth in DEPTHS))
            for language in ("query_en", "query_ko"):
                report(f"{language[6:]}, words only", hits(words), papers, language)
                report(f"{language[6:]}, as asked", hits(index), papers, language)


def hits(index: SearchIndex) -> Callable[[str], Sequence[str]]:
    """Search as a function from query to paper ids."""
    return lambda query: [hit.paper.id for hit in index.papers(query, limit=max(DEPTHS))]


def report(
    name: str, search: Callable[[str], Sequence[str]], papers: list[dict[str, Any]], language: str
) -> None:
    """Print the share of queries that find their paper, at each depth."""
    found = [search(paper[language]) for paper in papers]
    shares = [
        sum(f"x{n:02}" in ids[:depth] for n, ids in enumerate(found)) / len(papers)
        for depth in DEPTHS
    ]
    print(f"{name:28}" + "".join(f"{share:<8.3f}" for share in shares))


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

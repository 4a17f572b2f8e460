"""Search among a large archive on PostgreSQL, beside SQLite: time, recall, memory.

    python -m tests.benchmarks.on_postgresql [--papers 100000]

Each database is filled with the same made archive. Each query of ``archive_at_scale`` is asked
once after two to warm up; ``found alike`` is the share of SQLite's first ten that PostgreSQL shows
among its own first ten. The vectors of a hundred papers, a little changed, are the queries of the
search along the graph; its recall is the share of the exact 60 nearest that it finds.
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil

from bot.search import SearchIndex, load_embedder
from bot.search.embedder import Vectors, from_bytes, unit
from storage import Storage, open_storage
from tests.benchmarks.archive_at_scale import QUERIES
from tests.large_archive import fill
from tests.postgres import USUAL, server

NEAREST = 60
FIRST = 10


@dataclass(frozen=True)
class Measured:
    """What one database took."""

    name: str
    fill_seconds: float
    search_ms: list[float]
    found: list[list[str]]
    megabytes: float
    disk_megabytes: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=100_000)
    asked = parser.parse_args()
    queries = [one for kind in QUERIES.values() for one in kind]
    with tempfile.TemporaryDirectory() as folder, server(USUAL) as postgresql:
        address = postgresql.create()
        both = [
            measured("PostgreSQL", address, asked.papers, queries),
            measured("SQLite", Path(folder) / "paperboy.db", asked.papers, queries),
        ]
        print(f"{asked.papers} papers, {len(queries)} queries")
        for one in both:
            p50, p95 = np.percentile(one.search_ms, [50, 95])
            print(
                f"{one.name:11} filled in {one.fill_seconds:.0f} s, {one.disk_megabytes:.0f} MB on "
                f"disk; search p50 {p50:.0f}, p95 {p95:.0f} ms; process {one.megabytes:.0f} MB"
            )
        shares = [
            len({*a[:FIRST]} & {*b[:FIRST]}) / min(FIRST, len(b))
            for a, b in zip(both[0].found, both[1].found, strict=True)
            if b
        ]
        print(f"found alike: {np.mean(shares):.2f} of {len(shares)} queries that find something")
        with closing(open_storage(address)) as storage:
            recall(storage)


def measured(name: str, database: Path | str, papers: int, queries: Sequence[str]) -> Measured:
    """Fill a database, and search it."""
    process = psutil.Process()
    with closing(open_storage(database)) as storage:
        began = time.monotonic()
        embedder = load_embedder()
        fill(storage, papers, embedder=embedder, fulltexts=min(1_000, papers))
        filled = time.monotonic() - began
        if storage.path is None:
            storage._connections.execute("ANALYZE")
        before = process.memory_info().rss
        index = SearchIndex(storage, embedder)
        for warm in ("warm up", "데우기 위한 질문 하나"):
            index.papers(warm, limit=FIRST)
        taken, found = [], []
        for query in queries:
            began = time.perf_counter()
            hits = index.papers(query, limit=FIRST)
            taken.append(1000 * (time.perf_counter() - began))
            found.append([hit.paper.id for hit in hits])
        more = (process.memory_info().rss - before) / 1e6
        return Measured(name, filled, taken, found, more, storage.figures.bytes_used() / 1e6)


def recall(storage: Storage) -> None:
    """How much of what is truly nearest the graph finds, and how fast."""
    near = storage.search.near
    assert near is not None, "this server has no pgvector"
    ids, matrix = _vectors(storage)
    dice = np.random.default_rng(1)
    places = dice.choice(len(ids), 100, replace=False)
    noise = dice.normal(scale=0.02, size=(100, matrix.shape[1])).astype(np.float32)
    queries = unit(matrix[places] + noise)
    model = str(storage._connections.row("SELECT model FROM paper_vectors LIMIT 1")[0])
    shares, taken = [], []
    for query in queries:
        exact = {ids[place] for place in np.argsort(-(matrix @ query))[:NEAREST]}
        began = time.perf_counter()
        found = near.nearest(query.tolist(), model=model, limit=NEAREST, among=None)
        taken.append(1000 * (time.perf_counter() - began))
        shares.append(len(exact & {one for one, _ in found}) / NEAREST)
    p50, p95 = np.percentile(taken, [50, 95])
    print(
        f"vectors: recall at {NEAREST} {np.mean(shares):.3f} (least {min(shares):.2f}), "
        f"p50 {p50:.1f}, p95 {p95:.1f} ms"
    )


def _vectors(storage: Storage) -> tuple[list[str], Vectors]:
    model = str(storage._connections.row("SELECT model FROM paper_vectors LIMIT 1")[0])
    stored = storage.search.paper_vectors(model=model, limit=1_000_000)
    matrix = from_bytes([one.data for one in stored], stored[0].dimension)
    return [one.owner for one in stored], matrix


if __name__ == "__main__":
    main()

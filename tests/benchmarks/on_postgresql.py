"""Search among a large archive on PostgreSQL, beside SQLite: time, recall, memory.

    python -m tests.benchmarks.on_postgresql [--papers 100000]

A made archive is stored in SQLite, carried over as ``paperboy migrate`` does it, and indexed there
anew. Each query of ``archive_at_scale`` is asked of both in turn, after two to warm up; ``found
alike`` is the share of SQLite's first ten that PostgreSQL shows among its own first ten. The
vectors of a hundred papers, a little changed, are the queries of the search along the graph; its
recall is the share of the exact 60 nearest that it finds.
"""

import argparse
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from bot.search import SearchIndex, load_embedder
from bot.search.embedder import Vectors, from_bytes, unit
from storage import Storage, carry_over, open_storage
from tests.benchmarks.archive_at_scale import QUERIES
from tests.large_archive import fill
from tests.postgres import USUAL, server

NEAREST = 60
FIRST = 10
WARM_UP = ("warm up", "데우기 위한 질문 하나")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=100_000)
    papers = parser.parse_args().papers
    queries = [one for kind in QUERIES.values() for one in kind]
    with tempfile.TemporaryDirectory() as folder, server(USUAL) as postgresql:
        file, address = Path(folder) / "paperboy.db", postgresql.create()
        prepare(file, address, papers)
        with closing(open_storage(address)) as there, closing(open_storage(file)) as here:
            print(f"{papers} papers, {len(queries)} queries", flush=True)
            compare({"PostgreSQL": there, "SQLite": here}, queries)
            recall(there)


def prepare(file: Path, address: str, papers: int) -> None:
    """The same archive in both."""
    began = time.monotonic()
    with closing(open_storage(file)) as storage:
        fill(storage, papers, embedder=load_embedder(), fulltexts=min(1_000, papers))
    filled = time.monotonic()
    carry_over(file, address)
    carried = time.monotonic()
    with closing(open_storage(address)) as storage:
        SearchIndex(storage, None).index_missing()
        storage._connections.execute("ANALYZE")
    print(
        f"filled in {filled - began:.0f} s, carried over in {carried - filled:.0f} s, "
        f"indexed there in {time.monotonic() - carried:.0f} s",
        flush=True,
    )


def compare(storages: Mapping[str, Storage], queries: Sequence[str]) -> None:
    """Ask all of them each query, and print how long that takes and what they find alike."""
    indices = {name: SearchIndex(one, load_embedder()) for name, one in storages.items()}
    taken: dict[str, list[float]] = {name: [] for name in storages}
    found: dict[str, list[set[str]]] = {name: [] for name in storages}
    for query in (*WARM_UP, *queries):
        for name, index in indices.items():
            began = time.perf_counter()
            hits = index.papers(query, limit=FIRST)
            taken[name].append(1000 * (time.perf_counter() - began))
            found[name].append({hit.paper.id for hit in hits})
    for name, storage in storages.items():
        p50, p95 = np.percentile(taken[name][len(WARM_UP) :], [50, 95])
        disk = storage.figures.bytes_used() / 1e6
        print(
            f"{name:11} search p50 {p50:.0f}, p95 {p95:.0f} ms; {disk:.0f} MB on disk", flush=True
        )
    one, other = found.values()
    shares = [len(a & b) / len(b) for a, b in zip(one, other, strict=True) if b]
    print(f"found alike: {np.mean(shares):.2f} of {len(shares)} queries that find something")


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

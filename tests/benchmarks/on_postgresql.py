"""Search among a large archive on PostgreSQL, beside SQLite: time, recall, memory.

    python -m tests.benchmarks.on_postgresql [--papers 100000] [--database FILE [--address URL]]

A made archive is stored in SQLite, carried over as ``paperboy migrate`` does it, and indexed there
anew. *FILE* is an archive that ``python -m tests.large_archive FILE --vectors --fulltexts 1000``
has written; what lies at *URL*, on this machine, has been carried over from it before.

Each query of ``archive_at_scale`` is asked of both in turn, after two to warm up; processor time is
this thread's and the server's. ``found alike`` is the share of SQLite's first ten that PostgreSQL
shows among its own first ten. The vectors of a hundred papers, a little changed, are the queries of
the search along the graph; its recall is the share of the exact 60 nearest that it finds.
"""

import argparse
import tempfile
import time
from contextlib import ExitStack, closing
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
    parser.add_argument("--database", type=Path)
    parser.add_argument("--address")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        file = asked.database or Path(folder) / "paperboy.db"
        if asked.database is None:
            fill_file(file, asked.papers)
        address = asked.address
        if address is None:
            address = stack.enter_context(server(USUAL)).create()
            carry_and_index(file, address)
        there, here = (stack.enter_context(closing(open_storage(one))) for one in (address, file))
        compare(there, here)
        recall(there)


def fill_file(file: Path, papers: int) -> None:
    """Make the archive."""
    began = time.monotonic()
    with closing(open_storage(file)) as storage:
        fill(storage, papers, embedder=load_embedder(), fulltexts=min(1_000, papers))
    print(f"filled in {time.monotonic() - began:.0f} s", flush=True)


def carry_and_index(file: Path, address: str) -> None:
    """The same archive in the other database."""
    began = time.monotonic()
    carry_over(file, address)
    carried = time.monotonic()
    with closing(open_storage(address)) as storage:
        SearchIndex(storage, None).index_missing()
        storage._connections.execute("ANALYZE")
    print(
        f"carried over in {carried - began:.0f} s, "
        f"indexed there in {time.monotonic() - carried:.0f} s",
        flush=True,
    )


class Asked:
    """The queries that one database was asked: milliseconds on the wall and of processors, and the
    first papers of each."""

    def __init__(self, storage: Storage) -> None:
        self._index = SearchIndex(storage, load_embedder())
        self._processes = list[int]()
        for query in WARM_UP:
            self._index.papers(query, limit=FIRST)
        if storage.search.near is not None:
            sql = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            self._processes = [int(row[0]) for row in storage._connections.rows(sql)]
        self.taken, self.spent = list[float](), list[float]()
        self.found = list[set[str]]()

    def ask(self, query: str) -> None:
        """One more."""
        began, before = time.perf_counter(), self._spent()
        hits = self._index.papers(query, limit=FIRST)
        self.taken.append(1000 * (time.perf_counter() - began))
        self.spent.append(1000 * (self._spent() - before))
        self.found.append({hit.paper.id for hit in hits})

    def _spent(self) -> float:
        told = (Path(f"/proc/{one}/schedstat").read_text() for one in self._processes)
        return time.thread_time() + sum(int(one.split()[0]) for one in told) / 1e9


def compare(there: Storage, here: Storage) -> None:
    """Ask both each query, and print how long that takes and what they find alike."""
    queries = [one for kind in QUERIES.values() for one in kind]
    print(f"{here.counts()['papers']} papers, {len(queries)} queries", flush=True)
    asked = {one: Asked(one) for one in (there, here)}
    for query in queries:
        for one in asked.values():
            one.ask(query)
    for storage, one in asked.items():
        p50, p95 = np.percentile(one.taken, [50, 95])
        least, most = np.percentile(one.spent, [50, 95])
        print(
            f"{storage._connections.dialect:11} search p50 {p50:.0f}, p95 {p95:.0f} ms; "
            f"processor time {least:.0f} and {most:.0f} ms; "
            f"{storage.figures.bytes_used() / 1e6:.0f} MB on disk",
            flush=True,
        )
    ours, theirs = asked[there].found, asked[here].found
    shares = [len(a & b) / len(b) for a, b in zip(ours, theirs, strict=True) if b]
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

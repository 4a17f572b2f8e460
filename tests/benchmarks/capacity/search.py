"""Search among a large archive on both databases, each query asked of both in turn: time, processor
time, what they find, disk.

The archive is carried over from SQLite as ``paperboy migrate`` does it, and indexed there anew.
Each query of ``archive_at_scale`` is asked after two to warm up; processor time is this thread's
and the server's. The vectors of a hundred papers, a little changed, are the queries of the search
along the graph; its recall is the share of the exact 60 nearest that it finds. SQLite's is exact.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import numpy as np

from bot.search import SearchIndex, load_embedder
from bot.search.embedder import Vectors, from_bytes, unit
from storage import Storage, carry_over, open_storage
from tests.benchmarks.archive_at_scale import QUERIES
from tests.benchmarks.capacity.progress import tell
from tests.benchmarks.capacity.rows import Row, quantile
from tests.postgres import USUAL, server

NEAREST, NEAREST_QUERIES = 60, 100
FIRST = 10
WARM_UP = ("warm up", "데우기 위한 질문 하나")


def measure(papers: int, file: Path, address: str | None) -> Iterator[Row]:
    """Rows of *file* beside the database at *address* on this machine, which was carried over from
    it before; without one, beside a server of its own."""
    size = f"{papers:,} papers"
    with ExitStack() as stack:
        if address is None:
            address = stack.enter_context(server(USUAL)).create()
            yield from _carried(size, file, address)
        here, there = (stack.enter_context(closing(open_storage(one))) for one in (file, address))
        yield from _compared(size, here, there)
        yield from _nearest(size, there)


def _carried(size: str, file: Path, address: str) -> Iterator[Row]:
    """Have the same archive in the other database."""
    began = time.monotonic()
    carry_over(file, address)
    yield Row("search", f"{size}, carried to PostgreSQL", time.monotonic() - began, "s")
    tell("carried over, now it is indexed")
    began = time.monotonic()
    with closing(open_storage(address)) as storage:
        SearchIndex(storage, None).index_missing()
        storage._connections.execute("ANALYZE")
    yield Row("search", f"{size}, indexed there", time.monotonic() - began, "s")


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


def _compared(size: str, here: Storage, there: Storage) -> Iterator[Row]:
    """Ask both each query: how long that takes, and what they find alike."""
    sqlite, postgresql = Asked(here), Asked(there)
    for query in (one for kind in QUERIES.values() for one in kind):
        sqlite.ask(query)
        postgresql.ask(query)
    for what, ours, beside in (
        ("", postgresql.taken, sqlite.taken),
        ("processor time, ", postgresql.spent, sqlite.spent),
    ):
        for name, share in (("p50", 0.5), ("p95", 0.95)):
            figures = quantile(ours, share), "ms", quantile(beside, share)
            yield Row("search", f"{size}, PostgreSQL, {what}{name}", *figures, "SQLite")
    pairs = zip(sqlite.found, postgresql.found, strict=True)
    shares = [len(a & b) / len(a) for a, b in pairs if a]
    what = f"of SQLite's first {FIRST} among PostgreSQL's, {len(shares)} queries"
    yield Row("search", f"{size}, {what}", float(np.mean(shares)), "", 1.0, "all")
    disk = (one.figures.bytes_used() / 1e6 for one in (there, here))
    yield Row("search", f"{size}, PostgreSQL, on disk", next(disk), "MB", next(disk), "SQLite")


def _nearest(size: str, storage: Storage) -> Iterator[Row]:
    """How much of what is truly nearest the graph finds, and how fast."""
    near = storage.search.near
    assert near is not None, "this server has no pgvector"
    ids, model, matrix = _vectors(storage)
    dice = np.random.default_rng(1)
    many = min(NEAREST_QUERIES, len(ids))
    places = dice.choice(len(ids), many, replace=False)
    noise = dice.normal(scale=0.02, size=(many, matrix.shape[1])).astype(np.float32)
    shares, taken = [], []
    for query in unit(matrix[places] + noise):
        exact = {ids[place] for place in np.argsort(-(matrix @ query))[:NEAREST]}
        began = time.perf_counter()
        found = near.nearest(query.tolist(), model=model, limit=NEAREST, among=None)
        taken.append(1000 * (time.perf_counter() - began))
        shares.append(len(exact & {one for one, _ in found}) / NEAREST)
    what = f"{size}, PostgreSQL, the {NEAREST} nearest by meaning"
    yield Row("search", f"{what}, recall", float(np.mean(shares)), "", 1.0, "exact search")
    yield Row("search", f"{what}, least recall", min(shares), "", 1.0, "exact search")
    yield Row("search", f"{what}, p50", quantile(taken, 0.5), "ms")
    yield Row("search", f"{what}, p95", quantile(taken, 0.95), "ms")


def _vectors(storage: Storage) -> tuple[list[str], str, Vectors]:
    """Whose vectors there are, of which model, and they themselves."""
    model = str(storage._connections.row("SELECT model FROM paper_vectors LIMIT 1")[0])
    stored = storage.search.paper_vectors(model=model, limit=1_000_000)
    matrix = from_bytes([one.data for one in stored], stored[0].dimension)
    return [one.owner for one in stored], model, matrix

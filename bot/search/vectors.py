"""All papers' vectors: compared by the database where it can, else kept in memory as one matrix
that is brought up to date when they change."""

import threading
from collections.abc import Collection

import numpy as np

from bot.search.embedder import Vectors, from_bytes, one_thread
from storage import Storage

_PORTION = 4_096


class PaperVectors:
    """The vectors of one model. Safe in any thread."""

    def __init__(self, storage: Storage, model: str) -> None:
        self._storage = storage
        self._model = model
        self._lock = threading.Lock()
        self._seen = -1
        self._ids: list[str] = []
        self._rows: dict[str, int] = {}
        self._matrix: Vectors = np.zeros((0, 0), dtype=np.float32)

    def nearest(
        self, query: Vectors, *, limit: int, among: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Paper ids with their cosine similarity to *query*, nearest first."""
        near = self._storage.search.near
        if near is not None:
            wanted = None if among is None else list(among)
            return near.nearest(query.tolist(), model=self._model, limit=limit, among=wanted)
        ids, rows, matrix = self._comparable(query)
        if among is not None:
            ids = [one for one in among if one in rows]
            matrix = matrix[[rows[one] for one in ids]]
        if not ids:
            return []
        # One thread: several wait for each other when the machine is busy.
        with one_thread():
            scores = matrix @ query
        many = min(limit, len(ids))
        top = np.argpartition(-scores, many - 1)[:many]
        order = top[np.argsort(-scores[top], kind="stable")]
        return [(ids[index], float(scores[index])) for index in order]

    def outstanding(
        self, query: Vectors, among: Collection[str], *, distance: float, least: float, fewest: int
    ) -> list[str]:
        """Those of *among* that are nearer to *query* than the whole archive is, by *distance*
        standard deviations, and at least *least* near; none in an archive of less than *fewest*,
        which is no measure."""
        near = self._storage.search.near
        if near is not None:
            told = near.likeness(query.tolist(), model=self._model, among=list(among))
            bound = max(least, told.mean + distance * told.deviation)
            return [
                one for one in among if told.count >= fewest and told.papers.get(one, -1) >= bound
            ]
        ids, rows, matrix = self._comparable(query)
        if len(ids) < fewest:
            return []
        scores = matrix @ query
        bound = max(least, float(scores.mean() + distance * scores.std()))
        return [one for one in among if one in rows and scores[rows[one]] >= bound]

    def _comparable(self, query: Vectors) -> tuple[list[str], dict[str, int], Vectors]:
        """The vectors, if *query* is of their size."""
        ids, rows, matrix = self._current()
        return (ids, rows, matrix) if matrix.shape[1] == len(query) else ([], {}, matrix[:0])

    def _current(self) -> tuple[list[str], dict[str, int], Vectors]:
        newest = self._storage.search.newest_vector()
        with self._lock:
            if newest != self._seen:
                self._add_new()
                self._seen = newest
            return self._ids, self._rows, self._matrix

    def _add_new(self) -> None:
        """Readers may hold the old lists and matrix, so new ones take their place. The vectors
        come in portions: all of a large archive at once would be held three times over."""
        search, after = self._storage.search, max(self._seen, 0)
        rows, matrix = dict(self._rows), self._matrix
        left = search.count_vectors(model=self._model, after=after)
        while batch := search.paper_vectors(model=self._model, after=after, limit=_PORTION):
            after = batch[-1].id
            # A model that changed its dimension under its name makes the older vectors useless.
            if matrix.shape[1] != batch[-1].dimension:
                rows = {}
                matrix = np.zeros((0, batch[-1].dimension), dtype=np.float32)
            fresh = [one for one in batch if one.dimension == batch[-1].dimension]
            if matrix is self._matrix or len(rows) + len(fresh) > len(matrix):
                matrix = _grown(matrix, len(rows), len(rows) + max(left, len(fresh)))
            places = [rows.setdefault(one.owner, len(rows)) for one in fresh]
            matrix[places] = from_bytes([one.data for one in fresh], batch[-1].dimension)
            left -= len(batch)
        self._ids, self._rows, self._matrix = list(rows), rows, matrix[: len(rows)]


def _grown(matrix: Vectors, used: int, rows: int) -> Vectors:
    # By columns: multiplying it is twice as fast as by rows.
    larger = np.empty((rows, matrix.shape[1]), dtype=np.float32, order="F")
    larger[:used] = matrix[:used]
    return larger

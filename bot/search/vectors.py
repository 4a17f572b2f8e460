"""All papers' vectors as one matrix, kept in memory and brought up to date when they change."""

import threading
from collections.abc import Collection

import numpy as np

from bot.search.embedder import Vectors, from_bytes
from storage import Storage


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
        ids, rows, matrix = self._current()
        if among is not None:
            ids = [one for one in among if one in rows]
            matrix = matrix[[rows[one] for one in ids]]
        if not ids:
            return []
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
        ids, rows, matrix = self._current()
        if len(ids) < fewest:
            return []
        scores = matrix @ query
        bound = max(least, float(scores.mean() + distance * scores.std()))
        return [one for one in among if one in rows and scores[rows[one]] >= bound]

    def _current(self) -> tuple[list[str], dict[str, int], Vectors]:
        newest = self._storage.search.newest_vector()
        with self._lock:
            if newest != self._seen:
                self._add_new()
                self._seen = newest
            return self._ids, self._rows, self._matrix

    def _add_new(self) -> None:
        """Readers may hold the old lists and matrix, so new ones take their place."""
        fresh = self._storage.search.paper_vectors(model=self._model, after=max(self._seen, 0))
        if not fresh:
            return
        # A model that changed its dimension under the same name makes the older vectors useless.
        dimension = fresh[-1].dimension
        if self._matrix.shape[1] != dimension:
            self._ids, self._rows = [], {}
            self._matrix = np.zeros((0, dimension), dtype=np.float32)
        fresh = [one for one in fresh if one.dimension == dimension]
        vectors = from_bytes([one.data for one in fresh], dimension)
        replaced = [
            (self._rows[v.owner], at) for at, v in enumerate(fresh) if v.owner in self._rows
        ]
        added = [at for at, v in enumerate(fresh) if v.owner not in self._rows]
        matrix = np.concatenate([self._matrix, vectors[added]])
        for row, at in replaced:
            matrix[row] = vectors[at]
        self._ids = self._ids + [fresh[at].owner for at in added]
        self._rows = {one: row for row, one in enumerate(self._ids)}
        self._matrix = matrix

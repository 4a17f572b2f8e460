"""All papers' vectors as one matrix, kept in memory and brought up to date when they change."""

import threading
from collections.abc import Collection, Mapping

import numpy as np

from bot.search.embedder import Vectors, from_bytes, one_thread
from storage import Storage

# In deviations of an archive: nearer than most, as far as any paper lies, and clearly alike.
NEARER, FARTHEST, ALIKE = 1.0, 4.0, 3.5
# With this much cared for (a saved paper is a half) likeness reaches half its full weight.
HALF_TOLD = 2.0
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

    def near(
        self, query: Vectors, among: Collection[str], *, clearly: float, least: float, fewest: int
    ) -> dict[str, float]:
        """How near those of *among* are to *query* that are nearer than most of the archive: 1 for
        those that are *clearly* so many standard deviations nearer, and at least *least* near.
        Empty in an archive of less than *fewest*, which is no measure."""
        ids, rows, matrix = self._comparable(query)
        if len(ids) < fewest:
            return {}
        with one_thread():
            scores = matrix @ query
        bound = max(least, float(scores.mean() + clearly * scores.std()))
        begins = float(scores.mean() + NEARER * scores.std())
        degrees = np.clip((scores - begins) / (bound - begins), 0.0, 1.0)
        found = {one: float(degrees[rows[one]]) for one in among if one in rows}
        return {one: degree for one, degree in found.items() if degree > 0}

    def likeness(
        self, cared_for: Mapping[str, float], among: Collection[str], *, fewest: int
    ) -> dict[str, tuple[float, str | None]]:
        """How much those of *among* are like the papers that were *cared_for*, from -1 to 1, and
        the one that each clearly is like, if any.

        After Rocchio: the way from the archive's middle to what was cared for, less what was not;
        how far papers lie along it counts in standard deviations of the whole archive. Few papers
        say little, so that they count for little.
        """
        ids, rows, matrix = self._current()
        known = [one for one in cared_for if one in rows]
        asked = [one for one in among if one in rows]
        if len(ids) < fewest or not known or not asked:
            return {}
        weights = np.array([cared_for[one] for one in known], dtype=np.float32)
        cared = matrix[[rows[one] for one in known]]
        middle = matrix.mean(axis=0)
        with one_thread():
            along = _deviations((matrix - middle) @ ((cared - middle).T @ weights))
            alike = _deviations(matrix @ cared.T) * (weights > 0)
        told = float(np.abs(weights).sum())
        degrees = np.clip(along / FARTHEST, -1.0, 1.0) * told / (told + HALF_TOLD)
        places = [rows[one] for one in asked]
        nearest = alike[places].argmax(axis=1)
        return {
            one: (float(degrees[place]), known[best] if alike[place, best] >= ALIKE else None)
            for one, place, best in zip(asked, places, nearest, strict=True)
        }

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


def _deviations(values: Vectors) -> Vectors:
    """Values, or those of each column, in standard deviations from their mean."""
    spread = values.std(axis=0)
    return np.asarray((values - values.mean(axis=0)) / np.where(spread > 0, spread, 1.0))

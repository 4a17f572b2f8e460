"""All papers' vectors: compared by the database where it can, else kept in memory as one matrix
that is brought up to date when they change. Where the database compares them, only the newest are
kept, to tell how all of them lie."""

import threading
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from bot.search.embedder import Vectors, from_bytes, one_thread
from storage import Storage, StoredVector
from storage.vectors import Likeness

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

    def near(
        self, query: Vectors, among: Collection[str], *, clearly: float, least: float, fewest: int
    ) -> dict[str, float]:
        """How near those of *among* are to *query* that are nearer than most of the archive: 1 for
        those that are *clearly* so many standard deviations nearer, and at least *least* near.
        Empty in an archive of less than *fewest*, which is no measure."""
        told = self._told(query, among)
        if told.count < fewest:
            return {}
        begins = told.mean + NEARER * told.deviation
        bound = max(least, told.mean + clearly * told.deviation)
        degrees = {
            one: min(1.0, (cosine - begins) / max(bound - begins, 1e-9))
            for one, cosine in told.papers.items()
        }
        return {one: degree for one, degree in degrees.items() if degree > 0}

    def likeness(
        self, cared_for: Mapping[str, float], among: Collection[str], *, fewest: int
    ) -> dict[str, tuple[float, str | None]]:
        """How much those of *among* are like the papers that were *cared_for*, from -1 to 1, and
        the one that each clearly is like, if any.

        After Rocchio: the way from the archive's middle to what was cared for, less what was not;
        how far papers lie along it counts in standard deviations of the archive. Few papers say
        little, so that they count for little.
        """
        sample, rows, matrix = self._beside_sample([*cared_for, *among])
        known, asked = ([one for one in ids if one in rows] for ids in (cared_for, among))
        if len(sample) < fewest or not known or not asked:
            return {}
        cared, vectors = (matrix[[rows[one] for one in ids]] for ids in (known, asked))
        weights = np.array([cared_for[one] for one in known], dtype=np.float32)
        middle = sample.mean(axis=0)
        with one_thread():
            way = (cared - middle).T @ weights
            along = _deviations(vectors @ way, sample @ way)
            alike = _deviations(vectors @ cared.T, sample @ cared.T) * (weights > 0)
        told = float(np.abs(weights).sum())
        degrees = np.clip(along / FARTHEST, -1.0, 1.0) * told / (told + HALF_TOLD)
        nearest = alike.argmax(axis=1)
        return {
            one: (float(degrees[row]), known[best] if alike[row, best] >= ALIKE else None)
            for row, (one, best) in enumerate(zip(asked, nearest, strict=True))
        }

    def _told(self, query: Vectors, among: Collection[str]) -> Likeness:
        """The cosines of *among* beside those of all papers."""
        near = self._storage.search.near
        if near is not None:
            return near.likeness(query.tolist(), model=self._model, among=list(among))
        ids, rows, matrix = self._comparable(query)
        if not ids:
            return Likeness({}, 0.0, 0.0, 0)
        with one_thread():
            scores = matrix @ query
        cosines = {one: float(scores[rows[one]]) for one in among if one in rows}
        return Likeness(cosines, float(scores.mean()), float(scores.std()), len(ids))

    def _beside_sample(self, ids: Sequence[str]) -> tuple[Vectors, Mapping[str, int], Vectors]:
        """The archive's vectors, or so many of them as show how they lie; and a matrix with those
        of *ids* that have one, with the row of each."""
        if self._storage.search.near is None:
            _, rows, matrix = self._current()
            return matrix, rows, matrix
        sample, rows = self._sample()
        known = [one for one in ids if one in rows]
        missing = [one for one in ids if one not in rows]
        further = self._storage.search.vectors_of(missing, model=self._model) if missing else []
        owners, vectors = _decoded(further, sample.shape[1])
        matrix = np.concatenate([sample[[rows[one] for one in known]], vectors])
        return sample, {one: row for row, one in enumerate([*known, *owners])}, matrix

    def _sample(self) -> tuple[Vectors, dict[str, int]]:
        """The vectors that were stored last with the row of each, kept until there are newer
        ones."""
        newest = self._storage.search.newest_vector()
        with self._lock:
            if newest != self._seen:
                stored = self._storage.search.paper_vectors(
                    model=self._model, after=max(0, newest - _PORTION), limit=_PORTION
                )
                owners, self._matrix = _decoded(stored, stored[-1].dimension if stored else 0)
                self._rows = {one: row for row, one in enumerate(owners)}
                self._seen = newest
            return self._matrix, self._rows

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


def _decoded(stored: Sequence[StoredVector], dimension: int) -> tuple[list[str], Vectors]:
    """Those that have this dimension: whose they are, and the vectors."""
    fitting = [one for one in stored if one.dimension == dimension]
    if not fitting:
        return [], np.zeros((0, dimension), np.float32)
    return [one.owner for one in fitting], from_bytes([one.data for one in fitting], dimension)


def _deviations(values: Vectors, of_all: Vectors) -> Vectors:
    """Values, or those of each column, in standard deviations from the mean of all."""
    spread = of_all.std(axis=0)
    return np.asarray((values - of_all.mean(axis=0)) / np.where(spread > 0, spread, 1.0))

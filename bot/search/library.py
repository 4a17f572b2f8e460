"""Papers' passages ready for ranking, kept in memory while people ask about them."""

import threading
from collections import OrderedDict

import numpy as np

from bot.search.embedder import Vectors, from_bytes
from bot.search.ranking import Prepared, prepare
from storage import Passage, Storage

_KEPT = 48

_State = tuple[int, int, int]


class Library:
    """The most recently asked papers, prepared. Safe in any thread."""

    def __init__(self, storage: Storage, *, model: str | None) -> None:
        self._storage = storage
        self._model = model
        self._lock = threading.Lock()
        self._prepared: OrderedDict[str, tuple[_State, Prepared]] = OrderedDict()

    def paper(self, paper_id: str) -> Prepared:
        """The paper's passages; made anew when passages or vectors have changed."""
        state = self._storage.search.passages_state(paper_id)
        with self._lock:
            known = self._prepared.get(paper_id)
            if known is not None and known[0] == state:
                self._prepared.move_to_end(paper_id)
                return known[1]
        made = self._prepare(paper_id)
        with self._lock:
            self._prepared[paper_id] = (state, made)
            while len(self._prepared) > _KEPT:
                self._prepared.popitem(last=False)
        return made

    def _prepare(self, paper_id: str) -> Prepared:
        passages = self._storage.fulltexts.passages(paper_id)
        return prepare(passages, self._vectors(paper_id, passages))

    def _vectors(self, paper_id: str, passages: list[Passage]) -> Vectors | None:
        if self._model is None or not passages:
            return None
        stored = self._storage.search.passage_vectors(paper_id, model=self._model)
        rows = [stored.get(passage.id or 0) for passage in passages]
        complete = [row for row in rows if row is not None]
        if len(complete) != len(rows) or len({row.dimension for row in complete}) != 1:
            return None
        return np.ascontiguousarray(
            from_bytes([row.data for row in complete], complete[0].dimension)
        )

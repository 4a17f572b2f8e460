"""The archives that several parts measure on, made once a run."""

import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bot.search import load_embedder
from storage import open_storage
from tests.benchmarks.capacity.progress import tell
from tests.benchmarks.capacity.rows import Row
from tests.large_archive import fill

SIZES, QUICK_SIZES = (1_000, 10_000, 100_000), (1_000,)
# Of the largest archive; what is asked in threads is searched in them.
FULLTEXTS = 1_000


class Archives:
    """Files in *folder*; *ready* stands in for the largest."""

    def __init__(self, folder: Path, ready: Path | None, *, quick: bool) -> None:
        self._folder = folder
        self._ready = ready
        self._sizes = QUICK_SIZES if quick else SIZES
        self.files: list[tuple[int, Path]] = []

    @property
    def largest(self) -> tuple[int, Path]:
        """How many papers it has, and its file.

        Raises:
            LookupError: it could not be made.
        """
        if len(self.files) < len(self._sizes):
            raise LookupError("there is no archive")
        return self.files[-1]

    def make(self) -> Iterator[Row]:
        """Make them all, the smallest first; how long each took."""
        for size in self._sizes:
            began, file = time.monotonic(), self._folder / f"{size}.db"
            if size == self._sizes[-1]:
                papers = self._make_largest(size, file)
            else:
                papers = _make(size, file)
            self.files.append((papers, file))
            yield Row("archives", f"{papers:,} papers", time.monotonic() - began, "s")

    def _make_largest(self, size: int, file: Path) -> int:
        if self._ready is None:
            return _make(size, file, fulltexts=FULLTEXTS)
        shutil.copy(self._ready, file)
        with closing(open_storage(file)) as storage:
            return storage.counts("papers")["papers"]


def _make(papers: int, file: Path, *, fulltexts: int = 0) -> int:
    tell(f"an archive of {papers:,} papers")
    with closing(open_storage(file)) as storage:
        return len(fill(storage, papers, embedder=load_embedder(), fulltexts=fulltexts))

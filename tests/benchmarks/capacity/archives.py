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
    """Files in *folder*; *ready* is used for the largest."""

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
        if not self.files or self.files[-1][0] != self._sizes[-1]:
            raise LookupError("there is no archive")
        return self.files[-1]

    def make(self) -> Iterator[Row]:
        """Make them all, the smallest first; how long each took."""
        for papers in self._sizes:
            tell(f"an archive of {papers:,} papers")
            began, file = time.monotonic(), self._folder / f"{papers}.db"
            if papers == self._sizes[-1] and self._ready is not None:
                shutil.copy(self._ready, file)
            else:
                with closing(open_storage(file)) as storage:
                    whole = FULLTEXTS if papers == self._sizes[-1] else 0
                    fill(storage, papers, embedder=load_embedder(), fulltexts=whole)
            self.files.append((papers, file))
            yield Row("archives", f"{papers:,} papers made", time.monotonic() - began, "s")

"""What an import did, and what it could not understand."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Remark:
    """Something to look at, with its file and line (0 when it concerns the whole file)."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}" if self.line else f"{self.file}: {self.text}"


@dataclass
class ImportReport:
    """``counts`` are by word: ``files``, ``digests_new``, ``digests_updated``,
    ``digests_unchanged``, ``entries``, ``papers_new``, ``papers_known``, ``summaries``, ``notes``,
    ``stubs``, ``tables``, ``figures``, ``links``, ``readings``, ``listings``, ``merged``."""

    dry_run: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    unclear: list[Remark] = field(default_factory=list)
    skipped: list[Remark] = field(default_factory=list)
    unidentified: list[Remark] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """How many digests were added or changed; 0 when everything was there before."""
        return self.counts["digests_new"] + self.counts["digests_updated"] + self.counts["merged"]

"""What an import did, and what it could not understand."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Remark:
    """Something to look at, with its file and line (0 when it concerns the whole file)."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}" if self.line else f"{self.file}: {self.text}"


@dataclass(frozen=True)
class DigestRead:
    """One digest of a file. ``state`` is ``new``, ``updated`` or ``unchanged``; ``contents`` are
    counts by word, as :func:`bot.archive.meaning.contents_of` gives them."""

    file: str
    style: str
    period: str
    state: str
    contents: dict[str, int]


@dataclass
class ImportReport:
    """``counts`` are by word: ``files``, ``digests_new``, ``digests_updated``,
    ``digests_unchanged``, ``entries``, ``papers_new``, ``papers_known``, ``summaries``, ``notes``,
    ``stubs``, ``tables``, ``figures``, ``links``, ``readings``, ``listings``, ``merged``,
    ``looked_up`` (titles that the sources were asked for) and ``not_asked`` (they failed).
    ``paper_ids`` are the papers of new and updated digests."""

    dry_run: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    digests: list[DigestRead] = field(default_factory=list)
    unclear: list[Remark] = field(default_factory=list)
    skipped: list[Remark] = field(default_factory=list)
    unidentified: list[Remark] = field(default_factory=list)
    paper_ids: dict[str, None] = field(default_factory=dict)

    @property
    def changes(self) -> int:
        """How many digests were added or changed; 0 when everything was there before."""
        return self.counts["digests_new"] + self.counts["digests_updated"] + self.counts["merged"]

    def add(self, other: "ImportReport") -> None:
        """Add what another report tells."""
        self.counts.update(other.counts)
        self.digests += other.digests
        self.unclear += other.unclear
        self.skipped += other.skipped
        self.unidentified += other.unidentified
        self.paper_ids |= other.paper_ids

    def to_json(self) -> dict[str, Any]:
        """The report for scripts."""
        return {
            "dry_run": self.dry_run,
            "changes": self.changes,
            "counts": dict(self.counts),
            "digests": [asdict(one) for one in self.digests],
            "unclear": [asdict(one) for one in self.unclear],
            "skipped": [asdict(one) for one in self.skipped],
            "unidentified": [asdict(one) for one in self.unidentified],
        }

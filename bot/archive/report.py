"""What an import did, what it kept as it was, and what it could not read."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.languages import Catalog


@dataclass(frozen=True)
class Remark:
    """Something to look at, with its file and line (0 when it concerns the whole file). ``text``
    is what stands there; ``message_id`` with ``arguments`` says what is the matter."""

    file: str
    line: int = 0
    text: str = ""
    message_id: str = ""
    arguments: Mapping[str, object] = field(default_factory=dict)

    def said(self, words: Catalog) -> str:
        """The remark without its place."""
        if not self.message_id:
            return self.text
        return words.text(self.message_id, **{"text": self.text, **self.arguments})

    def line_in(self, words: Catalog) -> str:
        """The remark as a line."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.said(words)}"

    def to_json(self, words: Catalog) -> dict[str, Any]:
        """The remark for scripts."""
        return {"file": self.file, "line": self.line, "text": self.said(words)}


@dataclass(frozen=True)
class DigestRead:
    """One digest of a file. ``state`` is ``new``, ``updated``, ``unchanged`` or ``older`` (left as
    it was); ``contents`` are counts by word, as :func:`bot.archive.meaning.contents_of` gives
    them."""

    file: str
    style: str
    period: str
    language: str
    state: str
    contents: dict[str, int]


@dataclass
class ImportReport:
    """``counts`` are by word: ``files``, ``digests_new``, ``digests_updated``,
    ``digests_unchanged``, ``entries``, ``papers_new``, ``papers_known``, ``summaries``, ``notes``,
    ``stubs``, ``tables``, ``figures``, ``links``, ``readings``, ``listings``, ``merged``,
    ``looked_up`` (titles that the sources were asked for) and ``not_asked`` (they failed).
    ``kept`` are texts that matched no name and were kept as they are, ``unclear`` is what was
    decided in doubt or left out, ``asked`` what cannot be placed before more is said.
    ``paper_ids`` are the papers of new and updated digests."""

    dry_run: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    digests: list[DigestRead] = field(default_factory=list)
    kept: list[Remark] = field(default_factory=list)
    unclear: list[Remark] = field(default_factory=list)
    asked: list[Remark] = field(default_factory=list)
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
        for name in REMARKS:
            getattr(self, name).extend(getattr(other, name))
        self.paper_ids |= other.paper_ids

    def to_json(self, words: Catalog) -> dict[str, Any]:
        """The report for scripts, its remarks in the language of *words*."""
        return {
            "dry_run": self.dry_run,
            "changes": self.changes,
            "counts": dict(self.counts),
            "digests": [asdict(one) for one in self.digests],
            **{name: [one.to_json(words) for one in getattr(self, name)] for name in REMARKS},
        }


REMARKS = ("kept", "unclear", "asked", "skipped", "unidentified")
# Where the remarks of a reading belong, by their messages.
LIST_OF = {
    "": "kept",
    "archive-name-wins": "unclear",
    "archive-no-such-day": "skipped",
    "archive-which-day": "asked",
    "archive-which-year": "asked",
}

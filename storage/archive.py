"""Imported digests as their files told them, and what they brought besides summaries."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.records import TeamTables, as_json, record_of, values_of
from storage.times import to_text

UNIDENTIFIED = "title:"


@dataclass(frozen=True)
class ArchivePart:
    """A piece of what an archived entry says, in Markdown as it was written.

    ``slot`` is that of a highlight or section, ``introduction``, ``abstract``, ``further`` or
    ``sentence``; empty for free text. ``language`` is set where a part stands in two.
    ``label`` is the heading as written where it isn't the usual one.
    """

    slot: str
    text: str
    language: str = ""
    label: str = ""


@dataclass(frozen=True)
class ArchiveEntry:
    """One paper of one archived digest.

    ``title``, ``subtitle``, ``organization`` and the authors are plain; ``parts`` hold all else
    that is said, and ``notes`` what members added, by author. ``paper_id`` is None until the arXiv
    id is known. ``language`` is that of the texts, empty when there are none. ``line`` is where it
    began in its file.
    """

    title: str
    paper_id: str | None = None
    url: str = ""
    number: str = ""
    title_ko: str = ""
    subtitle: str = ""
    organization: str = ""
    thumbnail_url: str = ""
    code_url: str = ""
    votes: int | None = None
    authors: tuple[str, ...] = ()
    language: str = field(default="", compare=False)
    parts: tuple[ArchivePart, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    line: int = field(default=0, compare=False)

    def told(self, *slots: str) -> tuple[ArchivePart, ...]:
        """The parts of these slots, in their order in the text."""
        return tuple(part for part in self.parts if part.slot in slots)

    @property
    def prose(self) -> str:
        """The free text."""
        return "\n\n".join(part.text for part in self.told(""))


@dataclass(frozen=True)
class ArchiveDigest:
    """One archived digest; ``period`` is ``2025-01-29`` or ``2025-W12``. ``before`` and ``after``
    are the texts around the papers. ``maker`` is empty when a person wrote it, ``made_on`` an ISO
    date or empty. ``original`` are the bytes that it was read from, ``written_at`` when Git says
    they were written; neither makes two digests different."""

    style: str
    period: str
    language: str
    entries: tuple[ArchiveEntry, ...]
    before: str = ""
    after: str = ""
    maker: str = ""
    made_on: str = ""
    original: bytes = field(default=b"", compare=False, repr=False)
    written_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True)
class ArchiveEdition:
    """One of the digests of a style and period, which several files may tell differently.
    ``source`` is the file it was read from last."""

    number: int
    source: str
    digest: ArchiveDigest


@dataclass(frozen=True)
class ArchivedPaper:
    """What one archived digest says of a stored paper; ``digest`` has no other entry."""

    paper_id: str
    digest: ArchiveDigest
    edition: int

    @property
    def entry(self) -> ArchiveEntry:
        """The one entry."""
        return self.digest.entries[0]

    @property
    def origin(self) -> str:
        """What notes and extras are marked with: ``review:2025-10-27``, with a number if there
        are several."""
        number = f":{self.edition}" if self.edition > 1 else ""
        return f"{self.digest.style}:{self.digest.period}{number}"


@dataclass(frozen=True)
class Extra:
    """A ``table``, ``figure``, ``link`` (to an earlier digest) or ``reading`` of a paper.

    ``text`` is the table's Markdown, the figure's caption or the link's label.
    """

    kind: str
    text: str
    url: str = ""


class Archive(TeamTables):
    """A team's tables ``archive_digests``, ``archive_entries`` and ``extras``, and the ``titles``
    that all teams share."""

    def save(
        self,
        digest: ArchiveDigest,
        paper_ids: Sequence[str],
        *,
        edition: int = 1,
        source: str,
        now: datetime,
    ) -> None:
        """Store a digest in place of what its style, period and edition held. ``paper_ids`` are
        the stored papers behind its entries, in order; *source* is the file."""
        key = {"team": self._team, **values_of(digest, "style", "period"), "edition": edition}
        told = values_of(digest, "language", "maker", "made_on", "original", "written_at")
        texts = as_json((digest.before, digest.after))
        with self._connections.transaction():
            self.remove(digest.style, digest.period, edition)
            self._connections.add(
                "archive_digests",
                {**key, **told, "texts": texts, "source": source, "imported_at": to_text(now)},
            )
            papers = enumerate(zip(digest.entries, paper_ids, strict=True), start=1)
            self._connections.add_many(
                "archive_entries",
                [
                    {**key, "position": at, "paper_id": paper_id, "content": as_json(entry)}
                    for at, (entry, paper_id) in papers
                ],
            )

    def remove(self, style: str, period: str, edition: int) -> None:
        """Forget one archived digest."""
        self._connections.execute(
            "DELETE FROM archive_digests WHERE team = ? AND style = ? AND period = ? "
            "AND edition = ?",
            [self._team, style, period, edition],
        )

    def get(self, style: str, period: str) -> ArchiveDigest | None:
        """The first edition of an archived digest, or None."""
        return next((one.digest for one in self.editions(style, period)), None)

    def editions(self, style: str, period: str) -> list[ArchiveEdition]:
        """All editions of an archived digest, by their numbers."""
        return self._editions("style = ? AND period = ?", [style, period])

    def of_source(
        self, source: str, *, besides: Collection[tuple[str, str]] = ()
    ) -> list[ArchiveEdition]:
        """The archived digests that were read from one file, but for these styles and periods."""
        return self._editions("source = ?", [source], besides)

    def _editions(
        self, where: str, values: Sequence[str], besides: Collection[tuple[str, str]] = ()
    ) -> list[ArchiveEdition]:
        # Sorted here, since sorting lets SQLite go through all that the team archived.
        rows = self._connections.query(
            f"SELECT * FROM archive_digests WHERE team = ? AND {where}", [self._team, *values]
        )
        rows.sort(key=lambda row: (row["style"], row["period"], row["edition"]))
        return [
            ArchiveEdition(row["edition"], row["source"], _digest(row, self._entries(row)))
            for row in rows
            if (row["style"], row["period"]) not in besides
        ]

    def _entries(self, row: dict[str, Any]) -> tuple[ArchiveEntry, ...]:
        entries = self._connections.query(
            "SELECT paper_id, content FROM archive_entries WHERE team = ? AND style = ? "
            "AND period = ? AND edition = ? ORDER BY position",
            [self._team, row["style"], row["period"], row["edition"]],
        )
        return tuple(_entry(one) for one in entries)

    def told_of(self, paper_ids: Sequence[str]) -> list[ArchivedPaper]:
        """What archived digests say of these papers, oldest digests first."""
        # The team is no way in: SQLite would go through all that it archived.
        rows = self._connections.query(
            "SELECT d.style, d.period, d.edition, d.language, d.maker, d.made_on, "
            "e.paper_id, e.content FROM archive_entries e JOIN archive_digests d "
            "USING (team, style, period, edition) "
            f"WHERE e.team || '' = ? AND e.paper_id IN {self._connections.each} "
            "ORDER BY d.period, d.style, coalesce(d.written_at, d.imported_at), d.edition, "
            "e.position",
            [self._team, as_json(list(paper_ids))],
        )
        return [
            ArchivedPaper(row["paper_id"], _digest(row, (_entry(row),)), row["edition"])
            for row in rows
        ]

    def ids_on(self, period: str, styles: Sequence[str]) -> list[tuple[str, int]]:
        """The papers of the archived digests of a period and of some styles, in their order, each
        once, with its votes."""
        rows = self._connections.query(
            "SELECT paper_id, content FROM archive_entries WHERE team = ? AND period = ? "
            f"AND style IN {self._connections.each} ORDER BY edition, position, paper_id",
            [self._team, period, as_json(list(styles))],
        )
        votes = dict[str, int]()
        for row in rows:
            known = json.loads(row["content"])["votes"] or 0
            votes[row["paper_id"]] = max(known, votes.get(row["paper_id"], 0))
        return list(votes.items())

    def periods(self) -> list[tuple[str, str]]:
        """Style and period of every archived digest, oldest first."""
        return self._connections.rows(
            "SELECT DISTINCT style, period FROM archive_digests WHERE team = ? "
            "ORDER BY period, style",
            [self._team],
        )

    def save_title(self, paper_id: str, language: str, text: str) -> None:
        """Store a paper's title in another language."""
        key = {"paper_id": paper_id, "language": language}
        self._connections.upsert("titles", tuple(key), {**key, "text": text})

    def remove_title(self, paper_id: str, language: str) -> None:
        """Forget a title in another language."""
        self._connections.execute(
            "DELETE FROM titles WHERE paper_id = ? AND language = ?", [paper_id, language]
        )

    def titles_in(self, language: str, paper_ids: Sequence[str]) -> dict[str, str]:
        """The titles in *language* of those of *paper_ids* that have one."""
        rows = self._connections.rows(
            "SELECT paper_id, text FROM titles WHERE language = ? "
            f"AND paper_id IN {self._connections.each}",
            [language, as_json(list(paper_ids))],
        )
        return dict(rows)

    def save_extras(self, told: Sequence[tuple[str, str, Sequence[Extra]]]) -> None:
        """Store what digests say of papers beside their texts, in place of what they said before:
        paper, origin (the digest) and extras."""
        with self._connections.transaction():
            self._connections.executemany(
                "DELETE FROM extras WHERE team = ? AND paper_id = ? AND origin = ?",
                [[self._team, paper_id, origin] for paper_id, origin, _ in told],
            )
            self._connections.add_many(
                "extras",
                [
                    {
                        **{"team": self._team, "paper_id": paper_id, "origin": origin},
                        **{"position": position, **values_of(one)},
                    }
                    for paper_id, origin, extras in told
                    for position, one in enumerate(extras, start=1)
                ],
            )

    def extras(self, paper_id: str) -> list[Extra]:
        """All extras of a paper, in the order of their digests."""
        rows = self._connections.query(
            "SELECT * FROM extras WHERE team = ? AND paper_id = ? ORDER BY origin, position",
            [self._team, paper_id],
        )
        return [record_of(Extra, row) for row in rows]

    def titles(self) -> list[tuple[str, str]]:
        """Id and title of every stored paper."""
        return self._connections.rows("SELECT id, title FROM papers")

    def unidentified(self) -> list[tuple[str, str]]:
        """Key and title of the papers whose arXiv id isn't known."""
        return self._connections.rows(
            "SELECT id, title FROM papers WHERE id >= ? AND id < ? ORDER BY id",
            [UNIDENTIFIED, f"{UNIDENTIFIED}\U0010ffff"],
        )


def _digest(row: dict[str, Any], entries: tuple[ArchiveEntry, ...]) -> ArchiveDigest:
    before, after = json.loads(row.get("texts", '["", ""]'))
    return record_of(ArchiveDigest, row, entries=entries, before=before, after=after)


def _entry(row: dict[str, Any]) -> ArchiveEntry:
    content = json.loads(row["content"])
    # The row's id is the newer one: it follows when an unidentified paper is found.
    known = None if row["paper_id"].startswith(UNIDENTIFIED) else row["paper_id"]
    content |= {
        "parts": tuple(ArchivePart(**part) for part in content["parts"]),
        "notes": tuple((author, text) for author, text in content["notes"]),
        "authors": tuple(content["authors"]),
        "paper_id": known,
    }
    return ArchiveEntry(**content)

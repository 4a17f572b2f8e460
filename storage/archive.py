"""Imported digests as their files told them, and what they brought besides summaries."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.connections import Connections
from storage.times import to_text

UNIDENTIFIED = "title:"


@dataclass(frozen=True)
class ArchiveTrend:
    """One bullet on a week's trends; ``titles`` are the papers it names. Markdown."""

    text: str
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class ArchiveEntry:
    """One paper of one archived digest.

    ``title``, ``subtitle``, ``organization`` and the authors are plain; the other texts are
    Markdown as written. ``paper_id`` is None until the arXiv id is known. Pairs are (slot, text),
    ``introduction`` and ``abstracts`` are by language, ``notes`` by author. ``line`` is where it
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
    sentence: str = ""
    highlights: tuple[tuple[str, str], ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    introduction: tuple[tuple[str, tuple[str, ...]], ...] = ()
    abstracts: tuple[tuple[str, str], ...] = ()
    further: tuple[str, ...] = ()
    prose: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class ArchiveDigest:
    """One archived digest; ``period`` is ``2025-01-29`` or ``2025-W12``. ``maker`` is empty when
    a person wrote it, ``made_on`` an ISO date or empty."""

    style: str
    period: str
    language: str
    entries: tuple[ArchiveEntry, ...]
    trends: tuple[ArchiveTrend, ...] = ()
    maker: str = ""
    made_on: str = ""


@dataclass(frozen=True)
class ArchiveEdition:
    """One of the digests of a style and period, which several files may tell differently.
    ``source`` is the file it was read from last."""

    number: int
    source: str
    digest: ArchiveDigest


@dataclass(frozen=True)
class Extra:
    """A ``table``, ``figure``, ``link`` (to an earlier digest) or ``reading`` of a paper.

    ``text`` is the table's Markdown, the figure's caption or the link's label.
    """

    kind: str
    text: str
    url: str = ""


class Archive:
    """A team's tables ``archive_digests``, ``archive_entries`` and ``extras``, and the ``titles``
    that all teams share."""

    def __init__(self, connections: Connections, team: str) -> None:
        self._connections = connections
        self._team = team

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
        key = [self._team, digest.style, digest.period, edition]
        trends = _as_json(digest.trends)
        told = [digest.language, digest.maker, digest.made_on, trends, source, to_text(now)]
        rows = [
            [*key, position, paper_id, _as_json(entry)]
            for position, (entry, paper_id) in enumerate(
                zip(digest.entries, paper_ids, strict=True), start=1
            )
        ]
        with self._connections.transaction() as db:
            db.execute(
                "DELETE FROM archive_digests WHERE team = ? AND style = ? AND period = ? "
                "AND edition = ?",
                key,
            )
            db.execute(
                "INSERT INTO archive_digests (team, style, period, edition, language, maker, "
                "made_on, trends, source, imported_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [*key, *told],
            )
            db.conn.executemany(
                "INSERT INTO archive_entries (team, style, period, edition, position, paper_id, "
                "content) VALUES (?, ?, ?, ?, ?, ?, ?)",
                rows,
            )

    def get(self, style: str, period: str) -> ArchiveDigest | None:
        """The first edition of an archived digest, or None."""
        return next((one.digest for one in self.editions(style, period)), None)

    def editions(self, style: str, period: str) -> list[ArchiveEdition]:
        """All editions of an archived digest, by their numbers."""
        rows = self._connections.query(
            "SELECT * FROM archive_digests WHERE team = ? AND style = ? AND period = ? "
            "ORDER BY edition",
            [self._team, style, period],
        )
        return [ArchiveEdition(row["edition"], row["source"], self._digest(row)) for row in rows]

    def _digest(self, row: dict[str, Any]) -> ArchiveDigest:
        entries = self._connections.query(
            "SELECT paper_id, content FROM archive_entries WHERE team = ? AND style = ? "
            "AND period = ? AND edition = ? ORDER BY position",
            [self._team, row["style"], row["period"], row["edition"]],
        )
        return ArchiveDigest(
            style=row["style"],
            period=row["period"],
            language=row["language"],
            entries=tuple(_entry(one) for one in entries),
            trends=tuple(
                ArchiveTrend(one["text"], tuple(one["titles"])) for one in json.loads(row["trends"])
            ),
            maker=row["maker"],
            made_on=row["made_on"],
        )

    def periods(self) -> list[tuple[str, str]]:
        """Style and period of every archived digest, oldest first."""
        rows = self._connections.query(
            "SELECT DISTINCT style, period FROM archive_digests WHERE team = ? "
            "ORDER BY period, style",
            [self._team],
        )
        return [(row["style"], row["period"]) for row in rows]

    def save_title(self, paper_id: str, language: str, text: str) -> None:
        """Store a paper's title in another language."""
        with self._connections.transaction() as db:
            db.execute(
                "INSERT INTO titles (paper_id, language, text) VALUES (?, ?, ?) "
                "ON CONFLICT (paper_id, language) DO UPDATE SET text = excluded.text",
                [paper_id, language, text],
            )

    def title(self, paper_id: str, language: str) -> str | None:
        """The title in *language*, or None."""
        row = self._connections.row(
            "SELECT text FROM titles WHERE paper_id = ? AND language = ?", [paper_id, language]
        )
        return None if row is None else str(row[0])

    def save_extras(self, paper_id: str, origin: str, extras: Sequence[Extra]) -> None:
        """Store what *origin* (a digest) says beside its text, in place of what it said before."""
        with self._connections.transaction() as db:
            db.execute(
                "DELETE FROM extras WHERE team = ? AND paper_id = ? AND origin = ?",
                [self._team, paper_id, origin],
            )
            for position, extra in enumerate(extras, start=1):
                db.execute(
                    "INSERT INTO extras (team, paper_id, origin, position, kind, text, url) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    [self._team, paper_id, origin, position, extra.kind, extra.text, extra.url],
                )

    def extras(self, paper_id: str) -> list[Extra]:
        """All extras of a paper, in the order of their digests."""
        rows = self._connections.query(
            "SELECT * FROM extras WHERE team = ? AND paper_id = ? ORDER BY origin, position",
            [self._team, paper_id],
        )
        return [Extra(row["kind"], row["text"], row["url"]) for row in rows]

    def titles(self) -> list[tuple[str, str]]:
        """Id and title of every stored paper."""
        rows = self._connections.query("SELECT id, title FROM papers")
        return [(row["id"], row["title"]) for row in rows]

    def unidentified(self) -> list[tuple[str, str]]:
        """Key and title of the papers whose arXiv id isn't known."""
        rows = self._connections.query(
            "SELECT id, title FROM papers WHERE id >= ? AND id < ? ORDER BY id",
            [UNIDENTIFIED, f"{UNIDENTIFIED}\U0010ffff"],
        )
        return [(row["id"], row["title"]) for row in rows]


def _as_json(records: object) -> str:
    """Frozen records with what is in them; ``dataclasses.asdict`` copies each text first."""
    return json.dumps(records, default=vars, ensure_ascii=False)


def _entry(row: dict[str, Any]) -> ArchiveEntry:
    content = json.loads(row["content"])
    pairs = ("highlights", "sections", "abstracts", "notes")
    # The row's id is the newer one: it follows when an unidentified paper is found.
    known = None if row["paper_id"].startswith(UNIDENTIFIED) else row["paper_id"]
    return ArchiveEntry(
        **{
            **content,
            **{name: tuple((one[0], one[1]) for one in content[name]) for name in pairs},
            "introduction": tuple((one, tuple(lines)) for one, lines in content["introduction"]),
            "authors": tuple(content["authors"]),
            "further": tuple(content["further"]),
            "paper_id": known,
        }
    )

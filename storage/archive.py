"""Imported digests as their files told them, and what they brought besides summaries."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
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
class Extra:
    """A ``table``, ``figure``, ``link`` (to an earlier digest) or ``reading`` of a paper.

    ``text`` is the table's Markdown, the figure's caption or the link's label.
    """

    kind: str
    text: str
    url: str = ""


class Archive:
    """The tables ``archive_digests``, ``archive_entries``, ``titles`` and ``extras``."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def save(
        self, digest: ArchiveDigest, paper_ids: Sequence[str], *, source: str, now: datetime
    ) -> None:
        """Store a digest in place of an earlier one of its style and period. ``paper_ids`` are
        the stored papers behind its entries, in order; *source* is the file's name."""
        key = [digest.style, digest.period]
        trends = json.dumps([asdict(trend) for trend in digest.trends], ensure_ascii=False)
        with self._connections.transaction() as db:
            db.execute("DELETE FROM archive_digests WHERE style = ? AND period = ?", key)
            db.execute(
                "INSERT INTO archive_digests (style, period, language, maker, made_on, trends, "
                "source, imported_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    *key,
                    digest.language,
                    digest.maker,
                    digest.made_on,
                    trends,
                    source,
                    to_text(now),
                ],
            )
            for position, (entry, paper_id) in enumerate(
                zip(digest.entries, paper_ids, strict=True), start=1
            ):
                content = json.dumps(asdict(entry), ensure_ascii=False)
                db.execute(
                    "INSERT INTO archive_entries (style, period, position, paper_id, content) "
                    "VALUES (?, ?, ?, ?, ?)",
                    [*key, position, paper_id, content],
                )

    def get(self, style: str, period: str) -> ArchiveDigest | None:
        """The archived digest, or None."""
        db = self._connections.db
        key = [style, period]
        row = next(
            db.query("SELECT * FROM archive_digests WHERE style = ? AND period = ?", key), None
        )
        if row is None:
            return None
        entries = db.query(
            "SELECT paper_id, content FROM archive_entries WHERE style = ? AND period = ? "
            "ORDER BY position",
            key,
        )
        return ArchiveDigest(
            style=style,
            period=period,
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
        rows = self._connections.db.query(
            "SELECT style, period FROM archive_digests ORDER BY period, style"
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
        row = self._connections.db.execute(
            "SELECT text FROM titles WHERE paper_id = ? AND language = ?", [paper_id, language]
        ).fetchone()
        return None if row is None else str(row[0])

    def save_extras(self, paper_id: str, origin: str, extras: Sequence[Extra]) -> None:
        """Store what *origin* (a digest) says beside its text, in place of what it said before."""
        with self._connections.transaction() as db:
            db.execute("DELETE FROM extras WHERE paper_id = ? AND origin = ?", [paper_id, origin])
            for position, extra in enumerate(extras, start=1):
                db.execute(
                    "INSERT INTO extras (paper_id, origin, position, kind, text, url) "
                    "VALUES (?, ?, ?, ?, ?, ?)",
                    [paper_id, origin, position, extra.kind, extra.text, extra.url],
                )

    def extras(self, paper_id: str) -> list[Extra]:
        """All extras of a paper, in the order of their digests."""
        rows = self._connections.db.query(
            "SELECT * FROM extras WHERE paper_id = ? ORDER BY origin, position", [paper_id]
        )
        return [Extra(row["kind"], row["text"], row["url"]) for row in rows]

    def titles(self) -> list[tuple[str, str]]:
        """Id and title of every stored paper."""
        rows = self._connections.db.query("SELECT id, title FROM papers")
        return [(row["id"], row["title"]) for row in rows]

    def unidentified(self) -> list[tuple[str, str]]:
        """Key and title of the papers whose arXiv id isn't known."""
        rows = self._connections.db.query(
            "SELECT id, title FROM papers WHERE id LIKE ? ORDER BY id", [f"{UNIDENTIFIED}%"]
        )
        return [(row["id"], row["title"]) for row in rows]

    def merge(self, known_as: str, paper_id: str) -> None:
        """The paper keyed *known_as* turns out to be *paper_id*: everything moves there."""
        with self._connections.transaction() as db:
            found = db.execute("SELECT 1 FROM papers WHERE id = ?", [paper_id]).fetchone()
            if found is None:
                db.execute("UPDATE papers SET id = ? WHERE id = ?", [paper_id, known_as])
                return
            for table, column in self._references():
                db.execute(
                    f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} = ?",
                    [paper_id, known_as],
                )
            db.execute("DELETE FROM papers WHERE id = ?", [known_as])

    def _references(self) -> list[tuple[str, str]]:
        rows = self._connections.db.query(
            'SELECT m.name AS name, f."from" AS "column" FROM sqlite_master m '
            "JOIN pragma_foreign_key_list(m.name) f "
            "WHERE m.type = 'table' AND f.\"table\" = 'papers'"
        )
        return [(row["name"], row["column"]) for row in rows]


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

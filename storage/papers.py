"""Papers and their abstracts."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from storage.paper_filter import containing
from storage.records import Tables, as_json, record_of, remembered, values_of
from storage.times import to_text


@dataclass(frozen=True)
class Paper:
    """One work. ``id`` is the arXiv id without version; ``abstract`` is the original's."""

    id: str
    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    organization: str | None = None
    published: datetime | None = None
    version: int | None = None
    categories: tuple[str, ...] = ()
    votes: int = 0
    comments: int = 0
    code_url: str | None = None
    code_stars: int | None = None
    project_url: str | None = None
    thumbnail_url: str | None = None
    ai_summary: str | None = None
    keywords: tuple[str, ...] = ()
    withdrawn_at: datetime | None = None
    first_seen: datetime | None = None


ORIGINAL_LANGUAGE = "en"

_MAY_LACK = ("organization", "code_url", "project_url", "thumbnail_url")
_IMPORTED = (
    "title",
    "authors",
    "organization",
    "code_url",
    "thumbnail_url",
    "votes",
)
_USING = (
    "archive_entries",
    "listing_papers",
    "fulltexts",
    "digest_papers",
    "deliveries",
    "threads",
    "saved_papers",
    "signals",
    "notes",
    "corrections",
)
_SELECT = """
    SELECT papers.*, coalesce(abstracts.text, '') AS abstract
    FROM papers LEFT JOIN abstracts
        ON abstracts.paper_id = papers.id AND abstracts.language = 'en'
"""


class Papers(Tables):
    """The tables ``papers`` and ``abstracts``."""

    def save(self, papers: Iterable[Paper], *, now: datetime) -> tuple[int, int]:
        """Add new papers and bring known ones up to date.

        What a source leaves out (None, empty) never wipes what is stored.

        Returns:
            How many were new and how many were known before.
        """
        new = known = 0
        with self._connections.transaction():
            # In one order, so that two who save the same papers don't wait for each other.
            for paper in sorted(papers, key=lambda one: one.id):
                if self._insert(paper, now):
                    new += 1
                else:
                    known += 1
                    self._update(paper, now)
                if paper.abstract:
                    self.save_abstract(paper.id, ORIGINAL_LANGUAGE, paper.abstract, origin="source")
        return new, known

    def restate(self, papers: Iterable[Paper], *, now: datetime) -> None:
        """Write what an import tells of papers as it stands now, what it leaves out included."""
        with self._connections.transaction():
            for paper in papers:
                told = values_of(paper, *_IMPORTED)
                sets = ", ".join(f"{name} = ?" for name in told)
                self._connections.execute(
                    f"UPDATE papers SET {sets}, updated_at = ? WHERE id = ?",
                    [*told.values(), to_text(now), paper.id],
                )

    def remove_unused(self, paper_ids: Sequence[str]) -> None:
        """Forget those of *paper_ids* that only an import told of, and nothing tells of now: no
        source, digest, thread, note, saved list or sign of a member."""
        clauses = " ".join(
            f"AND NOT EXISTS (SELECT 1 FROM {table} WHERE {table}.paper_id = papers.id)"
            for table in _USING
        )
        self._connections.execute(
            "DELETE FROM papers WHERE published IS NULL "
            f"AND id IN {self._connections.each} {clauses}",
            [as_json(list(paper_ids))],
        )

    def remove_abstract(self, paper_id: str, language: str, *, origin: str) -> None:
        """Forget the abstract in one language if it came from *origin*."""
        self._connections.execute(
            "DELETE FROM abstracts WHERE paper_id = ? AND language = ? AND origin = ?",
            [paper_id, language, origin],
        )

    def get(self, paper_id: str) -> Paper | None:
        """The paper with this id, or None."""
        rows = self._query(_SELECT + " WHERE papers.id = ?", [paper_id])
        return rows[0] if rows else None

    def get_many(self, paper_ids: Sequence[str]) -> list[Paper]:
        """The known ones among *paper_ids*, in the order asked for."""
        if not paper_ids:
            return []
        sql = f"{_SELECT} WHERE papers.id IN {self._connections.each}"
        found = {p.id: p for p in self._query(sql, [as_json(list(paper_ids))])}
        return [found[one] for one in paper_ids if one in found]

    def save_abstract(self, paper_id: str, language: str, text: str, *, origin: str) -> None:
        """Store the abstract in one language; *origin* is ``source``, ``bundled``, ``import`` or
        a model's name."""
        key = {"paper_id": paper_id, "language": language}
        self._connections.upsert("abstracts", tuple(key), {**key, "text": text, "origin": origin})

    def abstract(self, paper_id: str, language: str) -> str | None:
        """The abstract in *language* if there is one, else None."""
        return self._of_abstract("text", paper_id, language)

    def translations(self, paper_ids: Sequence[str]) -> dict[str, dict[str, str]]:
        """The abstracts of each paper in other languages than the original one, by language."""
        if not paper_ids:
            return {}
        rows = self._connections.rows(
            "SELECT paper_id, language, text FROM abstracts "
            f"WHERE paper_id IN {self._connections.each} AND language != ?",
            [json.dumps(list(paper_ids)), ORIGINAL_LANGUAGE],
        )
        found: dict[str, dict[str, str]] = {one: {} for one in paper_ids}
        for paper_id, language, text in rows:
            found[paper_id][language] = text
        return found

    def abstract_origin(self, paper_id: str, language: str) -> str | None:
        """Where the abstract in *language* came from, None when there is none."""
        return self._of_abstract("origin", paper_id, language)

    def without_abstract(self, paper_ids: Sequence[str]) -> list[str]:
        """Those of *paper_ids* that have no original abstract yet, or aren't stored at all."""
        known = {paper.id for paper in self.get_many(paper_ids) if paper.abstract}
        return [one for one in paper_ids if one not in known]

    def find(self, words: Sequence[str], *, limit: int) -> list[Paper]:
        """Papers whose title, abstract or authors hold every one of *words*, most votes first."""
        clauses, values = [], []
        for word in words:
            clauses.append(
                "(lower(papers.title) LIKE ? ESCAPE '\\' "
                "OR lower(papers.authors) LIKE ? ESCAPE '\\' OR EXISTS "
                "(SELECT 1 FROM abstracts a WHERE a.paper_id = papers.id "
                "AND lower(a.text) LIKE ? ESCAPE '\\'))"
            )
            values += [containing(word)] * 3
        where = " AND ".join(clauses) or "TRUE"
        order = " ORDER BY papers.votes DESC, papers.id DESC LIMIT ?"
        return self._query(f"{_SELECT} WHERE {where} {order}", [*values, limit])

    def merge(self, known_as: str, paper_id: str) -> None:
        """The paper stored as *known_as* turns out to be *paper_id*: all that is told of it moves
        there. Where both have the same (an abstract in one language, say), *paper_id*'s stays."""
        with self._connections.transaction():
            if not self._exists(paper_id):
                self._connections.execute(
                    "UPDATE papers SET id = ? WHERE id = ?", [paper_id, known_as]
                )
            else:
                self._fill(paper_id, known_as)
                for table, column in self._connections.references("papers"):
                    self._move(table, column, known_as, paper_id)
                self._connections.execute("DELETE FROM papers WHERE id = ?", [known_as])
            self._connections.execute(
                "UPDATE deliveries SET paper_id = ? WHERE paper_id = ?", [paper_id, known_as]
            )
            for table in ("questions", "turns"):
                self._rename_in_list(table, known_as, paper_id)

    def _move(self, table: str, column: str, known_as: str, paper_id: str) -> None:
        """Have rows tell of another paper, except where one with the same key does already."""
        taken = "".join(
            f" AND NOT EXISTS (SELECT 1 FROM {table} o WHERE o.{column} = :new "
            + "".join(f"AND o.{one} = {table}.{one} " for one in key if one != column)
            + ")"
            for key in self._connections.keys(table)
            if column in key
        )
        self._connections.execute(
            f"UPDATE {table} SET {column} = :new WHERE {column} = :old{taken}",
            {"new": paper_id, "old": known_as},
        )

    def _rename_in_list(self, table: str, known_as: str, paper_id: str) -> None:
        rows = self._connections.rows(
            f"SELECT team, id, paper_ids FROM {table} WHERE lower(paper_ids) LIKE ? ESCAPE '\\'",
            [containing(as_json(known_as))],
        )
        for team, number, paper_ids in rows:
            named = [paper_id if one == known_as else one for one in json.loads(paper_ids)]
            self._connections.execute(
                f"UPDATE {table} SET paper_ids = ? WHERE team = ? AND id = ?",
                [as_json(named), team, number],
            )

    def _fill(self, paper_id: str, known_as: str) -> None:
        """Give a paper what it lacks and the other has."""
        sets = ", ".join(f"{name} = coalesce(papers.{name}, other.{name})" for name in _MAY_LACK)
        self._connections.execute(
            f"UPDATE papers SET {sets}, "
            "votes = CASE WHEN other.votes > papers.votes THEN other.votes ELSE papers.votes END, "
            "authors = CASE papers.authors WHEN '[]' THEN other.authors ELSE papers.authors END "
            "FROM (SELECT * FROM papers WHERE id = ?) AS other WHERE papers.id = ?",
            [known_as, paper_id],
        )

    def _of_abstract(self, column: str, paper_id: str, language: str) -> str | None:
        row = self._connections.row(
            f"SELECT {column} FROM abstracts WHERE paper_id = ? AND language = ?",
            [paper_id, language],
        )
        return None if row is None else str(row[0])

    def _exists(self, paper_id: str) -> bool:
        return self._connections.row("SELECT 1 FROM papers WHERE id = ?", [paper_id]) is not None

    def _insert(self, paper: Paper, now: datetime) -> bool:
        """False when the paper is known."""
        values = {key: value for key, value in _columns(paper).items() if value is not None}
        values["first_seen"] = values["updated_at"] = to_text(now)
        return self._connections.add("papers", values)

    def _update(self, paper: Paper, now: datetime) -> None:
        given = {
            key: value for key, value in _columns(paper).items() if value not in (None, "[]", "")
        }
        given["updated_at"] = to_text(now)
        sets = ", ".join(f"{name} = ?" for name in given)
        self._connections.execute(
            f"UPDATE papers SET {sets} WHERE id = ?", [*given.values(), paper.id]
        )

    def _query(self, sql: str, values: Sequence[Any]) -> list[Paper]:
        columns, rows = self._connections.columns_and_rows(sql, values)
        return [_paper(columns, row) for row in rows]


_paper = remembered(partial(record_of, Paper))


def _columns(paper: Paper) -> dict[str, Any]:
    told = values_of(paper)
    # The original's abstract stands in a table of its own, with those in other languages.
    del told["abstract"]
    return told

"""The search index: what was indexed of each paper, its words, and its vectors.

Texts arrive ready-made for the index; how words are cut is the business of ``bot.search``.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from storage.connections import Connections
from storage.paper_filter import PaperFilter, conditions
from storage.trouble import is_malformed_query

# How much a match counts in a paper's title, people, abstract, and summaries.
_WEIGHTS = "6.0, 4.0, 2.0, 1.5"
_PASSAGES_A_PAPER = 4
MOST_SCORED = 4_000
_SAMPLE = 2_000


@dataclass(frozen=True)
class IndexedText:
    """What the index holds of one paper; ``content_hash`` tells whether it is still right."""

    paper_id: str
    content_hash: str
    title: str
    people: str
    abstract: str
    summary: str


@dataclass(frozen=True)
class StoredVector:
    """An embedding as bytes (little-endian half floats) with its model and dimension."""

    owner: str
    model: str
    dimension: int
    data: bytes
    content_hash: str = ""
    id: int = 0


class Search:
    """The tables ``indexed_papers``, ``paper_text``, ``passage_text`` and both of vectors."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def content_hashes(self, paper_ids: Sequence[str]) -> dict[str, str]:
        """The hash of what is indexed, by paper id; papers not indexed are left out."""
        return self._by_paper(
            "SELECT paper_id, content_hash AS told FROM indexed_papers WHERE paper_id IN ({marks})",
            paper_ids,
        )

    def save_text(self, text: IndexedText) -> None:
        """Index a paper's words, in place of earlier ones; nothing where the paper has gone."""
        with self._connections.transaction() as db:
            indexed = db.execute(
                "INSERT INTO indexed_papers (paper_id, content_hash) SELECT id, ? FROM papers "
                "WHERE id = ? ON CONFLICT (paper_id) DO UPDATE "
                "SET content_hash = excluded.content_hash RETURNING doc",
                [text.content_hash, text.paper_id],
            ).fetchone()
            if indexed is None:
                return
            doc = indexed[0]
            db.execute("DELETE FROM paper_text WHERE rowid = ?", [doc])
            db.execute(
                "INSERT INTO paper_text (rowid, title, people, abstract, summary) "
                "VALUES (?, ?, ?, ?, ?)",
                [doc, text.title, text.people, text.abstract, text.summary],
            )

    def outdate(self, paper_ids: Sequence[str]) -> None:
        """Let papers count as unindexed, within the transaction that changes them: whoever dies
        before they are indexed leaves it to the next one."""
        with self._connections.transaction() as db:
            db.execute(
                "UPDATE indexed_papers SET content_hash = '' "
                "WHERE paper_id IN (SELECT value FROM json_each(?))",
                [json.dumps(list(paper_ids))],
            )

    def unindexed_papers(self, *, model: str | None = None) -> list[str]:
        """Ids of the stored papers whose words are not indexed, or whose vectors of *model* are
        missing."""
        rows = self._connections.query(
            "SELECT id FROM papers WHERE NOT EXISTS (SELECT 1 FROM indexed_papers i "
            "WHERE i.paper_id = papers.id AND i.content_hash != '') "
            "OR (:model IS NOT NULL AND NOT EXISTS (SELECT 1 FROM paper_vectors v "
            "WHERE v.paper_id = papers.id AND v.model = :model)) ORDER BY id",
            {"model": model},
        )
        return [row["id"] for row in rows]

    def unindexed_passages(self, paper_id: str) -> list[tuple[int, str, str]]:
        """Id, section and text of the paper's passages whose words are not indexed yet."""
        rows = self._connections.query(
            "SELECT id, section, text FROM passages WHERE paper_id = ? AND NOT EXISTS "
            "(SELECT 1 FROM passage_text WHERE rowid = passages.id) ORDER BY ordinal",
            [paper_id],
        )
        return [(row["id"], row["section"], row["text"]) for row in rows]

    def save_passage_texts(self, texts: Sequence[tuple[int, str]]) -> None:
        """Index the words of passages, given by id. Those that another has indexed meanwhile, or
        that have gone with their version of the paper, are left out."""
        with self._connections.transaction() as db:
            db.conn.executemany(
                "INSERT INTO passage_text (rowid, text) SELECT id, ?2 FROM passages "
                "WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM passage_text WHERE rowid = ?1)",
                texts,
            )

    def match_papers(
        self, expression: str, where: PaperFilter, *, limit: int, most: int = MOST_SCORED
    ) -> list[str]:
        """Ids of the papers that match, best first; nothing for a malformed expression.

        Where more than about *most* match, only so many of those indexed last are looked at.
        """
        if where.people:
            expression = f"({expression}) AND ({where.people})"
        told = conditions(where)
        indexed = "CROSS JOIN indexed_papers i ON i.doc = paper_text.rowid" if told.clauses else ""
        first, last = self._rows(where)
        first = max(first, self._window("paper_text", expression, top=last, most=most))
        # Neither the order of the joins nor the limit inside may be left to SQLite's guesses: each
        # of a hundred thousand matching rows would be joined.
        return self._match(
            "SELECT i.paper_id FROM (SELECT rowid AS doc, far FROM ("
            f"SELECT paper_text.rowid, bm25(paper_text, {_WEIGHTS}) AS far "
            f"FROM paper_text {indexed} {told.join} WHERE paper_text MATCH ? "
            f"AND paper_text.rowid BETWEEN ? AND ? {told.clauses}) ORDER BY far LIMIT ?) found "
            "CROSS JOIN indexed_papers i ON i.doc = found.doc "
            "ORDER BY found.far, i.paper_id DESC",
            [expression, first, last, *told.values, limit],
        )

    def any_matching(self, expression: str, *, limit: int) -> list[str]:
        """Ids of some papers that match, whichever are found first."""
        return self._match(
            "SELECT i.paper_id FROM (SELECT rowid AS doc FROM paper_text WHERE paper_text MATCH ? "
            "LIMIT ?) found CROSS JOIN indexed_papers i ON i.doc = found.doc",
            [expression, limit],
        )

    def _rows(self, where: PaperFilter) -> tuple[int, int]:
        """The first and last row of the full-text table that may pass: it can jump there, where
        every other condition is a look-up for each match."""
        first, last = 0, self.indexed_count()
        if where.after is not None:
            sql = "SELECT min(doc) FROM indexed_papers WHERE day >= ?"
            first = self._connections.row(sql, [where.after])[0] or last + 1
        if where.before is not None:
            sql = "SELECT max(doc) FROM indexed_papers WHERE day <= ?"
            last = self._connections.row(sql, [where.before])[0] or 0
        return first, last

    def _window(self, table: str, expression: str, *, top: int, most: int) -> int:
        """The row above which about *most* rows up to *top* match, by how many of the last ones
        do: scoring takes some microseconds a row, and a common word stands in half of them."""
        if top <= most:
            return 0
        share = self._share(table, expression, top)
        return max(0, top - int(most / share)) if share * top > most else 0

    def _share(self, table: str, expression: str, top: int) -> float:
        """The part of the last rows up to *top* that match, 0 to 1."""
        sample = self._match(
            f"SELECT count(*) FROM {table} WHERE {table} MATCH ? AND rowid BETWEEN ? AND ?",
            [expression, top - _SAMPLE + 1, top],
        )
        return int(sample[0]) / min(top, _SAMPLE) if sample and top else 0.0

    def estimate(self, expression: str) -> int:
        """About how many papers match, by how many of those indexed last do."""
        top = self.indexed_count()
        return round(self._share("paper_text", expression, top) * top)

    def indexed_count(self) -> int:
        """How many papers were ever indexed."""
        return self._last("doc", "indexed_papers")

    def _last(self, column: str, table: str) -> int:
        row = self._connections.row(f"SELECT max({column}) FROM {table}")
        return int(row[0] or 0)

    def match_passages(
        self, expression: str, where: PaperFilter, *, limit: int, most: int = MOST_SCORED
    ) -> list[str]:
        """Ids of the papers whose full text matches, best passage first, each paper once; of
        common words only the passages stored last are looked at, as in :meth:`match_papers`."""
        last = self._last("id", "passages")
        first = self._window("passage_text", expression, top=last, most=most)
        found = self._match(
            "SELECT passages.paper_id FROM (SELECT rowid AS id, rank FROM passage_text "
            "WHERE passage_text MATCH ? AND rowid >= ? ORDER BY rank LIMIT ?) found "
            "CROSS JOIN passages ON passages.id = found.id ORDER BY found.rank",
            [expression, first, _PASSAGES_A_PAPER * limit],
        )
        return self.passing(list(dict.fromkeys(found)), where)[:limit]

    def passing(self, paper_ids: Sequence[str], where: PaperFilter) -> list[str]:
        """Those of *paper_ids* that pass the filter, in their order."""
        if where == PaperFilter():
            return list(paper_ids)
        known = set(paper_ids if where.among is None else where.among)
        among = [one for one in paper_ids if one in known]
        passed = set(self.filtered(replace(where, among=tuple(among)), limit=len(among)))
        return [one for one in among if one in passed]

    def passages_matching(self, paper_id: str, expression: str, *, limit: int) -> list[str]:
        """The texts of the paper's passages that match, best first."""
        # The range is something that a full-text table can look up, unlike a paper.
        return self._match(
            "SELECT passages.text FROM passage_text "
            "JOIN passages ON passages.id = passage_text.rowid AND passages.paper_id = ?2 "
            "WHERE passage_text MATCH ?1 AND passage_text.rowid BETWEEN "
            "(SELECT min(id) FROM passages WHERE paper_id = ?2) "
            "AND (SELECT max(id) FROM passages WHERE paper_id = ?2) ORDER BY rank LIMIT ?3",
            [expression, paper_id, limit],
        )

    def filtered(self, where: PaperFilter, *, limit: int) -> list[str]:
        """Ids of the indexed papers that pass the filter, newest first."""
        told = conditions(where)
        people = "doc IN (SELECT rowid FROM paper_text WHERE paper_text MATCH ?)"
        return self._match(
            f"SELECT i.paper_id FROM indexed_papers i {told.join} "
            f"WHERE {people if where.people else 1} {told.clauses} "
            "ORDER BY i.day DESC, i.paper_id DESC LIMIT ?",
            [*([where.people] if where.people else []), *told.values, limit],
        )

    def days(self, paper_ids: Sequence[str]) -> dict[str, str]:
        """When each indexed paper was listed last, else published, as an ISO date."""
        return self._by_paper(
            "SELECT paper_id, day AS told FROM indexed_papers WHERE paper_id IN ({marks}) "
            "AND day IS NOT NULL",
            paper_ids,
        )

    def words_like(self, prefix: str, *, limit: int) -> list[tuple[str, int]]:
        """Indexed words that begin with *prefix*, with the number of papers that hold each."""
        rows = self._connections.query(
            "SELECT term, doc FROM paper_terms WHERE term >= ? AND term < ? "
            "ORDER BY doc DESC LIMIT ?",
            [prefix, prefix + "\U0010ffff", limit],
        )
        return [(row["term"], row["doc"]) for row in rows]

    def vector_hashes(self, paper_ids: Sequence[str], *, model: str) -> dict[str, str]:
        """The hash of what each paper's vector was made of."""
        return self._by_paper(
            "SELECT paper_id, content_hash AS told FROM paper_vectors "
            "WHERE paper_id IN ({marks}) AND model = ?",
            paper_ids,
            model,
        )

    def save_paper_vectors(self, vectors: Sequence[StoredVector]) -> None:
        """Store the vectors of papers; a replaced one gets a new, higher id. Those of papers that
        have gone meanwhile are left out."""
        with self._connections.transaction() as db:
            db.conn.executemany(
                "DELETE FROM paper_vectors WHERE paper_id = ? AND model = ?",
                [(v.owner, v.model) for v in vectors],
            )
            db.conn.executemany(
                "INSERT INTO paper_vectors (paper_id, model, dimension, content_hash, vector) "
                "SELECT id, ?, ?, ?, ? FROM papers WHERE id = ?",
                [(v.model, v.dimension, v.content_hash, v.data, v.owner) for v in vectors],
            )

    def count_vectors(self, *, model: str, after: int = 0) -> int:
        """How many vectors of a model have an id above *after*."""
        row = self._connections.row(
            "SELECT count(*) FROM paper_vectors WHERE model = ? AND id > ?", [model, after]
        )
        return int(row[0])

    def paper_vectors(
        self, *, model: str, after: int = 0, limit: int = 1_000
    ) -> list[StoredVector]:
        """The first vectors of a model with an id above *after*, in the order they were stored."""
        rows = self._connections.query(
            "SELECT id, paper_id, dimension, vector FROM paper_vectors "
            "WHERE model = ? AND id > ? ORDER BY id LIMIT ?",
            [model, after, limit],
        )
        return [
            StoredVector(row["paper_id"], model, row["dimension"], row["vector"], id=row["id"])
            for row in rows
        ]

    def newest_vector(self) -> int:
        """The highest id any paper's vector ever had: it changes with every change."""
        row = self._connections.row("SELECT seq FROM sqlite_sequence WHERE name = 'paper_vectors'")
        return 0 if row is None else int(row[0])

    def passages_without_vector(self, paper_id: str, *, model: str) -> list[tuple[int, str, str]]:
        """Id, section and text of the paper's passages that lack a vector of this model."""
        rows = self._connections.query(
            "SELECT id, section, text FROM passages WHERE paper_id = ? AND NOT EXISTS "
            "(SELECT 1 FROM passage_vectors v WHERE v.passage_id = passages.id AND v.model = ?) "
            "ORDER BY ordinal",
            [paper_id, model],
        )
        return [(row["id"], row["section"], row["text"]) for row in rows]

    def save_passage_vectors(self, vectors: Mapping[int, StoredVector]) -> None:
        """Store the vectors of passages, by passage id; those of passages that have gone
        meanwhile are left out."""
        with self._connections.transaction() as db:
            db.conn.executemany(
                "INSERT INTO passage_vectors (passage_id, model, dimension, vector) "
                "SELECT id, ?, ?, ? FROM passages WHERE id = ? "
                "ON CONFLICT (passage_id, model) DO UPDATE "
                "SET dimension = excluded.dimension, vector = excluded.vector",
                [(v.model, v.dimension, v.data, one) for one, v in vectors.items()],
            )

    def passage_vectors(self, paper_id: str, *, model: str) -> dict[int, StoredVector]:
        """The vectors of a paper's passages, by passage id."""
        rows = self._connections.query(
            "SELECT v.passage_id, v.dimension, v.vector FROM passages "
            "JOIN passage_vectors v ON v.passage_id = passages.id AND v.model = ? "
            "WHERE passages.paper_id = ?",
            [model, paper_id],
        )
        return {
            row["passage_id"]: StoredVector(paper_id, model, row["dimension"], row["vector"])
            for row in rows
        }

    def passages_state(self, paper_id: str) -> tuple[int, int, int]:
        """Count, highest id, and number of vectors of the passages: changes when they change."""
        row = self._connections.row(
            "SELECT count(*), coalesce(max(p.id), 0), (SELECT count(*) FROM passage_vectors v "
            "JOIN passages q ON q.id = v.passage_id WHERE q.paper_id = ?1) "
            "FROM passages p WHERE p.paper_id = ?1",
            [paper_id],
        )
        return int(row[0]), int(row[1]), int(row[2])

    def _match(self, sql: str, values: Sequence[Any]) -> list[str]:
        try:
            rows = self._connections.rows(sql, list(values))
        except sqlite3.OperationalError as error:
            if is_malformed_query(error):
                return []
            raise
        return [str(row[0]) for row in rows]

    def _by_paper(self, sql: str, paper_ids: Sequence[str], *values: str) -> dict[str, str]:
        marks = ",".join("?" * len(paper_ids))
        rows = self._connections.query(sql.format(marks=marks), [*paper_ids, *values])
        return {row["paper_id"]: row["told"] for row in rows}

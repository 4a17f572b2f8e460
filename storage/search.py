"""The search index: what was indexed of each paper, its words, and its vectors.

Texts arrive ready-made for the index; how words are cut is the business of ``bot.search``.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage.connections import Connections
from storage.trouble import is_malformed_query

# How much a match counts in a paper's title, people, abstract, and summaries.
_WEIGHTS = "6.0, 4.0, 2.0, 1.5"
_PASSAGES_A_PAPER = 4


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


@dataclass(frozen=True)
class PaperFilter:
    """Conditions on papers. Days are ISO texts, both included; an empty filter lets all pass."""

    authors: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    after: str | None = None
    before: str | None = None
    has_code: bool = False


class Search:
    """The tables ``indexed_papers``, ``paper_text``, ``passage_text`` and both of vectors."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def content_hashes(self, paper_ids: Sequence[str]) -> dict[str, str]:
        """The hash of what is indexed, by paper id; papers not indexed are left out."""
        return self._by_paper(
            "SELECT paper_id, content_hash FROM indexed_papers WHERE paper_id IN ({marks})",
            paper_ids,
        )

    def save_text(self, text: IndexedText) -> None:
        """Index a paper's words, in place of earlier ones."""
        with self._connections.transaction() as db:
            db.execute(
                "INSERT INTO indexed_papers (paper_id, content_hash) VALUES (?, ?) "
                "ON CONFLICT (paper_id) DO UPDATE SET content_hash = excluded.content_hash",
                [text.paper_id, text.content_hash],
            )
            doc = db.execute(
                "SELECT doc FROM indexed_papers WHERE paper_id = ?", [text.paper_id]
            ).fetchone()[0]
            db.execute("DELETE FROM paper_text WHERE rowid = ?", [doc])
            db.execute(
                "INSERT INTO paper_text (rowid, title, people, abstract, summary) "
                "VALUES (?, ?, ?, ?, ?)",
                [doc, text.title, text.people, text.abstract, text.summary],
            )

    def unindexed_papers(self) -> list[str]:
        """Ids of the stored papers whose words are not indexed."""
        rows = self._connections.db.query(
            "SELECT id FROM papers WHERE NOT EXISTS "
            "(SELECT 1 FROM indexed_papers i WHERE i.paper_id = papers.id) ORDER BY id"
        )
        return [row["id"] for row in rows]

    def unindexed_passages(self, paper_id: str) -> list[tuple[int, str, str]]:
        """Id, section and text of the paper's passages whose words are not indexed yet."""
        rows = self._connections.db.query(
            "SELECT id, section, text FROM passages WHERE paper_id = ? AND NOT EXISTS "
            "(SELECT 1 FROM passage_text WHERE rowid = passages.id) ORDER BY ordinal",
            [paper_id],
        )
        return [(row["id"], row["section"], row["text"]) for row in rows]

    def save_passage_texts(self, texts: Sequence[tuple[int, str]]) -> None:
        """Index the words of passages, given by id."""
        with self._connections.transaction() as db:
            db.conn.executemany("INSERT INTO passage_text (rowid, text) VALUES (?, ?)", texts)

    def match_papers(
        self, expression: str, where: PaperFilter, *, limit: int, newest: int | None = None
    ) -> list[str]:
        """Ids of the papers that match, best first; nothing for a malformed expression.

        With *newest*, only that many of the papers indexed last are looked at.
        """
        values: list[Any] = [expression]
        within = ""
        if newest is not None:
            within = "AND rowid > (SELECT max(doc) FROM indexed_papers) - ?"
            values.append(newest)
        if where == PaperFilter():
            # The limit inside keeps the joins away from thousands of matching rows.
            sql = (
                f"SELECT i.paper_id FROM (SELECT rowid AS doc, bm25(paper_text, {_WEIGHTS}) AS far "
                f"FROM paper_text WHERE paper_text MATCH ? {within} ORDER BY far LIMIT ?) found "
                "JOIN indexed_papers i ON i.doc = found.doc ORDER BY found.far, i.paper_id DESC"
            )
            return self._match(sql, [*values, limit])
        more, conditions = _conditions(where)
        sql = (
            f"SELECT i.paper_id FROM paper_text JOIN indexed_papers i ON i.doc = paper_text.rowid "
            f"JOIN papers ON papers.id = i.paper_id WHERE paper_text MATCH ? {within} {more} "
            f"ORDER BY bm25(paper_text, {_WEIGHTS}), i.paper_id DESC LIMIT ?"
        )
        return self._match(
            sql.replace("AND rowid", "AND paper_text.rowid"), [*values, *conditions, limit]
        )

    def match_passages(self, expression: str, where: PaperFilter, *, limit: int) -> list[str]:
        """Ids of the papers whose full text matches, best passage first, each paper once."""
        more, conditions = _conditions(where)
        sql = (
            "SELECT passages.paper_id FROM (SELECT rowid AS id, rank FROM passage_text "
            "WHERE passage_text MATCH ? ORDER BY rank LIMIT ?) found "
            "JOIN passages ON passages.id = found.id JOIN papers ON papers.id = passages.paper_id "
            f"WHERE 1 {more} ORDER BY found.rank"
        )
        found = self._match(sql, [expression, _PASSAGES_A_PAPER * limit, *conditions])
        return list(dict.fromkeys(found))[:limit]

    def filtered(self, where: PaperFilter, *, limit: int) -> list[str]:
        """Ids of the papers that pass the filter, newest first."""
        more, values = _conditions(where)
        rows = self._connections.db.query(
            f"SELECT papers.id FROM papers WHERE 1 {more} "
            "ORDER BY papers.published DESC, papers.id DESC LIMIT ?",
            [*values, limit],
        )
        return [row["id"] for row in rows]

    def words_like(self, prefix: str, *, limit: int) -> list[tuple[str, int]]:
        """Indexed words that begin with *prefix*, with the number of papers that hold each."""
        rows = self._connections.db.query(
            "SELECT term, doc FROM paper_terms WHERE term >= ? AND term < ? "
            "ORDER BY doc DESC LIMIT ?",
            [prefix, prefix + "\U0010ffff", limit],
        )
        return [(row["term"], row["doc"]) for row in rows]

    def frequency(self, beginning: str) -> int:
        """In how many papers the commonest word with this beginning stands."""
        found = self.words_like(beginning, limit=1)
        return found[0][1] if found else 0

    def indexed_count(self) -> int:
        """How many papers were ever indexed."""
        row = self._connections.db.execute("SELECT max(doc) FROM indexed_papers").fetchone()
        return int(row[0] or 0)

    def vector_hashes(self, paper_ids: Sequence[str], *, model: str) -> dict[str, str]:
        """The hash of what each paper's vector was made of."""
        return self._by_paper(
            "SELECT paper_id, content_hash FROM paper_vectors "
            "WHERE paper_id IN ({marks}) AND model = ?",
            paper_ids,
            model,
        )

    def save_paper_vectors(self, vectors: Sequence[StoredVector]) -> None:
        """Store the vectors of papers; a replaced one gets a new, higher id."""
        with self._connections.transaction() as db:
            db.conn.executemany(
                "INSERT OR REPLACE INTO paper_vectors (paper_id, model, dimension, content_hash, "
                "vector) VALUES (?, ?, ?, ?, ?)",
                [(v.owner, v.model, v.dimension, v.content_hash, v.data) for v in vectors],
            )

    def paper_vectors(self, *, model: str, after: int = 0) -> list[StoredVector]:
        """The vectors of a model with an id above *after*, in the order they were stored."""
        rows = self._connections.db.query(
            "SELECT id, paper_id, dimension, vector FROM paper_vectors "
            "WHERE model = ? AND id > ? ORDER BY id",
            [model, after],
        )
        return [
            StoredVector(row["paper_id"], model, row["dimension"], row["vector"], id=row["id"])
            for row in rows
        ]

    def newest_vector(self) -> int:
        """The highest id any paper's vector ever had: it changes with every change."""
        row = self._connections.db.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = 'paper_vectors'"
        ).fetchone()
        return 0 if row is None else int(row[0])

    def passages_without_vector(self, paper_id: str, *, model: str) -> list[tuple[int, str, str]]:
        """Id, section and text of the paper's passages that lack a vector of this model."""
        rows = self._connections.db.query(
            "SELECT id, section, text FROM passages WHERE paper_id = ? AND NOT EXISTS "
            "(SELECT 1 FROM passage_vectors v WHERE v.passage_id = passages.id AND v.model = ?) "
            "ORDER BY ordinal",
            [paper_id, model],
        )
        return [(row["id"], row["section"], row["text"]) for row in rows]

    def save_passage_vectors(self, vectors: Mapping[int, StoredVector]) -> None:
        """Store the vectors of passages, by passage id."""
        with self._connections.transaction() as db:
            db.conn.executemany(
                "INSERT OR REPLACE INTO passage_vectors (passage_id, model, dimension, vector) "
                "VALUES (?, ?, ?, ?)",
                [(one, v.model, v.dimension, v.data) for one, v in vectors.items()],
            )

    def passage_vectors(self, paper_id: str, *, model: str) -> dict[int, StoredVector]:
        """The vectors of a paper's passages, by passage id."""
        rows = self._connections.db.query(
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
        row = self._connections.db.execute(
            "SELECT count(*), coalesce(max(p.id), 0), (SELECT count(*) FROM passage_vectors v "
            "JOIN passages q ON q.id = v.passage_id WHERE q.paper_id = ?1) "
            "FROM passages p WHERE p.paper_id = ?1",
            [paper_id],
        ).fetchone()
        return int(row[0]), int(row[1]), int(row[2])

    def _match(self, sql: str, values: Sequence[Any]) -> list[str]:
        try:
            rows = self._connections.db.execute(sql, list(values)).fetchall()
        except sqlite3.OperationalError as error:
            if is_malformed_query(error):
                return []
            raise
        return [str(row[0]) for row in rows]

    def _by_paper(self, sql: str, paper_ids: Sequence[str], *values: str) -> dict[str, str]:
        marks = ",".join("?" * len(paper_ids))
        rows = self._connections.db.query(sql.format(marks=marks), [*paper_ids, *values])
        return {row["paper_id"]: row["content_hash"] for row in rows}


def _conditions(where: PaperFilter) -> tuple[str, list[Any]]:
    clauses: list[str] = []
    values: list[Any] = []
    for column, names in (("authors", where.authors), ("organization", where.organizations)):
        for name in names:
            clauses.append(f"AND papers.{column} LIKE ? ESCAPE '\\'")
            escaped = name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            values.append(f"%{escaped}%")
    day = (
        "coalesce((SELECT max(l.date) FROM listing_papers l WHERE l.paper_id = papers.id), "
        "substr(papers.published, 1, 10))"
    )
    for sign, edge in ((">=", where.after), ("<=", where.before)):
        if edge is not None:
            clauses.append(f"AND {day} {sign} ?")
            values.append(edge)
    if where.has_code:
        clauses.append("AND papers.code_url IS NOT NULL")
    return " ".join(clauses), values

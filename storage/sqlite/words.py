"""The full-text index of SQLite: FTS5 tables, whose rows have the numbers of what they index."""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from storage.paper_filter import PaperFilter, conditions
from storage.sqlite.trouble import is_malformed_query
from storage.words import LAST, SAMPLE, WEIGHTS, IndexedText, Words

_WEIGHTS = ", ".join(map(str, WEIGHTS))


class SqliteWords(Words):
    """The tables ``paper_text``, ``passage_text`` and ``member_words``."""

    _number = "rowid"

    def save_papers(self, texts: Sequence[tuple[int, IndexedText]]) -> None:
        self._connections.executemany(
            "DELETE FROM paper_text WHERE rowid = ?", [(doc,) for doc, _ in texts]
        )
        self._connections.executemany(
            "INSERT INTO paper_text (rowid, title, people, abstract, summary) "
            "VALUES (?, ?, ?, ?, ?)",
            [(doc, one.title, one.people, one.abstract, one.summary) for doc, one in texts],
        )

    def save_passages(self, texts: Sequence[tuple[int, str]]) -> None:
        self._connections.executemany(
            "INSERT INTO passage_text (rowid, text) SELECT id, ?2 FROM passages "
            "WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM passage_text WHERE rowid = ?1)",
            texts,
        )

    def save_member_text(self, doc: int, team: str, text: str) -> None:  # noqa: ARG002
        """Index the words of a note or a correction."""
        self._connections.execute(
            "INSERT INTO member_words (rowid, text) VALUES (?, ?)", [doc, text]
        )

    def matching_passages(self, paper_ids: Sequence[str], expression: str) -> dict[str, str]:
        # The range is something that a full-text table can look up, unlike a paper.
        sql = (
            "SELECT passages.text FROM passage_text "
            "JOIN passages ON passages.id = passage_text.rowid AND passages.paper_id = ?2 "
            "WHERE passage_text MATCH ?1 AND passage_text.rowid BETWEEN "
            "(SELECT min(id) FROM passages WHERE paper_id = ?2) "
            "AND (SELECT max(id) FROM passages WHERE paper_id = ?2) ORDER BY rank LIMIT 1"
        )
        found = {one: self._match(sql, [expression, one]) for one in paper_ids}
        return {one: texts[0] for one, texts in found.items() if texts}

    def any_matching(self, expression: str, *, limit: int) -> list[str]:
        return self._match(
            "SELECT i.paper_id FROM (SELECT rowid AS doc FROM paper_text WHERE paper_text MATCH ? "
            "LIMIT ?) found CROSS JOIN indexed_papers i ON i.doc = found.doc",
            [expression, limit],
        )

    def match_member_texts(
        self, expression: str, *, team: str, place: str, limit: int
    ) -> list[str]:
        """Ids of the papers about which a team wrote something that matches, best first."""
        return self._match(
            "SELECT DISTINCT coalesce(n.paper_id, c.paper_id) FROM member_words "
            "JOIN member_texts m ON m.team = ? AND m.doc = member_words.rowid "
            "LEFT JOIN notes n ON n.id = m.note_id AND n.team = ? AND n.place IN ('', ?) "
            "LEFT JOIN corrections c ON c.id = m.correction_id AND c.team = ? "
            "AND c.place IN ('', ?) WHERE member_words MATCH ? "
            "AND coalesce(n.paper_id, c.paper_id) IS NOT NULL "
            "ORDER BY bm25(member_words), m.doc DESC LIMIT ?",
            [team, team, place, team, place, expression, limit],
        )

    def words_like(self, prefix: str, *, limit: int) -> list[tuple[str, int]]:
        rows = self._connections.rows(
            "SELECT term, doc FROM paper_terms WHERE term >= ? AND term < ? "
            "ORDER BY doc DESC LIMIT ?",
            [prefix, prefix + "\U0010ffff", limit],
        )
        return [(term, many) for term, many in rows]

    def with_people(self, expression: str) -> tuple[str, str]:
        return "i.doc IN (SELECT rowid FROM paper_text WHERE paper_text MATCH ?)", expression

    def drop_deleted(self) -> None:
        """FTS5 only marks words as deleted until it is merged."""
        self._connections.execute("INSERT INTO member_words (member_words) VALUES ('optimize')")

    def filtered(self, where: PaperFilter, *, limit: int) -> list[str]:
        return self._sensible(lambda: super(SqliteWords, self).filtered(where, limit=limit))

    def _best_papers(
        self, expression: str, where: PaperFilter, rows: tuple[int, int], limit: int
    ) -> list[str]:
        told = conditions(where, self._connections.each)
        indexed = "CROSS JOIN indexed_papers i ON i.doc = paper_text.rowid" if told.clauses else ""
        # Neither the order of the joins nor the limit inside may be left to SQLite's guesses: each
        # of a hundred thousand matching rows would be joined.
        return self._match(
            "SELECT i.paper_id FROM (SELECT rowid AS doc, far FROM ("
            f"SELECT paper_text.rowid, bm25(paper_text, {_WEIGHTS}) AS far "
            f"FROM paper_text {indexed} WHERE paper_text MATCH ? "
            f"AND paper_text.rowid BETWEEN ? AND ? {told.clauses}) ORDER BY far LIMIT ?) found "
            "CROSS JOIN indexed_papers i ON i.doc = found.doc "
            "ORDER BY found.far, i.paper_id DESC",
            [expression, *rows, *told.values, limit],
        )

    def _best_passages(self, expression: str, rows: tuple[int, int], limit: int) -> list[str]:
        return self._match(
            "SELECT passages.paper_id FROM (SELECT rowid AS id, rank FROM passage_text "
            "WHERE passage_text MATCH ? AND rowid >= ? ORDER BY rank LIMIT ?) found "
            "CROSS JOIN passages ON passages.id = found.id ORDER BY found.rank",
            [expression, rows[0], limit],
        )

    def _commonness(
        self, table: str, expressions: Sequence[str], *, last: int | None = None, above: int
    ) -> tuple[int, list[float]]:
        top = int(self._connections.row(LAST[table])[0] or 0) if last is None else last
        if top <= above:
            return top, [0.0] * len(expressions)
        counted = (self._count(table, one, (top - SAMPLE + 1, top)) for one in expressions)
        return top, [many / min(top, SAMPLE) for many in counted]

    def _count(self, table: str, expression: str, rows: tuple[int, int]) -> int:
        counted = self._match(
            f"SELECT count(*) FROM {table} WHERE {table} MATCH ? AND rowid BETWEEN ? AND ?",
            [expression, *rows],
        )
        return int(counted[0]) if counted else 0

    def _match(self, sql: str, values: Sequence[Any]) -> list[str]:
        return self._sensible(lambda: [str(row[0]) for row in self._connections.rows(sql, values)])

    def _sensible(self, found: Callable[[], list[str]]) -> list[str]:
        try:
            return found()
        except sqlite3.OperationalError as error:
            if is_malformed_query(error):
                return []
            raise

"""The full-text index of PostgreSQL: ``tsvector`` columns with GIN indexes.

Ranked as BM25 does it: ``ts_rank`` of each phrase, which grows ever slower with its number and
falls with the text's length, times how rare the phrase is among what was found.
"""

import json
import logging
from collections.abc import Sequence
from typing import Any

from storage.paper_filter import PaperFilter, conditions
from storage.postgresql.expressions import Expression, MalformedError, parse, vector_of
from storage.words import WEIGHTS, IndexedText, Words

log = logging.getLogger(__name__)

# Of weights D to A, as PostgreSQL wants them.
_WEIGHTS = "{" + ", ".join(str(one / max(WEIGHTS)) for one in reversed(WEIGHTS)) + "}"
_BY_LENGTH = 1
_SAMPLE = 2_000
_NOTHING = Expression(None)
# A text is read whole to see how often it holds a phrase, which takes longer than all the rest: so
# many phrases are looked up at the most, in the texts that hold the rarest of them.
_LOOKED_UP = 4_000
# The index alone tells which texts hold a word. ``|| ''``: a long text would be unpacked again each
# time it is looked at.
_RANKED = f"""
    terms AS MATERIALIZED (SELECT DISTINCT CAST(value AS tsquery) AS term
        FROM jsonb_array_elements_text(CAST(:terms AS jsonb))),
    hits AS MATERIALIZED (SELECT doc, term FROM terms CROSS JOIN LATERAL
        (SELECT doc FROM TABLE t WHERE t.words @@ terms.term OFFSET 0) holding
        WHERE doc IN (SELECT doc FROM found)),
    counted AS MATERIALIZED (SELECT term,
        ln(1 + (greatest(:total - count(*), 0) + 0.5) / (count(*) + 0.5)) AS rarity
        FROM hits GROUP BY term),
    kept AS MATERIALIZED (SELECT doc, t.words || CAST('' AS tsvector) AS words FROM
        (SELECT doc FROM hits JOIN counted USING (term) GROUP BY doc
        ORDER BY sum(rarity) DESC, doc DESC LIMIT :kept) best JOIN TABLE t USING (doc))
    SELECT TOLD FROM kept JOIN hits USING (doc) JOIN counted USING (term) JOIN found USING (doc)
    GROUP BY TOLD, doc
    ORDER BY sum(ts_rank('{_WEIGHTS}', words, term, {_BY_LENGTH}) * rarity) DESC, doc DESC
    LIMIT :limit
"""


class PostgresWords(Words):
    """The tables ``paper_text``, ``passage_text`` and ``said_text``."""

    _number = "doc"

    def save_paper(self, doc: int, text: IndexedText) -> None:
        words = vector_of(text.title, text.people, text.abstract, text.summary)
        self._connections.upsert("paper_text", ["doc"], {"doc": doc, "words": words})

    def save_passages(self, texts: Sequence[tuple[int, str]]) -> None:
        self._connections.executemany(
            "INSERT INTO passage_text (doc, words) SELECT id, CAST(? AS tsvector) FROM passages "
            "WHERE id = ? ON CONFLICT (doc) DO NOTHING",
            [(vector_of(text), number) for number, text in texts],
        )

    def save_said(self, doc: int, team: str, text: str) -> None:
        """Index the words of a note or a correction."""
        values = {"team": team, "doc": doc, "words": vector_of(text)}
        self._connections.upsert("said_text", ["team", "doc"], values)

    def passages_matching(self, paper_id: str, expression: str, *, limit: int) -> list[str]:
        return self._ranked(
            "SELECT p.text, t.doc FROM passages p JOIN passage_text t ON t.doc = p.id "
            "WHERE p.paper_id = :paper AND t.words @@ CAST(:query AS tsquery)",
            expression,
            table="passage_text",
            told="text",
            limit=limit,
            paper=paper_id,
            total=_SAMPLE,
        )

    def any_matching(self, expression: str, *, limit: int) -> list[str]:
        query = _sensible(expression).query
        if query is None:
            return []
        rows = self._connections.rows(
            "SELECT i.paper_id FROM paper_text t JOIN indexed_papers i ON i.doc = t.doc "
            "WHERE t.words @@ CAST(? AS tsquery) LIMIT ?",
            [query, limit],
        )
        return [row[0] for row in rows]

    def match_said(self, expression: str, *, team: str, place: str, limit: int) -> list[str]:
        """Ids of the papers about which a team wrote something that matches, best first."""
        found = self._ranked(
            "SELECT coalesce(n.paper_id, c.paper_id) AS paper_id, t.doc "
            "FROM said_text t JOIN said s ON s.team = t.team AND s.doc = t.doc "
            "LEFT JOIN notes n ON n.team = s.team AND n.id = s.note_id "
            "AND n.place IN ('', :place) "
            "LEFT JOIN corrections c ON c.team = s.team AND c.id = s.correction_id "
            "AND c.place IN ('', :place) "
            "WHERE t.team = :team AND t.words @@ CAST(:query AS tsquery) "
            "AND coalesce(n.paper_id, c.paper_id) IS NOT NULL",
            expression,
            table="said_text",
            told="paper_id",
            limit=4 * limit,
            team=team,
            place=place,
            total=_SAMPLE,
        )
        return list(dict.fromkeys(found))[:limit]

    def words_like(self, prefix: str, *, limit: int) -> list[tuple[str, int]]:
        """Indexed words that begin with *prefix*, with the number of papers that hold each, among
        some thousand that hold any."""
        query = _sensible(f'"{prefix}"*').query
        if query is None:
            return []
        inner = (
            "SELECT words FROM paper_text WHERE words @@ CAST(%L AS tsquery) "
            f"ORDER BY doc DESC LIMIT {_SAMPLE}"
        )
        rows = self._connections.rows(
            "SELECT word, ndoc FROM ts_stat(format(CAST(? AS TEXT), CAST(? AS TEXT))) "
            "WHERE left(word, ?) = ? ORDER BY ndoc DESC LIMIT ?",
            [inner, query, len(prefix), prefix, limit],
        )
        return [(word, many) for word, many in rows]

    def with_people(self, expression: str) -> tuple[str, str]:
        query = _sensible(expression).query
        sql = "i.doc IN (SELECT doc FROM paper_text WHERE words @@ CAST(? AS tsquery))"
        return sql, query or ""

    def drop_deleted(self) -> None:
        """Rows of forgotten notes have gone with their notes."""

    def _best_papers(
        self, expression: str, where: PaperFilter, rows: tuple[int, int], limit: int
    ) -> list[str]:
        told = conditions(where, self._connections.each)
        values = iter(told.values)
        names = {f"w{number}": value for number, value in enumerate(values)}
        clauses = told.clauses
        for name in names:
            clauses = clauses.replace("?", f":{name}", 1)
        return self._ranked(
            "SELECT i.paper_id, t.doc FROM paper_text t "
            "JOIN indexed_papers i ON i.doc = t.doc WHERE t.words @@ CAST(:query AS tsquery) "
            f"AND t.doc BETWEEN :first AND :last {clauses}",
            expression,
            table="paper_text",
            told="paper_id",
            limit=limit,
            first=rows[0],
            last=rows[1],
            total=max(1, rows[1] - rows[0] + 1),
            **names,
        )

    def _best_passages(self, expression: str, first: int, limit: int) -> list[str]:
        return self._ranked(
            "SELECT p.paper_id, t.doc FROM passage_text t "
            "JOIN passages p ON p.id = t.doc WHERE t.words @@ CAST(:query AS tsquery) "
            "AND t.doc >= :first",
            expression,
            table="passage_text",
            told="paper_id",
            limit=limit,
            first=first,
            total=max(1, self._last("id", "passages") - first + 1),
        )

    def _count(self, table: str, expression: str, rows: tuple[int, int]) -> int:
        query = _sensible(expression).query
        if query is None:
            return 0
        sql = (
            f"SELECT count(*) FROM {table} "
            "WHERE words @@ CAST(? AS tsquery) AND doc BETWEEN ? AND ?"
        )
        return int(self._connections.row(sql, [query, *rows])[0])

    def _ranked(
        self, found: str, expression: str, *, table: str, told: str, limit: int, **values: Any
    ) -> list[str]:
        """One column of the best of what a SELECT with ``:query`` finds in a table."""
        parsed = _sensible(expression)
        if parsed.query is None:
            return []
        rows = self._connections.rows(
            f"WITH found AS MATERIALIZED ({found}), "
            + _RANKED.replace("TOLD", told).replace("TABLE", table),
            {
                "query": parsed.query,
                "terms": json.dumps([one.query for one in parsed.phrases]),
                "kept": max(limit, _LOOKED_UP // max(1, len(parsed.phrases))),
                "limit": limit,
                **values,
            },
        )
        return [row[0] for row in rows]


def _sensible(expression: str) -> Expression:
    try:
        return parse(expression) if expression.strip() else _NOTHING
    except MalformedError as error:
        log.debug("not an expression: %s", error)
        return _NOTHING

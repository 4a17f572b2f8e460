"""The full-text index of PostgreSQL: ``tsvector`` columns with GIN indexes.

Ranked as FTS5 does it, by BM25: ``ts_rank_cd`` of a single phrase is the number of its places, each
counted with the weight of its field.
"""

import json
import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storage.paper_filter import PaperFilter, conditions
from storage.postgresql.expressions import Expression, MalformedError, parse, vector_of
from storage.words import SAMPLE, WEIGHTS, IndexedText, Words

if TYPE_CHECKING:
    from storage.postgresql.connections import PostgresConnections

log = logging.getLogger(__name__)

_NOTHING = Expression(None)
# How common so many phrases are is kept in mind until a hundredth more rows are there.
_REMEMBERED, _GROWTH = 20_000, 0.01
# The constants of BM25, as FTS5 has them.
_SATURATION, _LENGTH = 1.2, 0.75
# PostgreSQL wants the weights of D to A, none above 1.
_LARGEST = max(WEIGHTS)
_WEIGHTS = "{" + ", ".join(str(one / _LARGEST) for one in reversed(WEIGHTS)) + "}"
_MEMBER_TEXTS = (
    "SELECT m.team, m.doc, coalesce(n.paper_id, c.paper_id) AS paper_id FROM member_texts m "
    "LEFT JOIN notes n ON n.team = m.team AND n.id = m.note_id AND n.place IN ('', :place) "
    "LEFT JOIN corrections c ON c.team = m.team AND c.id = m.correction_id "
    "AND c.place IN ('', :place) "
    "WHERE m.team = :team AND coalesce(n.paper_id, c.paper_id) IS NOT NULL"
)
_ALIKE = "{1, 1, 1, 1}"
# A phrase counts as often as the expression has it, as in FTS5. It stands in as many rows as its
# share of the last ones tells, but at least in as many as were found: a rare one may stand in none
# of the last. What stands in MATERIALIZED is needed for every row, and would be made anew for each.
_BEST = f"""
    terms AS MATERIALIZED (SELECT number, times, share, CAST(query AS tsquery) AS term
        FROM jsonb_to_recordset(CAST(:terms AS jsonb))
        AS every (number INTEGER, times INTEGER, share DOUBLE PRECISION, query TEXT)),
    hits AS MATERIALIZED (SELECT doc, CAST(length AS DOUBLE PRECISION), number, often
        FROM found CROSS JOIN LATERAL (SELECT number,
            :largest * ts_rank_cd(CAST(:weights AS real[]), words, term) AS often
            FROM terms WHERE words @@ term OFFSET 0) held),
    rarities AS MATERIALIZED (SELECT number,
        times * greatest(1e-6, ln((:last - many + 0.5) / (many + 0.5))) AS rarity
        FROM terms JOIN (SELECT number, count(*) AS hits FROM hits GROUP BY number) h
        USING (number) CROSS JOIN LATERAL (SELECT least(:last, greatest(:last * share,
            h.hits * CAST(:last AS DOUBLE PRECISION) / (:last - :first + 1))) AS many) m),
    best AS (SELECT doc, sum(rarity * often * {1 + _SATURATION} / (often + {_SATURATION}
        * ({1 - _LENGTH} + {_LENGTH} * length
        / (SELECT avg(length) FROM hits)))) AS score
        FROM hits JOIN rarities USING (number)
        GROUP BY doc ORDER BY score DESC, doc DESC LIMIT :limit)
"""


@dataclass(frozen=True)
class _Rows:
    """Those of a full-text table that are looked at, from the first to the last one, and how much
    their fields weigh."""

    table: str
    first: int
    last: int
    weights: str = _ALIKE
    largest: float = 1.0

    def matching(self, share: float) -> str:
        """The condition of those that match, of which there is about this *share* in the table.

        The index finds all of them, wherever they are; of a common word it is quicker to look
        through the rows themselves. PostgreSQL cannot tell: it knows little of phrases, and
        nothing of words that go together.
        """
        if share * self.last > self.last - self.first:
            by_range, by_words = "t.doc", "IS TRUE"
        else:
            by_range, by_words = "t.doc + 0", ""
        return (
            f"(t.words @@ CAST(:query AS tsquery)) {by_words} "
            f"AND {by_range} BETWEEN :first AND :last"
        )


class _Commonness:
    """How common what is looked for is, counted in the rows that were stored last; it changes so
    slowly that it is not counted again each time. Safe in any thread."""

    def __init__(self, connections: "PostgresConnections") -> None:
        self._connections = connections
        self._known: dict[tuple[str, str], tuple[int, float]] = {}

    def shares(self, table: str, queries: Iterable[str], top: int) -> dict[str, float]:
        """For each ``tsquery``, the part of the last rows of a table up to *top* that match."""
        known = {one: self._remembered(table, one, top) for one in queries}
        missing = [one for one, share in known.items() if share is None]
        counted = self._counted(table, missing, top) if missing else {}
        return counted | {one: share for one, share in known.items() if share is not None}

    def _remembered(self, table: str, query: str, top: int) -> float | None:
        seen, share = self._known.get((table, query), (-1, None))
        return share if abs(top - seen) <= _GROWTH * top else None

    def _counted(self, table: str, queries: Sequence[str], top: int) -> dict[str, float]:
        matching = "count(*) FILTER (WHERE words @@ CAST(? AS tsquery))"
        columns = ", ".join(["count(*)", *[matching] * len(queries)])
        sql = f"SELECT {columns} FROM {table} WHERE doc BETWEEN ? AND ?"
        values = [*queries, top - SAMPLE + 1, top]
        many, *counts = self._connections.row(sql, values)
        shares = {one: count / max(many, 1) for one, count in zip(queries, counts, strict=True)}
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._known |= {(table, one): (top, share) for one, share in shares.items()}
        return shares


class PostgresWords(Words):
    """The tables ``paper_text``, ``passage_text`` and ``member_words``."""

    _number = "doc"
    _connections: "PostgresConnections"

    def __init__(self, connections: "PostgresConnections") -> None:
        super().__init__(connections)
        self._commonness = _Commonness(connections)

    def save_papers(self, texts: Sequence[tuple[int, IndexedText]]) -> None:
        self._connections.executemany(
            "INSERT INTO paper_text (doc, words, length) VALUES (?, CAST(? AS tsvector), ?) "
            "ON CONFLICT (doc) DO UPDATE SET words = excluded.words, length = excluded.length",
            [
                (doc, *vector_of(one.title, one.people, one.abstract, one.summary))
                for doc, one in texts
            ],
        )

    def save_passages(self, texts: Sequence[tuple[int, str]]) -> None:
        self._connections.executemany(
            "INSERT INTO passage_text (doc, words, length) SELECT id, CAST(? AS tsvector), ? "
            "FROM passages WHERE id = ? ON CONFLICT (doc) DO NOTHING",
            [(*vector_of(text), number) for number, text in texts],
        )

    def save_member_text(self, doc: int, team: str, text: str) -> None:
        """Index the words of a note or a correction."""
        words, length = vector_of(text)
        values = {"team": team, "doc": doc, "length": length, "words": words}
        self._connections.upsert("member_words", ["team", "doc"], values)

    def passages_matching(self, paper_id: str, expression: str, *, limit: int) -> list[str]:
        return self._best_of(
            expression,
            _Rows("passage_text", 1, self._last("id", "passages")),
            "SELECT t.* FROM passages p JOIN passage_text t ON t.doc = p.id "
            "WHERE p.paper_id = :paper AND (t.words @@ CAST(:query AS tsquery)) IS TRUE",
            "SELECT p.text FROM best JOIN passages p ON p.id = best.doc",
            limit=limit,
            paper=paper_id,
        )

    def any_matching(self, expression: str, *, limit: int) -> list[str]:
        query = _sensible(expression).query
        if query is None:
            return []
        rows = self._connections.planned(
            "SELECT i.paper_id FROM paper_text t JOIN indexed_papers i ON i.doc = t.doc "
            "WHERE t.words @@ CAST(? AS tsquery) LIMIT ?",
            [query, limit],
        )
        return [row[0] for row in rows]

    def match_member_texts(
        self, expression: str, *, team: str, place: str, limit: int
    ) -> list[str]:
        """Ids of the papers about which a team wrote something that matches, best first."""
        parsed = _sensible(expression)
        # What teams wrote is not counted across them.
        found = self._best(
            parsed,
            _Rows("member_words", 1, SAMPLE),
            dict.fromkeys(parsed.queries, 0.0),
            f"SELECT t.* FROM member_words t JOIN ({_MEMBER_TEXTS}) s USING (team, doc) "
            "WHERE t.team = :team AND t.words @@ CAST(:query AS tsquery)",
            f"SELECT s.paper_id FROM best JOIN ({_MEMBER_TEXTS}) s USING (doc)",
            limit=4 * limit,
            team=team,
            place=place,
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
            f"ORDER BY doc DESC LIMIT {SAMPLE}"
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
        names = {f"w{number}": value for number, value in enumerate(told.values)}
        clauses = told.clauses
        for name in names:
            clauses = clauses.replace("?", f":{name}", 1)
        return self._best_of(
            expression,
            _Rows("paper_text", max(1, rows[0]), rows[1], _WEIGHTS, _LARGEST),
            "SELECT t.* FROM paper_text t "
            + ("JOIN indexed_papers i ON i.doc = t.doc " if clauses else "")
            + f"WHERE MATCHING {clauses}",
            "SELECT i.paper_id FROM best JOIN indexed_papers i ON i.doc = best.doc",
            limit=limit,
            **names,
        )

    def _best_passages(self, expression: str, first: int, limit: int) -> list[str]:
        return self._best_of(
            expression,
            _Rows("passage_text", max(1, first), self._last("id", "passages")),
            "SELECT t.* FROM passage_text t WHERE MATCHING",
            "SELECT p.paper_id FROM best JOIN passages p ON p.id = best.doc",
            limit=limit,
        )

    def _shares(self, table: str, expressions: Sequence[str], top: int) -> list[float]:
        parsed = [_sensible(one) for one in expressions]
        # Ranking asks for the phrases next.
        queries = [query for one in parsed for query in one.queries]
        shares = self._commonness.shares(table, queries, top)
        return [0.0 if one.query is None else shares[one.query] for one in parsed]

    def _best_of(
        self, expression: str, rows: _Rows, found: str, told: str, *, limit: int, **values: Any
    ) -> list[str]:
        parsed = _sensible(expression)
        shares = self._commonness.shares(rows.table, parsed.queries, rows.last)
        return self._best(parsed, rows, shares, found, told, limit=limit, **values)

    def _best(
        self,
        parsed: Expression,
        rows: _Rows,
        shares: Mapping[str, float],
        found: str,
        told: str,
        **values: Any,
    ) -> list[str]:
        """What a SELECT tells of the ``best`` of those rows that another finds by ``:query``, or
        by the word MATCHING, which stands for the condition of *rows*."""
        if parsed.query is None or rows.first > rows.last:
            return []
        found = found.replace("MATCHING", rows.matching(shares[parsed.query]))
        phrases = Counter(one.query for one in parsed.phrases)
        terms = [
            {"number": number, "times": times, "share": shares[query], "query": query}
            for number, (query, times) in enumerate(phrases.items())
        ]
        ranked = self._connections.rows(
            f"WITH found AS ({found}), {_BEST} {told} ORDER BY best.score DESC, best.doc DESC",
            {
                "query": parsed.query,
                "terms": json.dumps(terms),
                "first": rows.first,
                "last": rows.last,
                "weights": rows.weights,
                "largest": rows.largest,
                **values,
            },
        )
        return [row[0] for row in ranked]


def _sensible(expression: str) -> Expression:
    try:
        return parse(expression) if expression.strip() else _NOTHING
    except MalformedError as error:
        log.debug("not an expression: %s", error)
        return _NOTHING

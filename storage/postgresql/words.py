"""The full-text index of PostgreSQL: ``tsvector`` columns with GIN indexes.

Ranked as FTS5 does it, by BM25: ``ts_rank_cd`` of a single phrase is the number of its places, each
counted with the weight of its field.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storage.paper_filter import PaperFilter, conditions
from storage.postgresql.expressions import Expression, MalformedError, parse, vector_of
from storage.records import as_json
from storage.words import LAST, SAMPLE, WEIGHTS, IndexedText, Words

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
# A phrase stands in as many rows as its share of the last ones tells, but at least in as many as
# were found: a rare one may stand in none of the last.
_OFTEN = """CASE WHEN words @@ CAST(:term{0} AS tsquery) THEN :largest
        * ts_rank_cd(CAST(:weights AS real[]), words, CAST(:term{0} AS tsquery)) END AS often{0}"""
_MANY = """least(:last, greatest(:last * CAST(:share{0} AS DOUBLE PRECISION), count(often{0})
        * CAST(:last AS DOUBLE PRECISION) / (:last - :first + 1))) AS many{0}"""
_RARITY = ":times{0} * greatest(1e-6, ln((:last - many{0} + 0.5) / (many{0} + 0.5))) AS rarity{0}"
_SCORE = f"""coalesce(rarity{{0}} * often{{0}} * {1 + _SATURATION} / (often{{0}} + {_SATURATION}
        * ({1 - _LENGTH} + {_LENGTH} * length / average)), 0)"""
_ORDER = "ORDER BY best.score DESC, best.doc DESC"


def _ranked(found: str, many: int, told: str) -> str:
    """What the SELECT *told* tells of the ``best`` rows that another has *found*, ranked by so
    *many* phrases. One column a phrase: rows of their own would be joined and grouped again."""

    def each(part: str, sign: str = ", ") -> str:
        return sign.join(part.format(number) for number in range(many))

    return f"""WITH found AS ({found}),
    held AS MATERIALIZED (
        SELECT doc, CAST(length AS DOUBLE PRECISION) AS length, {each(_OFTEN)} FROM found),
    counted AS (SELECT avg(length) AS average, {each(_MANY)} FROM held),
    rarities AS MATERIALIZED (SELECT average, {each(_RARITY)} FROM counted),
    best AS (SELECT doc, {each(_SCORE, " + ")} AS score FROM held CROSS JOIN rarities
        ORDER BY score DESC, doc DESC LIMIT :limit)
    {told}"""


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
        is_common = share * self.last > self.last - self.first
        by_words = "IS TRUE" if is_common else ""
        return f"(t.words @@ CAST(:query AS tsquery)) {by_words} AND t.doc BETWEEN :first AND :last"


class _Commonness:
    """How common what is looked for is, counted in the rows that were stored last; it changes so
    slowly that it is not counted again each time. Safe in any thread."""

    def __init__(self, connections: "PostgresConnections") -> None:
        self._connections = connections
        self._known: dict[tuple[str, str], tuple[int, float]] = {}
        self._tops: dict[str, int] = {}

    def top(self, table: str, queries: Iterable[str]) -> int:
        """The last row of a table. What is not known of these queries is counted by the way."""
        known = self._remembered(table, queries, self._tops.get(table, 0))
        top, _ = self._counted(table, [one for one in queries if one not in known], None)
        self._tops[table] = top
        return top

    def shares(self, table: str, queries: Iterable[str], top: int) -> dict[str, float]:
        """For each ``tsquery``, the part of the last rows of a table up to *top* that match."""
        known = self._remembered(table, queries, top)
        if missing := [one for one in queries if one not in known]:
            known |= self._counted(table, missing, top)[1]
        return known

    def _remembered(self, table: str, queries: Iterable[str], top: int) -> dict[str, float]:
        kept = {one: self._known.get((table, one), (-1, 0.0)) for one in queries}
        return {one: share for one, (at, share) in kept.items() if abs(top - at) <= _GROWTH * top}

    def _counted(
        self, table: str, queries: Sequence[str], top: int | None
    ) -> tuple[int, dict[str, float]]:
        matching = "count(*) FILTER (WHERE words @@ CAST(? AS tsquery))"
        columns = ", ".join([f"({LAST[table]})", "count(*)", *[matching] * len(queries)])
        up_to, values = ("", []) if top is None else ("WHERE doc <= ?", [top])
        limit = SAMPLE if queries else 0
        rows = f"SELECT words FROM {table} {up_to} ORDER BY doc DESC LIMIT {limit}"
        last, many, *counts = self._connections.row(
            f"SELECT {columns} FROM ({rows}) AS newest", [*queries, *values]
        )
        top = int(last or 0) if top is None else top
        shares = {one: count / max(many, 1) for one, count in zip(queries, counts, strict=True)}
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._known |= {(table, one): (top, share) for one, share in shares.items()}
        return top, shares


class PostgresWords(Words):
    """The tables ``paper_text``, ``passage_text`` and ``member_words``."""

    _number = "doc"
    _connections: "PostgresConnections"

    def __init__(self, connections: "PostgresConnections") -> None:
        super().__init__(connections)
        self._counts = _Commonness(connections)

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

    def matching_passages(self, paper_ids: Sequence[str], expression: str) -> dict[str, str]:
        parsed = _sensible(expression)
        found = self._best(
            parsed,
            _Rows("passage_text", 1, SAMPLE),
            dict.fromkeys(parsed.queries, 0.0),
            "SELECT t.* FROM passages p JOIN passage_text t ON t.doc = p.id "
            f"WHERE p.paper_id IN {self._connections.each.replace('?', ':papers')} "
            "AND (t.words @@ CAST(:query AS tsquery)) IS TRUE",
            "SELECT DISTINCT ON (p.paper_id) p.paper_id, p.text FROM best "
            f"JOIN passages p ON p.id = best.doc {_ORDER.replace('BY', 'BY p.paper_id,')}",
            limit=None,
            papers=as_json(list(paper_ids)),
        )
        return dict(found)

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
            f"SELECT s.paper_id FROM best JOIN ({_MEMBER_TEXTS}) s USING (doc) {_ORDER}",
            limit=4 * limit,
            team=team,
            place=place,
        )
        return list(dict.fromkeys(paper for (paper,) in found))[:limit]

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
            "SELECT i.paper_id FROM best JOIN indexed_papers i ON i.doc = best.doc " + _ORDER,
            limit=limit,
            **names,
        )

    def _best_passages(self, expression: str, rows: tuple[int, int], limit: int) -> list[str]:
        return self._best_of(
            expression,
            _Rows("passage_text", max(1, rows[0]), rows[1]),
            "SELECT t.* FROM passage_text t WHERE MATCHING",
            f"SELECT p.paper_id FROM best JOIN passages p ON p.id = best.doc {_ORDER}",
            limit=limit,
        )

    def _commonness(
        self, table: str, expressions: Sequence[str], *, last: int | None = None, above: int
    ) -> tuple[int, list[float]]:
        parsed = [_sensible(one) for one in expressions]
        # Ranking asks for the phrases next.
        queries = list(dict.fromkeys(query for one in parsed for query in one.queries))
        top = self._counts.top(table, queries) if last is None else last
        shares = self._counts.shares(table, queries, top) if top > above else {}
        return top, [shares.get(one.query or "", 0.0) for one in parsed]

    def _best_of(
        self, expression: str, rows: _Rows, found: str, told: str, *, limit: int, **values: Any
    ) -> list[str]:
        parsed = _sensible(expression)
        shares = self._counts.shares(rows.table, parsed.queries, rows.last)
        ranked = self._best(parsed, rows, shares, found, told, limit=limit, **values)
        return [row[0] for row in ranked]

    def _best(
        self,
        parsed: Expression,
        rows: _Rows,
        shares: Mapping[str, float],
        found: str,
        told: str,
        **values: Any,
    ) -> list[tuple[Any, ...]]:
        """What a SELECT tells of the ``best`` of those rows that another finds by ``:query``, or
        by the word MATCHING, which stands for the condition of *rows*."""
        if parsed.query is None or rows.first > rows.last:
            return []
        # Among the texts of a paper or a team one way is as good as any.
        ask = self._connections.planned if "MATCHING" in found else self._connections.rows
        found = found.replace("MATCHING", rows.matching(shares[parsed.query]))
        # A phrase counts as often as the expression has it, as in FTS5.
        phrases = Counter(one.query for one in parsed.phrases)
        for number, (query, times) in enumerate(phrases.items()):
            values |= {f"term{number}": query, f"times{number}": times}
            values[f"share{number}"] = shares[query]
        return ask(
            _ranked(found, len(phrases), told),
            {
                "query": parsed.query,
                "first": rows.first,
                "last": rows.last,
                "weights": rows.weights,
                "largest": rows.largest,
                **values,
            },
        )


def _sensible(expression: str) -> Expression:
    try:
        return parse(expression) if expression.strip() else _NOTHING
    except MalformedError as error:
        log.debug("not an expression: %s", error)
        return _NOTHING

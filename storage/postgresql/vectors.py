"""Search by vectors with pgvector: an HNSW index for each model, exact among a few papers."""

import json
import logging
import struct
from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from psycopg import sql

from storage.errors import DatabaseUnusableError, Trouble
from storage.vectors import Likeness

if TYPE_CHECKING:
    from storage.postgresql.connections import PostgresConnections

log = logging.getLogger(__name__)

# The first with half the size for each vector.
_OLDEST = [0, 7]
# More than pgvector can put into the index: those are compared one by one.
_MOST_DIMENSIONS = 4_000
# How many the search along the graph keeps in view: more finds more of the true nearest.
_LEAST_IN_VIEW, _MOST_IN_VIEW = 300, 1_000
# Told by the statement itself, before it looks at the first row: a transaction with a statement of
# its own for this would be three more ways to the server.
_VIEW = "(SELECT set_config('hnsw.ef_search', CAST(:in_view AS TEXT), TRUE)) != ''"
_AT_ONCE = 500


# What the columns of the table are when its rows are sent in binary.
TYPES = {
    "id": "int8",
    "paper_id": "text",
    "model": "text",
    "dimension": "int8",
    "content_hash": "text",
    "vector": "bytea",
    "embedding": "bytea",
}


class PostgresVectors:
    """The column ``paper_vectors.embedding``, which the table has where pgvector is installed."""

    def __init__(self, connections: "PostgresConnections") -> None:
        self._connections = connections
        self._indexed: set[tuple[str, int]] = set()
        self._loaded: set[tuple[str, int]] = set()

    @classmethod
    def where_possible(cls, connections: "PostgresConnections") -> "PostgresVectors | None":
        """None where the database has no pgvector and cannot get it: each process then compares all
        vectors in its memory, exactly."""
        if lacking := _made(connections):
            log.warning(
                "%s has no pgvector: every process holds the papers' vectors in memory (%s)",
                connections.location,
                lacking,
            )
            return None
        made = cls(connections)
        with connections.transaction():
            connections.lock("paper_vectors")
            if "embedding" not in connections.columns("paper_vectors"):
                # Both vectors stay in their row: to put one elsewhere takes longer than all else.
                connections.execute(
                    "ALTER TABLE paper_vectors ADD COLUMN embedding halfvec, "
                    "SET (toast_tuple_target = 8160)"
                )
                # Asked for at every start.
                connections.execute(
                    "CREATE INDEX paper_vectors_unkept ON paper_vectors (id) "
                    "WHERE embedding IS NULL"
                )
            made.keep()
        return made

    def with_embeddings(
        self, columns: Sequence[str], rows: Sequence[Sequence[Any]]
    ) -> tuple[Sequence[str], Sequence[Sequence[Any]]]:
        """Whole rows to be loaded, with what is searched: to fill it in later, as :meth:`keep`
        does, would write each of them twice."""
        model, size, vector = map(columns.index, ("model", "dimension", "vector"))
        self._loaded |= {(row[model], row[size]) for row in rows}
        loaded = [(*row, _received(row[size], row[vector])) for row in rows]
        return [*columns, "embedding"], loaded

    def keep(self) -> None:
        """Have all that is stored found, within the transaction that has stored it."""
        kept, self._loaded = self._loaded, set()
        while rows := self._connections.rows(
            "SELECT id, model, dimension, vector FROM paper_vectors WHERE embedding IS NULL "
            f"ORDER BY id LIMIT {_AT_ONCE}"
        ):
            kept |= {(row[1], row[2]) for row in rows}
            self._connections.executemany(
                "UPDATE paper_vectors SET embedding = CAST(? AS halfvec) WHERE id = ?",
                [(_decoded(size, data), one) for one, _, size, data in rows],
            )
        # Last: of a whole archive that is carried over an index is made sooner than added to.
        for model, dimension in kept - self._indexed:
            self._index(model, dimension)

    def nearest(
        self, vector: Sequence[float], *, model: str, limit: int, among: Sequence[str] | None
    ) -> list[tuple[str, float]]:
        """Paper ids with their cosine to *vector*, nearest first."""
        size = len(vector)
        in_view = min(_MOST_IN_VIEW, max(_LEAST_IN_VIEW, 2 * limit))
        values = {
            "vector": _text(vector),
            "limit": limit,
            "among": json.dumps(among),
            "in_view": str(in_view),
        }
        near = f"CAST(embedding AS halfvec({size})) <#> CAST(:vector AS halfvec({size}))"
        chosen = ""
        if among is not None:
            # What is added keeps the index out: it would find the nearest of all, then drop most.
            near = f"({near}) + 0"
            chosen = f"AND paper_id IN {self._connections.each.replace('?', ':among')}"
        rows = self._connections.rows(
            f"SELECT paper_id, -({near}) FROM paper_vectors "
            f"WHERE {_of(model, size)} AND {_VIEW} {chosen} ORDER BY {near} LIMIT :limit",
            values,
        )
        return [(paper, float(cosine)) for paper, cosine in rows]

    def likeness(self, vector: Sequence[float], *, model: str, among: Sequence[str]) -> Likeness:
        """How near the papers *among* are, beside all others."""
        size = len(vector)
        row = self._connections.row(
            "SELECT count(*), coalesce(avg(near), 0), coalesce(stddev_pop(near), 0) FROM ("
            f"SELECT -(embedding <#> CAST(? AS halfvec({size}))) AS near FROM paper_vectors "
            f"WHERE {_of(model, size)}) AS every",
            [_text(vector)],
        )
        papers = dict(self.nearest(vector, model=model, limit=len(among), among=among))
        return Likeness(papers, float(row[1]), float(row[2]), int(row[0]))

    def _index(self, model: str, size: int) -> None:
        """An index of its own for each model, whose size is a part of the index."""
        if size <= _MOST_DIMENSIONS:
            name = self._connections.row("SELECT 'near_' || left(md5(?), 20)", [f"{model} {size}"])
            self._connections.execute(
                f"CREATE INDEX IF NOT EXISTS {name[0]} ON paper_vectors "
                f"USING hnsw (CAST(embedding AS halfvec({size})) halfvec_ip_ops) "
                f"WHERE {_of(model, size)}"
            )
        self._indexed.add((model, size))


def _made(connections: "PostgresConnections") -> str:
    """Have the extension in the database; why it cannot be had, if it can't."""
    row = connections.row(
        "SELECT coalesce(installed_version, default_version) FROM pg_available_extensions "
        "WHERE name = 'vector'"
    )
    if row is None:
        return "the server does not offer it"
    if _parts(row[0]) < _OLDEST:
        return f"{row[0]} is too old"
    try:
        with connections.transaction():
            connections.lock("paper_vectors")
            connections.execute("CREATE EXTENSION IF NOT EXISTS vector")
    except DatabaseUnusableError as error:
        if error.trouble is not Trouble.NOT_ALLOWED:
            raise
        return error.told
    return ""


def _parts(version: str) -> list[int]:
    return [int(one) for one in version.split(".") if one.isdecimal()]


def _of(model: str, size: int) -> str:
    """The condition of an index, word for word: with parameters it would not be known again."""
    return f"model = {sql.Literal(model).as_string()} AND dimension = {int(size)}"


def _received(size: int, data: bytes) -> bytes:
    """A stored vector as the server takes a ``halfvec`` in binary: much quicker than text."""
    numbers = array("H", data)
    numbers.byteswap()
    return struct.pack(">hh", size, 0) + numbers.tobytes()


def _decoded(size: int, data: bytes) -> str:
    return _text(struct.unpack(f"<{size}e", data))


def _text(vector: Sequence[float]) -> str:
    # Twice as fast as to format and join them one by one.
    return f"[{('%.5g,' * len(vector))[:-1] % tuple(vector)}]"

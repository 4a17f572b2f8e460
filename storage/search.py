"""The search index: what was indexed of each paper, and its vectors; the words themselves are the
business of ``storage.words``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storage.connections import Connections
from storage.records import as_json
from storage.words import IndexedText


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
    """The tables ``indexed_papers`` and both of vectors."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        # Compares vectors inside the database; None where it cannot.
        self.near = connections.vectors

    def content_hashes(self, paper_ids: Sequence[str]) -> dict[str, str]:
        """The hash of what is indexed, by paper id; papers not indexed are left out."""
        return self._by_paper(
            "SELECT paper_id, content_hash AS told FROM indexed_papers WHERE paper_id IN {each}",
            paper_ids,
        )

    def save_texts(self, texts: Sequence[IndexedText]) -> None:
        """Index the words of papers, in place of earlier ones; nothing of papers that have
        gone."""
        with self._connections.transaction():
            self._connections.executemany(
                "INSERT INTO indexed_papers (paper_id, content_hash) SELECT id, ? FROM papers "
                "WHERE id = ? ON CONFLICT (paper_id) DO UPDATE "
                "SET content_hash = excluded.content_hash",
                [(text.content_hash, text.paper_id) for text in texts],
            )
            rows = self._connections.rows(
                "SELECT paper_id, doc FROM indexed_papers "
                f"WHERE paper_id IN {self._connections.each}",
                [as_json([text.paper_id for text in texts])],
            )
            docs = dict(rows)
            self._connections.words.save_papers(
                [(docs[text.paper_id], text) for text in texts if text.paper_id in docs]
            )

    def outdate(self, paper_ids: Sequence[str]) -> None:
        """Let papers count as unindexed, within the transaction that changes them: whoever dies
        before they are indexed leaves it to the next one."""
        self._connections.execute(
            "UPDATE indexed_papers SET content_hash = '' "
            f"WHERE paper_id IN {self._connections.each}",
            [as_json(list(paper_ids))],
        )

    def unindexed_papers(self, *, model: str | None = None) -> list[str]:
        """Ids of the stored papers whose words are not indexed, or whose vectors of *model* are
        missing."""
        rows = self._connections.query(
            "SELECT id FROM papers WHERE NOT EXISTS (SELECT 1 FROM indexed_papers i "
            "WHERE i.paper_id = papers.id AND i.content_hash != '') "
            "OR (CAST(:model AS TEXT) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM paper_vectors v "
            "WHERE v.paper_id = papers.id AND v.model = :model)) ORDER BY id",
            {"model": model},
        )
        return [row["id"] for row in rows]

    def days(self, paper_ids: Sequence[str]) -> dict[str, str]:
        """When each indexed paper was listed last, else published, as an ISO date."""
        return self._by_paper(
            "SELECT paper_id, day AS told FROM indexed_papers WHERE paper_id IN {each} "
            "AND day IS NOT NULL",
            paper_ids,
        )

    def vector_hashes(self, paper_ids: Sequence[str], *, model: str) -> dict[str, str]:
        """The hash of what each paper's vector was made of."""
        return self._by_paper(
            "SELECT paper_id, content_hash AS told FROM paper_vectors "
            "WHERE paper_id IN {each} AND model = ?",
            paper_ids,
            model,
        )

    def save_paper_vectors(self, vectors: Sequence[StoredVector]) -> None:
        """Store the vectors of papers; a replaced one gets a new, higher id. Those of papers that
        have gone meanwhile are left out."""
        with self._connections.transaction():
            # Whoever has seen an id looks for higher ones only.
            self._connections.lock("paper_vectors")
            self._connections.executemany(
                "DELETE FROM paper_vectors WHERE paper_id = ? AND model = ?",
                [(v.owner, v.model) for v in vectors],
            )
            self._connections.executemany(
                "INSERT INTO paper_vectors (paper_id, model, dimension, content_hash, vector) "
                "SELECT id, ?, ?, ?, ? FROM papers WHERE id = ?",
                [(v.model, v.dimension, v.content_hash, v.data, v.owner) for v in vectors],
            )
            if self.near is not None:
                self.near.keep()

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

    def vectors_of(self, paper_ids: Sequence[str], *, model: str) -> list[StoredVector]:
        """The vectors of some papers."""
        rows = self._connections.query(
            "SELECT id, paper_id, dimension, vector FROM paper_vectors "
            f"WHERE paper_id IN {self._connections.each} AND model = ? ORDER BY id",
            [as_json(list(paper_ids)), model],
        )
        return [
            StoredVector(row["paper_id"], model, row["dimension"], row["vector"], id=row["id"])
            for row in rows
        ]

    def newest_vector(self) -> int:
        """The highest id of any paper's vector: it changes with every change."""
        return int(self._connections.row("SELECT coalesce(max(id), 0) FROM paper_vectors")[0])

    def passages_without_vector(
        self, paper_ids: Sequence[str], *, model: str
    ) -> list[tuple[int, str, str, str]]:
        """Id, paper, section and text of the papers' passages that lack a vector of this model."""
        return self._connections.rows(
            "SELECT id, paper_id, section, text FROM passages "
            f"WHERE paper_id IN {self._connections.each} AND NOT EXISTS "
            "(SELECT 1 FROM passage_vectors v WHERE v.passage_id = passages.id AND v.model = ?) "
            "ORDER BY id",
            [as_json(list(paper_ids)), model],
        )

    def save_passage_vectors(self, vectors: Mapping[int, StoredVector]) -> None:
        """Store the vectors of passages, by passage id; those of passages that have gone
        meanwhile are left out."""
        self._connections.executemany(
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
            "JOIN passages q ON q.id = v.passage_id WHERE q.paper_id = :paper) "
            "FROM passages p WHERE p.paper_id = :paper",
            {"paper": paper_id},
        )
        return int(row[0]), int(row[1]), int(row[2])

    def _by_paper(self, sql: str, paper_ids: Sequence[str], *values: str) -> dict[str, str]:
        if not paper_ids:
            return {}
        rows = self._connections.query(
            sql.format(each=self._connections.each), [as_json(list(paper_ids)), *values]
        )
        return {row["paper_id"]: row["told"] for row in rows}

"""Relations: which earlier papers of the archive are nearest to a paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.records import Tables, as_json, record_of, values_of


@dataclass(frozen=True)
class Relation:
    """*other_id* is the earlier paper; ``strong`` when it is worth telling unasked; ``new_words``
    are what this paper is about and the other isn't."""

    paper_id: str
    other_id: str
    score: float
    strong: bool
    new_words: tuple[str, ...] = ()


class Relations(Tables):
    """The table ``relations``."""

    def save(self, paper_id: str, relations: Sequence[Relation]) -> None:
        """Store a paper's relations in place of those found before."""
        with self._connections.transaction():
            self._connections.execute("DELETE FROM relations WHERE paper_id = ?", [paper_id])
            for one in relations:
                values = {**values_of(one), "paper_id": paper_id}
                self._connections.upsert("relations", ("paper_id", "other_id"), values)

    def of_papers(self, paper_ids: Sequence[str]) -> dict[str, list[Relation]]:
        """The relations of each paper, nearest first; papers without any are left out."""
        found: dict[str, list[Relation]] = {}
        if not paper_ids:
            return found
        for row in self._connections.query(
            f"SELECT * FROM relations WHERE paper_id IN {self._connections.each} "
            "ORDER BY score DESC, other_id",
            [as_json(paper_ids)],
        ):
            relation = record_of(Relation, row)
            found.setdefault(relation.paper_id, []).append(relation)
        return found

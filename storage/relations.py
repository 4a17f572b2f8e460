"""Relations: which earlier papers of the archive are nearest to a paper."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from storage.connections import Connections


@dataclass(frozen=True)
class Relation:
    """*other_id* is the earlier paper; ``strong`` when it is worth telling unasked; ``new_words``
    are what this paper is about and the other isn't."""

    paper_id: str
    other_id: str
    score: float
    strong: bool
    new_words: tuple[str, ...] = ()


class Relations:
    """The table ``relations``."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def save(self, paper_id: str, relations: Sequence[Relation]) -> None:
        """Store a paper's relations in place of those found before."""
        with self._connections.transaction():
            self._connections.execute("DELETE FROM relations WHERE paper_id = ?", [paper_id])
            for one in relations:
                words = json.dumps(one.new_words, ensure_ascii=False)
                self._connections.upsert(
                    "relations",
                    ("paper_id", "other_id"),
                    {
                        "paper_id": paper_id,
                        "other_id": one.other_id,
                        "score": one.score,
                        "strong": int(one.strong),
                        "new_words": words,
                    },
                )

    def of_papers(self, paper_ids: Sequence[str]) -> dict[str, list[Relation]]:
        """The relations of each paper, nearest first; papers without any are left out."""
        found: dict[str, list[Relation]] = {}
        for row in self._connections.query(
            f"SELECT * FROM relations WHERE paper_id IN {self._connections.each} "
            "ORDER BY score DESC, other_id",
            [json.dumps(list(paper_ids))],
        ):
            relation = Relation(
                paper_id=row["paper_id"],
                other_id=row["other_id"],
                score=row["score"],
                strong=bool(row["strong"]),
                new_words=tuple(json.loads(row["new_words"])),
            )
            found.setdefault(relation.paper_id, []).append(relation)
        return found

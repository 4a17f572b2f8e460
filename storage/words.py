"""The full-text index as the other modules see it; each database has its own way to keep one.

Texts arrive cut into words by ``bot.search``, between spaces. An expression is one of FTS5: words
and runs of words in quotes, ``*`` behind a beginning, ``AND``, ``OR``, brackets, and ``people :``
before what the people alone have to meet.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from storage.connections import Connections
from storage.paper_filter import PaperFilter, conditions
from storage.records import as_json

# How much a match counts in a paper's title, people, abstract, and summaries.
WEIGHTS = (6.0, 4.0, 2.0, 1.5)
MOST_SCORED = 4_000
# How common words are is counted in so many rows, the last ones.
SAMPLE = 2_000
# Where the number of the last row of a full-text table is found.
LAST = {
    "paper_text": "SELECT max(doc) FROM indexed_papers",
    "passage_text": "SELECT max(id) FROM passages",
}
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


class Words(ABC):
    """The words of papers, of their passages, and of what teams wrote. Expressions that make no
    sense find nothing."""

    # The column of a full-text table that holds the number of what is indexed.
    _number: ClassVar[str]

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    @abstractmethod
    def save_papers(self, texts: Sequence[tuple[int, IndexedText]]) -> None:
        """Index the words of papers, each under its number, in place of earlier ones."""

    @abstractmethod
    def save_passages(self, texts: Sequence[tuple[int, str]]) -> None:
        """Index the words of passages, given by id. Those that another has indexed meanwhile, or
        that have gone with their version of the paper, are left out."""

    @abstractmethod
    def save_member_text(self, doc: int, team: str, text: str) -> None:
        """Index the words of a team's note or correction under a number of ``member_texts``."""

    def unindexed_passages(self, paper_ids: Sequence[str]) -> list[tuple[int, str, str]]:
        """Id, section and text of the papers' passages whose words are not indexed yet."""
        return self._connections.rows(
            "SELECT id, section, text FROM passages "
            f"WHERE paper_id IN {self._connections.each} AND NOT EXISTS "
            f"(SELECT 1 FROM passage_text WHERE {self._number} = passages.id) ORDER BY id",
            [as_json(list(paper_ids))],
        )

    @abstractmethod
    def matching_passages(self, paper_ids: Sequence[str], expression: str) -> dict[str, str]:
        """By paper, the text of its passage that matches best."""

    @abstractmethod
    def any_matching(self, expression: str, *, limit: int) -> list[str]:
        """Ids of some papers that match, whichever are found first."""

    @abstractmethod
    def match_member_texts(
        self, expression: str, *, team: str, place: str, limit: int
    ) -> list[str]:
        """Ids of the papers about which a team wrote something that matches and may be seen in
        *place*, best first."""

    @abstractmethod
    def words_like(self, prefix: str, *, limit: int) -> list[tuple[str, int]]:
        """Indexed words that begin with *prefix*, with the number of papers that hold each."""

    @abstractmethod
    def with_people(self, expression: str) -> tuple[str, str]:
        """SQL for the numbers of the papers that match, with its one parameter."""

    @abstractmethod
    def drop_deleted(self) -> None:
        """Take the words of deleted notes and corrections out for good."""

    @abstractmethod
    def _best_papers(
        self, expression: str, where: PaperFilter, rows: tuple[int, int], limit: int
    ) -> list[str]:
        """Ids of the papers that match between two numbers, best first."""

    @abstractmethod
    def _best_passages(self, expression: str, rows: tuple[int, int], limit: int) -> list[str]:
        """The paper's id for each of the best passages between two numbers."""

    @abstractmethod
    def _commonness(
        self, table: str, expressions: Sequence[str], *, last: int | None = None, above: int
    ) -> tuple[int, list[float]]:
        """The number of the last row of a full-text table, unless *last* says which one is to
        count as such; and where it is *above* a number, for each expression the part of the last
        rows that match, 0 to 1."""

    def match_papers(
        self, expression: str, where: PaperFilter, *, limit: int, most: int = MOST_SCORED
    ) -> list[str]:
        """Ids of the papers that match, best first.

        Where more than about *most* match, only so many of those indexed last are looked at.
        """
        if where.people:
            expression = f"({expression}) AND ({where.people})"
        first, last = self._days(where)
        top, (share,) = self._commonness("paper_text", [expression], last=last, above=most)
        rows = (max(first, _window(top, share, most)), top)
        return self._best_papers(expression, where, rows, limit)

    def match_passages(
        self, expression: str, where: PaperFilter, *, limit: int, most: int = MOST_SCORED
    ) -> list[str]:
        """Ids of the papers whose full text matches, best passage first, each paper once; of
        common words only the passages stored last are looked at, as in :meth:`match_papers`."""
        top, (share,) = self._commonness("passage_text", [expression], above=most)
        rows = (_window(top, share, most), top)
        found = self._best_passages(expression, rows, _PASSAGES_A_PAPER * limit)
        return self.passing(list(dict.fromkeys(found)), where)[:limit]

    def filtered(self, where: PaperFilter, *, limit: int) -> list[str]:
        """Ids of the indexed papers that pass the filter, newest first."""
        told = conditions(where, self._connections.each)
        people, named = "TRUE", list[str]()
        if where.people:
            people, value = self.with_people(where.people)
            named = [value]
        return [
            str(row[0])
            for row in self._connections.rows(
                f"SELECT i.paper_id FROM indexed_papers i WHERE {people} {told.clauses} "
                "ORDER BY i.day DESC NULLS LAST, i.paper_id DESC LIMIT ?",
                [*named, *told.values, limit],
            )
        ]

    def passing(self, paper_ids: Sequence[str], where: PaperFilter) -> list[str]:
        """Those of *paper_ids* that pass the filter, in their order."""
        if where == PaperFilter():
            return list(paper_ids)
        known = set(paper_ids if where.among is None else where.among)
        among = [one for one in paper_ids if one in known]
        passed = set(self.filtered(where.only(among), limit=len(among)))
        return [one for one in among if one in passed]

    def estimates(self, expressions: Sequence[str], *, above: int = 0) -> dict[str, int]:
        """About how many papers each expression matches, by how many of those indexed last do; 0
        where there are not *above* so many papers at all."""
        top, shares = self._commonness("paper_text", expressions, above=above)
        return {one: round(share * top) for one, share in zip(expressions, shares, strict=True)}

    def _days(self, where: PaperFilter) -> tuple[int, int | None]:
        """The first and last row of the full-text table that may pass, if there is a last one: it
        can jump there, where every other condition is a look-up for each match."""
        first, last = 0, None
        if where.after is not None:
            # What is added has the days looked up: or else all papers are passed, from the first.
            sql = "SELECT min(doc + 0) FROM indexed_papers WHERE day >= ?"
            first = self._connections.row(sql, [where.after])[0]
            if first is None:
                return 1, 0
        if where.before is not None:
            sql = "SELECT max(doc) FROM indexed_papers WHERE day <= ?"
            last = self._connections.row(sql, [where.before])[0] or 0
        return first, last


def _window(top: int, share: float, most: int) -> int:
    """The row above which about *most* rows up to *top* match, by how many of the last ones do:
    scoring takes some microseconds a row, and a common word stands in half of them."""
    return max(0, top - int(most / share)) if share * top > most else 0

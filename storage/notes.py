"""Notes: what a team member wrote about a paper, in Slack or in an imported archive."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.records import TeamTable, as_json, values_of
from storage.scope import WHOLE_TEAM


@dataclass(frozen=True)
class Note:
    """``author`` is a Slack user id, or empty when an archive doesn't say who wrote it; ``origin``
    is ``slack`` or the archived digest (``review:2025-10-27``). ``text`` is Markdown."""

    paper_id: str
    author: str
    text: str
    origin: str
    written_at: datetime
    id: int | None = None


class Notes(TeamTable[Note]):
    """The table ``notes`` of a team."""

    _table, _kind = "notes", Note

    def add(self, note: Note, *, place: str = WHOLE_TEAM) -> int:
        """Store a new note for those who can see *place*, and return its id."""
        new = self._connections.add_numbered("notes", self._values(note, place))
        assert new is not None
        return new

    def save_imported(self, notes: Iterable[Note], *, instead: Iterable[tuple[str, str]]) -> None:
        """Store what archives say, in place of all that is said by origins about papers: each of
        *instead* is a paper and an origin."""
        with self._connections.transaction():
            self._connections.executemany(
                "DELETE FROM notes WHERE team = ? AND paper_id = ? AND origin = ?",
                [[self._team, *one] for one in instead],
            )
            self._connections.add_many("notes", [self._values(one, WHOLE_TEAM) for one in notes])

    def _values(self, note: Note, place: str) -> dict[str, Any]:
        told = values_of(note, "paper_id", "author", "text", "origin", "written_at")
        return {"team": self._team, "place": place, **told}

    def remove(self, note_id: int, *, place: str = WHOLE_TEAM) -> None:
        """Forget one note that may be seen in *place*."""
        with self._connections.transaction():
            self._delete("AND id = ? AND place IN ('', ?)", note_id, place)
            self._connections.words.drop_deleted()

    def imported(self, paper_ids: Sequence[str], origins: Sequence[str]) -> list[Note]:
        """The team's notes on these papers that come from these origins."""
        each = self._connections.each
        return self._select(
            f"AND origin IN {each} AND paper_id IN {each} ORDER BY id",
            as_json(origins),
            as_json(paper_ids),
        )

    def of_paper(self, paper_id: str, *, place: str = WHOLE_TEAM) -> list[Note]:
        """The notes on a paper that may be seen in *place*, oldest first."""
        return self.of_papers([paper_id], place=place)[paper_id]

    def of_papers(
        self, paper_ids: Sequence[str], *, place: str = WHOLE_TEAM
    ) -> dict[str, list[Note]]:
        """The notes on each of some papers that may be seen in *place*, oldest first."""
        if not paper_ids:
            return {}
        found = self._select(
            f"AND place IN ('', ?) AND paper_id IN {self._connections.each} "
            "ORDER BY written_at, id",
            place,
            as_json(list(paper_ids)),
        )
        return {one: [note for note in found if note.paper_id == one] for one in paper_ids}

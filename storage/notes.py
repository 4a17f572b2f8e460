"""Notes: what a team member wrote about a paper, in Slack or in an imported archive."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.connections import Connections
from storage.scope import WHOLE_TEAM
from storage.times import from_text, to_text

_INSERT = (
    "INSERT INTO notes (team, place, paper_id, author, text, origin, written_at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)


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


class Notes:
    """The table ``notes`` of a team."""

    def __init__(self, connections: Connections, team: str) -> None:
        self._connections = connections
        self._team = team

    def add(self, note: Note, *, place: str = WHOLE_TEAM) -> int:
        """Store a new note for those who can see *place*, and return its id."""
        new = self._connections.changed(_INSERT + " RETURNING id", self._values(note, place))
        return int(new[0])

    def save_imported(self, notes: Iterable[Note], *, instead: Iterable[tuple[str, str]]) -> None:
        """Store what archives say, in place of all that is said by origins about papers: each of
        *instead* is a paper and an origin."""
        with self._connections.transaction():
            self._connections.executemany(
                "DELETE FROM notes WHERE team = ? AND paper_id = ? AND origin = ?",
                [[self._team, *one] for one in instead],
            )
            self._connections.executemany(_INSERT, [self._values(one, WHOLE_TEAM) for one in notes])

    def _values(self, note: Note, place: str) -> list[str]:
        told = [note.paper_id, note.author, note.text, note.origin, to_text(note.written_at)]
        return [self._team, place, *told]

    def remove(self, note_id: int, *, place: str = WHOLE_TEAM) -> None:
        """Forget one note that may be seen in *place*."""
        with self._connections.transaction():
            self._connections.execute(
                "DELETE FROM notes WHERE id = ? AND team = ? AND place IN ('', ?)",
                [note_id, self._team, place],
            )
            self._connections.words.drop_deleted()

    def imported(self, paper_ids: Sequence[str], origins: Sequence[str]) -> list[Note]:
        """The team's notes on these papers that come from these origins."""
        rows = self._connections.query(
            f"SELECT * FROM notes WHERE team = ? AND origin IN {self._connections.each} "
            f"AND paper_id IN {self._connections.each} ORDER BY id",
            [self._team, json.dumps(list(origins)), json.dumps(list(paper_ids))],
        )
        return [_record(row) for row in rows]

    def of_paper(self, paper_id: str, *, place: str = WHOLE_TEAM) -> list[Note]:
        """The notes on a paper that may be seen in *place*, oldest first."""
        rows = self._connections.query(
            "SELECT * FROM notes WHERE team = ? AND place IN ('', ?) AND paper_id = ? "
            "ORDER BY written_at, id",
            [self._team, place, paper_id],
        )
        return [_record(row) for row in rows]


def _record(row: dict[str, Any]) -> Note:
    return Note(
        paper_id=row["paper_id"],
        author=row["author"],
        text=row["text"],
        origin=row["origin"],
        written_at=from_text(row["written_at"]),
        id=row["id"],
    )

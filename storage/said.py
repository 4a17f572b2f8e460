"""The words of notes and corrections, apart from the index of papers that all teams share."""

import sqlite3
from collections.abc import Iterable

from sqlite_utils import Database

from storage.connections import Connections
from storage.scope import WHOLE_TEAM
from storage.trouble import is_malformed_query


def drop_deleted_words(db: Database) -> None:
    """Take the words of deleted notes and corrections out of the full-text index, which only
    marks them as deleted until it is merged."""
    db.execute("INSERT INTO said_text (said_text) VALUES ('optimize')")


class Said:
    """The tables ``said`` and ``said_text``. They hold what a team wrote, wherever; found is
    only what may be seen in one."""

    def __init__(self, connections: Connections, team: str) -> None:
        self._connections = connections
        self._team = team

    def new_notes(self) -> list[tuple[int, str]]:
        """Id and text of the team's notes, of every place, whose words are not indexed yet."""
        rows = self._connections.query(
            "SELECT id, text FROM notes WHERE team = ? AND NOT EXISTS "
            "(SELECT 1 FROM said WHERE said.note_id = notes.id) ORDER BY id",
            [self._team],
        )
        return [(row["id"], row["text"]) for row in rows]

    def new_corrections(self) -> list[tuple[int, str]]:
        """The same of corrections; the text is what they hold as JSON."""
        rows = self._connections.query(
            "SELECT id, content FROM corrections WHERE team = ? AND NOT EXISTS "
            "(SELECT 1 FROM said WHERE said.correction_id = corrections.id) ORDER BY id",
            [self._team],
        )
        return [(row["id"], row["content"]) for row in rows]

    def save_notes(self, words: Iterable[tuple[int, str]]) -> None:
        """Index the words of notes, given by id."""
        self._save("note_id", "notes", words)

    def save_corrections(self, words: Iterable[tuple[int, str]]) -> None:
        """Index the words of corrections, given by id."""
        self._save("correction_id", "corrections", words)

    def match(self, expression: str, *, limit: int, place: str = WHOLE_TEAM) -> list[str]:
        """Ids of the papers about which something was written that matches and may be seen in
        *place*, best first; nothing for a malformed expression."""
        if not expression:
            return []
        try:
            rows = self._connections.rows(
                "SELECT DISTINCT coalesce(n.paper_id, c.paper_id) FROM said_text "
                "JOIN said ON said.doc = said_text.rowid "
                "LEFT JOIN notes n ON n.id = said.note_id AND n.team = ? AND n.place IN ('', ?) "
                "LEFT JOIN corrections c ON c.id = said.correction_id AND c.team = ? "
                "AND c.place IN ('', ?) WHERE said_text MATCH ? "
                "AND coalesce(n.paper_id, c.paper_id) IS NOT NULL "
                "ORDER BY bm25(said_text), said.doc DESC LIMIT ?",
                [self._team, place, self._team, place, expression, limit],
            )
        except sqlite3.OperationalError as error:
            if is_malformed_query(error):
                return []
            raise
        return [str(row[0]) for row in rows]

    def _save(self, column: str, table: str, words: Iterable[tuple[int, str]]) -> None:
        """What another has indexed or deleted meanwhile is left out."""
        with self._connections.transaction() as db:
            for owner, text in words:
                new = db.execute(
                    f"INSERT INTO said ({column}) SELECT id FROM {table} WHERE id = ? AND team = ? "
                    f"ON CONFLICT ({column}) DO NOTHING RETURNING doc",
                    [owner, self._team],
                ).fetchone()
                if new is not None:
                    db.execute("INSERT INTO said_text (rowid, text) VALUES (?, ?)", [new[0], text])

"""The words of notes and corrections, apart from the index of papers that all teams share."""

from collections.abc import Iterable

from storage.records import TeamTables
from storage.scope import WHOLE_TEAM


class MemberTexts(TeamTables):
    """The table ``member_texts`` and its words. They hold what a team wrote, wherever; found is
    only what may be seen in one."""

    def new_notes(self) -> list[tuple[int, str]]:
        """Id and text of the team's notes, of every place, whose words are not indexed yet."""
        return self._new("note_id", "notes", "text")

    def new_corrections(self) -> list[tuple[int, str]]:
        """The same of corrections; the text is what they hold as JSON."""
        return self._new("correction_id", "corrections", "content")

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
        return self._connections.words.match_member_texts(
            expression, team=self._team, place=place, limit=limit
        )

    def _new(self, column: str, table: str, text: str) -> list[tuple[int, str]]:
        return self._connections.rows(
            f"SELECT id, {text} FROM {table} t WHERE team = ? AND NOT EXISTS (SELECT 1 "
            f"FROM member_texts m WHERE m.team = t.team AND m.{column} = t.id) ORDER BY id",
            [self._team],
        )

    def _save(self, column: str, table: str, words: Iterable[tuple[int, str]]) -> None:
        """What another has indexed or deleted meanwhile is left out."""
        with self._connections.transaction():
            for owner, text in words:
                new = self._connections.row(
                    f"INSERT INTO member_texts (team, {column}) SELECT team, id FROM {table} "
                    "WHERE id = ? AND team = ? "
                    f"ON CONFLICT (team, {column}) DO NOTHING RETURNING doc",
                    [owner, self._team],
                )
                if new is not None:
                    self._connections.words.save_member_text(new[0], self._team, text)

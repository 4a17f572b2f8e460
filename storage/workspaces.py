"""Workspaces that installed Paperboy by OAuth, and their tokens."""

from dataclasses import dataclass
from datetime import datetime

from storage.records import Tables, record_of
from storage.times import to_text


@dataclass(frozen=True)
class Workspace:
    """``team`` is Slack's id; ``removed_at`` tells since when Paperboy is not welcome there."""

    team: str
    name: str
    installed_by: str | None
    installed_at: datetime
    removed_at: datetime | None = None


class Workspaces(Tables):
    """The tables ``workspaces`` and ``tokens``."""

    def add(self, team: str, name: str, *, installed_by: str | None, now: datetime) -> None:
        """Remember an installation; one after a removal counts anew."""
        with self._connections.transaction(durable=True):
            values = {"name": name, "installed_by": installed_by, "installed_at": to_text(now)}
            self._connections.upsert(
                "workspaces", ["team"], {"team": team, **values, "removed_at": None}
            )

    def remove(self, team: str, *, now: datetime) -> None:
        """Remember that a workspace took Paperboy away. What it owns stays until it is deleted."""
        with self._connections.transaction(durable=True):
            self._connections.execute(
                "UPDATE workspaces SET removed_at = ? WHERE team = ? AND removed_at IS NULL",
                [to_text(now), team],
            )

    def save_token(self, team: str, client_id: str, token: str) -> None:
        """Keep a workspace's bot token in place of an earlier one; *client_id* is the app's."""
        with self._connections.transaction(durable=True):
            values = {"team": team, "client_id": client_id, "token": token}
            self._connections.upsert("tokens", ["team"], values)

    def token(self, team: str, client_id: str) -> str | None:
        """The bot token of a workspace, or None when it has not installed this app."""
        row = self._connections.row(
            "SELECT token FROM tokens WHERE team = ? AND client_id = ?", [team, client_id]
        )
        return None if row is None else str(row[0])

    def drop_token(self, team: str) -> None:
        """Delete a workspace's token."""
        with self._connections.transaction(durable=True):
            self._connections.execute("DELETE FROM tokens WHERE team = ?", [team])
        self._connections.drop_forgotten()

    def get(self, team: str) -> Workspace | None:
        """The workspace with this id, or None."""
        return next((one for one in self.all() if one.team == team), None)

    def all(self) -> list[Workspace]:
        """Every workspace that ever installed Paperboy, oldest first."""
        rows = self._connections.query("SELECT * FROM workspaces ORDER BY installed_at, team")
        return [record_of(Workspace, row) for row in rows]

    def installed(self) -> list[Workspace]:
        """Those that have it now."""
        return [one for one in self.all() if one.removed_at is None]

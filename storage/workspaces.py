"""Workspaces that installed Paperboy by OAuth. Their tokens lie in Bolt's own tables."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.connections import Connections
from storage.times import from_text, optional_time, to_text


@dataclass(frozen=True)
class Workspace:
    """``team`` is Slack's id; ``removed_at`` tells since when Paperboy is not welcome there."""

    team: str
    name: str
    installed_by: str | None
    installed_at: datetime
    removed_at: datetime | None = None


class Workspaces:
    """The table ``workspaces``."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def add(self, team: str, name: str, *, installed_by: str | None, now: datetime) -> None:
        """Remember an installation; one after a removal counts anew."""
        with self._connections.transaction(durable=True):
            self._connections.execute(
                "INSERT INTO workspaces (team, name, installed_by, installed_at) "
                "VALUES (?, ?, ?, ?) ON CONFLICT (team) DO UPDATE SET name = excluded.name, "
                "installed_by = excluded.installed_by, installed_at = excluded.installed_at, "
                "removed_at = NULL",
                [team, name, installed_by, to_text(now)],
            )

    def remove(self, team: str, *, now: datetime) -> None:
        """Remember that a workspace took Paperboy away. What it owns stays until it is deleted."""
        with self._connections.transaction(durable=True):
            self._connections.execute(
                "UPDATE workspaces SET removed_at = ? WHERE team = ? AND removed_at IS NULL",
                [to_text(now), team],
            )

    def get(self, team: str) -> Workspace | None:
        """The workspace with this id, or None."""
        return next((one for one in self.all() if one.team == team), None)

    def all(self) -> list[Workspace]:
        """Every workspace that ever installed Paperboy, oldest first."""
        rows = self._connections.query("SELECT * FROM workspaces ORDER BY installed_at, team")
        return [_record(row) for row in rows]

    def installed(self) -> list[Workspace]:
        """Those that have it now."""
        return [one for one in self.all() if one.removed_at is None]


def _record(row: dict[str, Any]) -> Workspace:
    return Workspace(
        team=row["team"],
        name=row["name"],
        installed_by=row["installed_by"],
        installed_at=from_text(row["installed_at"]),
        removed_at=optional_time(row["removed_at"]),
    )

"""What is wrong with Paperboy as a whole, since when, and what was wrong before; and the last time
that something happened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.connections import Connections
from storage.times import from_text, optional_time, to_text


@dataclass(frozen=True)
class Incident:
    """One thing that went wrong once: ``kind`` and ``subject`` (a channel, a source) name it,
    ``detail`` is a word about its cause. ``ended_at`` is None while it goes on."""

    id: int
    kind: str
    subject: str
    detail: str
    began_at: datetime
    ended_at: datetime | None = None


class Incidents:
    """A team's table ``incidents``: at most one open row for a kind and subject."""

    def __init__(self, connections: Connections, team: str) -> None:
        self._connections = connections
        self._team = team

    def begin(self, kind: str, subject: str, *, detail: str, now: datetime) -> Incident | None:
        """Open an incident; None when it is open already."""
        row = self._connections.changed(
            "INSERT INTO incidents (team, kind, subject, detail, began_at) "
            "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id",
            [self._team, kind, subject, detail, to_text(now)],
        )
        return None if row is None else Incident(int(row[0]), kind, subject, detail, now)

    def end(self, incident_id: int, *, now: datetime) -> bool:
        """Close an incident; False when it was closed before."""
        return bool(
            self._connections.execute(
                "UPDATE incidents SET ended_at = ? WHERE id = ? AND team = ? AND ended_at IS NULL",
                [to_text(now), incident_id, self._team],
            )
        )

    def open(self) -> list[Incident]:
        """What is wrong now, the oldest first."""
        return self._select("AND ended_at IS NULL ORDER BY id", [])

    def _select(self, further: str, values: list[Any]) -> list[Incident]:
        sql = f"SELECT * FROM incidents WHERE team = ? {further}"
        rows = self._connections.query(sql, [self._team, *values])
        return [
            Incident(
                id=row["id"],
                kind=row["kind"],
                subject=row["subject"],
                detail=row["detail"],
                began_at=from_text(row["began_at"]),
                ended_at=optional_time(row["ended_at"]),
            )
            for row in rows
        ]


class Moments:
    """The table ``moments``: when something last happened, by name."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def mark(self, name: str, *, now: datetime) -> None:
        """*name* happens now."""
        self._connections.execute(
            "INSERT INTO moments (name, at) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET at = excluded.at",
            [name, to_text(now)],
        )

    def last(self, name: str) -> datetime | None:
        """When *name* last happened, or None."""
        row = self._connections.row("SELECT at FROM moments WHERE name = ?", [name])
        return None if row is None else from_text(row[0])

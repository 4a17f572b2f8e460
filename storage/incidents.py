"""What is wrong with Paperboy as a whole, since when, and what was wrong before; and the last time
that something happened."""

from dataclasses import dataclass
from datetime import datetime

from storage.records import Tables, TeamTable
from storage.times import from_text, to_text


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


class Incidents(TeamTable[Incident]):
    """A team's table ``incidents``: at most one open row for a kind and subject."""

    _table, _kind = "incidents", Incident

    def begin(self, kind: str, subject: str, *, detail: str, now: datetime) -> Incident | None:
        """Open an incident; None when it is open already."""
        values = {"kind": kind, "subject": subject, "detail": detail, "began_at": to_text(now)}
        new = self._connections.add_numbered("incidents", {"team": self._team, **values})
        return None if new is None else Incident(new, kind, subject, detail, now)

    def end(self, incident_id: int, *, now: datetime) -> bool:
        """Close an incident; False when it was closed before."""
        return bool(
            self._change({"ended_at": to_text(now)}, "AND id = ? AND ended_at IS NULL", incident_id)
        )

    def open(self) -> list[Incident]:
        """What is wrong now, the oldest first."""
        return self._select("AND ended_at IS NULL ORDER BY id")


class Moments(Tables):
    """The table ``moments``: when something last happened, by name."""

    def mark(self, name: str, *, now: datetime) -> None:
        """*name* happens now."""
        self._connections.upsert("moments", ["name"], {"name": name, "at": to_text(now)})

    def last(self, name: str) -> datetime | None:
        """When *name* last happened, or None."""
        row = self._connections.row("SELECT at FROM moments WHERE name = ?", [name])
        return None if row is None else from_text(row[0])

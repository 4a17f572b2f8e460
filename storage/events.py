"""Slack events seen, so that a repeat is known for one, and what is done once and never again."""

from datetime import datetime, timedelta

from storage.connections import Connections
from storage.times import to_text

KEPT = timedelta(days=3)


class Events:
    """The table ``events``."""

    def __init__(self, connections: Connections, team: str) -> None:
        self._connections = connections
        self._team = team

    def claim(self, event_id: str, *, now: datetime | None) -> bool:
        """True the first time an event id is seen, False on every repeat; without *now* for good,
        otherwise until :meth:`forget_old`."""
        return bool(
            self._connections.execute(
                "INSERT INTO events (team, id, seen_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                [self._team, event_id, None if now is None else to_text(now)],
            )
        )

    def forget_old(self, *, now: datetime) -> None:
        """Drop events older than Slack's longest repeat (a day), with room to spare."""
        self._connections.execute(
            "DELETE FROM events WHERE team = ? AND seen_at < ?",
            [self._team, to_text(now - KEPT)],
        )

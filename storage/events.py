"""Slack events seen, so that a repeat is known for one, and what is done once and never again."""

from datetime import datetime, timedelta

from storage.records import TeamTables, stored
from storage.times import to_text

KEPT = timedelta(days=3)


class Events(TeamTables):
    """The table ``events``."""

    def claim(self, event_id: str, *, now: datetime | None) -> bool:
        """True the first time an event id is seen, False on every repeat; without *now* for good,
        otherwise until :meth:`forget_old`."""
        values = {"team": self._team, "id": event_id, "seen_at": stored(now)}
        return self._connections.add("events", values)

    def forget_old(self, *, now: datetime) -> None:
        """Drop events older than Slack's longest repeat (a day), with room to spare."""
        self._connections.execute(
            "DELETE FROM events WHERE team = ? AND seen_at < ?",
            [self._team, to_text(now - KEPT)],
        )

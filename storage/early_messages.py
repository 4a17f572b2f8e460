"""Messages in threads that are only just being opened, until it is known whose those are."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage.records import TeamTables, as_json
from storage.times import to_text

# Messages that open a thread and are on their way: their ``ts`` isn't known yet.
_UNDER_WAY = "state = 'sending' AND kind IN ('digest', 'card')"


class EarlyMessages(TeamTables):
    """The table ``early_messages`` of a team."""

    def are_possible(self, channel: str) -> bool:
        """Whether a message that opens a thread is on its way to a channel, or may stand there
        without our knowing its ``ts``."""
        row = self._connections.row(
            f"SELECT 1 FROM deliveries WHERE team = ? AND channel = ? AND {_UNDER_WAY} LIMIT 1",
            [self._team, channel],
        )
        return row is not None

    def keep(
        self,
        *,
        channel: str,
        thread_ts: str,
        ts: str,
        user: str,
        message: Mapping[str, Any],
        now: datetime,
    ) -> None:
        """Keep a message; kept again it is replaced."""
        self._connections.upsert(
            "early_messages",
            ("team", "channel", "ts"),
            {
                "team": self._team,
                "channel": channel,
                "ts": ts,
                "thread_ts": thread_ts,
                "member": user,
                "message": as_json(message),
                "heard_at": to_text(now),
            },
        )

    def take(self, channel: str, thread_ts: str) -> list[dict[str, Any]]:
        """The messages of a thread in their order, which are kept no longer: only one caller
        gets them."""
        with self._connections.transaction():
            rows = self._connections.query(
                "DELETE FROM early_messages WHERE team = ? AND channel = ? AND thread_ts = ? "
                "RETURNING ts, message",
                [self._team, channel, thread_ts],
            )
            found = sorted(rows, key=lambda row: str(row["ts"]))
        return [json.loads(row["message"]) for row in found]

    def drop(self, channel: str, ts: str) -> None:
        """Forget a message that its author took back."""
        self._connections.execute(
            "DELETE FROM early_messages WHERE team = ? AND channel = ? AND ts = ?",
            [self._team, channel, ts],
        )

    def settled(self, *, since: datetime) -> list[tuple[str, str]]:
        """Channel and root of the threads about which all is known that will be: they are ours,
        nothing is being posted in their channel any more, or it was said before *since*."""
        rows = self._connections.query(
            "SELECT DISTINCT e.channel, e.thread_ts "
            "FROM early_messages e "
            "LEFT JOIN threads t ON t.team = e.team AND t.channel = e.channel "
            "AND t.ts = e.thread_ts "
            "WHERE e.team = ? AND (t.ts IS NOT NULL OR e.heard_at <= ? OR NOT EXISTS ("
            "SELECT 1 FROM deliveries d WHERE d.team = e.team AND d.channel = e.channel "
            f"AND {_UNDER_WAY}))",
            [self._team, to_text(since)],
        )
        return [(row["channel"], row["thread_ts"]) for row in rows]

"""Channels that can't be posted to at the moment, and whether somebody was told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.connections import Connections
from storage.times import from_text, optional_time, to_text


@dataclass(frozen=True)
class ChannelProblem:
    """What keeps messages from a channel: Slack's error word, since when, and since when the
    one who can act knows."""

    channel: str
    code: str
    detail: str
    since: datetime
    told_at: datetime | None = None


class ChannelProblems:
    """The table ``channel_problems``; a row lives until a message gets through again."""

    def __init__(self, connections: Connections, team: str) -> None:
        self._connections = connections
        self._team = team

    def note(self, channel: str, *, code: str, detail: str, now: datetime) -> ChannelProblem:
        """Remember a problem and return it; one that goes on keeps its beginning."""
        with self._connections.transaction():
            self._connections.execute(
                "INSERT INTO channel_problems (team, channel, code, detail, since) "
                "VALUES (?, ?, ?, ?, ?) ON CONFLICT (team, channel) DO UPDATE "
                "SET code = excluded.code, detail = excluded.detail, "
                "since = CASE WHEN channel_problems.code = excluded.code "
                "THEN channel_problems.since ELSE excluded.since END, "
                "told_at = CASE WHEN channel_problems.code = excluded.code "
                "THEN channel_problems.told_at END",
                [self._team, channel, code, detail, to_text(now)],
            )
            return self._select("AND channel = ?", [channel])[0]

    def told(self, channel: str, *, now: datetime) -> None:
        """Remember that somebody was told."""
        self._connections.execute(
            "UPDATE channel_problems SET told_at = ? WHERE team = ? AND channel = ?",
            [to_text(now), self._team, channel],
        )

    def clear(self, channel: str) -> None:
        """Forget a problem: a message got through."""
        self._connections.execute(
            "DELETE FROM channel_problems WHERE team = ? AND channel = ?", [self._team, channel]
        )

    def get(self, channel: str) -> ChannelProblem | None:
        """What keeps messages from this channel, or None."""
        rows = self._select("AND channel = ?", [channel])
        return rows[0] if rows else None

    def all(self) -> list[ChannelProblem]:
        """Every channel that has a problem, the longest one first."""
        return self._select("ORDER BY since, channel", [])

    def _select(self, further: str, values: list[Any]) -> list[ChannelProblem]:
        sql = f"SELECT * FROM channel_problems WHERE team = ? {further}"
        rows = self._connections.query(sql, [self._team, *values])
        return [
            ChannelProblem(
                channel=row["channel"],
                code=row["code"],
                detail=row["detail"],
                since=from_text(row["since"]),
                told_at=optional_time(row["told_at"]),
            )
            for row in rows
        ]

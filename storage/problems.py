"""Channels that can't be posted to at the moment, and whether somebody was told."""

from dataclasses import dataclass
from datetime import datetime

from storage.records import TeamTable
from storage.times import to_text


@dataclass(frozen=True)
class ChannelProblem:
    """What keeps messages from a channel: Slack's error word, since when, and since when the
    one who can act knows."""

    channel: str
    code: str
    detail: str
    since: datetime
    told_at: datetime | None = None


class ChannelProblems(TeamTable[ChannelProblem]):
    """The table ``channel_problems``; a row lives until a message gets through again."""

    _table, _kind = "channel_problems", ChannelProblem

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
            return self._select("AND channel = ?", channel)[0]

    def told(self, channel: str, *, now: datetime) -> None:
        """Remember that somebody was told."""
        self._change({"told_at": to_text(now)}, "AND channel = ?", channel)

    def clear(self, channel: str) -> None:
        """Forget a problem: a message got through."""
        self._delete("AND channel = ?", channel)

    def get(self, channel: str) -> ChannelProblem | None:
        """What keeps messages from this channel, or None."""
        return self._first("AND channel = ?", channel)

    def all(self) -> list[ChannelProblem]:
        """Every channel that has a problem, the longest one first."""
        return self._select("ORDER BY since, channel")

"""Threads that are about a paper or a digest, and what was said in them."""

import json
from dataclasses import dataclass
from datetime import datetime

from storage.records import TeamTable, record_of, values_of
from storage.times import to_text


@dataclass(frozen=True)
class Thread:
    """A Slack thread by its root's ``ts``. ``kind`` is ``paper``, ``digest`` or ``open`` (a
    conversation without a fixed subject, such as a direct message)."""

    channel: str
    ts: str
    kind: str
    paper_id: str | None = None
    digest_id: int | None = None


@dataclass(frozen=True)
class Turn:
    """One thing said in a thread. ``speaker`` is a user id or ``paperboy``."""

    channel: str
    thread_ts: str
    ts: str
    speaker: str
    text: str
    said_at: datetime
    paper_ids: tuple[str, ...] = ()


class Threads(TeamTable[Thread]):
    """The tables ``threads`` and ``turns`` of a team."""

    _table, _kind = "threads", Thread

    def save(self, thread: Thread, *, now: datetime) -> None:
        """Remember what a thread is about; a later save replaces it."""
        values = {"team": self._team, **values_of(thread), "opened_at": to_text(now)}
        self._connections.upsert("threads", ("team", "channel", "ts"), values)

    def get(self, channel: str, ts: str) -> Thread | None:
        """The thread with this root, or None when it isn't ours."""
        return self._first("AND channel = ? AND ts = ?", channel, ts)

    def of_paper(self, channel: str, paper_id: str) -> Thread | None:
        """The newest thread in a channel that is about this paper alone, or None."""
        newest = (
            "AND channel = ? AND paper_id = ? AND kind = 'paper' ORDER BY opened_at DESC LIMIT 1"
        )
        return self._first(newest, channel, paper_id)

    def add_turn(self, turn: Turn) -> None:
        """Remember something said; said twice (an event repeated) it is kept once."""
        self._connections.add("turns", {"team": self._team, **values_of(turn)})

    def turn(self, channel: str, ts: str) -> Turn | None:
        """What was said in one message, or None when it wasn't kept."""
        row = self._connections.first(
            "SELECT * FROM turns WHERE team = ? AND channel = ? AND ts = ?",
            [self._team, channel, ts],
        )
        return None if row is None else record_of(Turn, row)

    def reword_turn(self, channel: str, ts: str, text: str) -> None:
        """Replace the words of a message that its author edited."""
        self._connections.execute(
            "UPDATE turns SET text = ? WHERE team = ? AND channel = ? AND ts = ?",
            [text, self._team, channel, ts],
        )

    def forget_turn(self, channel: str, ts: str) -> None:
        """Drop what was said in a message that its author deleted."""
        self._connections.execute(
            "DELETE FROM turns WHERE team = ? AND channel = ? AND ts = ?",
            [self._team, channel, ts],
        )

    def last_papers(self, channel: str, *, since: datetime) -> tuple[str, ...]:
        """The papers last talked about anywhere in a channel since then."""
        row = self._connections.row(
            "SELECT paper_ids FROM turns WHERE team = ? AND channel = ? AND said_at >= ? "
            "AND paper_ids != '[]' ORDER BY id DESC LIMIT 1",
            [self._team, channel, to_text(since)],
        )
        return () if row is None else tuple(json.loads(row[0]))

    def turns(self, channel: str, thread_ts: str, *, limit: int = 20) -> list[Turn]:
        """The last *limit* turns of a thread, oldest first."""
        rows = self._connections.query(
            "SELECT * FROM turns WHERE team = ? AND channel = ? AND thread_ts = ? "
            "ORDER BY id DESC LIMIT ?",
            [self._team, channel, thread_ts, limit],
        )
        return [record_of(Turn, row) for row in reversed(rows)]

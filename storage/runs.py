"""Mornings: which channel's run was due when, who does it, and how it ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage.connections import Connections
from storage.leases import FREE, Leases, taken
from storage.records import TeamTable
from storage.times import is_over, to_text, waiting

# Of two processes one may ask with a moment that lies before the other's beginning: it waited for
# the database meanwhile, or its clock is behind.
_OPEN = (
    f"(runs.state = 'running' AND {is_over('runs.lease_until')} "
    f"OR runs.state = 'waiting' AND {is_over('runs.next_try')} OR runs.begun_at > :horizon)"
)


class RunState(StrEnum):
    """running → done, or waiting for another try."""

    RUNNING = "running"
    WAITING = "waiting"
    DONE = "done"


@dataclass(frozen=True)
class Run:
    """One channel's run for one due time; ``outcome`` is a word of the room that ran it. One that
    was ``asked`` for is beside the channel's usual times."""

    channel: str
    due: datetime
    state: RunState
    outcome: str | None
    attempts: int
    begun_at: datetime
    next_try: datetime | None = None
    ended_at: datetime | None = None
    asked: bool = False


class Runs(TeamTable[Run]):
    """The table ``runs``, one row for a team's channel and a due time."""

    _table, _kind = "runs", Run

    def __init__(self, connections: Connections, team: str) -> None:
        super().__init__(connections, team)
        self.leases = Leases(connections, team, table="runs", state=RunState.RUNNING)

    def claim(
        self, channel: str, due: datetime, *, owner: str, now: datetime, lease: timedelta
    ) -> bool:
        """Take a run: one that nobody began, whose owner's lease ran out, or whose next try has
        come. One that began long after *now* was never due: the clock was ahead. True for exactly
        one caller."""
        return bool(
            self._connections.execute(
                "INSERT INTO runs (team, channel, due, state, attempts, lease_owner, "
                "lease_until, begun_at) VALUES "
                "(:team, :channel, :due, 'running', 1, :owner, :until, :now) "
                "ON CONFLICT (team, channel, due) DO UPDATE SET state = 'running', "
                f"{taken('runs')}, "
                "next_try = NULL, outcome = NULL, ended_at = NULL, "
                f"begun_at = :now WHERE {_OPEN}",
                {
                    "team": self._team,
                    "channel": channel,
                    "due": to_text(due),
                    "owner": owner,
                    "until": to_text(now + lease),
                    **waiting(now),
                },
            )
        )

    def ask(self, channel: str, *, now: datetime) -> None:
        """Have a run at once, beside the usual times."""
        moment = to_text(now)
        times = {"due": moment, "next_try": moment, "begun_at": moment}
        values = {"team": self._team, "channel": channel, "state": "waiting", "asked": 1, **times}
        self._connections.add("runs", values)

    def is_open(self, channel: str, due: datetime, *, now: datetime) -> bool:
        """Whether :meth:`claim` would succeed at *now*."""
        row = self._connections.row(
            f"SELECT {_OPEN} FROM runs WHERE team = :team AND channel = :channel AND due = :due",
            {"team": self._team, "channel": channel, "due": to_text(due), **waiting(now)},
        )
        return row is None or bool(row[0])

    def finish(self, channel: str, due: datetime, *, outcome: str, now: datetime) -> None:
        """Record how a run ended."""
        self._connections.execute(
            f"UPDATE runs SET state = 'done', outcome = ?, ended_at = ?, {FREE}, "
            "next_try = NULL WHERE team = ? AND channel = ? AND due = ?",
            [outcome, to_text(now), self._team, channel, to_text(due)],
        )

    def put_off(self, channel: str, due: datetime, *, outcome: str, next_try: datetime) -> None:
        """Have a run tried again at *next_try*."""
        self._connections.execute(
            f"UPDATE runs SET state = 'waiting', outcome = ?, next_try = ?, {FREE} "
            "WHERE team = ? AND channel = ? AND due = ?",
            [outcome, to_text(next_try), self._team, channel, to_text(due)],
        )

    def get(self, channel: str, due: datetime) -> Run | None:
        """The run of a channel for a due time, or None when nobody began it."""
        return self._first("AND channel = ? AND due = ?", channel, to_text(due))

    def latest(self, channel: str, *, now: datetime) -> Run | None:
        """The channel's run with the newest due time up to *now*, or None."""
        return self._first(
            "AND channel = ? AND due <= ? ORDER BY due DESC LIMIT 1", channel, to_text(now)
        )

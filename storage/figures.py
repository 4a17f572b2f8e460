"""Figures over whole tables, for the monitoring: counts, sums and last times, no texts, no ids."""

from dataclasses import dataclass
from datetime import datetime

from storage.records import Tables
from storage.times import optional_time


@dataclass(frozen=True)
class ModelUse:
    """What the calls of one model came to, by purpose and outcome."""

    model: str
    purpose: str
    outcome: str
    calls: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    cost_usd: float


class Figures(Tables):
    """Reads over all tables of all teams; each is one pass over an index or a small table."""

    def deliveries_by_state(self) -> dict[str, int]:
        """How many messages are in each state."""
        return self._numbers("SELECT state, count(*) FROM deliveries GROUP BY state")

    def questions_by_state(self) -> dict[str, int]:
        """How many questions are in each state."""
        return self._numbers("SELECT state, count(*) FROM questions GROUP BY state")

    def open_incidents(self) -> dict[str, int]:
        """How many things are wrong now, by kind."""
        return self._numbers(
            "SELECT kind, count(*) FROM incidents WHERE ended_at IS NULL GROUP BY kind"
        )

    def model_use(self) -> list[ModelUse]:
        """All calls that were ever made, summed up."""
        rows = self._connections.query(
            "SELECT model_asked AS model, purpose, outcome, count(*) AS calls, "
            "CAST(sum(input_tokens) AS BIGINT) AS input_tokens, "
            "CAST(sum(cached_tokens) AS BIGINT) AS cached_tokens, "
            "CAST(sum(output_tokens) AS BIGINT) AS output_tokens, "
            "coalesce(sum(cost_usd), 0.0) AS cost_usd "
            "FROM model_calls GROUP BY model_asked, purpose, outcome"
        )
        return [ModelUse(**row) for row in rows]

    def last_digests(self) -> list[datetime | None]:
        """For each subscribed channel, when its last digest was posted; None for never."""
        rows = self._connections.query(
            "SELECT (SELECT max(posted_at) FROM deliveries d WHERE d.team = s.team "
            "AND d.channel = s.channel AND d.kind = 'digest' AND d.state = 'posted') AS at "
            "FROM subscriptions s WHERE s.active = 1"
        )
        return [optional_time(row["at"]) for row in rows]

    def bytes_used(self) -> int:
        """The size of the database on its disk."""
        return self._connections.bytes_used()

    def _numbers(self, sql: str) -> dict[str, int]:
        return {name: int(many) for name, many in self._connections.rows(sql)}

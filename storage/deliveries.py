"""The outbox: promised Slack messages, from planned to posted."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from storage.connections import Connections
from storage.times import optional_text, optional_time, to_text


class DeliveryState(StrEnum):
    """planned → sending → posted, or failed. ``planned`` may carry a next try."""

    PLANNED = "planned"
    SENDING = "sending"
    POSTED = "posted"
    FAILED = "failed"


@dataclass(frozen=True)
class Delivery:
    """One promised message. ``kind`` is ``digest`` (a root), ``part`` (its continuation in the
    thread), ``card`` (a paper's own message), ``reply`` or ``notice``. ``payload`` holds
    ``text`` and ``blocks``. A delivery with a parent is sent after it, into its thread when
    ``kind`` is ``part`` or ``reply``."""

    id: int
    key: str
    channel: str
    kind: str
    position: int
    payload: Mapping[str, Any]
    state: DeliveryState
    digest_id: int | None = None
    parent_id: int | None = None
    thread_ts: str | None = None
    paper_id: str | None = None
    attempts: int = 0
    next_try: datetime | None = None
    reason: str | None = None
    ts: str | None = None
    posted_at: datetime | None = None


class Deliveries:
    """The table ``deliveries``."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def plan(
        self,
        *,
        key: str,
        channel: str,
        kind: str,
        payload: Mapping[str, Any],
        now: datetime,
        position: int = 0,
        digest_id: int | None = None,
        parent_id: int | None = None,
        thread_ts: str | None = None,
        paper_id: str | None = None,
    ) -> int | None:
        """Promise a message. Returns its id, or None when this key was promised before."""
        with self._connections.transaction() as db:
            cursor = db.execute(
                "INSERT INTO deliveries (key, digest_id, parent_id, channel, kind, position, "
                "thread_ts, paper_id, payload, state, planned_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned', ?) ON CONFLICT (key) DO NOTHING",
                [
                    key,
                    digest_id,
                    parent_id,
                    channel,
                    kind,
                    position,
                    thread_ts,
                    paper_id,
                    json.dumps(payload, ensure_ascii=False),
                    to_text(now),
                ],
            )
            return int(cursor.lastrowid or 0) if cursor.rowcount else None

    def get(self, delivery_id: int) -> Delivery | None:
        """The delivery with this id, or None."""
        rows = self._select("WHERE id = ?", [delivery_id])
        return rows[0] if rows else None

    def find(self, key: str) -> Delivery | None:
        """The delivery with this key, or None."""
        rows = self._select("WHERE key = ?", [key])
        return rows[0] if rows else None

    def of_digest(self, digest_id: int) -> list[Delivery]:
        """A digest's deliveries in their order."""
        return self._select("WHERE digest_id = ? ORDER BY position, id", [digest_id])

    def claim_next(self, *, owner: str, now: datetime, lease: timedelta) -> Delivery | None:
        """Take the oldest delivery that may be sent now, and mark it as being sent.

        Within a channel the order is kept: a delivery waits for the earlier ones. A row left in
        ``sending`` by a process whose lease ran out is taken over; its ``attempts`` above one
        tells the caller to look for the message in the channel before sending.
        """
        moment = to_text(now)
        with self._connections.transaction() as db:
            rows = self._select(
                """
                WHERE (state = 'planned' AND coalesce(next_try, '') <= ?
                       OR state = 'sending' AND coalesce(lease_until, '') <= ?)
                  AND NOT EXISTS (SELECT 1 FROM deliveries e WHERE e.channel = deliveries.channel
                                  AND e.id < deliveries.id AND e.state IN ('planned', 'sending'))
                  AND (parent_id IS NULL OR EXISTS (SELECT 1 FROM deliveries p
                       WHERE p.id = deliveries.parent_id AND p.state = 'posted'))
                ORDER BY id LIMIT 1
                """,
                [moment, moment],
            )
            if not rows:
                return None
            db.execute(
                "UPDATE deliveries SET state = 'sending', attempts = attempts + 1, "
                "lease_owner = ?, lease_until = ? WHERE id = ?",
                [owner, to_text(now + lease), rows[0].id],
            )
            return self.get(rows[0].id)

    def posted(self, delivery_id: int, *, ts: str, now: datetime) -> None:
        """Record that Slack has the message."""
        with self._connections.transaction() as db:
            db.execute(
                "UPDATE deliveries SET state = 'posted', ts = ?, posted_at = ?, reason = NULL, "
                "lease_owner = NULL, lease_until = NULL, next_try = NULL WHERE id = ?",
                [ts, to_text(now), delivery_id],
            )

    def failed(self, delivery_id: int, *, reason: str, next_try: datetime | None) -> None:
        """Record a failure: to be tried again at *next_try*, or for good when that is None."""
        state = DeliveryState.FAILED if next_try is None else DeliveryState.PLANNED
        with self._connections.transaction() as db:
            db.execute(
                "UPDATE deliveries SET state = ?, reason = ?, next_try = ?, lease_owner = NULL, "
                "lease_until = NULL WHERE id = ?",
                [state.value, reason, optional_text(next_try), delivery_id],
            )

    def last_posted(self, channel: str) -> Delivery | None:
        """The newest posted digest root of a channel."""
        rows = self._select(
            "WHERE channel = ? AND kind = 'digest' AND state = 'posted' "
            "ORDER BY posted_at DESC LIMIT 1",
            [channel],
        )
        return rows[0] if rows else None

    def counts_by_state(self) -> dict[str, int]:
        """How many deliveries are in each state."""
        rows = self._connections.db.query(
            "SELECT state, count(*) AS many FROM deliveries GROUP BY state"
        )
        return {row["state"]: row["many"] for row in rows}

    def _select(self, where: str, values: Sequence[Any]) -> list[Delivery]:
        rows = list(self._connections.db.query(f"SELECT * FROM deliveries {where}", list(values)))
        return [_record(row) for row in rows]


def _record(row: dict[str, Any]) -> Delivery:
    return Delivery(
        id=row["id"],
        key=row["key"],
        channel=row["channel"],
        kind=row["kind"],
        position=row["position"],
        payload=json.loads(row["payload"]),
        state=DeliveryState(row["state"]),
        digest_id=row["digest_id"],
        parent_id=row["parent_id"],
        thread_ts=row["thread_ts"],
        paper_id=row["paper_id"],
        attempts=row["attempts"],
        next_try=optional_time(row["next_try"]),
        reason=row["reason"],
        ts=row["ts"],
        posted_at=optional_time(row["posted_at"]),
    )

"""The outbox: promised Slack messages, from planned to posted."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from storage.connections import Connections
from storage.times import from_text, optional_text, optional_time, to_text

# A row whose turn has come: its parent stands in Slack, and in its channel no earlier digest
# message is still open. Messages outside digests wait for nobody.
_IN_TURN = """
    state IN ('planned', 'sending')
    AND (parent_id IS NULL OR EXISTS (
        SELECT 1 FROM deliveries p WHERE p.id = d.parent_id AND p.state = 'posted'))
    AND (digest_id IS NULL OR NOT EXISTS (
        SELECT 1 FROM deliveries e WHERE e.channel = d.channel AND e.id < d.id
        AND e.digest_id IS NOT NULL AND e.state IN ('planned', 'sending')))
"""
_STILL_MINE = "id = ? AND state = 'sending' AND lease_owner IS ?"
_NOT_BEFORE = "coalesce(CASE state WHEN 'sending' THEN lease_until ELSE next_try END, '')"


class DeliveryState(StrEnum):
    """planned → sending → posted, or failed. ``planned`` may carry a next try.

    A row that is still ``sending`` when its lease has run out may stand in Slack or not: its
    process died, or the answer to the post got lost.
    """

    PLANNED = "planned"
    SENDING = "sending"
    POSTED = "posted"
    FAILED = "failed"


@dataclass(frozen=True)
class Delivery:
    """One promised message. ``kind`` is ``digest`` (a root), ``part`` (its continuation in the
    thread), ``card`` (a paper's own message), ``reply`` or ``notice``. ``payload`` holds
    ``text`` and ``blocks``. A delivery with a parent is sent after it, into its thread when
    ``kind`` is ``part`` or ``reply``. ``unsure`` is told by :meth:`Deliveries.claim_next` only:
    the message may stand in Slack already. ``edit`` is a payload the posted message is to get.
    """

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
    planned_at: datetime | None = None
    renewed_at: datetime | None = None
    posted_at: datetime | None = None
    lease_owner: str | None = None
    lease_until: datetime | None = None
    degraded: bool = False
    edit: Mapping[str, Any] | None = None
    edit_try: datetime | None = None
    edit_attempts: int = 0
    unsure: bool = False


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

    def claim_next(
        self, *, owner: str, now: datetime, lease: timedelta, spacing: timedelta = timedelta(0)
    ) -> Delivery | None:
        """Take the oldest delivery that may be sent now, and mark it as being sent.

        Messages outside digests come first, since somebody may be waiting for them. Digest
        messages of a channel keep their order; a channel that got a message less than
        *spacing* ago waits. A row left ``sending`` by a process whose lease ran out is taken over
        and returned as ``unsure``: look for it in the channel before sending it.
        """
        moment, quiet_since = to_text(now), to_text(now - spacing)
        with self._connections.transaction(durable=True) as db:
            rows = self._select(
                f"d WHERE {_IN_TURN} AND {_NOT_BEFORE} <= ? AND NOT EXISTS ("
                "SELECT 1 FROM deliveries q WHERE q.channel = d.channel AND q.state = 'posted' "
                "AND q.posted_at > ?) ORDER BY digest_id IS NOT NULL, id LIMIT 1",
                [moment, quiet_since],
            )
            if not rows:
                return None
            db.execute(
                "UPDATE deliveries SET state = 'sending', attempts = attempts + 1, "
                "lease_owner = ?, lease_until = ? WHERE id = ?",
                [owner, to_text(now + lease), rows[0].id],
            )
            claimed = self.get(rows[0].id)
        unsure = rows[0].state is DeliveryState.SENDING
        return None if claimed is None else replace(claimed, unsure=unsure)

    def next_moment(self, *, spacing: timedelta = timedelta(0)) -> datetime | None:
        """When the next delivery may be sent (perhaps a time long past); None without any."""
        rows = self._connections.db.query(
            f"SELECT {_NOT_BEFORE} AS moment, (SELECT max(posted_at) FROM deliveries q "
            "WHERE q.channel = d.channel AND q.state = 'posted') AS last, planned_at "
            f"FROM deliveries d WHERE {_IN_TURN}"
        )
        moments = []
        for row in rows:
            moment = from_text(row["moment"] or row["planned_at"])
            last = optional_time(row["last"])
            moments.append(moment if last is None else max(moment, last + spacing))
        return min(moments, default=None)

    def someone_sends(self, *, now: datetime) -> bool:
        """Whether some process holds a lease on a message at this moment."""
        row = self._connections.db.execute(
            "SELECT 1 FROM deliveries WHERE state = 'sending' AND lease_owner IS NOT NULL "
            "AND lease_until > ? LIMIT 1",
            [to_text(now)],
        ).fetchone()
        return row is not None

    def posted(self, delivery_id: int, *, ts: str, now: datetime) -> None:
        """Record that Slack has the message. One that is known to be posted stays as it is."""
        with self._connections.transaction() as db:
            db.execute(
                "UPDATE deliveries SET state = 'posted', ts = ?, posted_at = ?, reason = NULL, "
                "lease_owner = NULL, lease_until = NULL, next_try = NULL "
                "WHERE id = ? AND state <> 'posted'",
                [ts, to_text(now), delivery_id],
            )

    def failed(
        self, delivery: Delivery, *, reason: str, next_try: datetime | None, counted: bool = True
    ) -> None:
        """Record that the message was not posted: to be tried again at *next_try*, or failed for
        good when that is None, together with the messages that depend on it. Unless *counted*,
        it doesn't count as an attempt. Nothing is recorded when somebody else has taken it over
        since it was claimed."""
        state = DeliveryState.FAILED if next_try is None else DeliveryState.PLANNED
        with self._connections.transaction() as db:
            recorded = db.execute(
                "UPDATE deliveries SET state = ?, reason = ?, next_try = ?, "
                "attempts = attempts - ?, lease_owner = NULL, lease_until = NULL "
                f"WHERE {_STILL_MINE}",
                [
                    state.value,
                    reason,
                    optional_text(next_try),
                    int(not counted),
                    delivery.id,
                    delivery.lease_owner,
                ],
            ).rowcount
            if recorded and next_try is None:
                db.execute(
                    "WITH RECURSIVE lost (id) AS (SELECT id FROM deliveries WHERE parent_id = ? "
                    "UNION SELECT d.id FROM deliveries d JOIN lost ON d.parent_id = lost.id) "
                    "UPDATE deliveries SET state = 'failed', reason = 'parent_failed' "
                    "WHERE state = 'planned' AND id IN (SELECT id FROM lost)",
                    [delivery.id],
                )

    def unsure(self, delivery: Delivery, *, reason: str, look_at: datetime) -> None:
        """Record that nobody knows whether the message was posted; look for it at *look_at*."""
        with self._connections.transaction() as db:
            db.execute(
                "UPDATE deliveries SET reason = ?, lease_owner = NULL, lease_until = ? "
                f"WHERE {_STILL_MINE}",
                [reason, to_text(look_at), delivery.id, delivery.lease_owner],
            )

    def degrade(self, delivery_id: int, payload: Mapping[str, Any]) -> None:
        """Put a plainer payload in place of one that Slack refused."""
        with self._connections.transaction() as db:
            db.execute(
                "UPDATE deliveries SET payload = ?, degraded = 1 WHERE id = ?",
                [json.dumps(payload, ensure_ascii=False), delivery_id],
            )

    def revive_digest(self, digest_id: int, *, now: datetime) -> int:
        """Promise the failed messages of a digest anew; each is looked for before it is sent.

        Returns:
            How many there were.
        """
        moment = to_text(now)
        with self._connections.transaction() as db:
            return db.execute(
                "UPDATE deliveries SET state = 'sending', attempts = 0, next_try = NULL, "
                "lease_until = ?, renewed_at = ?, reason = NULL "
                "WHERE state = 'failed' AND digest_id = ?",
                [moment, moment, digest_id],
            ).rowcount

    def lease_owners(self) -> set[str]:
        """Who is sending something at the moment, or died over it."""
        rows = self._connections.db.query(
            "SELECT DISTINCT lease_owner FROM deliveries "
            "WHERE state = 'sending' AND lease_owner IS NOT NULL"
        )
        return {row["lease_owner"] for row in rows}

    def shorten_leases(self, owner: str, *, until: datetime) -> int:
        """Let what *owner* was sending be taken over from *until*. Returns how much that is."""
        with self._connections.transaction() as db:
            return db.execute(
                "UPDATE deliveries SET lease_until = ? "
                "WHERE state = 'sending' AND lease_owner = ? AND lease_until > ?",
                [to_text(until), owner, to_text(until)],
            ).rowcount

    def retry_now(self, reasons: Collection[str]) -> int:
        """Try those at once that were put off for one of *reasons*. Returns how many there are."""
        marks = ",".join("?" * len(reasons))
        with self._connections.transaction() as db:
            return db.execute(
                "UPDATE deliveries SET next_try = NULL WHERE state = 'planned' "
                f"AND next_try IS NOT NULL AND reason IN ({marks})",
                list(reasons),
            ).rowcount

    def request_edit(self, delivery_id: int, payload: Mapping[str, Any]) -> bool:
        """Ask for a message to show *payload*. One that isn't posted yet is changed at once.

        Returns:
            Whether anything is to change.
        """
        wanted = json.dumps(payload, ensure_ascii=False)
        with self._connections.transaction() as db:
            before = self.get(delivery_id)
            if before is None or (before.edit or before.payload) == json.loads(wanted):
                return False
            # A message that may be on its way this moment shows the old payload first.
            underway = before.state in (DeliveryState.SENDING, DeliveryState.POSTED)
            column = "edit" if underway else "payload"
            db.execute(
                f"UPDATE deliveries SET {column} = ?, edit_attempts = 0, edit_try = NULL "
                "WHERE id = ?",
                [wanted, delivery_id],
            )
        return True

    def next_edit(self, *, now: datetime) -> Delivery | None:
        """The oldest posted message that waits for an edit, or None."""
        rows = self._select(
            "WHERE edit IS NOT NULL AND ts IS NOT NULL AND coalesce(edit_try, '') <= ? "
            "ORDER BY id LIMIT 1",
            [to_text(now)],
        )
        return rows[0] if rows else None

    def next_edit_moment(self) -> datetime | None:
        """When the next edit may be made (perhaps a time long past); None without any."""
        rows = self._select(
            "WHERE edit IS NOT NULL AND ts IS NOT NULL "
            "ORDER BY coalesce(edit_try, planned_at) LIMIT 1",
            [],
        )
        return (rows[0].edit_try or rows[0].planned_at) if rows else None

    def edited(self, delivery: Delivery) -> None:
        """Record that Slack shows the edit; a newer one that was asked for meanwhile stays."""
        shown = json.dumps(delivery.edit, ensure_ascii=False)
        with self._connections.transaction() as db:
            db.execute(
                "UPDATE deliveries SET payload = ?, edit = CASE WHEN edit = ? THEN NULL "
                "ELSE edit END WHERE id = ?",
                [shown, shown, delivery.id],
            )

    def edit_failed(self, delivery_id: int, *, reason: str, next_try: datetime | None) -> None:
        """Put an edit off until *next_try*, or give it up when that is None."""
        keep = "edit" if next_try else "NULL"
        with self._connections.transaction() as db:
            db.execute(
                f"UPDATE deliveries SET edit = {keep}, edit_try = ?, reason = ?, "
                "edit_attempts = edit_attempts + 1 WHERE id = ?",
                [optional_text(next_try), reason, delivery_id],
            )

    def last_posted(self, channel: str) -> Delivery | None:
        """The newest posted digest root of a channel."""
        rows = self._select(
            "WHERE channel = ? AND kind = 'digest' AND state = 'posted' "
            "ORDER BY posted_at DESC LIMIT 1",
            [channel],
        )
        return rows[0] if rows else None

    def newest_root(self, channel: str) -> Delivery | None:
        """The digest root that was promised to a channel last, posted or not."""
        rows = self._select(
            "WHERE channel = ? AND kind = 'digest' ORDER BY id DESC LIMIT 1", [channel]
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
        planned_at=from_text(row["planned_at"]),
        renewed_at=optional_time(row["renewed_at"]),
        posted_at=optional_time(row["posted_at"]),
        lease_owner=row["lease_owner"],
        lease_until=optional_time(row["lease_until"]),
        degraded=bool(row["degraded"]),
        edit=None if row["edit"] is None else json.loads(row["edit"]),
        edit_try=optional_time(row["edit_try"]),
        edit_attempts=row["edit_attempts"],
    )

"""The outbox: promised Slack messages, from planned to posted."""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from storage.connections import Connections
from storage.delivery_record import Delivery, DeliveryState, Plainness
from storage.leases import FREE, Leases, taken
from storage.records import TeamTable, as_json, stored
from storage.times import (
    from_text,
    horizon,
    is_over,
    optional_time,
    to_text,
    waiting,
)

# A row whose turn has come: its parent stands in Slack, and in its channel no earlier digest
# message is still open. Messages outside digests wait for nobody, and nobody waits for a picture.
_IN_TURN = """
    state IN ('planned', 'sending')
    AND (parent_id IS NULL OR EXISTS (
        SELECT 1 FROM deliveries p WHERE p.team = d.team AND p.id = d.parent_id
        AND p.state = 'posted'))
    AND (digest_id IS NULL OR NOT EXISTS (
        SELECT 1 FROM deliveries e WHERE e.team = d.team AND e.channel = d.channel AND e.id < d.id
        AND e.digest_id IS NOT NULL AND e.kind <> 'picture' AND e.state IN ('planned', 'sending')))
"""
_STILL_MINE = "id = ? AND team = ? AND state = 'sending' AND lease_owner IS NOT DISTINCT FROM ?"
_NOT_BEFORE = "CASE state WHEN 'sending' THEN lease_until ELSE next_try END"


# What other processes are told where the database can: there is something new to send.
PROMISED = "promised"


class Deliveries(TeamTable[Delivery]):
    """The table ``deliveries`` of a team."""

    _table, _kind = "deliveries", Delivery

    def __init__(self, connections: Connections, team: str) -> None:
        super().__init__(connections, team)
        self.leases = Leases(connections, team, table="deliveries", state="sending")

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
        asked_by: str | None = None,
        awaited_until: datetime | None = None,
    ) -> int | None:
        """Promise a message. Returns its id, or None when this key was promised before."""
        values = {
            "team": self._team,
            "key": key,
            "digest_id": digest_id,
            "parent_id": parent_id,
            "channel": channel,
            "kind": kind,
            "position": position,
            "thread_ts": thread_ts,
            "paper_id": paper_id,
            "payload": as_json(payload),
            "asked_by": asked_by,
            "awaited_until": stored(awaited_until),
            "state": "planned",
            "planned_at": to_text(now),
        }
        with self._connections.transaction():
            new = self._connections.add_numbered("deliveries", values)
            if new is not None:
                self._connections.notify(PROMISED, self._team)
        return new

    def discard_failed(self, key: str) -> None:
        """Remove a message that was given up, so that its key can be promised anew."""
        self._delete("AND key = ? AND state = 'failed'", key)

    def stop_awaiting(self, key: str) -> bool:
        """Nobody waits for this message any longer; False when it has failed already."""
        return bool(self._change({"awaited_until": None}, "AND key = ? AND state <> 'failed'", key))

    def get(self, delivery_id: int) -> Delivery | None:
        """The delivery with this id, or None."""
        return self._first("AND id = ?", delivery_id)

    def find(self, key: str) -> Delivery | None:
        """The delivery with this key, or None."""
        return self._first("AND key = ?", key)

    def of_digest(self, digest_id: int) -> list[Delivery]:
        """A digest's deliveries in their order."""
        return self._select("AND digest_id = ? ORDER BY position, id", digest_id)

    def cards_of(self, paper_id: str) -> list[Delivery]:
        """The cards of a paper that open its threads, in all channels."""
        return self._select(
            "AND kind = 'card' AND digest_id IS NULL AND paper_id = ? ORDER BY id", paper_id
        )

    def claim_next(
        self, *, owner: str, now: datetime, lease: timedelta, spacing: timedelta = timedelta(0)
    ) -> Delivery | None:
        """Take the oldest delivery that may be sent now, and mark it as being sent.

        Messages outside digests come first, since somebody may be waiting for them. Digest
        messages of a channel keep their order; a channel that got a message less than
        *spacing* ago waits. Times after *now* do not count: the clock was ahead when they were
        written. A row left ``sending`` by a process whose lease ran out is taken over
        and returned as ``unsure``: look for it in the channel before sending it.
        """
        values = {"team": self._team, "quiet_since": to_text(now - spacing), **waiting(now)}
        with self._connections.transaction(durable=True):
            rows = self._connections.query(
                f"SELECT * FROM deliveries d WHERE team = :team AND {_IN_TURN} "
                f"AND {is_over(_NOT_BEFORE)} AND NOT EXISTS ("
                "SELECT 1 FROM deliveries q WHERE q.team = d.team AND q.channel = d.channel "
                "AND q.state = 'posted' AND q.posted_at > :quiet_since AND q.posted_at <= :now) "
                "ORDER BY digest_id IS NOT NULL, id LIMIT 1"
                f"{self._connections.skip_locked}",
                values,
            )
            if not rows:
                return None
            found = self._record(rows[0])
            self._connections.execute(
                f"UPDATE deliveries SET state = 'sending', {taken('deliveries')} "
                "WHERE id = :id AND team = :team",
                {
                    "owner": owner,
                    "until": to_text(now + lease),
                    "id": found.id,
                    "team": self._team,
                },
            )
            claimed = self.get(found.id)
        unsure = found.state is DeliveryState.SENDING
        return None if claimed is None else replace(claimed, unsure=unsure)

    def next_moment(self, *, now: datetime, spacing: timedelta = timedelta(0)) -> datetime | None:
        """When the next delivery may be sent, *now* where that is already; None without any."""
        rows = self._connections.query(
            f"SELECT CASE WHEN {is_over(_NOT_BEFORE)} THEN :now ELSE {_NOT_BEFORE} END AS moment, "
            "(SELECT max(posted_at) FROM deliveries q WHERE q.team = d.team "
            "AND q.channel = d.channel AND q.state = 'posted' AND q.posted_at <= :now) AS last "
            f"FROM deliveries d WHERE team = :team AND {_IN_TURN}",
            {"team": self._team, **waiting(now)},
        )
        moments = []
        for row in rows:
            moment, last = from_text(row["moment"]), optional_time(row["last"])
            moments.append(moment if last is None else max(moment, last + spacing))
        return min(moments, default=None)

    def someone_sends(self, *, now: datetime) -> bool:
        """Whether some process holds a lease on a message at this moment."""
        row = self._connections.row(
            "SELECT 1 FROM deliveries WHERE team = ? AND state = 'sending' "
            "AND lease_owner IS NOT NULL AND lease_until > ? AND lease_until <= ? LIMIT 1",
            [self._team, to_text(now), horizon(now)],
        )
        return row is not None

    def going_out(self, delivery_id: int, *, slack_time: datetime) -> None:
        """Record Slack's own time before a message is put there for the first time: it cannot
        stand there with an earlier one."""
        self._change({"out_at": to_text(slack_time)}, "AND id = ? AND out_at IS NULL", delivery_id)

    def posted(self, delivery_id: int, *, ts: str | None, now: datetime) -> None:
        """Record that Slack has the message, under *ts* where that is known. One that is known
        to be posted stays as it is."""
        self._connections.execute(
            "UPDATE deliveries SET state = 'posted', ts = ?, posted_at = ?, reason = NULL, "
            f"{FREE}, next_try = NULL "
            "WHERE id = ? AND team = ? AND state <> 'posted'",
            [ts, to_text(now), delivery_id, self._team],
        )

    def failed(
        self, delivery: Delivery, *, reason: str, next_try: datetime | None, counted: bool = True
    ) -> None:
        """Record that the message was not posted: to be tried again at *next_try*, or failed for
        good when that is None, together with the messages that depend on it. Unless *counted*,
        it doesn't count as an attempt. Nothing is recorded when somebody else has taken it over
        since it was claimed."""
        state = DeliveryState.FAILED if next_try is None else DeliveryState.PLANNED
        with self._connections.transaction():
            recorded = self._connections.execute(
                "UPDATE deliveries SET state = ?, reason = ?, next_try = ?, "
                f"attempts = attempts - ?, {FREE} "
                f"WHERE {_STILL_MINE}",
                [
                    state.value,
                    reason,
                    stored(next_try),
                    int(not counted),
                    delivery.id,
                    self._team,
                    delivery.lease_owner,
                ],
            )
            if recorded and next_try is None:
                self._connections.execute(
                    "WITH RECURSIVE lost (id) AS ("
                    "SELECT id FROM deliveries WHERE team = :team AND parent_id = :id "
                    "UNION SELECT d.id FROM deliveries d "
                    "JOIN lost ON d.team = :team AND d.parent_id = lost.id) "
                    "UPDATE deliveries SET state = 'failed', reason = 'parent_failed' "
                    "WHERE team = :team AND state = 'planned' AND id IN (SELECT id FROM lost)",
                    {"id": delivery.id, "team": self._team},
                )

    def unsure(self, delivery: Delivery, *, reason: str, look_at: datetime) -> None:
        """Record that nobody knows whether the message was posted; look for it at *look_at*."""
        self._connections.execute(
            "UPDATE deliveries SET reason = ?, lease_owner = NULL, lease_until = ? "
            f"WHERE {_STILL_MINE}",
            [reason, to_text(look_at), delivery.id, self._team, delivery.lease_owner],
        )

    def degrade(
        self,
        delivery_id: int,
        payload: Mapping[str, Any],
        *,
        to: Plainness = Plainness.TEXT_ALONE,
        edit: bool = False,
    ) -> None:
        """Put a plainer payload in place of the one (or of the *edit*) that Slack refused."""
        column = "edit" if edit else "payload"
        self._change({column: as_json(payload), "degraded": to}, "AND id = ?", delivery_id)

    def revive_digest(self, digest_id: int, *, now: datetime) -> int:
        """Promise the failed messages of a digest anew; each is looked for before it is sent.

        Returns:
            How many there were.
        """
        moment = to_text(now)
        anew = {"state": "sending", "attempts": 0, "next_try": None, "reason": None}
        return self._change(
            {**anew, "lease_until": moment, "renewed_at": moment},
            "AND state = 'failed' AND digest_id = ?",
            digest_id,
        )

    def retry_now(self, reasons: Collection[str]) -> int:
        """Try those at once that were put off for one of *reasons*. Returns how many there are."""
        return self._change(
            {"next_try": None},
            "AND state = 'planned' AND next_try IS NOT NULL "
            f"AND reason IN {self._connections.each}",
            as_json(list(reasons)),
        )

    def request_edit(self, delivery_id: int, payload: Mapping[str, Any]) -> bool:
        """Ask for a message to show *payload*. One that isn't posted yet is changed at once.

        Returns: whether anything is to change.
        """
        wanted = as_json(payload)
        with self._connections.transaction():
            before = self._first(f"AND id = ?{self._connections.for_update}", delivery_id)
            if before is None or (before.edit or before.payload) == json.loads(wanted):
                return False
            # A message that may be on its way this moment shows the old payload first.
            underway = before.state in (DeliveryState.SENDING, DeliveryState.POSTED)
            column = "edit" if underway else "payload"
            self._change(
                {column: wanted, "edit_attempts": 0, "edit_try": None}, "AND id = ?", delivery_id
            )
            self._connections.notify(PROMISED, self._team)
        return True

    def next_edit(self, *, now: datetime) -> Delivery | None:
        """The oldest posted message that waits for an edit, or None."""
        row = self._connections.first(
            "SELECT * FROM deliveries WHERE team = :team AND edit IS NOT NULL AND ts IS NOT NULL "
            f"AND {is_over('edit_try')} ORDER BY id LIMIT 1",
            {"team": self._team, **waiting(now)},
        )
        return None if row is None else self._record(row)

    def next_edit_moment(self, *, now: datetime) -> datetime | None:
        """When the next edit may be made, *now* where that is already; None without any."""
        row = self._connections.row(
            f"SELECT min(CASE WHEN {is_over('edit_try')} THEN :now ELSE edit_try END) "
            "FROM deliveries WHERE team = :team AND edit IS NOT NULL AND ts IS NOT NULL",
            {"team": self._team, **waiting(now)},
        )
        return optional_time(row[0])

    def edited(self, delivery: Delivery) -> None:
        """Record that Slack shows the edit; a newer one that was asked for meanwhile stays."""
        shown = as_json(delivery.edit)
        self._connections.execute(
            "UPDATE deliveries SET payload = ?, edit = CASE WHEN edit = ? THEN NULL "
            "ELSE edit END WHERE id = ? AND team = ?",
            [shown, shown, delivery.id, self._team],
        )

    def edit_failed(self, delivery_id: int, *, reason: str, next_try: datetime | None) -> None:
        """Put an edit off until *next_try*, or give it up when that is None."""
        keep = "edit" if next_try else "NULL"
        values = [stored(next_try), reason, delivery_id, self._team]
        self._connections.execute(
            f"UPDATE deliveries SET edit = {keep}, edit_try = ?, reason = ?, "
            "edit_attempts = edit_attempts + 1 WHERE id = ? AND team = ?",
            values,
        )

    def last_posted(self, channel: str) -> Delivery | None:
        """The newest posted digest root of a channel."""
        return self._first(
            "AND channel = ? AND kind = 'digest' AND state = 'posted' "
            "ORDER BY posted_at DESC LIMIT 1",
            channel,
        )

    def newest_root(self, channel: str) -> Delivery | None:
        """The digest root that was promised to a channel last, posted or not."""
        newest = "AND channel = ? AND kind = 'digest' ORDER BY id DESC LIMIT 1"
        return self._first(newest, channel)

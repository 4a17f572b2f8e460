"""A promised Slack message as the outbox keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any


class DeliveryState(StrEnum):
    """planned → sending → posted, or failed. ``planned`` may carry a next try.

    A row that is still ``sending`` when its lease has run out may stand in Slack or not: its
    process died, or the answer to the post got lost.
    """

    PLANNED = "planned"
    SENDING = "sending"
    POSTED = "posted"
    FAILED = "failed"


class Plainness(IntEnum):
    """How far a message was cut down for Slack to take it; each includes those before."""

    FULL = 0
    NO_PICTURES = 1
    NO_CHARTS = 2
    TEXT_ALONE = 3


@dataclass(frozen=True)
class Delivery:
    """One promised message. ``kind`` is ``digest`` (a root), ``part`` (its continuation in the
    thread), ``card`` (a paper's own message), ``picture`` (of a chart that Slack refused, a file
    in the thread, whose ``ts`` is unknown), ``reply`` or ``notice``. ``payload`` holds ``text``
    and ``blocks``. A delivery with a parent is sent after it, into its thread when ``kind`` is
    ``part``, ``picture`` or ``reply``. ``unsure`` is told by :meth:`Deliveries.claim_next` only:
    the message may stand in Slack already. ``out_at`` is Slack's own time just before it was put
    there for the first time. ``edit`` is a payload the posted message is to get. ``asked_by`` is
    the member who wanted it; until ``awaited_until`` they are told in a reply how it went.
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
    degraded: Plainness = Plainness.FULL
    edit: Mapping[str, Any] | None = None
    edit_try: datetime | None = None
    edit_attempts: int = 0
    out_at: datetime | None = None
    unsure: bool = False
    asked_by: str | None = None
    awaited_until: datetime | None = None

"""What goes from the workspace to the app: payloads, and whether they were acknowledged."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.workspace.records import Json, Refusal

ACK_SECONDS = 3.0
Kind = Literal["events_api", "slash_commands", "interactive"]


@dataclass
class Parcel:
    """One payload on its way; times are seconds of a monotonic clock.

    `answer` is what came with the acknowledgement; `status` the HTTP status in HTTP mode. `then`
    is what Slack does with an answer in time; `outcome` what came of that, or `refusal`.
    """

    id: str
    kind: Kind
    payload: Json
    made: float
    then: Callable[[Json], Any] = lambda _answer: None
    sent: float | None = None
    acknowledged: float | None = None
    answer: Json = field(default_factory=dict)
    status: int | None = None
    attempt: int = 0
    reason: str = ""
    outcome: Any = None
    refusal: Refusal | None = None

    @property
    def seconds(self) -> float | None:
        """How long the app took to acknowledge, from the first sending on."""
        if self.sent is None or self.acknowledged is None:
            return None
        return self.acknowledged - self.sent

    @property
    def envelope(self) -> Json:
        """The parcel in Socket Mode."""
        held: Json = {
            "envelope_id": self.id,
            "type": self.kind,
            "payload": self.payload,
            "accepts_response_payload": self.kind != "events_api",
        }
        if self.kind == "events_api":
            held |= {"retry_attempt": self.attempt, "retry_reason": self.reason}
        return held


class Mail:
    """All parcels in order, and those that wait for a connection. Not locked by itself."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self.parcels: list[Parcel] = []
        self.waiting: list[Parcel] = []
        self._by_id: dict[str, Parcel] = {}
        self._wake = wake

    def send(
        self, kind: Kind, payload: Json, *, then: Callable[[Json], Any] | None = None
    ) -> Parcel:
        """Hand over a payload; it leaves as soon as there is a connection.

        `then` is called with the answer, when that comes in time.
        """
        parcel = Parcel(
            id=str(uuid.uuid4()),
            kind=kind,
            payload=payload,
            made=time.monotonic(),
        )
        if then is not None:
            parcel.then = then
        self.parcels.append(parcel)
        self._by_id[parcel.id] = parcel
        self.waiting.append(parcel)
        self._wake()
        return parcel

    def send_again(self, parcel: Parcel, *, reason: str) -> None:
        """Send the same payload once more, as Slack does when nobody acknowledged."""
        parcel.attempt += 1
        parcel.reason = reason
        self.waiting.append(parcel)
        self._wake()

    def take(self) -> list[Parcel]:
        """Everything that waits; the caller sends it now."""
        taken, self.waiting = self.waiting, []
        for parcel in taken:
            parcel.sent = parcel.sent or time.monotonic()
        return taken

    def acknowledge(self, parcel_id: str, answer: Json, *, status: int | None = None) -> None:
        """The app has taken a parcel; the first acknowledgement counts."""
        parcel = self._by_id.get(parcel_id)
        if parcel is not None and parcel.acknowledged is None:
            parcel.acknowledged = time.monotonic()
            parcel.answer, parcel.status = answer, status
            _conclude(parcel)

    def unacknowledged(self) -> list[Parcel]:
        """What was made and not taken."""
        return [parcel for parcel in self.parcels if parcel.acknowledged is None]


def _conclude(parcel: Parcel) -> None:
    """Slack shows what came with an acknowledgement at once, and nothing of a late one."""
    if (parcel.seconds or 0.0) > ACK_SECONDS:
        return
    try:
        parcel.outcome = parcel.then(parcel.answer)
    except Refusal as refusal:
        parcel.refusal = refusal

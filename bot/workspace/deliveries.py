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
class Delivery:
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
        """The delivery in Socket Mode."""
        held: Json = {
            "envelope_id": self.id,
            "type": self.kind,
            "payload": self.payload,
            "accepts_response_payload": self.kind != "events_api",
        }
        if self.kind == "events_api":
            held |= {"retry_attempt": self.attempt, "retry_reason": self.reason}
        return held


class DeliveryQueue:
    """All deliveries in order, and those that wait for a connection. Not locked by itself."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self.deliveries: list[Delivery] = []
        self.waiting: list[Delivery] = []
        self._by_id: dict[str, Delivery] = {}
        self._wake = wake

    def send(
        self, kind: Kind, payload: Json, *, then: Callable[[Json], Any] | None = None
    ) -> Delivery:
        """Hand over a payload; it leaves as soon as there is a connection.

        `then` is called with the answer, when that comes in time.
        """
        delivery = Delivery(
            id=str(uuid.uuid4()),
            kind=kind,
            payload=payload,
            made=time.monotonic(),
        )
        if then is not None:
            delivery.then = then
        self.deliveries.append(delivery)
        self._by_id[delivery.id] = delivery
        self.waiting.append(delivery)
        self._wake()
        return delivery

    def send_again(self, delivery: Delivery, *, reason: str) -> None:
        """Send the same payload once more, as Slack does when nobody acknowledged."""
        delivery.attempt += 1
        delivery.reason = reason
        self.waiting.append(delivery)
        self._wake()

    def take(self) -> list[Delivery]:
        """Everything that waits; the caller sends it now."""
        taken, self.waiting = self.waiting, []
        for delivery in taken:
            delivery.sent = delivery.sent or time.monotonic()
        return taken

    def acknowledge(self, delivery_id: str, answer: Json, *, status: int | None = None) -> None:
        """The app has taken a delivery; the first acknowledgement counts."""
        delivery = self._by_id.get(delivery_id)
        if delivery is not None and delivery.acknowledged is None:
            delivery.acknowledged = time.monotonic()
            delivery.answer, delivery.status = answer, status
            _conclude(delivery)

    def unacknowledged(self) -> list[Delivery]:
        """What was made and not taken."""
        return [delivery for delivery in self.deliveries if delivery.acknowledged is None]


def _conclude(delivery: Delivery) -> None:
    """Slack shows what came with an acknowledgement at once, and nothing of a late one."""
    if (delivery.seconds or 0.0) > ACK_SECONDS:
        return
    try:
        delivery.outcome = delivery.then(delivery.answer)
    except Refusal as refusal:
        delivery.refusal = refusal

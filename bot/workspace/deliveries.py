"""What goes from the workspace to the app: payloads, and whether they were acknowledged."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.workspace.records import Call, Json, Refusal

ACK_SECONDS = 3.0
# How long after that Slack sends an event again which nobody acknowledged, each time.
AGAIN_SECONDS = (0.0, 60.0, 300.0)
Kind = Literal["events_api", "slash_commands", "interactive"]
# What Slack does with an answer; what it returns are fields of an `Ack`.
Then = Callable[[Json], dict[str, Any]]


def nothing_then(_answer: Json) -> dict[str, Any]:
    """What Slack does with most answers."""
    return {}


@dataclass
class Delivery:
    """One payload on its way; `made` is a time of day, the others are of a monotonic clock: `sent`
    when it left first, `tried` when it left last, if it doesn't wait.

    `answer` is what came with the acknowledgement; `status` the HTTP status in HTTP mode. `then`
    is what Slack does with an answer in time; `outcome` what came of that, or `refusal`.
    """

    kind: Kind
    payload: Json
    then: Then
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    made: float = field(default_factory=time.time)
    sent: float | None = None
    tried: float | None = None
    acknowledged: float | None = None
    answer: Json = field(default_factory=dict)
    status: int | None = None
    attempt: int = 0
    reason: str = ""
    outcome: dict[str, Any] = field(default_factory=dict)
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

    def conclude(self, answer: Json) -> None:
        """The app has taken it. Slack shows what came along at once, and nothing of a late one."""
        self.acknowledged = time.monotonic()
        self.answer = answer
        if (self.seconds or 0.0) > ACK_SECONDS:
            return
        try:
            self.outcome = self.then(answer)
        except Refusal as refusal:
            self.refusal = refusal


class Deliveries:
    """Deliveries by their id, and those that wait for a connection. Not locked by itself."""

    def __init__(self, log: "list[Delivery | Call]", changed: Callable[[], None]) -> None:
        self._log = log
        self._changed = changed
        self._by_id: dict[str, Delivery] = {}
        # Events that are to be sent again unless they are acknowledged.
        self._owed: dict[str, Delivery] = {}
        self.waiting: list[Delivery] = []

    def send(self, kind: Kind, payload: Json, then: Then = nothing_then) -> Delivery:
        """Hand over a payload; it leaves as soon as there is a connection.

        `then` is called with the answer, when that comes in time.
        """
        delivery = Delivery(kind, payload, then)
        self._by_id[delivery.id] = delivery
        if kind == "events_api":
            self._owed[delivery.id] = delivery
        self._log.append(delivery)
        self.wait(delivery)
        return delivery

    def wait(self, delivery: Delivery) -> None:
        """Have a delivery leave as soon as there is a connection."""
        delivery.tried = None
        self.waiting.append(delivery)
        self._changed()

    def send_again(self, delivery: Delivery, *, reason: str) -> None:
        """Send the same payload once more, as Slack does when nobody acknowledged."""
        delivery.attempt += 1
        delivery.reason = reason
        self.wait(delivery)

    def send_owed(self) -> None:
        """Send again what was not acknowledged and whose time has come."""
        now = time.monotonic()
        for one in list(self._owed.values()):
            if one.acknowledged is not None or one.attempt >= len(AGAIN_SECONDS):
                del self._owed[one.id]
                continue
            late = 0.0 if one.tried is None else now - one.tried - ACK_SECONDS
            if late > AGAIN_SECONDS[one.attempt]:
                self.send_again(one, reason="http_timeout")

    def take(self) -> list[Delivery]:
        """Everything that waits; the caller sends it now."""
        taken, self.waiting = self.waiting, []
        for delivery in taken:
            delivery.tried = time.monotonic()
            delivery.sent = delivery.sent or delivery.tried
        return taken

    def acknowledge(self, delivery_id: str, answer: object) -> None:
        """The app has taken a delivery; the first acknowledgement counts.

        `answer` is what came along: an object, or the text of a message.
        """
        delivery = self._by_id.get(delivery_id)
        if delivery is not None and delivery.acknowledged is None:
            delivery.conclude(answer if isinstance(answer, dict) else {"text": answer or ""})
            self._changed()

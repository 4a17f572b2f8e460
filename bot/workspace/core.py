"""What the outside of a workspace shares: the state, its lock, the way out to the app."""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from itertools import count
from typing import TypeVar

from bot.workspace import seed
from bot.workspace.deliveries import DeliveryQueue
from bot.workspace.faults import Faults
from bot.workspace.features import Features
from bot.workspace.payloads import event_body
from bot.workspace.records import Call, Change, Channel, Json
from bot.workspace.state import State

_T = TypeVar("_T")

_LOOK_AGAIN_SECONDS = 0.1


class Core:
    """State and lock of one workspace. Everything that touches `state` holds `lock`.

    `features` say which events the app wants and which scopes it has.
    """

    def __init__(self, *, clock: Callable[[], datetime], features: Features) -> None:
        self.lock = threading.Condition(threading.RLock())
        self.clock = clock
        self.features = features
        self.state = State(clock, announce=self.announce, emit=self.emit)
        self.outgoing = DeliveryQueue(self.wake)
        self.faults = Faults()
        self.call_log: list[Call] = []
        self.listeners: list[Callable[[Change], None]] = []
        self._event_numbers = count(1)

    def wake(self) -> None:
        """Something waits to be delivered; the server takes it from here."""

    def announce(self, change: Change) -> None:
        """Tell everyone who waits or watches of a change. The lock is held."""
        with self.lock:
            self.lock.notify_all()
            for listener in self.listeners:
                listener(change)

    def emit(self, event: Json, channel: Channel) -> None:
        """Send an event to the app, if it is in that channel and subscribed to such events."""
        if seed.BOT.id not in channel.members or not self._wants(event, channel):
            return
        self.emit_anyway(event, channel.id)

    def emit_anyway(self, event: Json, channel_id: str) -> None:
        """Send an event that needs no membership."""
        body = event_body(
            event,
            event_id=f"Ev{next(self._event_numbers):010d}",
            event_time=int(self.clock().timestamp()),
            channel_id=channel_id,
        )
        self.outgoing.send("events_api", body)

    def _wants(self, event: Json, channel: Channel) -> bool:
        name = event["type"]
        if name == "message":
            name = f"message.{channel.type}s" if channel.type != "im" else "message.im"
        return self.wants(name)

    def wants(self, event_name: str) -> bool:
        """Whether the app is subscribed to events of that name."""
        events = self.features.events
        return events is None or event_name in events

    def wait_for(self, predicate: Callable[[], _T], timeout: float = 20.0) -> _T:
        """What `predicate` returns, once that is true; it is called with the lock held.

        `timeout` is in seconds; raises TimeoutError after it.
        """
        until = time.monotonic() + timeout
        with self.lock:
            while not (found := predicate()):
                left = until - time.monotonic()
                if left <= 0:
                    raise TimeoutError(f"nothing of the kind within {timeout:g} s")
                # It may look at what changes elsewhere, of which nobody is told here.
                self.lock.wait(min(left, _LOOK_AGAIN_SECONDS))
        return found

    def record(self, call: Call) -> None:
        """Keep a Web API call for those who look."""
        with self.lock:
            self.call_log.append(call)
            self.announce(Change("call"))

    def acknowledged(self, delivery_id: str, answer: Json, *, status: int | None = None) -> None:
        """The app has taken a payload."""
        with self.lock:
            self.outgoing.acknowledge(delivery_id, answer, status=status)
            self.announce(Change("delivery"))

"""Events that Slack tells twice."""

from bot.clock import Clock
from storage import Storage


class Repeats:
    """Knows which events were handled, across restarts and processes."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def first_time(self, event_id: str) -> bool:
        """True once for each id; the caller then handles the event, whatever comes of it."""
        return self._storage.events.claim(event_id, now=self._clock())

"""A thread that keeps the outbox empty."""

import logging
import threading
from collections.abc import Callable

from bot.delivery.outbox import Outbox

log = logging.getLogger(__name__)

# Another process may promise something at any time, without a call to wake this one.
POLL_SECONDS = 10.0
AFTER_FAILURE_SECONDS = 5.0


class Pump:
    """Drains an outbox as soon as something is due, until stopped."""

    def __init__(self, outbox: Outbox, *, each_turn: Callable[[], object] | None = None) -> None:
        """*each_turn* is called after each look into the outbox, every ten seconds at least."""
        self._outbox = outbox
        self._each_turn = each_turn
        self._wake = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)

    def start(self) -> None:
        """Begin; a promise wakes the thread at once."""
        self._outbox.on_plan = self._wake.set
        self._thread.start()

    def stop(self, *, within_seconds: float) -> bool:
        """End after the message that is being sent. False when that takes longer; the message is
        then parked: the next process looks for it before sending it again."""
        self._stopping = True
        self._outbox.stop()
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join(within_seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping:
            self._wake.clear()
            self._wake.wait(self._turn())

    def _turn(self) -> float:
        """Send what is due; returns for how many seconds there is nothing to do."""
        try:
            self._outbox.drain(until_empty=False)
            due = self._outbox.seconds_until_due()
            if self._each_turn is not None:
                self._each_turn()
        except Exception:  # a full disk or a lock that lasts must not end the thread
            log.exception("the outbox could not be worked on; trying again")
            return AFTER_FAILURE_SECONDS
        return POLL_SECONDS if due is None else min(due, POLL_SECONDS)

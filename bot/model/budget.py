"""The day's money: a call that might pass the limit is not made."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC

from bot.clock import Clock
from bot.errors import BudgetSpentError
from storage import Storage

# The moment at which a call was last refused for want of money.
REFUSED = "budget_refused"


class Budget:
    """A hard limit for one UTC day.

    Calls under way hold a reservation of the most they can cost, so that many at a time cannot
    pass the limit together. *limit_usd* None means no limit.
    """

    def __init__(self, storage: Storage, limit_usd: float | None, clock: Clock) -> None:
        self._storage = storage
        self._limit = limit_usd
        self._clock = clock
        self._lock = threading.Lock()
        self._reserved = 0.0

    @contextmanager
    def reserve(self, most_usd: float) -> Iterator[None]:
        """Hold *most_usd* while the block runs; its real cost must be recorded inside.

        Raises:
            BudgetSpentError: what is spent, reserved and asked for is more than the limit.
        """
        with self._lock:
            self._refuse_beyond(most_usd)
            self._reserved += most_usd
        try:
            yield
        finally:
            with self._lock:
                self._reserved -= most_usd

    def _refuse_beyond(self, most_usd: float) -> None:
        if self._limit is None or most_usd == 0:
            return
        today = self._clock().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        spent = self._storage.model_calls.cost_since(today)
        if spent + self._reserved + most_usd > self._limit:
            self._storage.moments.mark(REFUSED, now=self._clock())
            raise BudgetSpentError(
                f"{spent:.4f} USD spent and {self._reserved:.4f} reserved of {self._limit:.2f}"
            )

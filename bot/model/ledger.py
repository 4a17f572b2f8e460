"""Books every call: budget before, row after."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.clock import Clock
from bot.model.budget import Budget
from bot.model.faults import fault_of
from bot.model.prices import PriceTable
from bot.model.records import Usage
from storage import ModelCall, Storage


@dataclass(frozen=True)
class Order:
    """A call about to be made. ``most`` is the most tokens that it can use."""

    purpose: str
    model: str
    prompt_hash: str
    most: Usage


@dataclass
class Tally:
    """What a call turned out to use, filled in while it runs."""

    served: str | None = None
    usage: Usage = Usage()
    outcome: str = "ok"


class Ledger:
    """Writes a row for each call, and refuses those that the budget cannot bear."""

    def __init__(self, storage: Storage, budget: Budget, prices: PriceTable, clock: Clock) -> None:
        self._storage = storage
        self._budget = budget
        self._prices = prices
        self._clock = clock

    @contextmanager
    def booked(self, order: Order) -> Iterator[Tally]:
        """Run the block as one call.

        Raises:
            BudgetSpentError: before the block, when the call might pass the limit.
        """
        with self._budget.reserve(self._prices.cost(order.model, order.most) or 0.0):
            tally = Tally()
            started = time.perf_counter()
            try:
                yield tally
            except GeneratorExit:
                tally.outcome = "abandoned"
                raise
            except Exception as error:
                tally.outcome = fault_of(error).outcome
                raise
            finally:
                self._write(order, tally, time.perf_counter() - started)

    def _write(self, order: Order, tally: Tally, seconds: float) -> None:
        usage = tally.usage
        if not usage.input and tally.outcome in ("timeout", "too-slow"):
            # It may well have been served and billed without our hearing of it.
            usage = order.most
        call = ModelCall(
            purpose=order.purpose,
            model_asked=order.model,
            model_served=tally.served,
            prompt_hash=order.prompt_hash,
            milliseconds=round(seconds * 1000),
            outcome=tally.outcome,
            input_tokens=usage.input,
            cached_tokens=usage.cached,
            output_tokens=usage.output,
            cost_usd=self._prices.cost(order.model, usage),
        )
        self._storage.model_calls.add(call, now=self._clock())

"""What model calls cost: prices, the day's budget, and a row for each call."""

import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.clock import Clock
from bot.errors import BudgetSpentError
from bot.model.faults import fault_of
from bot.model.records import Usage
from bot.model.shared_limits import SharedLimits
from storage import ModelCall, Storage

# The moment at which a call was last refused for want of money.
REFUSED = "budget_refused"
# US dollars per million tokens: read, read from the provider's cache, written.
Price = tuple[float, float, float]
PRICES: Mapping[str, Price] = {
    "gpt-5": (1.25, 0.125, 10.0),
    "gpt-5-mini": (0.25, 0.025, 2.0),
    "gpt-5-nano": (0.05, 0.005, 0.4),
    "gpt-4.1": (2.0, 0.5, 8.0),
    "gpt-4.1-mini": (0.4, 0.1, 1.6),
    "gpt-4.1-nano": (0.1, 0.025, 0.4),
    "gpt-4o": (2.5, 1.25, 10.0),
    "gpt-4o-mini": (0.15, 0.075, 0.6),
    "o3": (2.0, 0.5, 8.0),
    "o4-mini": (1.1, 0.275, 4.4),
    "text-embedding-3-small": (0.02, 0.02, 0.0),
    "text-embedding-3-large": (0.13, 0.13, 0.0),
}
_DATED = re.compile(r"-\d{4}-\d{2}-\d{2}$")
_MILLION = 1_000_000


class PriceTable:
    """The price of each model.

    A model on a local server is free unless the settings give it a price. An unknown one elsewhere
    is assumed to cost as much as the dearest known one, so that a hard budget really is one.
    """

    def __init__(self, more: Mapping[str, Price] | None, *, local: bool) -> None:
        self._local = local
        self._own = dict(more or {})
        self._known = {**PRICES, **self._own}

    def cost(self, model: str, usage: Usage) -> float | None:
        """US dollars for these tokens; None when the model is local and has no price."""
        price = self._price(model)
        if price is None:
            return None
        read, cached, written = price
        fresh = max(0, usage.input - usage.cached)
        return (fresh * read + usage.cached * cached + usage.output * written) / _MILLION

    def _price(self, model: str) -> Price | None:
        table = self._own if self._local else self._known
        found = table.get(model) or table.get(_DATED.sub("", model))
        if found or self._local:
            return found
        return max(self._known.values(), key=lambda price: price[2])


class Budget:
    """A hard limit for one UTC day; without a limit if *limit_usd* is None.

    Each call under way reserves the most that it can cost, so that several at a time cannot exceed
    the limit together.
    """

    def __init__(
        self,
        storage: Storage,
        limit_usd: float | None,
        clock: Clock,
        shared: SharedLimits | None = None,
    ) -> None:
        """*shared* is where the processes of one database reserve together."""
        self._shared = shared
        self._storage = storage
        self._limit = limit_usd
        self._clock = clock
        self._lock = threading.Lock()
        self._reserved = 0.0

    @contextmanager
    def reserve(self, most_usd: float) -> Iterator[None]:
        """Reserve *most_usd* while the block runs; the block must record the real cost.

        Raises:
            BudgetSpentError: with what is spent and reserved, that is more than the limit.
        """
        if self._shared is not None and self._limit is not None and most_usd:
            limit = self._limit
            with self._shared.reserved(most_usd, limit_usd=limit, since=self._today()) as told:
                if told.id is None:
                    raise self._refusal(told.spent, told.reserved, limit)
                yield
            return
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
        today = self._today()
        spent = self._storage.insist(lambda: self._storage.model_calls.cost_since(today))
        if spent + self._reserved + most_usd > self._limit:
            raise self._refusal(spent, self._reserved, self._limit)

    def _today(self) -> datetime:
        return self._clock().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)

    def _refusal(self, spent: float, reserved: float, limit: float) -> BudgetSpentError:
        self._storage.moments.mark(REFUSED, now=self._clock())
        return BudgetSpentError(f"{spent:.4f} USD spent and {reserved:.4f} reserved of {limit:.2f}")


@dataclass(frozen=True)
class PlannedCall:
    """A call about to be made. ``most`` is the most tokens that it can use."""

    purpose: str
    model: str
    prompt_hash: str
    most: Usage


@dataclass
class CallResult:
    """What a call turned out to use, filled in while it runs."""

    served: str | None = None
    usage: Usage = Usage()
    outcome: str = "ok"


class Ledger:
    """Stores a row for each call, and refuses calls that might exceed the budget."""

    def __init__(self, storage: Storage, budget: Budget, prices: PriceTable, clock: Clock) -> None:
        self._storage = storage
        self.budget = budget
        self._prices = prices
        self._clock = clock

    @contextmanager
    def recorded(self, call: PlannedCall) -> Iterator[CallResult]:
        """Run the block as one call.

        Raises:
            BudgetSpentError: before the block, if the call might exceed the budget.
        """
        # Nothing is paid for that could not be kept.
        self._storage.insist(self._storage.ensure_writable)
        with self.budget.reserve(self._prices.cost(call.model, call.most) or 0.0):
            result = CallResult()
            started = time.perf_counter()
            try:
                yield result
            except GeneratorExit:
                result.outcome = "abandoned"
                raise
            except Exception as error:
                result.outcome = fault_of(error).outcome
                raise
            finally:
                self._write(call, result, time.perf_counter() - started)

    def _write(self, call: PlannedCall, result: CallResult, seconds: float) -> None:
        usage = result.usage
        if not usage.input and result.outcome in ("timeout", "too-slow"):
            # The server may have answered, and charged for it, without our knowing.
            usage = call.most
        row = ModelCall(
            purpose=call.purpose,
            model_asked=call.model,
            model_served=result.served,
            prompt_hash=call.prompt_hash,
            milliseconds=round(seconds * 1000),
            outcome=result.outcome,
            input_tokens=usage.input,
            cached_tokens=usage.cached,
            output_tokens=usage.output,
            cost_usd=self._prices.cost(call.model, usage),
        )
        # What was answered must not be lost for want of this row.
        self._storage.insist(lambda: self._storage.model_calls.add(row, now=self._clock()))

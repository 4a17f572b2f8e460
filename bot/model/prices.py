"""What tokens cost: a table that settings extend."""

import re
from collections.abc import Mapping

from bot.model.records import Usage

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
    """Knows the price of a model, or what to assume.

    A model on a local server is free unless settings give it a price. An unknown one elsewhere is
    reckoned at the dearest known price, since a hard budget must not be passed by ignorance.
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

"""One row for each call to a model: the cost report, the debug log and the budget."""

from dataclasses import dataclass
from datetime import datetime

from storage.records import Tables, values_of
from storage.times import from_text, to_text


@dataclass(frozen=True)
class ModelCall:
    """What one call asked and cost. ``outcome`` is ``ok`` or a short word for the failure;
    ``cost_usd`` is None when the model has no known price."""

    purpose: str
    model_asked: str
    model_served: str | None
    prompt_hash: str
    milliseconds: int
    outcome: str
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None


class ModelCalls(Tables):
    """The table ``model_calls``."""

    def add(self, call: ModelCall, *, now: datetime) -> None:
        """Record one call."""
        self._connections.add("model_calls", {**values_of(call), "called_at": to_text(now)})

    def cost_since(self, moment: datetime) -> float:
        """US dollars spent on calls at or after *moment*."""
        row = self._connections.row(
            "SELECT coalesce(sum(cost_usd), 0) FROM model_calls WHERE called_at >= ?",
            [to_text(moment)],
        )
        return float(row[0])

    def last_outcome(self) -> tuple[str, datetime] | None:
        """How the newest call ended, and when it was made; None when there was none."""
        rows = self._connections.rows(
            "SELECT outcome, called_at FROM model_calls ORDER BY id DESC LIMIT 1", []
        )
        return next(((outcome, from_text(called_at)) for outcome, called_at in rows), None)

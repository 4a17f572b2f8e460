"""One figure beside its baseline, as a line of the table."""

from collections.abc import Sequence
from dataclasses import dataclass

HEAD = "| part | what | measured | beside it | ratio |\n|---|---|--:|---|--:|"


@dataclass(frozen=True)
class Row:
    """What was measured and, in the same unit, what it cannot or need not be better than."""

    part: str
    what: str
    measured: float
    unit: str
    beside: float | None = None
    baseline: str = ""

    @property
    def ratio(self) -> float | None:
        """Measured by baseline."""
        return self.measured / self.beside if self.beside else None

    def __str__(self) -> str:
        beside = "" if self.beside is None else f"{number(self.beside)} {self.unit} {self.baseline}"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        measured = f"{number(self.measured)} {self.unit}"
        return f"| {self.part} | {self.what} | {measured} | {beside} | {ratio} |"


def failed(part: str, error: Exception) -> str:
    """The line of a part that came to no end."""
    told = " ".join(f"{type(error).__name__}: {error}".split()).replace("|", "\\|")
    return f"| {part} | **failed**: {told} | | | |"


def number(value: float) -> str:
    """Three figures that count."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which *share* of all lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

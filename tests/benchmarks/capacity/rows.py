"""One figure beside its baseline, and the table of them."""

from collections.abc import Sequence
from dataclasses import dataclass


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


def table(rows: Sequence[Row]) -> str:
    """All rows as Markdown."""
    lines = [
        "| part | what | measured | beside it | ratio |",
        "|---|---|--:|---|--:|",
    ]
    for row in rows:
        beside = "" if row.beside is None else f"{number(row.beside)} {row.unit} {row.baseline}"
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        measured = f"{number(row.measured)} {row.unit}"
        lines.append(f"| {row.part} | {row.what} | {measured} | {beside} | {ratio} |")
    return "\n".join(lines)


def number(value: float) -> str:
    """Three figures that count."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which *share* of all lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

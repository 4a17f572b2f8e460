"""What a benchmark tells in one number."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One headline figure, and what the bare minimum reaches on the same data in the same run: a
    library's default, or the simplest way."""

    name: str
    value: float
    bare: float | None = None
    less_is_better: bool = False

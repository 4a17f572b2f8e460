"""Search by vectors inside the database, where it has one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Likeness:
    """How near some papers are to a vector, as cosines, and the mean and the standard deviation
    over all papers."""

    papers: dict[str, float]
    mean: float
    deviation: float
    count: int


class NearestVectors(Protocol):
    """The papers' vectors of one size and model each, compared where they are stored."""

    def keep(self) -> None:
        """Have all that is stored found, within the transaction that has stored it."""

    def nearest(
        self, vector: Sequence[float], *, model: str, limit: int, among: Sequence[str] | None
    ) -> list[tuple[str, float]]:
        """Paper ids with their cosine to *vector*, nearest first."""

    def likeness(self, vector: Sequence[float], *, model: str, among: Sequence[str]) -> Likeness:
        """How near the papers *among* are, beside all others."""

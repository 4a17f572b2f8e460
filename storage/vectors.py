"""What a comparison of vectors tells, wherever it is made."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Likeness:
    """How near some papers are to a vector, as cosines, and the mean and the standard deviation
    over all papers."""

    papers: dict[str, float]
    mean: float
    deviation: float
    count: int

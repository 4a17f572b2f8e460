"""One line of ``paperboy check``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """``state`` is ``ok``, ``wrong``, or ``off`` for what is not set up and need not be."""

    name: str
    state: str
    text: str


def one_line(reason: object) -> str:
    """A reason without line breaks."""
    return " ".join(str(reason).split())

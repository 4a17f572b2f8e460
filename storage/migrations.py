"""The schema and its history: steps in a fixed order, each applied once, on either database.

A released step is never edited: what changes afterwards is a new function at the end. Every table
is made by ``schema.sql`` and ``words.sql`` or by a later step, and nowhere else.
"""

from collections.abc import Callable
from importlib import resources

from storage.connections import Connections

Step = Callable[[Connections], None]


def m001_baseline(connections: Connections) -> None:
    """All tables as the first release has them."""
    folder = resources.files("storage")
    connections.run(folder.joinpath("schema.sql").read_text("utf-8"))
    connections.run(folder.joinpath(connections.dialect, "words.sql").read_text("utf-8"))


STEPS: list[Step] = [m001_baseline]


def unknown_steps(applied: list[str]) -> list[str]:
    """Those that this program doesn't know: a newer one has applied them."""
    known = {step.__name__ for step in STEPS}
    return sorted(set(applied) - known)

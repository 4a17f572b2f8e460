"""The schema and its history: steps in a fixed order, each applied once, on either database.

A released step is never edited: what changes afterwards is a new function at the end. Every table
is made by ``schema.sql`` and ``words.sql`` or by a later step, and nowhere else.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from importlib import resources

from storage.connections import Connections
from storage.errors import NewerSchemaError
from storage.times import to_text

Step = Callable[[Connections], None]


def m001_baseline(connections: Connections) -> None:
    """All tables as the first release has them."""
    folder = resources.files("storage")
    connections.run(folder.joinpath("schema.sql").read_text("utf-8"))
    connections.run(folder.joinpath(connections.dialect, "words.sql").read_text("utf-8"))


STEPS: list[Step] = [m001_baseline]


def migrate(connections: Connections) -> None:
    """Apply the steps that the database lacks, all or none; one process at a time. A new database
    has nothing to lose; of any other a copy is made first where that is ours to do.

    Raises:
        DatabaseUnusableError: the copy cannot be made.
        NewerSchemaError: a newer Paperboy has written the database.
    """
    with connections.transaction():
        connections.lock("migrations")
        connections.run(
            "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at TEXT);"
        )
        applied = {row[0] for row in connections.rows("SELECT name FROM migrations")}
        if unknown := sorted(applied - {step.__name__ for step in STEPS}):
            copy = connections.copy_before(unknown[0])
            raise NewerSchemaError(f"unknown migrations: {', '.join(unknown)}", copy=copy)
        pending = [step for step in STEPS if step.__name__ not in applied]
        if applied and pending:
            connections.save_before(pending[0].__name__)
        for step in pending:
            step(connections)
            moment = to_text(datetime.now(UTC))
            connections.add("migrations", {"name": step.__name__, "applied_at": moment})

"""The schema and its history: steps in a fixed order, each applied once.

A released step is never edited: what changes afterwards is a new function at the end. Every table
is made by ``schema.sql`` or by a later step, and nowhere else.
"""

import sqlite3
from collections.abc import Iterator
from importlib import resources

from sqlite_utils import Database, Migrations

migrations = Migrations("paperboy")


@migrations()
def m001_baseline(db: Database) -> None:
    """All tables as the first release has them."""
    script = resources.files("storage").joinpath("schema.sql").read_text("utf-8")
    for statement in _statements(script):
        db.execute(statement)


def _statements(script: str) -> Iterator[str]:
    """The statements one by one: run as a script, they would commit the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""

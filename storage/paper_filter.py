"""Conditions on papers, and how they read in SQL."""

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PaperFilter:
    """Conditions on papers. Days are ISO texts, both included; ``among`` are ids;
    ``people`` is a full-text expression that authors and organisations meet. An empty filter lets
    all pass."""

    authors: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    after: str | None = None
    before: str | None = None
    has_code: bool = False
    among: tuple[str, ...] | None = None
    people: str = ""


@dataclass(frozen=True)
class Conditions:
    """A filter in SQL: ``clauses`` over ``indexed_papers i``, and a join if they need one."""

    clauses: str
    values: tuple[Any, ...]
    join: str


def conditions(where: PaperFilter) -> Conditions:
    """The filter in SQL."""
    clauses: list[str] = []
    values: list[Any] = []
    for column, names in (("authors", where.authors), ("organization", where.organizations)):
        for name in names:
            clauses.append(f"AND papers.{column} LIKE ? ESCAPE '\\'")
            escaped = name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            values.append(f"%{escaped}%")
    if where.has_code:
        clauses.append("AND papers.code_url IS NOT NULL")
    join = "CROSS JOIN papers ON papers.id = i.paper_id" if clauses else ""
    for sign, edge in ((">=", where.after), ("<=", where.before)):
        if edge is not None:
            clauses.append(f"AND i.day {sign} ?")
            values.append(edge)
    if where.among is not None:
        clauses.append("AND i.paper_id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(where.among))
    return Conditions(" ".join(clauses), tuple(values), join)

"""Conditions on papers, and how they read in SQL."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
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

    def only(self, paper_ids: Sequence[str]) -> "PaperFilter":
        """The same filter for these papers alone."""
        return replace(self, among=tuple(paper_ids))


@dataclass(frozen=True)
class Conditions:
    """A filter in SQL: ``clauses`` over ``indexed_papers i``."""

    clauses: str
    values: tuple[Any, ...]


def conditions(where: PaperFilter, each: str) -> Conditions:
    """The filter in SQL; *each* is that of the database's connections."""
    clauses: list[str] = []
    values: list[Any] = []
    paper = [
        (f"lower({column}) LIKE ? ESCAPE '\\'", containing(name))
        for column, names in (("authors", where.authors), ("organization", where.organizations))
        for name in names
    ]
    told = [clause for clause, _ in paper]
    if where.has_code:
        told.append("code_url IS NOT NULL")
    if told:
        clauses.append(
            "AND EXISTS (SELECT 1 FROM papers WHERE papers.id = i.paper_id "
            f"AND {' AND '.join(told)})"
        )
        values += [value for _, value in paper]
    for sign, edge in ((">=", where.after), ("<=", where.before)):
        if edge is not None:
            clauses.append(f"AND i.day {sign} ?")
            values.append(edge)
    if where.among is not None:
        clauses.append(f"AND i.paper_id IN {each}")
        values.append(json.dumps(where.among))
    return Conditions(" ".join(clauses), tuple(values))


def containing(text: str) -> str:
    """The pattern of LIKE for a lower-case text that holds *text* somewhere."""
    # Of lower() in SQL it is only sure that it knows the letters of ASCII.
    lower = "".join(one.lower() if one.isascii() else one for one in text)
    escaped = lower.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"

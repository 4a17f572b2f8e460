"""Rows as records and back, by the types of a record's fields.

Times become ISO 8601 text, tuples and mappings JSON, yes and no 1 and 0. A field has the name of
its column, and what a row lacks keeps the default of the record.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime, time
from enum import Enum
from functools import cache, lru_cache
from types import UnionType
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

from storage.connections import Connections
from storage.times import from_text, to_text

Record = TypeVar("Record")
Read = Callable[[Any], Any]
Row = Mapping[str, Any]

# A paper with its abstract takes a few kilobytes.
MOST_REMEMBERED = 1024

# PostgreSQL keeps the word "user" for itself.
_COLUMNS = {"user": "member"}
_READ: Mapping[Any, Read] = {
    bool: bool,
    date: date.fromisoformat,
    datetime: from_text,
    time: time.fromisoformat,
    tuple: lambda text: tuple(json.loads(text)),
    Mapping: json.loads,
}


def record_of(kind: type[Record], row: Mapping[str, Any], **further: Any) -> Record:
    """The record in a row, with *further* fields that stand elsewhere."""
    found: Any = kind
    told = {name: read(row[column]) for name, column, read in _in_row(found, tuple(row))}
    return kind(**told, **further)


def remembered(
    make: Callable[[Row], Record],
) -> Callable[[tuple[str, ...], tuple[Any, ...]], Record]:
    """*make* for a row in columns and values, which knows the records of the rows that it made
    last: for rows that belong to nobody and are read for everybody, again and again."""

    @lru_cache(MOST_REMEMBERED)
    def made(columns: tuple[str, ...], values: tuple[Any, ...]) -> Record:
        return make(dict(zip(columns, values, strict=True)))

    return made


def values_of(record: Any, *names: str) -> dict[str, Any]:
    """The stored form of a record's fields by column: of those named, or of all."""
    wanted = names or [one.name for one in fields(record)]
    return {_COLUMNS.get(name, name): stored(getattr(record, name)) for name in wanted}


def stored(value: Any) -> Any:
    """How a value stands in a row."""
    match value:
        case bool():
            return int(value)
        case datetime():
            return to_text(value)
        case time():
            return value.isoformat("minutes")
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case tuple() | list() | Mapping():
            return as_json(value)
    return value


def as_json(value: Any) -> str:
    """Plain data, or frozen records with what is in them, as JSON."""
    return json.dumps(value, default=vars, ensure_ascii=False)


@cache
def _in_row(kind: Any, columns: tuple[str, ...]) -> list[tuple[str, str, Read]]:
    """The fields that stand in a row with these *columns*."""
    hints = get_type_hints(kind)
    named = ((one.name, _COLUMNS.get(one.name, one.name)) for one in fields(kind))
    return [(name, column, _reader(hints[name])) for name, column in named if column in columns]


def _reader(hint: Any) -> Read:
    if get_origin(hint) is UnionType:
        (inner,) = (one for one in get_args(hint) if one is not type(None))
        read = _reader(inner)
        return lambda value: None if value is None else read(value)
    plain = get_origin(hint) or hint
    if isinstance(plain, type) and issubclass(plain, Enum):
        return plain
    return _READ.get(plain, _as_it_is)


def _as_it_is(value: Any) -> Any:
    return value


class Tables:
    """A group of tables, whose rows belong to nobody."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections


class TeamTables:
    """A group of tables of which a team reads and writes its own rows alone."""

    def __init__(self, connections: Connections, team: str) -> None:
        self._connections = connections
        self._team = team


class TeamTable(TeamTables, Generic[Record]):
    """One table of a team's, a record for each row."""

    _table: str
    _kind: type[Record]

    def _select(self, further: str = "", *values: Any) -> list[Record]:
        """The team's rows that meet *further* conditions, which begin with AND, in their order."""
        rows = self._connections.query(
            f"SELECT * FROM {self._table} WHERE team = ? {further}", [self._team, *values]
        )
        return [self._record(row) for row in rows]

    def _record(self, row: Mapping[str, Any]) -> Record:
        return record_of(self._kind, row)

    def _first(self, further: str, *values: Any) -> Record | None:
        """The first of those, or None."""
        return next(iter(self._select(further, *values)), None)

    def _change(self, values: Mapping[str, Any], further: str, *of: Any) -> int:
        """Set columns of the team's rows that meet *further* conditions; how many there are."""
        sets = ", ".join(f"{name} = ?" for name in values)
        return self._connections.execute(
            f"UPDATE {self._table} SET {sets} WHERE team = ? {further}",
            [*values.values(), self._team, *of],
        )

    def _delete(self, further: str, *of: Any) -> int:
        """Delete the team's rows that meet *further* conditions; how many there were."""
        return self._connections.execute(
            f"DELETE FROM {self._table} WHERE team = ? {further}", [self._team, *of]
        )

"""Leases: which process works on which rows of a table, and until when nobody else may.

``deliveries``, ``runs`` and ``questions`` have the columns ``lease_owner``, ``lease_until`` and
``attempts``. How a row is claimed depends on its table; holding, freeing and telling who holds what
is the same for all.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from storage.connections import Connections, marks
from storage.times import to_text

# To set when work on a row has ended.
FREE = "lease_owner = NULL, lease_until = NULL"


def taken(table: str) -> str:
    """What to set when a row is claimed; wants ``:owner`` and ``:until``."""
    return f"lease_owner = :owner, lease_until = :until, attempts = {table}.attempts + 1"


class Leases:
    """The leases of a team in *table*; rows in *state* are those that somebody works on."""

    def __init__(self, connections: Connections, team: str, *, table: str, state: str) -> None:
        self._connections = connections
        self._team = team
        self._table = table
        self._state = state

    def owners(self) -> set[str]:
        """Who works on something at the moment, or died over it."""
        rows = self._connections.query(
            f"SELECT DISTINCT lease_owner FROM {self._table} "
            "WHERE team = ? AND state = ? AND lease_owner IS NOT NULL",
            [self._team, self._state],
        )
        return {row["lease_owner"] for row in rows}

    def renew(
        self, owners: Collection[str], *, until: datetime, only: Sequence[int] | None = None
    ) -> int:
        """Have *owners* keep what they work on, all of it or *only* the rows with these ids.

        Returns:
            How many rows they still hold.
        """
        chosen = "" if only is None else f"AND id IN ({marks(only)})"
        return self._connections.execute(
            f"UPDATE {self._table} SET lease_until = ? "
            f"WHERE team = ? AND state = ? AND lease_owner IN ({marks(owners)}) {chosen}",
            [to_text(until), self._team, self._state, *owners, *(only or ())],
        )

    def extend(self, *, until: datetime) -> int:
        """Leave everybody what they work on *until* then at least.

        Returns:
            How many rows would have been free before.
        """
        return self._connections.execute(
            f"UPDATE {self._table} SET lease_until = ? "
            "WHERE team = ? AND state = ? AND lease_owner IS NOT NULL AND lease_until < ?",
            [to_text(until), self._team, self._state, to_text(until)],
        )

    def release(self, owner: str, *, at: datetime) -> int:
        """Let what *owner* works on be claimed by others from *at*, unless that was so before.

        Returns:
            How many rows that is.
        """
        return self._connections.execute(
            f"UPDATE {self._table} SET lease_until = ? "
            "WHERE team = ? AND state = ? AND lease_owner = ? AND lease_until > ?",
            [to_text(at), self._team, self._state, owner, to_text(at)],
        )

"""What processes that share a database may use of the model together: places for calls, calls a
minute, and the day's budget. Each holds what it uses for a while, and renews it; what a dead
process held falls free by itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.connections import marks
from storage.model_calls import ModelCalls
from storage.records import Tables
from storage.times import horizon, to_text

MINUTE = timedelta(minutes=1)
_BUDGET = "budget"
_HELD = "held_until > :now AND held_until <= :horizon"


@dataclass(frozen=True)
class Reserved:
    """A part of the budget, None where the rest was too little; and what was spent and reserved
    before, in US dollars."""

    id: int | None
    spent: float
    reserved: float


class ModelLimits(Tables):
    """The table ``model_holds``. Nobody looks and holds at the same time as another."""

    @property
    def is_shared(self) -> bool:
        """Whether other machines may use the database as well."""
        return self._connections.path is None

    def take_place(
        self,
        server: str,
        *,
        places: int,
        per_minute: int | None,
        owner: str,
        now: datetime,
        lasting: timedelta,
    ) -> int | None:
        """A place for a call to a model server; None while all are taken, or the minute's calls
        have been made."""
        values = {"kind": server, "now": to_text(now), "horizon": horizon(now)}
        with self._connections.transaction():
            self._connections.lock("model_holds")
            self._connections.execute(
                "DELETE FROM model_holds WHERE kind = :kind AND held_until <= :now "
                "AND begun_at <= :minute",
                {"kind": server, "now": to_text(now), "minute": to_text(now - MINUTE)},
            )
            held, begun = self._connections.row(
                f"SELECT count(CASE WHEN {_HELD} THEN 1 END), count(*) FROM model_holds "
                "WHERE kind = :kind",
                values,
            )
            if held >= places or (per_minute and begun >= per_minute):
                return None
            return self._hold(server, 0.0, owner, now, lasting)

    def reserve(
        self,
        most_usd: float,
        *,
        limit_usd: float,
        since: datetime,
        owner: str,
        now: datetime,
        lasting: timedelta,
    ) -> Reserved:
        """A part of what may be spent *since* a moment."""
        with self._connections.transaction():
            self._connections.lock("model_holds")
            spent = ModelCalls(self._connections).cost_since(since)
            (reserved,) = self._connections.row(
                f"SELECT coalesce(sum(most_usd), 0.0) FROM model_holds WHERE {_HELD}",
                {"now": to_text(now), "horizon": horizon(now)},
            )
            if spent + reserved + most_usd > limit_usd:
                return Reserved(None, spent, reserved)
            return Reserved(self._hold(_BUDGET, most_usd, owner, now, lasting), spent, reserved)

    def keep(self, owners: Collection[str], *, now: datetime, lasting: timedelta) -> None:
        """Go on holding what *owners* hold."""
        self._connections.execute(
            f"UPDATE model_holds SET held_until = ? WHERE owner IN ({marks(owners)}) "
            "AND held_until > ?",
            [to_text(now + lasting), *owners, to_text(now)],
        )

    def owners(self, *, now: datetime) -> set[str]:
        """Who holds something."""
        rows = self._connections.rows(
            f"SELECT DISTINCT owner FROM model_holds WHERE {_HELD}",
            {"now": to_text(now), "horizon": horizon(now)},
        )
        return {row[0] for row in rows}

    def let_go_of(self, owner: str, *, now: datetime) -> None:
        """End what *owner* holds."""
        self._connections.execute(
            "UPDATE model_holds SET held_until = ?, most_usd = 0 "
            "WHERE owner = ? AND held_until > ?",
            [to_text(now), owner, to_text(now)],
        )

    def let_go(self, hold: int, *, now: datetime) -> None:
        """End a hold. A call counts for its minute all the same."""
        self._connections.execute(
            "UPDATE model_holds SET held_until = ?, most_usd = 0 WHERE id = ?", [to_text(now), hold]
        )

    def _hold(
        self, kind: str, most_usd: float, owner: str, now: datetime, lasting: timedelta
    ) -> int:
        values = {"kind": kind, "owner": owner, "most_usd": most_usd}
        times = {"begun_at": to_text(now), "held_until": to_text(now + lasting)}
        new = self._connections.add_numbered("model_holds", {**values, **times})
        assert new is not None
        return new

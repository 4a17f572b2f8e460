"""Digests: what a channel was promised for a day or a week, with its papers by number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from storage.errors import AlreadyExistsError
from storage.listings import ListingDay
from storage.records import TeamTable, as_json, record_of
from storage.times import to_text

# A channel's daily digests that were posted, or are about to be.
_SHOWN = (
    "team = ? AND channel = ? AND kind = 'daily' AND id NOT IN ("
    "SELECT digest_id FROM deliveries WHERE team = ? AND channel = ? AND kind = 'digest' "
    "AND state = 'failed' AND digest_id IS NOT NULL)"
)


@dataclass(frozen=True)
class Digest:
    """``kind`` is ``daily`` or ``weekly``; ``period`` is ``2025-03-19`` or ``2025-W12``.
    ``paper_ids`` are in the order of their numbers, which count from 1; the first ``entries`` of
    them are told about, the others up to ``listed`` are named only, and those beyond came late
    and stand in a reply of their own. ``listings`` are those that a day's digest was made of, as
    they were at ``chosen_at``; ``hidden`` counts their papers on topics that are not wanted,
    ``left_out`` those that were too many. ``ranked_by`` is what ordered them besides votes."""

    id: int
    channel: str
    kind: str
    period: str
    language: str
    style: str
    paper_ids: tuple[str, ...]
    entries: int
    listed: int
    planned_at: datetime
    chosen_at: datetime
    hidden: int = 0
    left_out: int = 0
    ranked_by: tuple[str, ...] = ()
    listings: tuple[ListingDay, ...] = ()


class Digests(TeamTable[Digest]):
    """The tables ``digests`` and ``digest_papers``."""

    _table, _kind = "digests", Digest

    def claim(
        self,
        *,
        channel: str,
        kind: str,
        period: str,
        language: str,
        style: str,
        paper_ids: Sequence[str],
        now: datetime,
        entries: int | None = None,
        hidden: int = 0,
        left_out: int = 0,
        ranked_by: Sequence[str] = (),
        listings: Sequence[ListingDay] = (),
    ) -> int:
        """Promise a digest and return its id. Call it in one transaction with its deliveries.

        *entries* is how many of the papers are told about; all of them when None.

        Raises:
            AlreadyExistsError: the channel has this digest already.
        """
        with self._connections.transaction():
            values = {
                "team": self._team,
                "channel": channel,
                "kind": kind,
                "period": period,
                "language": language,
                "style": style,
                "entries": len(paper_ids) if entries is None else entries,
                "listed": len(paper_ids),
                "hidden": hidden,
                "left_out": left_out,
                "ranked_by": as_json(ranked_by),
                "planned_at": to_text(now),
                "chosen_at": to_text(now),
            }
            digest_id = self._connections.add_numbered("digests", values)
            if digest_id is None:
                raise AlreadyExistsError(f"{kind} digest {period} for {channel}")
            for number, paper_id in enumerate(paper_ids, start=1):
                self.add_paper(digest_id, number, paper_id)
            self.add_listings(digest_id, listings)
        return digest_id

    def add_listings(self, digest_id: int, listings: Sequence[ListingDay]) -> None:
        """Remember that a digest was made of these listings as well."""
        with self._connections.transaction():
            for one in listings:
                self._connections.execute(
                    "INSERT INTO digest_listings (team, digest_id, source, date) "
                    "SELECT team, id, ?, ? FROM digests WHERE id = ? AND team = ? "
                    "ON CONFLICT DO NOTHING",
                    [one.source, one.date.isoformat(), digest_id, self._team],
                )

    def told(self, channel: str, *, since: date) -> dict[ListingDay, bool]:
        """The listings of *since* or later days that the channel's digests were made of, and
        whether one of those was posted or is about to be."""
        rows = self._connections.query(
            f"SELECT source, date, max(CASE WHEN digest_id IN (SELECT id FROM digests "
            f"WHERE {_SHOWN}) THEN 1 ELSE 0 END) AS shown FROM digest_listings "
            "WHERE team = ? AND date >= ? AND digest_id IN (SELECT id FROM digests "
            "WHERE team = ? AND channel = ? AND kind = 'daily') GROUP BY source, date",
            [*self._shown(channel), self._team, since.isoformat(), self._team, channel],
        )
        return {record_of(ListingDay, row): bool(row["shown"]) for row in rows}

    def add_paper(self, digest_id: int, number: int, paper_id: str) -> None:
        """Give a paper its number in a digest."""
        self._connections.execute(
            "INSERT INTO digest_papers (team, digest_id, number, paper_id) "
            "SELECT team, id, ?, ? FROM digests WHERE id = ? AND team = ?",
            [number, paper_id, digest_id, self._team],
        )

    def add_late(
        self,
        digest_id: int,
        paper_ids: Sequence[str],
        *,
        entries: int,
        listed: int,
        now: datetime,
        hidden: int = 0,
        left_out: int = 0,
    ) -> None:
        """Give late papers the numbers after a digest's last, and say how far its posts go;
        *hidden* and *left_out* are how many more there were."""
        with self._connections.transaction():
            # First, so that nobody else gives out numbers meanwhile.
            self._connections.execute(
                "UPDATE digests SET entries = ?, listed = ?, hidden = hidden + ?, "
                "left_out = left_out + ?, chosen_at = ? WHERE id = ? AND team = ?",
                [entries, listed, hidden, left_out, to_text(now), digest_id, self._team],
            )
            last = self._connections.row(
                "SELECT coalesce(max(number), 0) FROM digest_papers "
                "WHERE digest_id = ? AND team = ?",
                [digest_id, self._team],
            )[0]
            for number, paper_id in enumerate(paper_ids, start=last + 1):
                self.add_paper(digest_id, number, paper_id)

    def get(self, digest_id: int) -> Digest | None:
        """The digest with this id, or None."""
        return self._first("AND id = ?", digest_id)

    def find(self, channel: str, kind: str, period: str) -> Digest | None:
        """The channel's digest of one day or week, or None."""
        return self._first("AND channel = ? AND kind = ? AND period = ?", channel, kind, period)

    def latest(self, channel: str) -> Digest | None:
        """The channel's digest of the newest day, or None."""
        return self._first(
            "AND channel = ? AND kind = 'daily' ORDER BY period DESC LIMIT 1", channel
        )

    def since(self, kind: str, period: str) -> list[Digest]:
        """The digests of the team's channels for *period* or a later one, oldest first."""
        return self._select("AND kind = ? AND period >= ? ORDER BY period, id", kind, period)

    def papers_shown(self, channel: str) -> set[str]:
        """Ids of all papers that a day's digest has shown, or is about to, in this channel."""
        rows = self._connections.query(
            "SELECT DISTINCT paper_id FROM digest_papers WHERE team = ? "
            f"AND digest_id IN (SELECT id FROM digests WHERE {_SHOWN})",
            [self._team, *self._shown(channel)],
        )
        return {row["paper_id"] for row in rows}

    def _shown(self, channel: str) -> list[Any]:
        return [self._team, channel, self._team, channel]

    def _record(self, row: Mapping[str, Any]) -> Digest:
        key = [self._team, row["id"]]
        papers = self._connections.rows(
            "SELECT paper_id FROM digest_papers WHERE team = ? AND digest_id = ? ORDER BY number",
            key,
        )
        listings = self._connections.query(
            "SELECT source, date FROM digest_listings WHERE team = ? AND digest_id = ? "
            "ORDER BY date, source",
            key,
        )
        return record_of(
            Digest,
            row,
            paper_ids=tuple(paper_id for (paper_id,) in papers),
            listings=tuple(record_of(ListingDay, one) for one in listings),
        )

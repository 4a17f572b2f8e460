"""Listings: the papers of one Hugging Face day, with rank and votes; and how reading went."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from storage.connections import Connections
from storage.times import day_from_text, from_text, optional_text, optional_time, to_text

# When a listing was read last that no source has told of yet, but an imported digest.
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class ListingEntry:
    """One paper's place in a listing. ``rank`` counts from 1."""

    paper_id: str
    rank: int
    votes: int
    first_seen: datetime | None = None
    last_seen: datetime | None = None


@dataclass(frozen=True)
class Listing:
    """The papers of one day, best rank first. A settled listing is no longer re-read.
    ``unreadable`` is how many entries of the source's could not be read; ``last_read`` is
    :data:`NEVER` while only an import tells of the day."""

    date: date
    entries: tuple[ListingEntry, ...]
    settled: bool
    first_read: datetime
    last_read: datetime
    unreadable: int = 0

    @property
    def is_read(self) -> bool:
        """Whether its source has told of the day."""
        return self.last_read > NEVER


@dataclass(frozen=True)
class SourceRead:
    """The last try at a source; ``problem`` is None when it went well, else ``failing_since`` is
    when the first try of this row of failures was made."""

    source: str
    tried_at: datetime
    succeeded_at: datetime | None
    problem: str | None
    failing_since: datetime | None = None


class Listings:
    """The tables ``listings``, ``listing_papers`` and ``source_reads``."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def save(
        self,
        day: date,
        entries: Iterable[ListingEntry],
        *,
        settled: bool,
        now: datetime,
        unreadable: int = 0,
    ) -> tuple[int, int]:
        """Store one reading of a day's listing. The papers must be stored already.

        A paper that was there before gets its new rank and votes; one that has gone from the
        source stays, since a digest may have told about it. What only an import told gives way.

        Returns:
            How many entries are new and how many were there before.
        """
        moment = to_text(now)
        entries = list(entries)
        new = known = 0
        with self._connections.transaction():
            if entries:
                self._forget_told(day)
            self._connections.execute(
                "INSERT INTO listings (date, settled, first_read, last_read, unreadable) "
                "VALUES (?, ?, ?, ?, ?) ON CONFLICT (date) DO UPDATE SET "
                "settled = CASE WHEN listings.settled = 1 THEN 1 ELSE excluded.settled END, "
                "last_read = excluded.last_read, "
                "unreadable = excluded.unreadable",
                [day.isoformat(), int(settled), moment, moment, unreadable],
            )
            before = {row["paper_id"] for row in self._rows(day)}
            for entry in entries:
                new += entry.paper_id not in before
                known += entry.paper_id in before
                self._save_entry(day, entry, moment)
        return new, known

    def tell(self, day: date, entries: Iterable[ListingEntry], *, now: datetime) -> None:
        """Store what imported digests say of a day, until its source is read: that alone settles
        it. Changes nothing once it has been."""
        listing = self.get(day)
        if listing is not None and listing.is_read:
            return
        never, moment = to_text(NEVER), to_text(now)
        with self._connections.transaction():
            self._forget_told(day)
            for place, entry in enumerate(entries):
                if place == 0:
                    self._connections.execute(
                        "INSERT INTO listings (date, settled, first_read, last_read, unreadable) "
                        "VALUES (?, 0, ?, ?, 0) ON CONFLICT (date) DO NOTHING",
                        [day.isoformat(), never, never],
                    )
                self._save_entry(day, entry, moment)

    def _save_entry(self, day: date, entry: ListingEntry, moment: str) -> None:
        self._connections.execute(
            "INSERT INTO listing_papers (date, paper_id, rank, votes, first_seen, "
            "last_seen) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (date, paper_id) DO UPDATE "
            "SET rank = excluded.rank, votes = excluded.votes, "
            "last_seen = excluded.last_seen",
            [day.isoformat(), entry.paper_id, entry.rank, entry.votes, moment, moment],
        )

    def _forget_told(self, day: date) -> None:
        self._connections.execute(
            "DELETE FROM listings WHERE date = ? AND last_read = ?",
            [day.isoformat(), to_text(NEVER)],
        )

    def get(self, day: date) -> Listing | None:
        """The listing of *day*, or None when it was never read."""
        row = self._connections.first("SELECT * FROM listings WHERE date = ?", [day.isoformat()])
        return None if row is None else self._record(row)

    def newest_with_papers(self, *, until: date | None = None) -> date | None:
        """The date of the newest listing that has papers, not after *until*."""
        row = self._connections.row(
            "SELECT max(date) FROM listing_papers WHERE date <= ?",
            [(until or date.max).isoformat()],
        )
        return None if row[0] is None else day_from_text(row[0])

    def dates_with_papers(self, *, since: date, until: date) -> list[date]:
        """Dates from *since* to *until* (both included) whose listing has papers, in order."""
        rows = self._connections.query(
            "SELECT DISTINCT date FROM listing_papers WHERE date BETWEEN ? AND ? ORDER BY date",
            [since.isoformat(), until.isoformat()],
        )
        return [day_from_text(row["date"]) for row in rows]

    def unsettled(self) -> list[date]:
        """Dates of the listings that were read and may still change, oldest first."""
        rows = self._connections.query(
            "SELECT date FROM listings WHERE settled = 0 AND last_read > ? ORDER BY date",
            [to_text(NEVER)],
        )
        return [day_from_text(row["date"]) for row in rows]

    def dates_of(self, paper_id: str) -> list[date]:
        """The days on which a paper was listed, newest first."""
        rows = self._connections.query(
            "SELECT date FROM listing_papers WHERE paper_id = ? ORDER BY date DESC", [paper_id]
        )
        return [day_from_text(row["date"]) for row in rows]

    def save_read(self, source: str, *, problem: str | None, now: datetime) -> None:
        """Remember how the last try at *source* went."""
        self._connections.execute(
            "INSERT INTO source_reads (source, tried_at, succeeded_at, problem, failing_since) "
            "VALUES (?, ?, ?, ?, ?) ON CONFLICT (source) DO UPDATE SET "
            "tried_at = excluded.tried_at, problem = excluded.problem, "
            "succeeded_at = coalesce(excluded.succeeded_at, source_reads.succeeded_at), "
            "failing_since = CASE WHEN excluded.problem IS NOT NULL "
            "THEN coalesce(source_reads.failing_since, excluded.failing_since) END",
            [
                source,
                to_text(now),
                optional_text(None if problem else now),
                problem,
                optional_text(now if problem else None),
            ],
        )

    def last_reads(self) -> list[SourceRead]:
        """How the last try at each source went."""
        return [
            SourceRead(
                source=row["source"],
                tried_at=from_text(row["tried_at"]),
                succeeded_at=optional_time(row["succeeded_at"]),
                problem=row["problem"],
                failing_since=optional_time(row["failing_since"]),
            )
            for row in self._connections.query("SELECT * FROM source_reads ORDER BY source")
        ]

    def _rows(self, day: date) -> list[dict[str, Any]]:
        return list(
            self._connections.query(
                "SELECT * FROM listing_papers WHERE date = ? ORDER BY rank, votes DESC, paper_id",
                [day.isoformat()],
            )
        )

    def _record(self, row: dict[str, Any]) -> Listing:
        day = day_from_text(row["date"])
        entries = tuple(
            ListingEntry(
                paper_id=entry["paper_id"],
                rank=entry["rank"],
                votes=entry["votes"],
                first_seen=from_text(entry["first_seen"]),
                last_seen=from_text(entry["last_seen"]),
            )
            for entry in self._rows(day)
        )
        return Listing(
            date=day,
            entries=entries,
            settled=bool(row["settled"]),
            first_read=from_text(row["first_read"]),
            last_read=from_text(row["last_read"]),
            unreadable=row["unreadable"],
        )

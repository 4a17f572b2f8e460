"""Listings: the papers of a source on one day, with rank and votes; and how reading went."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from itertools import groupby
from typing import Any

from storage.connections import marks
from storage.records import Tables, as_json, record_of, remembered, stored
from storage.times import from_text, to_text

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


@dataclass(frozen=True, order=True)
class ListingDay:
    """Which listing: its source, as subscriptions name it, and its day."""

    source: str
    date: date


@dataclass(frozen=True)
class Listing:
    """The papers of a source on one day, best rank first. A settled listing is no longer re-read.
    ``unreadable`` is how many entries of the source's could not be read, ``quiet`` its word for
    why there are no papers; ``last_read`` is :data:`NEVER` while only an import tells of the day.
    """

    source: str
    date: date
    entries: tuple[ListingEntry, ...]
    settled: bool
    first_read: datetime
    last_read: datetime
    unreadable: int = 0
    quiet: str | None = None

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


class Listings(Tables):
    """The tables ``listings``, ``listing_papers`` and ``source_reads``."""

    def save(
        self,
        source: str,
        day: date,
        entries: Iterable[ListingEntry],
        *,
        settled: bool,
        now: datetime,
        unreadable: int = 0,
        quiet: str | None = None,
    ) -> tuple[int, int]:
        """Store one reading of a source's listing of a day. The papers must be stored already.

        A paper that was there before gets its new rank and votes; one that has gone from the
        source stays, since a digest may have told about it. What only an import told gives way.

        Returns:
            How many entries are new and how many were there before.
        """
        moment = to_text(now)
        entries = list(entries)
        with self._connections.transaction():
            if entries:
                self._forget_told(source, day)
            self._connections.execute(
                "INSERT INTO listings (source, date, settled, first_read, last_read, unreadable, "
                "quiet) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, date) DO UPDATE SET "
                "settled = CASE WHEN excluded.settled = 1 THEN 1 ELSE listings.settled END, "
                "last_read = excluded.last_read, unreadable = excluded.unreadable, "
                "quiet = excluded.quiet",
                [source, day.isoformat(), int(settled), moment, moment, unreadable, quiet],
            )
            told = "SELECT paper_id FROM listing_papers WHERE source = ? AND date = ?"
            before = set(self._connections.rows(told, [source, day.isoformat()]))
            known = sum((entry.paper_id,) in before for entry in entries)
            self._save_entries(source, day, entries, moment)
        return len(entries) - known, known

    def tell(
        self, source: str, day: date, entries: Iterable[ListingEntry], *, now: datetime
    ) -> None:
        """Store what imported digests say of a day, until its source is read: that alone settles
        it. Changes nothing once it has been."""
        listing = self.get(source, day)
        if listing is not None and listing.is_read:
            return
        never, told = to_text(NEVER), list(entries)
        with self._connections.transaction():
            self._forget_told(source, day)
            if told:
                self._connections.execute(
                    "INSERT INTO listings (source, date, settled, first_read, last_read, "
                    "unreadable) VALUES (?, ?, 0, ?, ?, 0)",
                    [source, day.isoformat(), never, never],
                )
                self._save_entries(source, day, told, to_text(now))

    def _save_entries(
        self, source: str, day: date, entries: Iterable[ListingEntry], moment: str
    ) -> None:
        self._connections.executemany(
            "INSERT INTO listing_papers (source, date, paper_id, rank, votes, first_seen, "
            "last_seen) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, date, paper_id) "
            "DO UPDATE SET rank = excluded.rank, votes = excluded.votes, "
            "last_seen = excluded.last_seen",
            [
                [source, day.isoformat(), one.paper_id, one.rank, one.votes, moment, moment]
                for one in entries
            ],
        )

    def _forget_told(self, source: str, day: date) -> None:
        with self._connections.transaction():
            self._connections.execute(
                "DELETE FROM listings WHERE source = ? AND date = ? AND last_read = ?",
                [source, day.isoformat(), to_text(NEVER)],
            )

    def get(self, source: str, day: date) -> Listing | None:
        """A source's listing of *day*, or None when it was never read."""
        return next(iter(self.these([ListingDay(source, day)])), None)

    def on(
        self, first: date, last: date | None = None, *, sources: Sequence[str] | None = None
    ) -> list[Listing]:
        """The listings of the days from *first* to *last* (only *first* when that is None) in
        order, those of *sources* or of any."""
        chosen, values = _among(sources)
        days = [first.isoformat(), (last or first).isoformat()]
        return self._select(f"date BETWEEN ? AND ?{chosen}", [*days, *values])

    def these(self, days: Iterable[ListingDay]) -> list[Listing]:
        """Those of *days* that are stored, in the order given."""
        wanted = list(days)
        if not wanted:
            return []
        found = {ListingDay(one.source, one.date): one for one in self._select(*_are(wanted))}
        return [found[one] for one in wanted if one in found]

    def newest(self, sources: Sequence[str], *, until: date) -> list[Listing]:
        """The newest listing of each source that has papers and is not after *until*, in the order
        of *sources*; sources without any are left out."""
        if not sources:
            return []
        newest = "(SELECT max(date) FROM listing_papers WHERE source = ? AND date <= ?)"
        where = " OR ".join(f"source = ? AND date = {newest}" for _ in sources)
        values = [value for one in sources for value in (one, one, until.isoformat())]
        found = {one.source: one for one in self._select(where, values)}
        return [found[one] for one in sources if one in found]

    def last_read(self, days: Iterable[ListingDay]) -> dict[ListingDay, datetime | None]:
        """When those of *days* that are stored were read last; None for those that are settled."""
        wanted = list(days)
        if not wanted:
            return {}
        where, values = _are(wanted)
        rows = self._connections.rows(
            f"SELECT source, date, settled, last_read FROM listings WHERE {where}", values
        )
        return {
            ListingDay(source, date.fromisoformat(day)): None if settled else from_text(read)
            for source, day, settled, read in rows
        }

    def newest_with_papers(
        self, *, until: date | None = None, sources: Sequence[str] | None = None
    ) -> date | None:
        """The date of the newest listing that has papers, not after *until*; one of *sources*, or
        of any."""
        chosen, values = _among(sources)
        row = self._connections.row(
            f"SELECT max(date) FROM listing_papers WHERE date <= ?{chosen}",
            [(until or date.max).isoformat(), *values],
        )
        return None if row[0] is None else date.fromisoformat(row[0])

    def unsettled(self) -> list[ListingDay]:
        """The listings that were read and may still change, oldest first."""
        rows = self._connections.query(
            "SELECT source, date FROM listings WHERE settled = 0 AND last_read > ? "
            "ORDER BY date, source",
            [to_text(NEVER)],
        )
        return [record_of(ListingDay, row) for row in rows]

    def listed(self, paper_id: str) -> list[ListingDay]:
        """Where and when a paper was listed, newest first."""
        rows = self._connections.query(
            "SELECT source, date FROM listing_papers WHERE paper_id = ? ORDER BY date DESC, source",
            [paper_id],
        )
        return [record_of(ListingDay, row) for row in rows]

    def dates_of(self, paper_id: str) -> list[date]:
        """The days on which a paper was listed, newest first."""
        return list(dict.fromkeys(one.date for one in self.listed(paper_id)))

    def first_days(self, paper_ids: Sequence[str]) -> dict[str, date]:
        """The first day on which each paper was listed, of those that were."""
        if not paper_ids:
            return {}
        rows = self._connections.rows(
            "SELECT paper_id, min(date) FROM listing_papers "
            f"WHERE paper_id IN {self._connections.each} GROUP BY paper_id",
            [as_json(list(paper_ids))],
        )
        return {paper_id: date.fromisoformat(first) for paper_id, first in rows}

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
                stored(None if problem else now),
                problem,
                stored(now if problem else None),
            ],
        )

    def last_reads(self) -> list[SourceRead]:
        """How the last try at each source went."""
        rows = self._connections.query("SELECT * FROM source_reads ORDER BY source")
        return [record_of(SourceRead, row) for row in rows]

    def _select(self, where: str, values: Sequence[Any]) -> list[Listing]:
        """The listings that meet a condition, by day and source, with their papers."""
        columns, rows = self._connections.columns_and_rows(
            "SELECT * FROM listings LEFT JOIN listing_papers USING (source, date) "
            f"WHERE {where} ORDER BY date, source, rank, votes DESC, paper_id",
            values,
        )
        # What tells of the paper comes last.
        paper = columns.index("paper_id")
        return [
            record_of(
                Listing,
                dict(zip(columns, told, strict=False)),
                entries=tuple(_entry(columns[paper:], row[paper:]) for row in those if row[paper]),
            )
            for told, those in groupby(rows, key=lambda row: row[:paper])
        ]


_entry = remembered(partial(record_of, ListingEntry))


def _are(days: Sequence[ListingDay]) -> tuple[str, list[str]]:
    """The condition that a row is of one of these listings, and its values."""
    values = [value for one in days for value in (one.source, one.date.isoformat())]
    return " OR ".join("source = ? AND date = ?" for _ in days), values


def _among(sources: Sequence[str] | None) -> tuple[str, Sequence[str]]:
    """The condition that a row is of one of *sources*, and its values."""
    if sources is None:
        return "", ()
    return f" AND source IN ({marks(sources)})", sources

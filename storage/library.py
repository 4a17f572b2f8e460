"""What members keep: saved papers, and signs of what they care for."""

from dataclasses import dataclass
from datetime import datetime

from storage.records import TeamTable, stored
from storage.times import to_text


@dataclass(frozen=True)
class SavedPaper:
    """A paper on a member's list; ``read_at`` is None while it is unread."""

    user: str
    paper_id: str
    saved_at: datetime
    read_at: datetime | None = None


@dataclass(frozen=True)
class Sign:
    """That a member cares for a paper, or doesn't; see :meth:`Library.signal`."""

    user: str
    paper_id: str
    kind: str


class Library(TeamTable[SavedPaper]):
    """The tables ``saved_papers`` and ``signals`` of a team."""

    _table, _kind = "saved_papers", SavedPaper

    def save(self, user: str, paper_id: str, *, now: datetime) -> bool:
        """Put a paper on a member's list; False when it is there already."""
        values = {"member": user, "paper_id": paper_id, "saved_at": to_text(now)}
        return self._connections.add("saved_papers", {"team": self._team, **values})

    def unsave(self, user: str, paper_id: str) -> bool:
        """Take a paper from a member's list; False when it wasn't there."""
        return bool(self._delete("AND member = ? AND paper_id = ?", user, paper_id))

    def mark_read(self, user: str, paper_id: str, *, now: datetime | None) -> None:
        """Tick a saved paper off; None unticks it."""
        self._change({"read_at": stored(now)}, "AND member = ? AND paper_id = ?", user, paper_id)

    def saved(self, user: str) -> list[SavedPaper]:
        """A member's list: unread ones first, the newest first in either part."""
        return self._select(
            "AND member = ? ORDER BY read_at IS NOT NULL, saved_at DESC, paper_id", user
        )

    def papers_saved(self, user: str | None) -> list[str]:
        """Ids of the papers on a member's list, or on anybody's."""
        rows = self._connections.query(
            "SELECT DISTINCT paper_id FROM saved_papers "
            "WHERE team = :team AND (CAST(:member AS TEXT) IS NULL OR member = :member)",
            {"team": self._team, "member": user},
        )
        return [row["paper_id"] for row in rows]

    def signal(self, channel: str, *, user: str, paper_id: str, kind: str, now: datetime) -> None:
        """Remember that a member cares for a paper (``opened``, ``liked``, ``saved``, ``asked``,
        ``more`` for more like it) or doesn't (``unwanted``); told again it counts once.
        """
        key = {"team": self._team, "channel": channel, "member": user, "paper_id": paper_id}
        values = {**key, "kind": kind, "given_at": to_text(now)}
        self._connections.upsert("signals", [*key, "kind"], values)

    def unsignal(self, channel: str, *, user: str, paper_id: str, kind: str) -> None:
        """Forget a sign that its member took back."""
        self._connections.execute(
            "DELETE FROM signals WHERE team = ? AND channel = ? AND member = ? "
            "AND paper_id = ? AND kind = ?",
            [self._team, channel, user, paper_id, kind],
        )

    def signs_in(self, channel: str) -> list[Sign]:
        """What the members of a channel showed there."""
        return self._signs("channel = ?", [channel])

    def signs_of(self, user: str, *, since: datetime | None = None) -> list[Sign]:
        """What a member showed anywhere, after a moment or ever."""
        return self._signs("member = ? AND given_at > ?", [user, stored(since) or ""])

    def _signs(self, further: str, values: list[str]) -> list[Sign]:
        rows = self._connections.rows(
            "SELECT DISTINCT member, paper_id, kind FROM signals "
            f"WHERE team = ? AND {further} ORDER BY paper_id, member, kind",
            [self._team, *values],
        )
        return [Sign(*row) for row in rows]

    def signals(self, channel: str) -> dict[str, dict[str, int]]:
        """How many members gave each kind of sign, by paper id."""
        rows = self._connections.query(
            "SELECT paper_id, kind, count(*) AS many FROM signals "
            "WHERE team = ? AND channel = ? GROUP BY paper_id, kind",
            [self._team, channel],
        )
        found: dict[str, dict[str, int]] = {}
        for row in rows:
            found.setdefault(row["paper_id"], {})[row["kind"]] = row["many"]
        return found

    def many_saved(self, channel: str, paper_id: str) -> int:
        """How many members of a channel saved a paper there."""
        row = self._connections.row(
            "SELECT count(*) FROM signals "
            "WHERE team = ? AND channel = ? AND paper_id = ? AND kind = 'saved'",
            [self._team, channel, paper_id],
        )
        return int(row[0])

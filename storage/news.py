"""What was last told about a paper in its thread, so that only news is told."""

from dataclasses import dataclass
from datetime import datetime

from storage.records import TeamTables, record_of
from storage.times import to_text


@dataclass(frozen=True)
class PaperNews:
    """A paper's thread, and what is new since something was last told there: a version above the
    one known then, a code link that was not known, a withdrawal. None and False are no news."""

    channel: str
    thread_ts: str
    paper_id: str
    version: int | None
    code_url: str | None
    withdrawn: bool


class News(TeamTables):
    """The table ``paper_news``: what each paper's thread has been told."""

    def settle(self, channel: str, thread_ts: str, paper_id: str) -> None:
        """What is stored about the paper now counts as told in this thread."""
        self._connections.execute(
            "INSERT INTO paper_news (team, channel, thread_ts, paper_id, version, "
            "code_url, withdrawn) SELECT ?, ?, ?, id, version, code_url, "
            "CASE WHEN withdrawn_at IS NULL THEN 0 ELSE 1 END FROM papers WHERE id = ? "
            "ON CONFLICT (team, channel, thread_ts) DO UPDATE SET paper_id = excluded.paper_id, "
            "version = excluded.version, code_url = excluded.code_url, "
            "withdrawn = excluded.withdrawn",
            [self._team, channel, thread_ts, paper_id],
        )

    def learn_versions(self) -> None:
        """A version that becomes known for the first time is no news: count it as told."""
        self._connections.execute(
            "UPDATE paper_news SET version = (SELECT version FROM papers "
            "WHERE papers.id = paper_id) WHERE team = ? AND version IS NULL",
            [self._team],
        )

    def untold(self, *, since: datetime) -> list[PaperNews]:
        """What is new in threads that were opened at *since* or later."""
        rows = self._connections.query(
            """
            SELECT n.channel, n.thread_ts, n.paper_id,
                CASE WHEN p.version > n.version THEN p.version END AS version,
                CASE WHEN n.code_url IS NULL THEN p.code_url END AS code_url,
                p.withdrawn_at IS NOT NULL AND n.withdrawn = 0 AS withdrawn
            FROM paper_news n JOIN papers p ON p.id = n.paper_id
            JOIN threads t ON t.team = n.team AND t.channel = n.channel AND t.ts = n.thread_ts
            WHERE n.team = ? AND t.opened_at >= ?
            ORDER BY t.opened_at
            """,
            [self._team, to_text(since)],
        )
        found = [record_of(PaperNews, row) for row in rows]
        return [one for one in found if one.version or one.code_url or one.withdrawn]

    def watched(self, *, since: datetime) -> list[str]:
        """Ids of the papers whose threads were opened at *since* or later."""
        rows = self._connections.query(
            "SELECT DISTINCT paper_id FROM threads WHERE team = ? AND kind = 'paper' "
            "AND opened_at >= ? AND paper_id IS NOT NULL ORDER BY paper_id",
            [self._team, to_text(since)],
        )
        return [row["paper_id"] for row in rows]

"""Deletes what is kept about a member, or all that a team owns."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlite_utils import Database

from storage.connections import Connections
from storage.said import drop_deleted_words

log = logging.getLogger(__name__)

# A member's messages with Paperboy: their id stands for them until Slack has told the channel's,
# which nobody shares with them.
_OWN = """
    SELECT :user
    UNION SELECT channel FROM signals WHERE team = :team AND user = :user AND channel GLOB 'D*'
    UNION SELECT channel FROM turns WHERE team = :team AND speaker = :user AND channel GLOB 'D*'
    UNION SELECT channel FROM questions WHERE team = :team AND user = :user AND channel GLOB 'D*'
    UNION SELECT channel FROM early_messages
        WHERE team = :team AND user = :user AND channel GLOB 'D*'
    UNION SELECT channel FROM subscriptions
        WHERE team = :team AND subscribed_by = :user AND channel GLOB 'D*'
"""
_IN_OWN = "channel IN (SELECT value FROM json_each(:own))"
# Where a member's rows are, by the word a user knows. The questions come after what hangs on them.
OF_MEMBER = {
    "answers": (
        "turns",
        f"speaker = 'paperboy' AND ({_IN_OWN} OR EXISTS (SELECT 1 FROM questions q "
        "WHERE q.team = turns.team AND q.channel = turns.channel AND q.answer_ts = turns.ts "
        "AND q.user = :user))",
    ),
    "turns": ("turns", "speaker = :user"),
    "early_messages": ("early_messages", "user = :user"),
    "feedback": (
        "feedback",
        "user = :user OR question_id IN (SELECT id FROM questions WHERE team = :team "
        "AND user = :user)",
    ),
    "questions": ("questions", "user = :user"),
    "notes": ("notes", "author = :user"),
    "corrections": ("corrections", "author = :user"),
    "saved_papers": ("saved_papers", "user = :user"),
    "signals": ("signals", "user = :user"),
    "messages": ("deliveries", _IN_OWN),
    "threads": ("threads", _IN_OWN),
    "news": ("paper_news", _IN_OWN),
    "digests": ("digests", _IN_OWN),
    "runs": ("runs", _IN_OWN),
    "subscriptions": ("subscriptions", _IN_OWN),
    "problems": ("channel_problems", _IN_OWN),
    "incidents": ("incidents", "subject IN (SELECT value FROM json_each(:own))"),
    "events": ("events", "id LIKE '%:' || :user"),
    "members": ("members", "user = :user"),
}
# All tables whose rows belong to a team, those that refer to others before these.
TEAM_TABLES = (
    "corrections",
    "incidents",
    "extras",
    "archive_entries",
    "archive_digests",
    "notes",
    "signals",
    "saved_papers",
    "members",
    "events",
    "feedback",
    "questions",
    "early_messages",
    "turns",
    "threads",
    "paper_news",
    "channel_problems",
    "runs",
    "deliveries",
    "digest_listings",
    "digest_papers",
    "digests",
    "subscriptions",
    "workspaces",
)


@dataclass(frozen=True)
class Forgotten:
    """How many rows there were, by a word for each kind."""

    counts: dict[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())


class Forgetting:
    """Deletion on request. Backups keep what they hold."""

    def __init__(self, connections: Connections, team: str) -> None:
        self._connections = connections
        self._team = team

    def count(self, user: str) -> Forgotten:
        """What :meth:`forget` would delete."""
        with self._connections.held() as db:
            return self._each(
                db,
                user,
                lambda table, where, values: int(
                    db.execute(
                        f"SELECT count(*) FROM {table} WHERE team = :team AND ({where})", values
                    ).fetchone()[0]
                ),
            )

    def forget(self, user: str) -> Forgotten:
        """Delete all that is kept about a member of the team: what they said and asked with the
        answers, notes and corrections they wrote, saved papers, signs, choices, and what was sent
        to them alone. Their name goes from channels' subscriptions and posted messages, which
        stay."""
        with self._for_good() as db:
            gone = self._each(
                db,
                user,
                lambda table, where, values: (
                    db.execute(
                        f"DELETE FROM {table} WHERE team = :team AND ({where})", values
                    ).rowcount
                ),
            )
            self._unname(db, user)
        return gone

    def count_team(self) -> Forgotten:
        """How many rows the team owns, by table."""
        sql = "SELECT count(*) FROM {} WHERE team = ?"
        rows = {
            table: self._connections.row(sql.format(table), [self._team]) for table in TEAM_TABLES
        }
        return Forgotten({table: int(row[0]) for table, row in rows.items()})

    def forget_team(self) -> Forgotten:
        """Delete all that the team owns. Papers and machine-made summaries stay."""
        counts = self.count_team()
        with self._for_good() as db:
            for table in TEAM_TABLES:
                db.execute(f"DELETE FROM {table} WHERE team = ?", [self._team])
        return counts

    @contextmanager
    def _for_good(self) -> Iterator[Database]:
        """A transaction whose deletions leave nothing behind: every connection overwrites deleted
        rows; here the full-text index drops its words as well, which it only marks as deleted
        otherwise, and the write-ahead log with the earlier pages is emptied."""
        with self._connections.transaction(durable=True) as db:
            yield db
            drop_deleted_words(db)
        if not self._connections.empty_log():
            log.warning(
                "what was forgotten stays in %s-wal as long as somebody reads the database",
                self._connections.path,
            )

    def _each(
        self, db: Database, user: str, do: Callable[[str, str, dict[str, str]], int]
    ) -> Forgotten:
        values = {"team": self._team, "user": user}
        own = [row[0] for row in db.execute(_OWN, values)]
        values["own"] = json.dumps(own)
        return Forgotten(
            {word: do(table, where, values) for word, (table, where) in OF_MEMBER.items()}
        )

    def _unname(self, db: Database, user: str) -> None:
        db.execute(
            "UPDATE subscriptions SET subscribed_by = NULL WHERE team = ? AND subscribed_by = ?",
            [self._team, user],
        )
        db.execute(
            "UPDATE deliveries SET asked_by = NULL WHERE team = ? AND asked_by = ?",
            [self._team, user],
        )
        db.execute(
            "UPDATE deliveries SET payload = replace(payload, :mention, '…'), "
            "edit = replace(edit, :mention, '…') WHERE team = :team "
            "AND (instr(payload, :mention) OR instr(coalesce(edit, ''), :mention))",
            {"team": self._team, "mention": f"<@{user}>"},
        )

"""Deletes what is kept about a member, or all that a team owns."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from storage.connections import Connections
from storage.scope import IS_DIRECT

# A member's messages with Paperboy: their id stands for them until Slack has told the channel's,
# which nobody shares with them.
_OWN = "SELECT CAST(:member AS TEXT) " + " ".join(
    f"UNION SELECT channel FROM {table} WHERE team = :team AND {who} = :member AND {IS_DIRECT}"
    for table, who in (
        ("signals", "member"),
        ("turns", "speaker"),
        ("questions", "member"),
        ("early_messages", "member"),
        ("subscriptions", "subscribed_by"),
    )
)
_IN_OWN = "channel IN {own}"
# Where a member's rows are, by the word a user knows. The questions come after what hangs on them.
OF_MEMBER = {
    "answers": (
        "turns",
        f"speaker = 'paperboy' AND ({_IN_OWN} OR EXISTS (SELECT 1 FROM questions q "
        "WHERE q.team = turns.team AND q.channel = turns.channel AND q.answer_ts = turns.ts "
        "AND q.member = :member))",
    ),
    "turns": ("turns", "speaker = :member"),
    "early_messages": ("early_messages", "member = :member"),
    "feedback": (
        "feedback",
        "member = :member OR question_id IN (SELECT id FROM questions WHERE team = :team "
        "AND member = :member)",
    ),
    "questions": ("questions", "member = :member"),
    "notes": ("notes", "author = :member"),
    "corrections": ("corrections", "author = :member"),
    "saved_papers": ("saved_papers", "member = :member"),
    "signals": ("signals", "member = :member"),
    "messages": ("deliveries", _IN_OWN),
    "threads": ("threads", _IN_OWN),
    "news": ("paper_news", _IN_OWN),
    "digests": ("digests", _IN_OWN),
    "runs": ("runs", _IN_OWN),
    "subscriptions": ("subscriptions", _IN_OWN),
    "problems": ("channel_problems", _IN_OWN),
    "incidents": ("incidents", "subject IN {own}"),
    "events": ("events", "id LIKE '%:' || :member"),
    "members": ("members", "member = :member"),
}
# All tables whose rows belong to a team, those that refer to others before these.
TEAM_TABLES = (
    "week_texts",
    "member_texts",
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
    "tokens",
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
        return self._each(user, lambda table, where, values: self._count(table, where, values))

    def forget(self, user: str) -> Forgotten:
        """Delete all that is kept about a member of the team: what they said and asked with the
        answers, notes and corrections they wrote, saved papers, signs, choices, and what was sent
        to them alone. Their name goes from channels' subscriptions and posted messages, which
        stay."""
        with self._for_good():
            gone = self._each(
                user,
                lambda table, where, values: self._connections.execute(
                    f"DELETE FROM {table} WHERE team = :team AND ({where})", values
                ),
            )
            self._unname(user)
            if gone.counts["corrections"]:
                # They may rest on what was corrected, and are told anew when they are asked for.
                self._connections.execute("DELETE FROM week_texts WHERE team = ?", [self._team])
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
        with self._for_good():
            for table in TEAM_TABLES:
                self._connections.execute(f"DELETE FROM {table} WHERE team = ?", [self._team])
        return counts

    @contextmanager
    def _for_good(self) -> Iterator[None]:
        """A transaction whose deletions leave nothing behind, the full-text index included."""
        with self._connections.transaction(durable=True):
            yield
            self._connections.words.drop_deleted()
        self._connections.drop_forgotten()

    def _each(self, user: str, do: Callable[[str, str, dict[str, str]], int]) -> Forgotten:
        values = {"team": self._team, "member": user}
        own = self._connections.each.replace("?", ":own")
        values["own"] = json.dumps([row[0] for row in self._connections.rows(_OWN, values)])
        return Forgotten(
            {
                word: do(table, where.format(own=own), values)
                for word, (table, where) in OF_MEMBER.items()
            }
        )

    def _count(self, table: str, where: str, values: dict[str, str]) -> int:
        sql = f"SELECT count(*) FROM {table} WHERE team = :team AND ({where})"
        return int(self._connections.row(sql, values)[0])

    def _unname(self, user: str) -> None:
        self._connections.execute(
            "UPDATE subscriptions SET subscribed_by = NULL WHERE team = ? AND subscribed_by = ?",
            [self._team, user],
        )
        self._connections.execute(
            "UPDATE deliveries SET asked_by = NULL WHERE team = ? AND asked_by = ?",
            [self._team, user],
        )
        self._connections.execute(
            "UPDATE deliveries SET payload = replace(payload, :mention, '…'), "
            "edit = replace(edit, :mention, '…') WHERE team = :team "
            "AND (replace(payload, :mention, '') <> payload "
            "OR replace(edit, :mention, '') <> edit)",
            {"team": self._team, "mention": f"<@{user}>"},
        )

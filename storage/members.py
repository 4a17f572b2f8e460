"""Members: the language and time zone each one reads in."""

from dataclasses import dataclass
from datetime import datetime

from storage.connections import Connections
from storage.times import optional_text, optional_time


@dataclass(frozen=True)
class Member:
    """``language`` is that of the Slack profile, ``chosen_language`` what the member asked for;
    ``read_at`` tells when the profile was read last."""

    user: str
    language: str | None = None
    chosen_language: str | None = None
    timezone: str | None = None
    read_at: datetime | None = None


class Members:
    """The table ``members``."""

    def __init__(self, connections: Connections, team: str) -> None:
        self._connections = connections
        self._team = team

    def get(self, user: str) -> Member | None:
        """What is known about a member, or None."""
        row = self._connections.first(
            "SELECT * FROM members WHERE team = ? AND member = ?", [self._team, user]
        )
        if row is None:
            return None
        return Member(
            user=row["member"],
            language=row["language"],
            chosen_language=row["chosen_language"],
            timezone=row["timezone"],
            read_at=optional_time(row["read_at"]),
        )

    def save(self, member: Member) -> None:
        """Add or replace what is known about a member."""
        self._connections.upsert(
            "members",
            ("team", "member"),
            {
                "team": self._team,
                "member": member.user,
                "language": member.language,
                "chosen_language": member.chosen_language,
                "timezone": member.timezone,
                "read_at": optional_text(member.read_at),
            },
        )

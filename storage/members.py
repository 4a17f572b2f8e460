"""Members: the language and time zone each one reads in."""

from dataclasses import dataclass
from datetime import datetime

from storage.records import TeamTable, values_of


@dataclass(frozen=True)
class Member:
    """``language`` is that of the Slack profile, ``chosen_language`` what the member asked for;
    ``read_at`` tells when the profile was read last."""

    user: str
    language: str | None = None
    chosen_language: str | None = None
    timezone: str | None = None
    read_at: datetime | None = None


class Members(TeamTable[Member]):
    """The table ``members``."""

    _table, _kind = "members", Member

    def get(self, user: str) -> Member | None:
        """What is known about a member, or None."""
        return self._first("AND member = ?", user)

    def save(self, member: Member) -> None:
        """Add or replace what is known about a member."""
        values = {"team": self._team, **values_of(member)}
        self._connections.upsert("members", ("team", "member"), values)

"""A message somebody wrote, without anything of Slack's payloads."""

from dataclasses import dataclass


@dataclass(frozen=True)
class IncomingMessage:
    """``text`` no longer holds the mention of Paperboy. ``direct`` means that only its author
    and Paperboy read it; ``to_others`` that it speaks to somebody else by name."""

    channel: str
    ts: str
    user: str
    text: str
    thread_ts: str | None = None
    direct: bool = False
    mentions_us: bool = False
    to_others: bool = False
    team: str | None = None

    @property
    def root(self) -> str:
        """The thread it belongs to: the one it stands in, or the one it would open."""
        return self.thread_ts or self.ts

    @property
    def key(self) -> str:
        """The same for every event that tells of this message."""
        return f"{self.channel}:{self.ts}"

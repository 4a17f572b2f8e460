"""What conversations need from Slack and from the collector."""

from collections.abc import Mapping
from typing import Any, Protocol

from storage import Paper

Payload = Mapping[str, Any]


class Slack(Protocol):
    """The calls on Slack that a conversation makes."""

    def post(
        self,
        channel: str,
        message: Payload,
        *,
        thread_ts: str | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> str:
        """Post and return the message's ``ts``."""

    def update(self, channel: str, ts: str, payload: Payload) -> None:
        """Replace a message."""

    def find(
        self, channel: str, key: str, *, thread_ts: str | None = None, oldest: str | None = None
    ) -> str | None:
        """The message that carries *key* in its metadata."""

    def message_text(self, channel: str, ts: str) -> str | None:
        """The text and links of one message, or None when it cannot be read."""


class Collector(Protocol):
    """Where papers come from that aren't stored yet."""

    def ensure_papers(self, ids: list[str]) -> list[Paper]:
        """The papers with these ids, stored or fetched."""

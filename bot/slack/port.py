"""The port to Slack: everything that Paperboy asks of it, and what comes back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

METADATA_EVENT = "paperboy_delivery"


def delivery_metadata(key: str) -> dict[str, Any]:
    """The message metadata that let a posted message be found again by its delivery's key."""
    return {"event_type": METADATA_EVENT, "event_payload": {"key": key}}


@dataclass(frozen=True)
class SlackUser:
    """A person: ``timezone`` is an IANA name, ``locale`` such as ``ko-KR``; either may be None."""

    id: str
    name: str
    timezone: str | None = None
    locale: str | None = None
    is_bot: bool = False


@dataclass(frozen=True)
class Upload:
    """A file to be shared. ``title`` stands above it, ``alt`` says what it shows; ``draw`` makes
    its content."""

    name: str
    title: str
    alt: str
    draw: Callable[[], bytes]


class SlackOut(Protocol):
    """Everything Paperboy asks of the Slack Web API.

    Every method raises SlackError with Slack's error word, SlackRateLimited, and those that change
    something SlackOutcomeUnknown when the answer got lost. A payload holds ``text`` and
    ``blocks``; what Paperboy itself posts never unfurls.
    """

    def now(self) -> datetime | None:
        """Slack's own time, to a second or so; None when it cannot be told."""

    def post(
        self,
        channel: str,
        payload: Mapping[str, Any],
        *,
        thread_ts: str | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> str:
        """Post a message and return its ``ts``."""

    def update(self, channel: str, ts: str, payload: Mapping[str, Any]) -> None:
        """Replace a message's text and blocks; its metadata stay."""

    def delete(self, channel: str, ts: str) -> None:
        """Take a message away."""

    def find(
        self,
        channel: str,
        key: str,
        *,
        thread_ts: str | None = None,
        oldest: datetime | None = None,
    ) -> str | None:
        """The ``ts`` of the message that carries *key*, in a channel or one of its threads."""

    def upload(self, channel: str, file: Upload, *, thread_ts: str | None = None) -> None:
        """Share a file. Slack does not tell the ``ts`` of its message."""

    def find_upload(
        self,
        channel: str,
        file: Upload,
        *,
        thread_ts: str | None = None,
        oldest: datetime | None = None,
    ) -> str | None:
        """The ``ts`` of the message that shares the file, in a channel or one of its threads."""

    def message_text(self, channel: str, thread_ts: str) -> str | None:
        """What a thread's first message says and links to; None when there is none."""

    def ephemeral(
        self, channel: str, user: str, payload: Mapping[str, Any], *, thread_ts: str | None = None
    ) -> None:
        """Show a message to one person only."""

    def permalink(self, channel: str, ts: str) -> str:
        """The address of a message."""

    def user_info(self, user: str) -> SlackUser:
        """Name, time zone and locale of a person."""

    def channels_of(self, user: str) -> frozenset[str]:
        """The channels that a person is in, as far as Paperboy may know of them."""

    def conversation_open(self, user: str) -> str:
        """The channel id of the direct messages with a person."""

    def is_public(self, channel: str) -> bool:
        """Whether every member of the workspace may read the channel."""

    def start_stream(
        self, channel: str, thread_ts: str, *, user: str | None = None, team: str | None = None
    ) -> str:
        """Begin a message that grows, in a thread; returns its ``ts``. *user* and *team* are the
        recipient's, which Slack wants outside direct messages."""

    def append_stream(self, channel: str, ts: str, markdown: str) -> None:
        """Add Markdown to a growing message."""

    def stop_stream(
        self,
        channel: str,
        ts: str,
        *,
        markdown: str | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        """End a growing message."""

    def set_status(self, channel: str, thread_ts: str, status: str) -> None:
        """Show what the bot is doing in an assistant thread; an empty text takes it away."""

    def set_title(self, channel: str, thread_ts: str, title: str) -> None:
        """Name a thread of the agent surface."""

    def unfurl(self, channel: str, ts: str, unfurls: Mapping[str, Mapping[str, Any]]) -> None:
        """Show blocks below the links of somebody's message; the keys are the links as they came
        in the event."""

    def react(self, channel: str, ts: str, emoji: str) -> None:
        """Put an emoji (its name without colons) on a message; twice is once."""

    def unreact(self, channel: str, ts: str, emoji: str) -> None:
        """Take the bot's emoji from a message, if it is there."""

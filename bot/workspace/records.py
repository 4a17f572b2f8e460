"""What the workspace holds: frozen records, changed only by making a new one; and its refusals."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
ChannelKind = Literal["public", "private", "im"]

CHANNEL_TYPES: Mapping[ChannelKind, str] = {"public": "channel", "private": "group", "im": "im"}


@dataclass(frozen=True)
class Team:
    """The one team of a workspace."""

    id: str
    name: str
    domain: str


@dataclass(frozen=True)
class Member:
    """A person, or the bot's own user; `locale` is a tag such as `ko-KR`, `tz` an IANA name."""

    id: str
    name: str
    real_name: str
    locale: str
    tz: str
    color: str
    bot_id: str = ""

    @property
    def is_bot(self) -> bool:
        """Whether this is the bot's user."""
        return bool(self.bot_id)


@dataclass(frozen=True)
class Channel:
    """A channel or a direct message with the bot."""

    id: str
    name: str
    kind: ChannelKind
    members: frozenset[str]
    topic: str = ""
    archived: bool = False

    @property
    def type(self) -> str:
        """The `channel_type` of Slack's events: `channel`, `group` or `im`."""
        return CHANNEL_TYPES[self.kind]


@dataclass(frozen=True)
class Reaction:
    """One emoji under a message and who put it there, in order."""

    name: str
    users: tuple[str, ...]


@dataclass(frozen=True)
class Message:
    """A message in a channel; an ephemeral one when `ephemeral_to` names its only reader.

    `edited` is the ts of the last edit; `streaming` says that a stream still writes it.
    """

    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    attachments: tuple[Json, ...] = ()
    thread_ts: str | None = None
    bot_id: str = ""
    metadata: Json | None = None
    edited: str | None = None
    reactions: tuple[Reaction, ...] = ()
    files: tuple[Json, ...] = ()
    streaming: bool = False
    ephemeral_to: str | None = None
    client_msg_id: str = ""

    @property
    def is_reply(self) -> bool:
        """Whether the message stands in a thread without being its root."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    def is_reply_to(self, root_ts: str) -> bool:
        """Whether the message is a reply in that thread."""
        return self.is_reply and self.thread_ts == root_ts


@dataclass(frozen=True)
class View:
    """A modal or a Home tab of one user.

    `content` is what the app sent; `errors` are the messages next to fields, by block id.
    """

    id: str
    user: str
    content: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """`modal` or `home`."""
        return str(self.content.get("type", ""))

    @property
    def external_id(self) -> str:
        """The app's own name for the view, if it has one."""
        return str(self.content.get("external_id", ""))

    @property
    def blocks(self) -> list[Json]:
        """The blocks of the view."""
        return list(self.content.get("blocks", ()))


@dataclass(frozen=True)
class Call:
    """One Web API call as it came in, and what was answered (`None`: nothing was)."""

    method: str
    args: Json
    status: int
    answer: Json | None
    at: float = field(default_factory=time.time)


class Refusal(Exception):
    """A Web API call that Slack would refuse; becomes `{"ok": false, "error": …}`.

    `messages` are the reasons that Slack puts into `response_metadata.messages`; `extra` are
    further fields of the answer, such as `needed` of `missing_scope`.
    """

    def __init__(self, error: str, messages: list[str] | None = None, **extra: str) -> None:
        super().__init__(error)
        self.error = error
        self.messages = messages or []
        self.extra = extra

    @classmethod
    def of_arguments(cls, *reasons: str) -> "Refusal":
        """Arguments that make no sense, and why."""
        return cls("invalid_arguments", [f"[ERROR] {one}" for one in reasons])

    def as_json(self) -> Json:
        """What Slack answers."""
        held: Json = {"ok": False, "error": self.error, **self.extra}
        if self.messages:
            held["response_metadata"] = {"messages": self.messages}
            if self.error == "invalid_blocks":
                held["errors"] = [one.removeprefix("[ERROR] ") for one in self.messages]
        return held

"""The state of a workspace: who is there, what was said, what is open. No network, no threads."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.workspace import seed
from bot.workspace.message_store import MessageStore
from bot.workspace.records import Change, Channel, Json, Member, Message, Refusal
from bot.workspace.tickets import Hooks, Tickets, Triggers
from bot.workspace.views import Views


@dataclass
class Status:
    """What the agent surface shows of a thread besides its messages."""

    text: str = ""
    title: str = ""
    session: str = ""


@dataclass
class State:
    """Everything that one workspace knows; whoever uses it from several threads locks it.

    `base_url` is where its server listens. `announce` hears of each change, `emit` of each Slack
    event that the change causes.
    """

    clock: Callable[[], datetime]
    base_url: str = "http://127.0.0.1/"
    announce: Callable[[Change], None] = lambda _change: None
    emit: Callable[[Json, Channel], None] = lambda _event, _channel: None
    members: dict[str, Member] = field(init=False)
    channels: dict[str, Channel] = field(init=False)
    messages: MessageStore = field(init=False)
    views: Views = field(init=False)
    triggers: Triggers = field(init=False)
    hooks: Hooks = field(init=False)
    tickets: Tickets = field(init=False)
    files: dict[str, Json] = field(default_factory=dict)
    statuses: dict[tuple[str, str], Status] = field(default_factory=dict)
    prompts: dict[str, Json] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.members = {member.id: member for member in (*seed.PEOPLE, seed.BOT)}
        self.channels = {channel.id: channel for channel in seed.CHANNELS}
        self.messages = MessageStore(self.clock)
        self.views = Views(self.clock)
        self.triggers = Triggers(self.clock)
        self.hooks = Hooks(self.clock)
        self.tickets = Tickets(self.clock)

    def member(self, ref: str) -> Member:
        """A member by id, handle or real name; raises Refusal with `user_not_found`."""
        wanted = ref.removeprefix("@")
        for member in self.members.values():
            if wanted in (member.id, member.name, member.real_name):
                return member
        raise Refusal("user_not_found")

    def channel(self, ref: str) -> Channel:
        """A channel by id, `#name` or name, or the direct message with the user of that id.

        Raises Refusal with `channel_not_found`.
        """
        if ref in self.channels:
            return self.channels[ref]
        wanted = ref.removeprefix("#")
        for channel in self.channels.values():
            if wanted and channel.name == wanted:
                return channel
        if ref in self.members and not self.members[ref].is_bot:
            return self.channels[seed.direct_message(self.members[ref]).id]
        raise Refusal("channel_not_found")

    def channel_of_bot(self, ref: str) -> Channel:
        """A channel that the bot may see; a private one that it is not in is not found."""
        channel = self.channel(ref)
        if channel.kind == "private" and seed.BOT.id not in channel.members:
            raise Refusal("channel_not_found")
        return channel

    def writable(self, ref: str) -> Channel:
        """A channel in which the bot may post.

        Raises Refusal with `channel_not_found`, `is_archived` or `not_in_channel`.
        """
        channel = self.channel_of_bot(ref)
        if channel.archived:
            raise Refusal("is_archived")
        if seed.BOT.id not in channel.members:
            raise Refusal("not_in_channel")
        return channel

    def readable(self, ref: str) -> Channel:
        """A channel whose messages the bot may read."""
        channel = self.channel_of_bot(ref)
        if seed.BOT.id not in channel.members:
            raise Refusal("not_in_channel")
        return channel

    def set_membership(self, channel: Channel, user: str, *, inside: bool) -> Channel:
        """Let a user in or out, and tell."""
        members = channel.members | {user} if inside else channel.members - {user}
        changed = replace(channel, members=members)
        self.channels[channel.id] = changed
        kind = "member_joined_channel" if inside else "member_left_channel"
        event = {"type": kind, "user": user, "channel": channel.id, "team": seed.TEAM.id}
        self.emit(
            {**event, "channel_type": channel.id[0], "event_ts": self.messages.next_ts()},
            changed if inside else channel,
        )
        self.announce(Change("channel", channel=channel.id))
        return changed

    def post(self, channel: Channel, user: str, text: str, **fields: Any) -> Message:
        """Add a message and announce it; what an agent's status said in that thread is over."""
        message = self.messages.add(channel.id, user, text, **fields)
        status = self.statuses.get((channel.id, message.thread_ts or message.ts))
        if status is not None and user == seed.BOT.id and not message.ephemeral_to:
            status.text = ""
        self._tell_of(message, user)
        return message

    def revise(self, message: Message, **fields: Any) -> Message:
        """Change a message and announce it."""
        changed = self.messages.change(message, **fields)
        self._tell_of(message)
        return changed

    def remove(self, message: Message) -> None:
        """Take a message away and announce it."""
        self.messages.remove(message)
        self._tell_of(message)

    def status(self, channel: str, thread_ts: str) -> Status:
        """The agent surface's state of a thread, made when missing."""
        return self.statuses.setdefault((channel, thread_ts), Status())

    def _tell_of(self, message: Message, user: str = "") -> None:
        kind = "ephemeral" if message.ephemeral_to else "message"
        self.announce(Change(kind, channel=message.channel, user=message.ephemeral_to or user))

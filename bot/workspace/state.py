"""The state of a workspace: who is there, what was said, what is open, what the app is told.
No network; the only threads are those of whoever waits for a change."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any

from bot.workspace import events, passes, seed
from bot.workspace.deliveries import Deliveries, Delivery
from bot.workspace.faults import Fault
from bot.workspace.features import Features
from bot.workspace.message_store import MessageStore
from bot.workspace.passes import Hook, Passes, Trigger
from bot.workspace.records import Call, Channel, Json, Member, Message, Refusal
from bot.workspace.views import Views


@dataclass
class Status:
    """What the agent surface shows of a thread besides its messages."""

    text: str = ""
    title: str = ""
    session: str = ""


class State:
    """Everything that one workspace knows; whoever uses it holds `lock`.

    `features` say which events the app wants and which scopes it has, `base_url` is where the
    server listens. `listeners` are called after each change, with the lock held. `log` is all that
    went to the app or came from it, oldest first. What changes here sends the events that Slack
    would send for it, whoever it was that changed it.
    """

    def __init__(self, clock: Callable[[], datetime], features: Features) -> None:
        self.lock = threading.Condition(threading.RLock())
        self.listeners: list[Callable[[], None]] = []
        self.clock = clock
        self.features = features
        self.base_url = "http://127.0.0.1/"
        self.members = {member.id: member for member in (*seed.PEOPLE, seed.BOT)}
        self.channels = {channel.id: channel for channel in seed.CHANNELS}
        self.messages = MessageStore(clock)
        self.views = Views(clock)
        self.triggers = Passes[Trigger](passes.TRIGGER, clock)
        self.hooks = Passes[Hook](passes.HOOK, clock)
        self.tickets = Passes[None](passes.TICKET, clock)
        self.files: dict[str, Json] = {}
        self.statuses: dict[tuple[str, str], Status] = {}
        self.prompts: dict[str, Json] = {}
        self.log: list[Delivery | Call] = []
        self.deliveries = Deliveries(self.log, self.changed)
        self.faults: list[Fault] = []
        self._event_numbers = count(1)

    def changed(self) -> None:
        """Tell everyone who waits or watches that something is different. The lock is held."""
        with self.lock:
            self.lock.notify_all()
            for listener in self.listeners:
                listener()

    def emit(self, channel: Channel, event: Json) -> None:
        """Send an event to the app, if it is in that channel and subscribed to such events."""
        name = event["type"]
        if name == "message":
            name = "message.im" if channel.kind == "im" else f"message.{channel.type}s"
        wanted = self.features.events is None or name in self.features.events
        if wanted and seed.BOT.id in channel.members:
            number, now = next(self._event_numbers), int(self.clock().timestamp())
            self.deliveries.send("events_api", events.body(event, channel, number, now))

    def member(self, ref: str) -> Member:
        """A member by id, handle or real name; raises Refusal with `user_not_found`."""
        wanted = ref.removeprefix("@")
        for member in self.members.values():
            if wanted in (member.id, member.name, member.real_name):
                return member
        raise Refusal("user_not_found")

    def person(self, user_id: str) -> Member:
        """A member by id who is not the bot; raises Refusal with `user_not_found`."""
        member = self.members.get(user_id)
        if member is None or member.is_bot:
            raise Refusal("user_not_found")
        return member

    def channel(self, ref: str) -> Channel:
        """A channel by id, `#name` or name, or the direct message with the user of that id.

        Raises Refusal with `channel_not_found`.
        """
        direct = f"D{ref[1:]}" if ref in self.members else ref
        if direct in self.channels:
            return self.channels[direct]
        wanted = ref.removeprefix("#")
        for channel in self.channels.values():
            if wanted and channel.name == wanted:
                return channel
        raise Refusal("channel_not_found")

    def readable(self, ref: str) -> Channel:
        """A channel whose messages the bot may read.

        Raises Refusal with `channel_not_found`, also for a private one, or `not_in_channel`.
        """
        channel = self.visible(ref)
        if seed.BOT.id not in channel.members:
            raise Refusal("not_in_channel")
        return channel

    def writable(self, ref: str) -> Channel:
        """A channel in which the bot may post; raises Refusal with `is_archived`, too."""
        if self.visible(ref).archived:
            raise Refusal("is_archived")
        return self.readable(ref)

    def visible(self, ref: str) -> Channel:
        """A channel that the bot may know of; a private one that it is not in is not found."""
        channel = self.channel(ref)
        if channel.kind == "private" and seed.BOT.id not in channel.members:
            raise Refusal("channel_not_found")
        return channel

    def set_membership(self, channel: Channel, user: str, *, inside: bool) -> Channel:
        """Let a user in or out."""
        members = channel.members | {user} if inside else channel.members - {user}
        after = self.channels[channel.id] = replace(channel, members=members)
        ts = self.messages.next_ts()
        # Who is taken out hears of that as well.
        self.emit(after if inside else channel, events.membership(channel, user, inside, ts))
        self.changed()
        return after

    def post(self, channel: Channel, user: str, text: str, **fields: Any) -> Message:
        """Add a message; what an agent's status said in that thread is over."""
        message = self.messages.add(channel.id, user, text, **fields)
        if not message.ephemeral_to:
            status = self.statuses.get((channel.id, message.thread_ts or message.ts))
            if status is not None and user == seed.BOT.id:
                status.text = ""
            root = self.messages.root(message)
            for event in events.posted(message, channel, root, self.features.unfurl_domains):
                self.emit(channel, event)
        self.changed()
        return message

    def post_as_bot(self, channel: Channel, text: str, **fields: Any) -> Message:
        """Add a message of the bot's."""
        return self.post(channel, seed.BOT.id, text, bot_id=seed.BOT.bot_id, **fields)

    def revise(self, message: Message, **fields: Any) -> Message:
        """Change a message. The app hears nothing of one that is still being written."""
        after = self.messages.change(message, **fields)
        if not after.ephemeral_to and not after.streaming:
            channel, ts = self.channels[message.channel], self.messages.next_ts()
            self.emit(channel, events.changed(after, message, channel, ts))
        self.changed()
        return after

    def remove(self, message: Message) -> None:
        """Take a message away."""
        self.messages.remove(message)
        if not message.ephemeral_to:
            channel, ts = self.channels[message.channel], self.messages.next_ts()
            self.emit(channel, events.deleted(message, channel, ts))
        self.changed()

    def react(self, message: Message, user: str, emoji: str, *, added: bool) -> Message:
        """Put an emoji under a message, or take it away.

        Raises Refusal with `already_reacted` or `no_reaction`.
        """
        after = self.messages.react(message, user, emoji, added=added)
        event = events.reaction(message, user, emoji, added, self.messages.next_ts())
        self.emit(self.channels[message.channel], event)
        self.changed()
        return after

    def status(self, channel: str, thread_ts: str) -> Status:
        """The agent surface's state of a thread, made when missing."""
        return self.statuses.setdefault((channel, thread_ts), Status())

    def trigger(self, user: str, view_id: str | None = None) -> str:
        """A trigger id for something that a user did."""
        return self.triggers.issue(Trigger(user, view_id))

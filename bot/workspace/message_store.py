"""The messages of a workspace, in the order of their ts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.workspace.block_ids import name_blocks
from bot.workspace.records import Message, Reaction, Refusal


class MessageStore:
    """Every message and ephemeral message; hands out ts that only ever grow."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._last = 0
        self._messages: dict[str, dict[str, Message]] = {}
        self._ephemerals: dict[str, Message] = {}

    def next_ts(self) -> str:
        """A ts later than all before it, near the clock's time."""
        self._last = max(int(self._clock().timestamp() * 1_000_000), self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def add(self, channel: str, user: str, text: str, **fields: Any) -> Message:
        """Put a new message at the end of its channel, or among the ephemeral ones.

        Raises Refusal with `thread_not_found` when `thread_ts` names no message.
        """
        thread_ts = fields.get("thread_ts")
        if thread_ts is not None:
            root = self.get(channel, thread_ts, missing="thread_not_found")
            fields["thread_ts"] = root.thread_ts or root.ts
        self._messages.setdefault(channel, {})
        message = Message(channel=channel, ts=self.next_ts(), user=user, text=text)
        return self.change(message, **fields)

    def get(self, channel: str, ts: str, *, missing: str = "message_not_found") -> Message:
        """The message with that ts; raises Refusal with `missing`."""
        message = self._messages.get(channel, {}).get(ts)
        if message is None:
            raise Refusal(missing)
        return message

    def change(self, message: Message, **fields: Any) -> Message:
        """The message with other fields, kept in its place; its blocks get their names."""
        if "blocks" in fields:
            fields["blocks"] = name_blocks(fields["blocks"], message.ts)
        changed = replace(message, **fields)
        self._place(changed)[message.ts] = changed
        return changed

    def remove(self, message: Message) -> None:
        """Forget a message; a root takes its replies with it only in the view of readers."""
        self._place(message).pop(message.ts, None)

    def forget_ephemerals(self, user: str) -> None:
        """What a reload of the client does: its ephemeral messages are gone."""
        kept = {ts: one for ts, one in self._ephemerals.items() if one.ephemeral_to != user}
        self._ephemerals = kept

    def root(self, message: Message) -> Message:
        """The head of a message's thread, or the message itself when there is none (any more)."""
        return self._messages[message.channel].get(message.thread_ts or "", message)

    def react(self, message: Message, user: str, emoji: str, *, added: bool) -> Message:
        """Add a reaction or take it away.

        Raises Refusal with `already_reacted` or `no_reaction`.
        """
        held = {reaction.name: reaction.users for reaction in message.reactions}
        users = held.get(emoji, ())
        if (user in users) is added:
            raise Refusal("already_reacted" if added else "no_reaction")
        held[emoji] = (*users, user) if added else tuple(one for one in users if one != user)
        given = (Reaction(name, users) for name, users in held.items() if users)
        return self.change(message, reactions=tuple(given))

    def in_channel(self, channel: str) -> list[Message]:
        """What the channel itself shows: no replies."""
        return [one for one in self._all(channel) if not one.is_reply]

    def in_thread(self, channel: str, thread_ts: str) -> list[Message]:
        """The root (if it still stands) and its replies."""
        return [one for one in self._all(channel) if thread_ts in (one.ts, one.thread_ts)]

    def replies(self, message: Message) -> list[Message]:
        """The replies to a message."""
        return [one for one in self._all(message.channel) if one.is_reply_to(message.ts)]

    def ephemerals(self, user: str, channel: str) -> list[Message]:
        """What only that user sees in the channel, threads included."""
        held = self._ephemerals.values()
        return [one for one in held if (one.ephemeral_to, one.channel) == (user, channel)]

    def ephemeral(self, ts: str) -> Message | None:
        """One ephemeral message, if it is still shown."""
        return self._ephemerals.get(ts)

    def _place(self, message: Message) -> dict[str, Message]:
        return self._ephemerals if message.ephemeral_to else self._messages[message.channel]

    def _all(self, channel: str) -> list[Message]:
        return list(self._messages.get(channel, {}).values())

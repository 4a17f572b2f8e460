"""What a member does that only causes events: writing, editing, reacting, opening the Home."""

from bot.workspace import events, seed
from bot.workspace.message_input import compose
from bot.workspace.records import Channel, Json, Message
from bot.workspace.state import State


class Messaging:
    """What causes events; every method may be called from any thread and names users and
    channels by id or by name."""

    state: State

    def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Message:
        """Write a message; `@paperboy` becomes a mention, a URL a link."""
        with self.state.lock:
            member, room = self.state.member(user), self.state.channel(channel)
            written, block = self._composed(text)
            return self.state.post(
                room,
                member.id,
                written,
                blocks=[block],
                thread_ts=thread_ts,
                client_msg_id=f"m-{self.state.messages.next_ts()}",
            )

    def edit(self, message: Message, text: str) -> Message:
        """Edit a message of a person."""
        with self.state.lock:
            written, block = self._composed(text)
            held = self.state.messages.get(message.channel, message.ts)
            edited = self.state.messages.next_ts()
            return self.state.revise(held, text=written, blocks=[block], edited=edited)

    def delete(self, message: Message) -> None:
        """Delete a message; an ephemeral one is dismissed, of which the app hears nothing."""
        with self.state.lock:
            self.state.remove(message)

    def react(self, user: str, message: Message, emoji: str) -> Message:
        """Put an emoji under a message."""
        return self._react(user, message, emoji, added=True)

    def unreact(self, user: str, message: Message, emoji: str) -> Message:
        """Take one's emoji away again."""
        return self._react(user, message, emoji, added=False)

    def invite(self, channel: str, user: str = seed.BOT.id) -> Channel:
        """Bring someone (the bot) into a channel."""
        return self._membership(channel, user, inside=True)

    def remove_from(self, channel: str, user: str = seed.BOT.id) -> Channel:
        """Take someone (the bot) out of a channel."""
        return self._membership(channel, user, inside=False)

    def reload(self, user: str) -> None:
        """Reload the client: its ephemeral messages are gone, and the app hears nothing."""
        with self.state.lock:
            self.state.messages.forget_ephemerals(self.state.member(user).id)
            self.state.changed()

    def open_home(self, user: str, *, tab: str = "home") -> None:
        """Open the Home tab (or `messages`, the agent's direct message)."""
        with self.state.lock:
            member = self.state.member(user)
            room, view = self.state.channel(member.id), self.state.views.home(member.id)
            ts = self.state.messages.next_ts()
            self.state.emit(room, events.home_opened(member, room, tab, view, ts))

    def stop_session(self, user: str, channel: str, thread_ts: str) -> None:
        """Press the stop button of an agent's thread."""
        with self.state.lock:
            member, room = self.state.member(user), self.state.channel(channel)
            thread = self.state.messages.in_thread(room.id, thread_ts)
            ts = self.state.messages.next_ts()
            event = events.session_stopped(member, room, thread_ts, thread, ts)
            self.state.emit(room, event)

    def _composed(self, typed: str) -> tuple[str, Json]:
        members, channels = self.state.members.values(), self.state.channels.values()
        return compose(typed, members=members, channels=channels)

    def _react(self, user: str, message: Message, emoji: str, *, added: bool) -> Message:
        with self.state.lock:
            held = self.state.messages.get(message.channel, message.ts)
            member = self.state.member(user)
            return self.state.react(held, member.id, emoji.strip(":"), added=added)

    def _membership(self, channel: str, user: str, *, inside: bool) -> Channel:
        with self.state.lock:
            room, member = self.state.channel(channel), self.state.member(user)
            return self.state.set_membership(room, member.id, inside=inside)

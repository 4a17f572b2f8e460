"""What a member does that only causes events: writing, editing, reacting, opening the Home."""

from collections.abc import Sequence

from bot.workspace import payloads, seed
from bot.workspace.block_ids import name_blocks
from bot.workspace.core import Core
from bot.workspace.message_input import compose, rich_text
from bot.workspace.methods.chat import changed_event, deleted_event
from bot.workspace.methods.reactions import react, unreact
from bot.workspace.records import Change, Channel, Json, Message
from bot.workspace.serializers import view_json


class Messaging(Core):
    """What causes events; every method may be called from any thread and names users and
    channels by id or by name."""

    def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Message:
        """Write a message; `@paperboy` becomes a mention, a URL a link."""
        with self.lock:
            member, room = self.state.member(user), self.state.channel(channel)
            written, parts = self._composed(text)
            message = self.state.post(
                room,
                member.id,
                written,
                blocks=self._as_blocks(parts),
                thread_ts=thread_ts,
                client_msg_id=f"m-{self.state.messages.next_ts()}",
            )
            root = self.state.messages.get(room.id, message.thread_ts or message.ts)
            for event in payloads.message_events(message, room, root=root):
                self.emit(event, room)
            self._share_links(message, room, parts)
            return message

    def edit(self, message: Message, text: str) -> Message:
        """Edit a message of a person."""
        with self.lock:
            written, parts = self._composed(text)
            held = self.state.messages.get(message.channel, message.ts)
            changed = self.state.revise(
                held,
                text=written,
                blocks=self._as_blocks(parts),
                edited=self.state.messages.next_ts(),
            )
            event = changed_event(self.state, changed, before=held)
            self.emit(event, self.state.channels[message.channel])
            return changed

    def delete(self, message: Message) -> None:
        """Delete a message; an ephemeral one is dismissed, of which the app hears nothing."""
        with self.lock:
            self.state.remove(message)
            if not message.ephemeral_to:
                event = deleted_event(self.state, message)
                self.emit(event, self.state.channels[message.channel])

    def react(self, user: str, message: Message, emoji: str) -> Message:
        """Put an emoji under a message."""
        with self.lock:
            held = self.state.messages.get(message.channel, message.ts)
            return react(self.state, held, self.state.member(user).id, emoji.strip(":"))

    def unreact(self, user: str, message: Message, emoji: str) -> Message:
        """Take one's emoji away again."""
        with self.lock:
            held = self.state.messages.get(message.channel, message.ts)
            return unreact(self.state, held, self.state.member(user).id, emoji.strip(":"))

    def invite(self, channel: str, user: str = seed.BOT.id) -> Channel:
        """Bring someone (the bot) into a channel."""
        return self._membership(channel, user, inside=True)

    def remove_from(self, channel: str, user: str = seed.BOT.id) -> Channel:
        """Take someone (the bot) out of a channel."""
        return self._membership(channel, user, inside=False)

    def reload(self, user: str) -> None:
        """Reload the client: its ephemeral messages are gone, and the app hears nothing."""
        with self.lock:
            member = self.state.member(user)
            self.state.messages.forget_ephemerals(member.id)
            self.announce(Change("ephemeral", user=member.id))

    def open_home(self, user: str, *, tab: str = "home") -> None:
        """Open the Home tab (or `messages`, the agent's direct message)."""
        with self.lock:
            member = self.state.member(user)
            event: Json = {
                "type": "app_home_opened",
                "user": member.id,
                "channel": self.state.channel(member.id).id,
                "tab": tab,
                "event_ts": self.state.messages.next_ts(),
            }
            view = self.state.views.home(member.id)
            if view is not None and tab == "home":
                event["view"] = view_json(view)
            if self.wants("app_home_opened"):
                self.emit_anyway(event, event["channel"])

    def stop_session(self, user: str, channel: str, thread_ts: str) -> None:
        """Press the stop button of an agent's thread."""
        with self.lock:
            member, room = self.state.member(user), self.state.channel(channel)
            thread = self.state.messages.in_thread(room.id, thread_ts)
            event = {
                "type": "agent_session_stopped",
                "channel": room.id,
                "thread_ts": thread_ts,
                "user": member.id,
                "streaming_message_ts": [one.ts for one in thread if one.streaming],
                "event_ts": self.state.messages.next_ts(),
            }
            if self.wants("agent_session_stopped"):
                self.emit_anyway(event, room.id)

    def _composed(self, typed: str) -> tuple[str, list[Json]]:
        members, channels = self.state.members.values(), self.state.channels.values()
        return compose(typed, members=members, channels=channels)

    def _as_blocks(self, parts: list[Json]) -> tuple[Json, ...]:
        return name_blocks([rich_text(parts)], self.state.messages.next_ts())

    def _membership(self, channel: str, user: str, *, inside: bool) -> Channel:
        with self.lock:
            room, member = self.state.channel(channel), self.state.member(user)
            return self.state.set_membership(room, member.id, inside=inside)

    def _share_links(self, message: Message, room: Channel, parts: Sequence[Json]) -> None:
        links = [
            {"url": part["url"], "domain": domain}
            for part in parts
            for domain in self.features.unfurl_domains
            if part["type"] == "link" and f".{_host(part['url'])}".endswith(f".{domain}")
        ]
        if not links:
            return
        event: Json = {
            "type": "link_shared",
            "user": message.user,
            "channel": room.id,
            "message_ts": message.ts,
            "links": links,
            "unfurl_id": f"{room.id}-{message.ts}",
            "source": "conversations_history",
            "is_bot_user_member": seed.BOT.id in room.members,
            "event_ts": message.ts,
        }
        if message.thread_ts:
            event["thread_ts"] = message.thread_ts
        self.emit(event, room)


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].partition(":")[0]

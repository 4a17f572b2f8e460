"""What the page shows, as JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.workspace import seed
from bot.workspace.deliveries import Delivery
from bot.workspace.methods.chat import permalink
from bot.workspace.records import Call, Channel, Json, Member, Message, View
from bot.workspace.serializers import channel_json, message_json
from bot.workspace.state import State, Status
from bot.workspace.words import Words, words_for

MOST_MESSAGES = 200
MOST_LOGGED = 500


@dataclass(frozen=True)
class Screen:
    """What a member sees who looks at a channel, if they may, and perhaps at a thread."""

    state: State
    member: Member
    words: Words
    room: Channel | None
    thread_ts: str

    @classmethod
    def of(cls, state: State, user: str, channel: str, thread_ts: str) -> "Screen":
        """The screen of a user; raises Refusal with `user_not_found`."""
        member = state.member(user)
        return cls(state, member, words_for(member.locale), state.channels.get(channel), thread_ts)

    def shown(self) -> Json:
        """Everything on it."""
        state, words, views = self.state, self.words, self.state.views
        return {
            "team": asdict(seed.TEAM),
            "now": state.clock().timestamp(),
            "me": self.member.id,
            "bot": seed.BOT.id,
            "language": words.language,
            # The page puts the command where the percent sign stands.
            "words": {
                **words.of_the_page(),
                "no-slash": words.text("no-slash-in-threads", command="%"),
            },
            "members": [asdict(one) for one in state.members.values()],
            "channels": [
                self._channel(one)
                for one in state.channels.values()
                if self.member.id in one.members
            ],
            "commands": list(state.features.commands),
            "shortcuts": list(state.features.shortcuts),
            "home": _view(views.home(self.member.id)),
            "modals": [_view(view) for view in views.stack(self.member.id)],
            **(_NOWHERE if self.room is None else self._in_room(self.room)),
        }

    def _channel(self, channel: Channel) -> Json:
        messages = self.state.messages.in_channel(channel.id)
        people = sum(not self.state.members[one].is_bot for one in channel.members)
        return {
            **channel_json(channel),
            "kind": channel.kind,
            "topic": channel.topic,
            "latest": messages[-1].ts if messages else "",
            "members_label": self.words.text("members", count=people),
        }

    def _in_room(self, room: Channel) -> Json:
        messages = self.state.messages
        hidden = messages.ephemerals(self.member.id, room.id)
        prompts = {"title": "", "prompts": list(self.state.features.prompts)}
        return {
            "messages": self._messages(messages.in_channel(room.id)[-MOST_MESSAGES:]),
            "thread": self._thread(room) if self.thread_ts else None,
            "ephemerals": [{**one, "ephemeral": True} for one in self._messages(hidden)],
            "statuses": [
                {"thread_ts": thread_ts, "text": status.text}
                for (channel, thread_ts), status in self.state.statuses.items()
                if channel == room.id and status.text
            ],
            "prompts": self.state.prompts.get(room.id, prompts)
            if room.kind == "im"
            else _NOWHERE["prompts"],
        }

    def _thread(self, room: Channel) -> Json:
        status = self.state.statuses.get((room.id, self.thread_ts), Status())
        messages = self.state.messages.in_thread(room.id, self.thread_ts)
        return {
            "ts": self.thread_ts,
            "title": status.title,
            "session": status.session,
            "messages": self._messages(messages),
        }

    def _messages(self, messages: Sequence[Message]) -> list[Json]:
        return [self._message(one) for one in messages]

    def _message(self, message: Message) -> Json:
        held = message_json(message, self.state.messages)
        held |= {"streaming": message.streaming, "permalink": permalink(self.state, message)}
        if held.get("reply_count"):
            held["replies_label"] = self.words.text("replies", count=held["reply_count"])
        return held


_NOWHERE: Json = {
    "messages": [],
    "thread": None,
    "ephemerals": [],
    "statuses": [],
    "prompts": {"title": "", "prompts": []},
}


def log_state(log: Sequence[Delivery | Call]) -> list[Json]:
    """The newest payloads and calls, oldest first, without their bodies."""
    older = max(0, len(log) - MOST_LOGGED)
    return [_entry(one) | {"id": str(at)} for at, one in enumerate(log[older:], older)]


def log_bodies(log: Sequence[Delivery | Call], entry_id: str) -> Json:
    """What was sent and answered in one entry of the log; empty when there is none."""
    if not entry_id.isdecimal() or int(entry_id) >= len(log):
        return {}
    entry = log[int(entry_id)]
    request = entry.payload if isinstance(entry, Delivery) else entry.args
    return {"request": request, "answer": entry.answer or {}}


def _view(view: View | None) -> Json | None:
    if view is None:
        return None
    held = {name: view.content.get(name) for name in ("type", "title", "submit", "close")}
    return held | {
        "id": view.id,
        "hash": view.hash,
        "blocks": view.blocks,
        "errors": dict(view.errors),
        "previous": view.previous_id,
    }


def _entry(entry: Delivery | Call) -> Json:
    return _delivery(entry) if isinstance(entry, Delivery) else _call(entry)


def _delivery(delivery: Delivery) -> Json:
    seconds = delivery.seconds
    return {
        "at": delivery.made,
        "direction": "out",
        "kind": delivery.kind,
        "name": _name(delivery.payload),
        "milliseconds": None if seconds is None else round(seconds * 1000),
        "done": delivery.acknowledged is not None,
        "attempt": delivery.attempt,
    }


def _name(payload: dict[str, Any]) -> str:
    event = payload.get("event")
    if isinstance(event, dict):
        return ".".join(filter(None, (str(event.get("type")), event.get("subtype"))))
    if "command" in payload:
        return f"{payload['command']} {payload.get('text', '')}".strip()
    actions = payload.get("actions") or [{}]
    return " ".join(filter(None, (str(payload.get("type")), actions[0].get("action_id"))))


def _call(call: Call) -> Json:
    answer = call.answer or {}
    return {
        "at": call.at,
        "direction": "in",
        "kind": "call",
        "name": call.method,
        "status": call.status,
        "done": bool(answer.get("ok")),
        "error": answer.get("error", ""),
    }

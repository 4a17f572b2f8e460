"""What the page shows, as JSON. Pure functions over the state."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bot.workspace import seed
from bot.workspace.deliveries import Delivery
from bot.workspace.features import Features
from bot.workspace.methods.chat import permalink
from bot.workspace.records import Call, Channel, Json, Member, Message, View
from bot.workspace.serializers import channel_json, message_json
from bot.workspace.state import State, Status
from bot.workspace.words import Words, words_for

MOST_MESSAGES = 200
MOST_LOGGED = 500


def page_state(
    state: State, features: Features, *, user: str, channel: str, thread_ts: str, connected: bool
) -> Json:
    """Everything on the screen of `user`, who looks at a channel and perhaps a thread."""
    member, words = state.member(user), words_for(state.member(user).locale)
    room = state.channels.get(channel)
    return {
        "team": asdict(seed.TEAM),
        "now": state.clock().timestamp(),
        "me": member.id,
        "bot": seed.BOT.id,
        "language": words.language,
        # The page puts the command where the percent sign stands.
        "words": {
            **words.of_the_page(),
            "no-slash": words.text("no-slash-in-threads", command="%"),
        },
        "members": [asdict(one) for one in state.members.values()],
        "channels": [_channel(state, one, words) for one in _visible(state, member)],
        "messages": _messages(state, room, words),
        "thread": _thread(state, room, thread_ts, words),
        "ephemerals": _ephemerals(state, room, member, words),
        "statuses": _statuses(state, room),
        "prompts": _prompts(state, room, features),
        "home": _view(state.views.home(member.id)),
        "modals": [_view(view) for view in state.views.stack(member.id)],
        "commands": list(features.commands),
        "shortcuts": list(features.shortcuts),
        "connected": connected,
    }


def log_state(
    deliveries: Sequence[Delivery], calls: Sequence[Call], *, started: float
) -> list[Json]:
    """The newest payloads and calls in the order of time, without their bodies.

    `started` ties the two clocks together.
    """
    entries = [_delivery(one, started) | {"id": f"p{at}"} for at, one in enumerate(deliveries)]
    entries += [_call(one) | {"id": f"c{at}"} for at, one in enumerate(calls)]
    return sorted(entries, key=lambda one: float(one["at"]))[-MOST_LOGGED:]


def log_bodies(deliveries: Sequence[Delivery], calls: Sequence[Call], entry_id: str) -> Json:
    """What was sent and answered in one entry of the log; empty when there is none."""
    at = entry_id[1:]
    entries: Sequence[Delivery | Call] = deliveries if entry_id.startswith("p") else calls
    if not at.isdigit() or int(at) >= len(entries):
        return {}
    entry = entries[int(at)]
    request = entry.payload if isinstance(entry, Delivery) else entry.args
    return {"request": request, "answer": entry.answer or {}}


def _visible(state: State, member: Member) -> list[Channel]:
    return [one for one in state.channels.values() if member.id in one.members]


def _channel(state: State, channel: Channel, words: Words) -> Json:
    messages = state.messages.in_channel(channel.id)
    people = sum(not state.members[one].is_bot for one in channel.members)
    return {
        **channel_json(channel),
        "kind": channel.kind,
        "topic": channel.topic,
        "latest": messages[-1].ts if messages else "",
        "members_label": words.text("members", count=people),
    }


def _messages(state: State, room: Channel | None, words: Words) -> list[Json]:
    if room is None:
        return []
    newest = state.messages.in_channel(room.id)[-MOST_MESSAGES:]
    return [_message(state, one, words) for one in newest]


def _thread(state: State, room: Channel | None, thread_ts: str, words: Words) -> Json | None:
    if room is None or not thread_ts:
        return None
    messages = state.messages.in_thread(room.id, thread_ts)
    status = state.statuses.get((room.id, thread_ts), Status())
    return {
        "ts": thread_ts,
        "title": status.title,
        "session": status.session,
        "messages": [_message(state, one, words) for one in messages],
    }


def _message(state: State, message: Message, words: Words) -> Json:
    held = message_json(message, state.messages)
    held |= {"streaming": message.streaming, "permalink": permalink(state, message)}
    if held.get("reply_count"):
        held["replies_label"] = words.text("replies", count=held["reply_count"])
    return held


def _ephemerals(state: State, room: Channel | None, member: Member, words: Words) -> list[Json]:
    if room is None:
        return []
    shown = state.messages.ephemerals(member.id, room.id)
    return [_message(state, one, words) | {"ephemeral": True} for one in shown]


def _statuses(state: State, room: Channel | None) -> list[Json]:
    return [
        {"thread_ts": thread_ts, "text": status.text}
        for (channel, thread_ts), status in state.statuses.items()
        if room is not None and channel == room.id and status.text
    ]


def _prompts(state: State, room: Channel | None, features: Features) -> Json:
    if room is None or room.kind != "im":
        return {"title": "", "prompts": []}
    return state.prompts.get(room.id) or {"title": "", "prompts": list(features.prompts)}


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


def _delivery(delivery: Delivery, started: float) -> Json:
    seconds = delivery.seconds
    return {
        "at": delivery.made + started,
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

"""What the page shows, as JSON. Pure functions over the world."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bot.workspace import seed
from bot.workspace.features import Features
from bot.workspace.mail import Parcel
from bot.workspace.methods.chat import permalink
from bot.workspace.records import Call, Channel, Json, Member, Message, View
from bot.workspace.shapes import channel_json, message_json
from bot.workspace.words import Words, words_for
from bot.workspace.world import Status, World

MOST_MESSAGES = 200
MOST_LOGGED = 500


def page_state(
    world: World, features: Features, *, user: str, channel: str, thread_ts: str, connected: bool
) -> Json:
    """Everything on the screen of `user`, who looks at a channel and perhaps a thread."""
    member, words = world.member(user), words_for(world.member(user).locale)
    room = world.channels.get(channel)
    return {
        "team": asdict(seed.TEAM),
        "now": world.clock().timestamp(),
        "me": member.id,
        "bot": seed.BOT.id,
        "language": words.language,
        # The page puts the command where the percent sign stands.
        "words": {
            **words.of_the_page(),
            "no-slash": words.text("no-slash-in-threads", command="%"),
        },
        "members": [asdict(one) for one in world.members.values()],
        "channels": [_channel(world, one, words) for one in _visible(world, member)],
        "messages": _messages(world, room, words),
        "thread": _thread(world, room, thread_ts, words),
        "ephemerals": _ephemerals(world, room, member, words),
        "statuses": _statuses(world, room),
        "prompts": _prompts(world, room, features),
        "home": _view(world.views.home(member.id)),
        "modals": [_view(view) for view in world.views.stack(member.id)],
        "commands": list(features.commands),
        "shortcuts": list(features.shortcuts),
        "connected": connected,
    }


def log_state(parcels: Sequence[Parcel], calls: Sequence[Call], *, started: float) -> list[Json]:
    """The newest payloads and calls in the order of time, without their bodies.

    `started` ties the two clocks together.
    """
    entries = [_parcel(one, started) | {"id": f"p{at}"} for at, one in enumerate(parcels)]
    entries += [_call(one) | {"id": f"c{at}"} for at, one in enumerate(calls)]
    return sorted(entries, key=lambda one: float(one["at"]))[-MOST_LOGGED:]


def log_bodies(parcels: Sequence[Parcel], calls: Sequence[Call], entry_id: str) -> Json:
    """What was sent and answered in one entry of the log; empty when there is none."""
    at = entry_id[1:]
    entries: Sequence[Parcel | Call] = parcels if entry_id.startswith("p") else calls
    if not at.isdigit() or int(at) >= len(entries):
        return {}
    entry = entries[int(at)]
    request = entry.payload if isinstance(entry, Parcel) else entry.args
    return {"request": request, "answer": entry.answer or {}}


def _visible(world: World, member: Member) -> list[Channel]:
    return [one for one in world.channels.values() if member.id in one.members]


def _channel(world: World, channel: Channel, words: Words) -> Json:
    messages = world.posts.in_channel(channel.id)
    people = sum(not world.members[one].is_bot for one in channel.members)
    return {
        **channel_json(channel),
        "kind": channel.kind,
        "topic": channel.topic,
        "latest": messages[-1].ts if messages else "",
        "members_label": words.text("members", count=people),
    }


def _messages(world: World, room: Channel | None, words: Words) -> list[Json]:
    if room is None:
        return []
    newest = world.posts.in_channel(room.id)[-MOST_MESSAGES:]
    return [_message(world, one, words) for one in newest]


def _thread(world: World, room: Channel | None, thread_ts: str, words: Words) -> Json | None:
    if room is None or not thread_ts:
        return None
    messages = world.posts.in_thread(room.id, thread_ts)
    status = world.statuses.get((room.id, thread_ts), Status())
    return {
        "ts": thread_ts,
        "title": status.title,
        "session": status.session,
        "messages": [_message(world, one, words) for one in messages],
    }


def _message(world: World, message: Message, words: Words) -> Json:
    held = message_json(message, world.posts)
    held |= {"streaming": message.streaming, "permalink": permalink(world, message)}
    if held.get("reply_count"):
        held["replies_label"] = words.text("replies", count=held["reply_count"])
    return held


def _ephemerals(world: World, room: Channel | None, member: Member, words: Words) -> list[Json]:
    if room is None:
        return []
    shown = world.posts.ephemerals(member.id, room.id)
    return [_message(world, one, words) | {"ephemeral": True} for one in shown]


def _statuses(world: World, room: Channel | None) -> list[Json]:
    return [
        {"thread_ts": thread_ts, "text": status.text, "loading": list(status.loading)}
        for (channel, thread_ts), status in world.statuses.items()
        if room is not None and channel == room.id and status.text
    ]


def _prompts(world: World, room: Channel | None, features: Features) -> Json:
    if room is None or room.kind != "im":
        return {"title": "", "prompts": []}
    return world.prompts.get(room.id) or {"title": "", "prompts": list(features.prompts)}


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


def _parcel(parcel: Parcel, started: float) -> Json:
    seconds = parcel.seconds
    return {
        "at": parcel.made + started,
        "direction": "out",
        "kind": parcel.kind,
        "name": _name(parcel.payload),
        "milliseconds": None if seconds is None else round(seconds * 1000),
        "done": parcel.acknowledged is not None,
        "attempt": parcel.attempt,
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

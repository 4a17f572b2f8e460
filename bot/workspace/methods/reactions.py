"""reactions.add and reactions.remove."""

from bot.workspace import seed
from bot.workspace.args import Args
from bot.workspace.records import Change, Json, Message, Refusal
from bot.workspace.state import State


def add(state: State, args: Args) -> Json:
    """reactions.add"""
    react(state, _message(state, args), seed.BOT.id, _name(args))
    return {}


def remove(state: State, args: Args) -> Json:
    """reactions.remove"""
    unreact(state, _message(state, args), seed.BOT.id, _name(args))
    return {}


def react(state: State, message: Message, user: str, emoji: str) -> Message:
    """Put an emoji under a message, and send the event."""
    changed = state.messages.react(message, user, emoji)
    _tell(state, changed, user, emoji, kind="reaction_added")
    return changed


def unreact(state: State, message: Message, user: str, emoji: str) -> Message:
    """Take an emoji away, and send the event."""
    changed = state.messages.unreact(message, user, emoji)
    _tell(state, changed, user, emoji, kind="reaction_removed")
    return changed


def _tell(state: State, message: Message, user: str, emoji: str, *, kind: str) -> None:
    state.announce(Change("message", channel=message.channel))
    event: Json = {
        "type": kind,
        "user": user,
        "reaction": emoji,
        "item": {"type": "message", "channel": message.channel, "ts": message.ts},
        "item_user": message.user,
        "event_ts": state.messages.next_ts(),
    }
    state.emit(event, state.channels[message.channel])


def _message(state: State, args: Args) -> Message:
    channel = state.readable(args.need("channel"))
    return state.messages.get(channel.id, args.need("timestamp"))


def _name(args: Args) -> str:
    name = args.text("name").strip(":")
    if not name:
        raise Refusal("invalid_name")
    return name


METHODS = {"reactions.add": add, "reactions.remove": remove}

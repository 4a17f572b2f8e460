"""reactions.add and reactions.remove."""

from bot.workspace import seed
from bot.workspace.args import Args
from bot.workspace.records import Json, Refusal
from bot.workspace.state import State


def add(state: State, args: Args) -> Json:
    """reactions.add"""
    return _react(state, args, added=True)


def remove(state: State, args: Args) -> Json:
    """reactions.remove"""
    return _react(state, args, added=False)


def _react(state: State, args: Args, *, added: bool) -> Json:
    channel = state.readable(args.need("channel"))
    message = state.messages.get(channel.id, args.need("timestamp"))
    emoji = args.text("name").strip(":")
    if not emoji:
        raise Refusal("invalid_name")
    state.react(message, seed.BOT.id, emoji, added=added)
    return {}

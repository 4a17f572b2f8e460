"""reactions.add and reactions.remove."""

from bot.workspace import seed
from bot.workspace.args import Args
from bot.workspace.records import Change, Json, Message, Refusal
from bot.workspace.world import World


def add(world: World, args: Args) -> Json:
    """reactions.add"""
    react(world, _message(world, args), seed.BOT.id, _name(args))
    return {}


def remove(world: World, args: Args) -> Json:
    """reactions.remove"""
    unreact(world, _message(world, args), seed.BOT.id, _name(args))
    return {}


def react(world: World, message: Message, user: str, emoji: str) -> Message:
    """Put an emoji under a message, and send the event."""
    changed = world.posts.react(message, user, emoji)
    _tell(world, changed, user, emoji, kind="reaction_added")
    return changed


def unreact(world: World, message: Message, user: str, emoji: str) -> Message:
    """Take an emoji away, and send the event."""
    changed = world.posts.unreact(message, user, emoji)
    _tell(world, changed, user, emoji, kind="reaction_removed")
    return changed


def _tell(world: World, message: Message, user: str, emoji: str, *, kind: str) -> None:
    world.announce(Change("message", channel=message.channel))
    event: Json = {
        "type": kind,
        "user": user,
        "reaction": emoji,
        "item": {"type": "message", "channel": message.channel, "ts": message.ts},
        "item_user": message.user,
        "event_ts": world.posts.next_ts(),
    }
    world.emit(event, world.channels[message.channel])


def _message(world: World, args: Args) -> Message:
    channel = world.readable(args.need("channel"))
    return world.posts.get(channel.id, args.need("timestamp"))


def _name(args: Args) -> str:
    name = args.text("name").strip(":")
    if not name:
        raise Refusal("invalid_name")
    return name


METHODS = {"reactions.add": add, "reactions.remove": remove}

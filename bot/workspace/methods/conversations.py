"""conversations.* and reactions.*: channels, what was said in them, and what was thought of it."""

from bot.workspace import seed
from bot.workspace.args import Args
from bot.workspace.records import Json, Message, Refusal
from bot.workspace.serializers import channel_json, message_json
from bot.workspace.state import State


def open_(state: State, args: Args) -> Json:
    """conversations.open"""
    users = args.text("users")
    if not users or "," in users:
        raise Refusal("method_not_supported" if users else "users_list_not_supplied")
    channel = state.channel(state.person(users).id)
    return {"channel": {"id": channel.id}, "no_op": True, "already_open": True}


def info(state: State, args: Args) -> Json:
    """conversations.info; it takes an id only, no name"""
    channel_id = args.need("channel")
    if channel_id not in state.channels:
        raise Refusal("channel_not_found")
    return {"channel": channel_json(state.visible(channel_id))}


def history(state: State, args: Args) -> Json:
    """conversations.history: newest first"""
    channel = state.readable(args.need("channel"))
    found = [one for one in state.messages.in_channel(channel.id) if _within(one, args)]
    return {**_page(state, found[::-1], args, default=100), "pin_count": 0}


def replies(state: State, args: Args) -> Json:
    """conversations.replies: the root, then its replies, oldest first"""
    channel = state.readable(args.need("channel"))
    asked = state.messages.get(channel.id, args.need("ts"), missing="thread_not_found")
    root_ts = asked.thread_ts or asked.ts
    thread = state.messages.in_thread(channel.id, root_ts)
    found = [one for one in thread if one.ts == root_ts or _within(one, args)]
    return _page(state, found, args, default=1000)


def add_reaction(state: State, args: Args) -> Json:
    """reactions.add"""
    return _react(state, args, added=True)


def remove_reaction(state: State, args: Args) -> Json:
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


def _within(message: Message, args: Args) -> bool:
    oldest = args.text("oldest")
    try:
        return not oldest or float(message.ts) > float(oldest)
    except ValueError:
        raise Refusal("invalid_ts_oldest") from None


def _page(state: State, found: list[Message], args: Args, *, default: int) -> Json:
    cursor = args.text("cursor")
    if cursor and not cursor.removeprefix("next:").isdigit():
        raise Refusal("invalid_cursor")
    start = int(cursor.removeprefix("next:")) if cursor else 0
    end = start + args.number("limit", default, most=1000)
    has_more, whole = end < len(found), args.flag("include_all_metadata")
    return {
        "messages": [
            message_json(one, state.messages, with_metadata=whole) for one in found[start:end]
        ],
        "has_more": has_more,
        "response_metadata": {"next_cursor": f"next:{end}" if has_more else ""},
    }

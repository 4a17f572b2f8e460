"""conversations.*: channels, and what was said in them."""

from bot.workspace.args import Args
from bot.workspace.records import Channel, Json, Message, Refusal
from bot.workspace.serializers import channel_json, message_json
from bot.workspace.state import State


def open_(state: State, args: Args) -> Json:
    """conversations.open"""
    users = args.strings("users")
    if len(users) != 1:
        raise Refusal("users_list_not_supplied" if not users else "method_not_supported")
    member = state.members.get(users[0])
    if member is None or member.is_bot:
        raise Refusal("user_not_found")
    held = {"id": state.channel(member.id).id}
    return {"channel": held, "no_op": True, "already_open": True}


def info(state: State, args: Args) -> Json:
    """conversations.info"""
    return {"channel": channel_json(_by_id(state, args.need("channel")))}


def history(state: State, args: Args) -> Json:
    """conversations.history: newest first"""
    channel = state.readable(args.need("channel"))
    found = [one for one in state.messages.in_channel(channel.id) if _within(one, args)]
    page, cursor = _page(found[::-1], args, default=100)
    return {"messages": _shown(state, page, args), **_more(cursor), "pin_count": 0}


def replies(state: State, args: Args) -> Json:
    """conversations.replies: the root, then its replies, oldest first"""
    channel = state.readable(args.need("channel"))
    asked = state.messages.get(channel.id, args.need("ts"), missing="thread_not_found")
    root_ts = asked.thread_ts or asked.ts
    thread = state.messages.in_thread(channel.id, root_ts)
    found = [one for one in thread if one.ts == root_ts or _within(one, args)]
    page, cursor = _page(found, args, default=1000)
    return {"messages": _shown(state, page, args), **_more(cursor)}


def _by_id(state: State, channel_id: str) -> Channel:
    """These methods take ids only, no names."""
    if channel_id not in state.channels:
        raise Refusal("channel_not_found")
    return state.channel_of_bot(channel_id)


def _within(message: Message, args: Args) -> bool:
    oldest = args.text("oldest")
    try:
        return not oldest or float(message.ts) > float(oldest)
    except ValueError:
        raise Refusal("invalid_ts_oldest") from None


def _page(found: list[Message], args: Args, *, default: int) -> tuple[list[Message], str]:
    cursor = args.text("cursor")
    if cursor and not cursor.removeprefix("next:").isdigit():
        raise Refusal("invalid_cursor")
    start = int(cursor.removeprefix("next:")) if cursor else 0
    end = start + args.number("limit", default, most=1000)
    return found[start:end], f"next:{end}" if end < len(found) else ""


def _more(cursor: str) -> Json:
    return {"has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


def _shown(state: State, page: list[Message], args: Args) -> list[Json]:
    whole = args.flag("include_all_metadata")
    return [message_json(one, state.messages, with_metadata=whole) for one in page]


METHODS = {
    "conversations.open": open_,
    "conversations.info": info,
    "conversations.history": history,
    "conversations.replies": replies,
}

"""chat.*: posting, editing, deleting."""

import json
import re
from html import unescape
from typing import Any

from bot.workspace import seed
from bot.workspace.args import Args
from bot.workspace.block_ids import name_blocks
from bot.workspace.records import Channel, Json, Message, Refusal
from bot.workspace.serializers import message_json
from bot.workspace.state import State
from bot.workspace.validation import Surface, too_long_together, validate_blocks

MOST_TEXT = 40_000
MOST_UPDATE = 4_000
MOST_MARKDOWN = 12_000
MOST_METADATA = 8_000


def post_message(state: State, args: Args) -> Json:
    """chat.postMessage"""
    channel = state.writable(args.need("channel"))
    fields = posted(args)
    fields["thread_ts"] = args.text("thread_ts") or None
    message = post_as_bot(state, channel, fields)
    return _answer(message, thread_ts=message.thread_ts)


def post_as_bot(state: State, channel: Channel, fields: dict[str, Any]) -> Message:
    """Add a message of the bot's and send the event that Slack sends for it."""
    text = fields.pop("text", "")
    blocks = fields.pop("blocks", [])
    message = state.post(channel, seed.BOT.id, text, bot_id=seed.BOT.bot_id, **fields)
    if blocks:
        message = state.messages.change(message, blocks=name_blocks(blocks, message.ts))
    state.emit(_event(message, channel), channel)
    return message


def update(state: State, args: Args) -> Json:
    """chat.update"""
    channel = state.readable(args.need("channel"))
    message = own_message(state, channel, args.need("ts"), refusal="cant_update_message")
    if message.streaming:
        raise Refusal("streaming_state_conflict")
    fields = posted(args, most=MOST_UPDATE)
    changed = _changed(state, message, channel, fields)
    return {**_answer(changed), "text": changed.text}


def _changed(state: State, message: Message, channel: Channel, fields: dict[str, Any]) -> Message:
    fields["blocks"] = name_blocks(fields["blocks"], message.ts)
    if fields["text"] and fields["text"] != message.text:
        fields["edited"] = state.messages.next_ts()
    if not fields.get("metadata"):
        fields.pop("metadata")
    changed = state.revise(message, **fields)
    state.emit(changed_event(state, changed, before=message), channel)
    return changed


def delete(state: State, args: Args) -> Json:
    """chat.delete"""
    channel = state.readable(args.need("channel"))
    message = own_message(state, channel, args.need("ts"), refusal="cant_delete_message")
    state.remove(message)
    state.emit(deleted_event(state, message), channel)
    return {"channel": channel.id, "ts": message.ts}


def post_ephemeral(state: State, args: Args) -> Json:
    """chat.postEphemeral"""
    channel = state.writable(args.need("channel"))
    user = state.member(args.need("user"))
    if user.id not in channel.members:
        raise Refusal("user_not_in_channel")
    fields = posted(args)
    message = ephemeral(state, channel.id, user.id, fields, thread_ts=args.text("thread_ts"))
    return {"message_ts": message.ts}


def ephemeral(
    state: State, channel: str, user: str, fields: dict[str, Any], *, thread_ts: str = ""
) -> Message:
    """Show something to one user only."""
    message = state.post(
        state.channel(channel),
        seed.BOT.id,
        fields["text"],
        bot_id=seed.BOT.bot_id,
        attachments=fields.get("attachments", ()),
        thread_ts=thread_ts or None,
        ephemeral_to=user,
    )
    return state.messages.change(message, blocks=name_blocks(fields["blocks"], message.ts))


def get_permalink(state: State, args: Args) -> Json:
    """chat.getPermalink"""
    channel = state.readable(args.need("channel"))
    message = state.messages.get(channel.id, args.need("message_ts"))
    return {"channel": channel.id, "permalink": permalink(state, message)}


def permalink(state: State, message: Message) -> str:
    """The address of a message in the workspace's page."""
    link = f"{state.base_url}archives/{message.channel}/p{message.ts.replace('.', '')}"
    if not message.is_reply:
        return link
    return f"{link}?thread_ts={message.thread_ts}&cid={message.channel}"


def unfurl(state: State, args: Args) -> Json:
    """chat.unfurl"""
    unfurls = args.object("unfurls") or {}
    if not unfurls:
        raise Refusal("missing_unfurls")
    channel = state.readable(args.need("channel"))
    message = state.messages.get(channel.id, args.need("ts"), missing="cannot_find_message")
    attachments = [*message.attachments]
    for url, held in unfurls.items():
        if url not in _links(message.text):
            raise Refusal("cannot_unfurl_url")
        check_blocks(held.get("blocks", []), surface="unfurl")
        attachments.append({"from_url": url, "app_unfurl_url": url, **held})
    state.revise(message, attachments=tuple(attachments))
    return {}


def _links(text: str) -> list[str]:
    return [unescape(url) for url in re.findall(r"<(https?://[^>|]+)", text)]


def content(args: Args, *, most: int = MOST_TEXT) -> dict[str, Any]:
    """Text, blocks, attachments and metadata of a message, checked as Slack checks them.

    Raises Refusal with `no_text`, `msg_too_long`, `invalid_blocks` and the like.
    """
    text, blocks = args.text("text"), args.items("blocks")
    attachments = args.items("attachments")
    if not text.strip() and not blocks and not attachments:
        raise Refusal("no_text")
    if len(text) > most:
        raise Refusal("msg_too_long")
    check_blocks(blocks)
    if len(attachments) > 100:
        raise Refusal("too_many_attachments")
    return {
        "text": text,
        "blocks": blocks,
        "attachments": tuple(attachments),
        "metadata": metadata(args),
    }


def posted(args: Args, *, most: int = MOST_TEXT) -> dict[str, Any]:
    """The content for the chat methods, which also refuse blocks that are too long together.

    Response URLs were seen to take what these refuse with `msg_blocks_too_long`.
    """
    fields = content(args, most=most)
    if too_long_together(fields["blocks"]):
        raise Refusal("msg_blocks_too_long")
    return fields


def metadata(args: Args) -> Json | None:
    """The metadata of a message; raises Refusal when it has not Slack's form or is too large."""
    held = args.object("metadata")
    if held is None:
        return None
    payload = held.get("event_payload")
    if not isinstance(held.get("event_type"), str) or not isinstance(payload, dict):
        raise Refusal("invalid_metadata_format")
    if len(json.dumps(payload)) > MOST_METADATA:
        raise Refusal("metadata_too_large")
    if not all(map(_is_flat, payload.values())):
        raise Refusal("invalid_metadata_schema")
    return held


def _is_flat(value: Any) -> bool:
    """One level of nesting is allowed below the payload itself."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return not any(isinstance(one, (dict, list)) for one in inner)


def check_blocks(blocks: list[Json], *, surface: Surface = "message") -> None:
    """Raise Refusal with `invalid_blocks` and the reasons when Slack would."""
    reasons = validate_blocks(blocks, surface)
    if reasons:
        raise Refusal("invalid_blocks", [f"[ERROR] {one}" for one in reasons])


def own_message(state: State, channel: Channel, ts: str, *, refusal: str) -> Message:
    """A message that the bot itself wrote; raises Refusal with `refusal` when another did."""
    message = state.messages.get(channel.id, ts)
    if message.bot_id != seed.BOT.bot_id:
        raise Refusal(refusal)
    return message


def _answer(message: Message, *, thread_ts: str | None = None) -> Json:
    held = {"channel": message.channel, "ts": message.ts, "message": message_json(message)}
    return {**held, "thread_ts": thread_ts} if thread_ts else held


def _event(message: Message, channel: Channel) -> Json:
    held = message_json(message, with_metadata=True)
    return {**held, "channel": channel.id, "event_ts": message.ts, "channel_type": channel.type}


def changed_event(state: State, message: Message, *, before: Message) -> Json:
    """The `message_changed` event of an edit."""
    ts = state.messages.next_ts()
    return {
        "type": "message",
        "subtype": "message_changed",
        "message": message_json(message),
        "previous_message": message_json(before),
        "channel": message.channel,
        "hidden": True,
        "ts": ts,
        "event_ts": ts,
        "channel_type": state.channels[message.channel].type,
    }


def deleted_event(state: State, message: Message) -> Json:
    """The `message_deleted` event."""
    ts = state.messages.next_ts()
    return {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": message_json(message),
        "channel": message.channel,
        "hidden": True,
        "deleted_ts": message.ts,
        "ts": ts,
        "event_ts": ts,
        "channel_type": state.channels[message.channel].type,
    }


METHODS = {
    "chat.postMessage": post_message,
    "chat.update": update,
    "chat.delete": delete,
    "chat.postEphemeral": post_ephemeral,
    "chat.getPermalink": get_permalink,
    "chat.unfurl": unfurl,
}

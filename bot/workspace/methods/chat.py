"""chat.*: posting, editing, deleting."""

import json
from collections.abc import Sequence
from typing import Any

from bot.workspace import seed
from bot.workspace.args import Args
from bot.workspace.events import links_in
from bot.workspace.records import Json, Message, Refusal
from bot.workspace.serializers import message_json
from bot.workspace.state import State
from bot.workspace.validation import Surface, too_long_together, validate_blocks

MOST_TEXT = 40_000
MOST_UPDATE = 4_000
MOST_MARKDOWN = 12_000
MOST_METADATA = 8_000
MOST_ATTACHMENTS = 100


def post_message(state: State, args: Args) -> Json:
    """chat.postMessage"""
    channel = state.writable(args.need("channel"))
    thread_ts = args.text("thread_ts") or None
    message = state.post_as_bot(channel, **_posted(args), thread_ts=thread_ts)
    in_thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
    return {**_answer(message), **in_thread}


def update(state: State, args: Args) -> Json:
    """chat.update"""
    message = own_message(state, args, refusal="cant_update_message")
    if message.streaming:
        raise Refusal("streaming_state_conflict")
    fields = _posted(args, most=MOST_UPDATE)
    if fields["text"] and fields["text"] != message.text:
        fields["edited"] = state.messages.next_ts()
    fields["metadata"] = fields["metadata"] or message.metadata
    changed = state.revise(message, **fields)
    return {**_answer(changed), "text": changed.text}


def delete(state: State, args: Args) -> Json:
    """chat.delete"""
    message = own_message(state, args, refusal="cant_delete_message")
    state.remove(message)
    return {"channel": message.channel, "ts": message.ts}


def post_ephemeral(state: State, args: Args) -> Json:
    """chat.postEphemeral"""
    channel = state.writable(args.need("channel"))
    user = state.member(args.need("user"))
    if user.id not in channel.members:
        raise Refusal("user_not_in_channel")
    message = state.post_as_bot(
        channel,
        **_posted(args),
        thread_ts=args.text("thread_ts") or None,
        ephemeral_to=user.id,
    )
    return {"message_ts": message.ts}


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
        if url not in links_in(message.text):
            raise Refusal("cannot_unfurl_url")
        check_blocks(held.get("blocks", []), surface="unfurl")
        attachments.append({"from_url": url, "app_unfurl_url": url, **held})
    state.revise(message, attachments=tuple(attachments))
    return {}


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
    if len(attachments) > MOST_ATTACHMENTS:
        raise Refusal("too_many_attachments")
    return {
        "text": text,
        "blocks": blocks,
        "attachments": tuple(attachments),
        "metadata": metadata(args),
    }


def _posted(args: Args, *, most: int = MOST_TEXT) -> dict[str, Any]:
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


def check_blocks(blocks: Sequence[Json], *, surface: Surface = "message") -> None:
    """Raise Refusal with `invalid_blocks` and the reasons when Slack would."""
    reasons = validate_blocks(blocks, surface)
    if reasons:
        raise Refusal("invalid_blocks", [f"[ERROR] {one}" for one in reasons])


def own_message(state: State, args: Args, *, refusal: str) -> Message:
    """The message that a call is about; raises Refusal with `refusal` unless the bot wrote it."""
    channel = state.readable(args.need("channel"))
    message = state.messages.get(channel.id, args.need("ts"))
    if message.bot_id != seed.BOT.bot_id:
        raise Refusal(refusal)
    return message


def _answer(message: Message) -> Json:
    return {"channel": message.channel, "ts": message.ts, "message": message_json(message)}

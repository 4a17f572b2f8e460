"""What agents do: assistant.threads.*, and chat.*Stream, messages that grow while they are read."""

from collections.abc import Sequence

from bot.workspace.args import Args
from bot.workspace.methods.chat import MOST_MARKDOWN, check_blocks, metadata, own_message
from bot.workspace.records import Json, Message, Refusal
from bot.workspace.state import State

MOST_PROMPTS = 4


def set_status(state: State, args: Args) -> Json:
    """assistant.threads.setStatus; an empty status clears it"""
    channel = state.readable(args.need("channel_id"))
    state.status(channel.id, args.need("thread_ts")).text = args.text("status")
    state.changed()
    return {}


def set_suggested_prompts(state: State, args: Args) -> Json:
    """assistant.threads.setSuggestedPrompts; with a thread it does nothing, as in agent_view"""
    channel = state.readable(args.need("channel_id"))
    prompts = args.items("prompts")
    if not 1 <= len(prompts) <= MOST_PROMPTS:
        raise Refusal.of_arguments(f"between 1 and {MOST_PROMPTS} prompts allowed")
    if not all(one.get("title") and one.get("message") for one in prompts):
        raise Refusal.of_arguments("a prompt needs title and message")
    if not args.text("thread_ts"):
        state.prompts[channel.id] = {"title": args.text("title"), "prompts": prompts}
        state.changed()
    return {}


def set_title(state: State, args: Args) -> Json:
    """assistant.threads.setTitle"""
    channel = state.readable(args.need("channel_id"))
    thread_ts = args.need("thread_ts")
    state.messages.get(channel.id, thread_ts, missing="thread_not_found")
    state.status(channel.id, thread_ts).title = args.need("title")[:200]
    state.changed()
    return {}


def start_stream(state: State, args: Args) -> Json:
    """chat.startStream"""
    channel = state.writable(args.need("channel"))
    if channel.kind != "im":
        for name in ("recipient_user_id", "recipient_team_id"):
            if not args.text(name):
                raise Refusal(f"missing_{name}")
    thread_ts, blocks = args.need("thread_ts"), _grown((), args)
    message = state.post_as_bot(
        channel, _text(blocks), blocks=blocks, thread_ts=thread_ts, streaming=True
    )
    state.status(channel.id, message.thread_ts or message.ts).session = "processing"
    return {"channel": channel.id, "ts": message.ts}


def append_stream(state: State, args: Args) -> Json:
    """chat.appendStream"""
    message = _streaming(state, args)
    blocks = _grown(message.blocks, args)
    state.revise(message, blocks=blocks, text=_text(blocks))
    return {"channel": message.channel, "ts": message.ts}


def stop_stream(state: State, args: Args) -> Json:
    """chat.stopStream"""
    message = _streaming(state, args)
    last = args.items("blocks")
    check_blocks(last)
    grown = _grown(message.blocks, args)
    status = state.status(message.channel, message.thread_ts or message.ts)
    status.session = args.text("session_status") or "active"
    held = {"text": _text(grown), "blocks": (*grown, *last), "metadata": metadata(args)}
    state.revise(message, streaming=False, **held)
    return {"channel": message.channel, "ts": message.ts, "message": {"text": held["text"]}}


def _streaming(state: State, args: Args) -> Message:
    message = own_message(state, args, refusal="message_not_owned_by_app")
    if not message.streaming:
        raise Refusal("message_not_in_streaming_state")
    return message


def _grown(blocks: Sequence[Json], args: Args) -> tuple[Json, ...]:
    """The blocks with the call's text at their end; chunks of other things are refused."""
    text = _chunks(args) + args.text("markdown_text")
    if len(text) > MOST_MARKDOWN:
        raise Refusal("msg_too_long")
    if not text:
        return tuple(blocks)
    return ({"type": "markdown", "text": _text(blocks) + text},)


def _chunks(args: Args) -> str:
    chunks = args.items("chunks")
    for kind in {one.get("type") for one in chunks} - {"markdown_text"}:
        raise Refusal("invalid_chunks", [f"[ERROR] unsupported type: {kind}"])
    return "".join(str(one.get("text", "")) for one in chunks)


def _text(blocks: Sequence[Json]) -> str:
    return "".join(block["text"] for block in blocks)

"""chat.startStream, appendStream and stopStream: messages that grow while they are read."""

from typing import Any

from bot.workspace import seed
from bot.workspace.args import Args
from bot.workspace.block_ids import name_blocks
from bot.workspace.methods.chat import (
    MOST_MARKDOWN,
    changed_event,
    check_blocks,
    metadata,
    own_message,
    post_as_bot,
)
from bot.workspace.records import Json, Message, Refusal
from bot.workspace.state import State

_APPENDED = ("details", "output")


def start(state: State, args: Args) -> Json:
    """chat.startStream"""
    channel = state.writable(args.need("channel"))
    if channel.kind != "im":
        for name in ("recipient_user_id", "recipient_team_id"):
            if not args.text(name):
                raise Refusal(f"missing_{name}")
    thread_ts = args.need("thread_ts")
    blocks = _grown([], _chunks(args))
    fields: dict[str, Any] = {"text": _text(blocks), "thread_ts": thread_ts, "streaming": True}
    message = post_as_bot(state, channel, fields | {"blocks": blocks})
    state.status(channel.id, message.thread_ts or message.ts).session = "processing"
    return {"channel": channel.id, "ts": message.ts}


def append(state: State, args: Args) -> Json:
    """chat.appendStream"""
    message = _streaming(state, args)
    blocks = _grown(list(message.blocks), _chunks(args))
    state.revise(message, blocks=tuple(blocks), text=_text(blocks))
    return {"channel": message.channel, "ts": message.ts}


def stop(state: State, args: Args) -> Json:
    """chat.stopStream"""
    message = _streaming(state, args)
    last = args.items("blocks")
    check_blocks(last)
    grown = _grown(list(message.blocks), _chunks(args))
    blocks = name_blocks([*grown, *last], message.ts)
    changed = state.revise(
        message, blocks=blocks, text=_text(grown), streaming=False, metadata=metadata(args)
    )
    channel = state.channels[message.channel]
    status = state.status(channel.id, message.thread_ts or message.ts)
    status.session = args.text("session_status") or "active"
    state.emit(changed_event(state, changed, before=message), channel)
    return {"channel": message.channel, "ts": message.ts, "message": {"text": changed.text}}


def _streaming(state: State, args: Args) -> Message:
    channel = state.readable(args.need("channel"))
    message = own_message(state, channel, args.need("ts"), refusal="message_not_owned_by_app")
    if not message.streaming:
        raise Refusal("message_not_in_streaming_state")
    return message


def _chunks(args: Args) -> list[Json]:
    chunks = args.items("chunks")
    text = args.text("markdown_text")
    if text:
        chunks = [*chunks, {"type": "markdown_text", "text": text}]
    written = sum(len(str(one.get("text", ""))) for one in chunks)
    if written > MOST_MARKDOWN:
        raise Refusal("msg_too_long")
    return chunks


def _grown(blocks: list[Json], chunks: list[Json]) -> list[Json]:
    """The blocks with the chunks worked in; the first chunk that is not known is refused."""
    grown = list(blocks)
    for chunk in chunks:
        kind = chunk.get("type")
        if kind == "markdown_text":
            _add_text(grown, str(chunk.get("text", "")))
        elif kind == "task_update":
            _add_task(grown, chunk)
        elif kind == "plan_update":
            _plan(grown)["title"] = str(chunk.get("title", ""))
        elif kind == "blocks":
            check_blocks(chunk.get("blocks", []))
            grown.extend(chunk.get("blocks", []))
        else:
            raise Refusal("invalid_chunks", [f"[ERROR] unsupported type: {kind}"])
    return grown


def _add_text(grown: list[Json], text: str) -> None:
    if grown and grown[-1].get("type") == "markdown":
        grown[-1] = {**grown[-1], "text": grown[-1]["text"] + text}
    elif text:
        grown.append({"type": "markdown", "text": text})


def _add_task(grown: list[Json], chunk: Json) -> None:
    plan = _plan(grown)
    held = {name: value for name, value in chunk.items() if name not in ("type", "id")}
    tasks = [dict(task) for task in plan["tasks"]]
    for task in tasks:
        if task["task_id"] == chunk.get("id"):
            for name in _APPENDED:
                held[name] = str(task.get(name) or "") + str(held.get(name) or "")
            task.update(held)
            break
    else:
        tasks.append({"type": "task_card", "task_id": chunk.get("id"), **held})
    plan["tasks"] = tasks


def _plan(grown: list[Json]) -> Json:
    """The plan at the head of the message, made when missing; a copy, so records stay whole."""
    for index, block in enumerate(grown):
        if block.get("type") == "plan":
            grown[index] = dict(block)
            return grown[index]
    grown.insert(0, {"type": "plan", "title": seed.BOT.real_name, "tasks": []})
    return grown[0]


def _text(blocks: list[Json]) -> str:
    return "\n".join(block["text"] for block in blocks if block.get("type") == "markdown")


METHODS = {"chat.startStream": start, "chat.appendStream": append, "chat.stopStream": stop}

"""assistant.threads.*: the agent surface."""

from bot.workspace.args import Args
from bot.workspace.records import Json, Refusal
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

"""What Slack does with an app's acknowledgement and with what it sends to a response URL."""

from typing import Any

from bot.workspace.args import Args
from bot.workspace.methods.chat import check_blocks, content
from bot.workspace.methods.views import checked
from bot.workspace.passes import Hook
from bot.workspace.records import Json, Message, Refusal, View
from bot.workspace.state import State


def apply_to_command(state: State, place: Hook, answer: Json) -> dict[str, Any]:
    """Show the `message` that came with the acknowledgement of a slash command."""
    if not answer.get("text") and not answer.get("blocks"):
        return {}
    return {"message": _show(state, place, Args(answer), thread_ts=None)}


def apply_to_view(state: State, view: View, answer: Json) -> dict[str, Any]:
    """Do what the acknowledgement of a submission says; gives the `errors` to show.

    Raises Refusal when Slack would refuse the answer.
    """
    action = answer.get("response_action")
    errors: dict[str, str] = {}
    if action == "errors":
        errors = _errors(view, answer)
        state.views.refuse(view, errors)
    elif action == "update":
        state.views.update(view, checked(answer.get("view"), kind="modal"))
    elif action == "push":
        state.views.push(view.user, checked(answer.get("view"), kind="modal"))
    elif action == "clear":
        state.views.clear(view.user)
    elif action is None:
        state.views.close(view)
    else:
        raise Refusal.of_arguments(f"unknown response_action {action}")
    return {"errors": errors}


def _errors(view: View, answer: Json) -> dict[str, str]:
    errors = answer.get("errors")
    if not isinstance(errors, dict) or not errors:
        raise Refusal.of_arguments("errors must name at least one block")
    inputs = {block.get("block_id") for block in view.blocks if block.get("type") == "input"}
    for block_id in errors:
        if block_id not in inputs:
            raise Refusal.of_arguments(f"no input block {block_id}")
    return {str(block_id): str(text) for block_id, text in errors.items()}


def use_hook(state: State, key: str, body: Json) -> None:
    """Do what was sent to a response URL.

    Raises Refusal with `expired_url`, `used_url`, `invalid_blocks`, `no_text` and the like.
    """
    hook, args = state.hooks.redeem(key), Args(body)
    origin = _origin(state, hook)
    if args.flag("delete_original"):
        if origin is not None:
            state.remove(origin)
    elif args.flag("replace_original") and origin is not None:
        blocks = args.items("blocks")
        check_blocks(blocks)
        state.revise(origin, text=args.text("text"), blocks=blocks)
    else:
        thread_ts = args.text("thread_ts") or (origin.thread_ts if origin is not None else None)
        _show(state, hook, args, thread_ts=thread_ts)


def _origin(state: State, hook: Hook) -> Message | None:
    if hook.origin is None:
        return None
    if hook.origin.ephemeral_to:
        return state.messages.ephemeral(hook.origin.ts)
    return state.messages.get(hook.origin.channel, hook.origin.ts)


def _show(state: State, place: Hook, args: Args, *, thread_ts: str | None) -> Message:
    reader = None if args.text("response_type") == "in_channel" else place.user
    channel, fields = state.channels[place.channel], content(args)
    return state.post_as_bot(channel, **fields, thread_ts=thread_ts, ephemeral_to=reader)

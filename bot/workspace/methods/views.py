"""views.*: modals and the Home tab."""

import json

from bot.workspace.args import Args
from bot.workspace.records import Json, Refusal, View
from bot.workspace.serializers import view_json
from bot.workspace.state import State
from bot.workspace.validation import validate_view

MOST_BYTES = 250_000


def open_(state: State, args: Args) -> Json:
    """views.open"""
    content = checked(args.object("view"), kind="modal")
    trigger = state.triggers.redeem(args.need("trigger_id"))
    return _announced(state, state.views.open(trigger.user, content))


def push(state: State, args: Args) -> Json:
    """views.push"""
    content = checked(args.object("view"), kind="modal")
    trigger = state.triggers.redeem(args.need("trigger_id"))
    if trigger.view_id is None:
        raise Refusal("invalid_trigger_id")
    return _announced(state, state.views.push(trigger.user, content))


def update(state: State, args: Args) -> Json:
    """views.update"""
    view_id, external_id = args.text("view_id") or None, args.text("external_id") or None
    if view_id is None and external_id is None:
        raise Refusal.of_arguments("missing required field: view_id")
    view = state.views.find(view_id, external_id=external_id)
    content = checked(args.object("view"), kind=view.type)
    known = args.text("hash") or None
    return _announced(state, state.views.update(view, content, known_hash=known))


def publish(state: State, args: Args) -> Json:
    """views.publish"""
    user = state.person(args.need("user_id"))
    content = checked(args.object("view"), kind="home")
    known = args.text("hash") or None
    return _announced(state, state.views.publish(user.id, content, known_hash=known))


def checked(view: Json | None, *, kind: str) -> Json:
    """A view that Slack takes.

    Raises Refusal with `invalid_arguments` and the reasons, or `view_too_large`.
    """
    if view is None:
        raise Refusal.of_arguments("missing required field: view")
    if len(json.dumps(view)) > MOST_BYTES:
        raise Refusal("view_too_large")
    reasons = validate_view(view)
    if not reasons and view["type"] != kind:
        reasons = [f"must be of type {kind} [json-pointer:/view/type]"]
    if reasons:
        raise Refusal.of_arguments(*reasons)
    return view


def _announced(state: State, view: View) -> Json:
    """Tell of a changed view and answer with it."""
    state.changed()
    return {"view": view_json(view)}

"""What a person does on the page, by name; the same acts that tests do."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.workspace.interactions import Ack, Interactions
from bot.workspace.records import Json, Message, Refusal, View
from bot.workspace.words import words_for


def act(workspace: Interactions, body: Json) -> Json:
    """Do what the page asks for.

    Answers with `ok`, and where it went wrong with `notice`, a sentence in the user's language.
    """
    try:
        member = workspace.state.member(str(body.get("user")))
        ack = _ACTS[str(body.get("do"))](workspace, member.id, body)
    except Refusal as refusal:
        words = words_for(workspace.state.member(str(body.get("user"))).locale)
        return {"ok": False, "notice": words.text("refused", error=refusal.error)}
    except (LookupError, ValueError) as error:
        return {"ok": False, "error": str(error)}
    unheard = isinstance(ack, Ack) and not ack.acknowledged and not ack.errors
    if unheard and body["do"] != "close":
        what = str(body.get("command") or body.get("action_id") or body["do"])
        return {"ok": False, "notice": words_for(member.locale).text("no-answer", what=what)}
    return {"ok": True} | ({"ts": ack.ts} if isinstance(ack, Message) else {})


def _slash(workspace: Interactions, user: str, body: Json) -> Ack | None:
    command, text = str(body["command"]), str(body.get("text", ""))
    if command == "/invite":
        workspace.invite(body["channel"], text.strip() or "@paperboy")
        return None
    return workspace.slash(user, body["channel"], command, text)


def _click(workspace: Interactions, user: str, body: Json) -> Ack:
    chosen = {name: body.get(name) for name in ("selected", "block_id", "values")}
    place = _view(workspace, body) if body.get("view_id") else _message(workspace, user, body)
    return workspace.click(user, place, body["action_id"], body.get("value"), **chosen)


def _react(workspace: Interactions, user: str, body: Json) -> Message:
    message, emoji = _message(workspace, user, body), str(body["emoji"])
    given = {one.name: one.users for one in message.reactions}
    change = workspace.unreact if user in given.get(emoji, ()) else workspace.react
    return change(user, message, emoji)


def _view(workspace: Interactions, body: Json) -> View:
    with workspace.state.lock:
        return workspace.state.views.find(body["view_id"])


def _message(workspace: Interactions, user: str, body: Json) -> Message:
    """A message that the user may see: one of the channel, or an ephemeral one of their own."""
    with workspace.state.lock:
        store, ts = workspace.state.messages, str(body["ts"])
        hidden = store.ephemeral(ts)
        if hidden is not None and hidden.ephemeral_to == user:
            return hidden
        return store.get(str(body["channel"]), ts)


_ACTS: Mapping[str, Callable[[Interactions, str, Json], Any]] = {
    "say": lambda one, user, body: one.say(
        user, body["channel"], body["text"], body.get("thread_ts")
    ),
    "slash": _slash,
    "click": _click,
    "submit": lambda one, user, body: one.submit(user, _view(one, body), body.get("values") or {}),
    "close": lambda one, user, body: one.close_view(
        user, _view(one, body), everything=bool(body.get("everything"))
    ),
    "shortcut": lambda one, user, body: one.shortcut(user, body["callback_id"]),
    "message_shortcut": lambda one, user, body: one.message_shortcut(
        user, _message(one, user, body), body["callback_id"]
    ),
    "react": _react,
    "edit": lambda one, user, body: one.edit(_message(one, user, body), body["text"]),
    "delete": lambda one, user, body: one.delete(_message(one, user, body)),
    "home": lambda one, user, body: one.open_home(user, tab=body.get("tab", "home")),
    "stop": lambda one, user, body: one.stop_session(user, body["channel"], body["thread_ts"]),
}

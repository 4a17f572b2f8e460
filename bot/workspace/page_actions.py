"""What a person does on the page, by name; the same acts that tests do."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.workspace.acting import Ack, Acting
from bot.workspace.records import Json, Message, View
from bot.workspace.refusal import Refusal
from bot.workspace.words import words_for


def act(acting: Acting, body: Json) -> Json:
    """Do what the page asks for.

    Answers with `ok`, and where it went wrong with `notice`, a sentence in the user's language.
    """
    try:
        member = acting.world.member(str(body.get("user")))
        ack = _ACTS[str(body.get("do"))](acting, member.id, body)
    except Refusal as refusal:
        words = words_for(acting.world.member(str(body.get("user"))).locale)
        return {"ok": False, "notice": words.text("refused", error=refusal.error)}
    except (LookupError, ValueError) as error:
        return {"ok": False, "error": str(error)}
    unheard = isinstance(ack, Ack) and not ack.acknowledged and not ack.errors
    if unheard and body["do"] != "close":
        what = str(body.get("command") or body.get("action_id") or body["do"])
        return {"ok": False, "notice": words_for(member.locale).text("no-answer", what=what)}
    return {"ok": True}


def _say(acting: Acting, user: str, body: Json) -> None:
    acting.say(user, body["channel"], body["text"], body.get("thread_ts"))


def _slash(acting: Acting, user: str, body: Json) -> Ack | None:
    command, text = str(body["command"]), str(body.get("text", ""))
    if command == "/invite":
        acting.invite(body["channel"], text.strip() or "@paperboy")
        return None
    return acting.slash(user, body["channel"], command, text)


def _click(acting: Acting, user: str, body: Json) -> Ack:
    return acting.click(
        user,
        _place(acting, user, body),
        body["action_id"],
        body.get("value"),
        selected=body.get("selected"),
        block_id=body.get("block_id"),
        values=body.get("values"),
    )


def _submit(acting: Acting, user: str, body: Json) -> Ack:
    return acting.submit(user, _view(acting, body), body.get("values") or {})


def _close(acting: Acting, user: str, body: Json) -> Ack | None:
    return acting.close_view(user, _view(acting, body), everything=bool(body.get("everything")))


def _shortcut(acting: Acting, user: str, body: Json) -> Ack:
    return acting.shortcut(user, body["callback_id"])


def _message_shortcut(acting: Acting, user: str, body: Json) -> Ack:
    return acting.message_shortcut(user, _message(acting, user, body), body["callback_id"])


def _react(acting: Acting, user: str, body: Json) -> None:
    message, emoji = _message(acting, user, body), str(body["emoji"])
    given = {one.name: one.users for one in message.reactions}
    change = acting.unreact if user in given.get(emoji, ()) else acting.react
    change(user, message, emoji)


def _edit(acting: Acting, user: str, body: Json) -> None:
    acting.edit(_message(acting, user, body), body["text"])


def _delete(acting: Acting, user: str, body: Json) -> None:
    acting.delete(_message(acting, user, body))


def _home(acting: Acting, user: str, body: Json) -> None:
    acting.open_home(user, tab=body.get("tab", "home"))


def _stop(acting: Acting, user: str, body: Json) -> None:
    acting.stop_session(user, body["channel"], body["thread_ts"])


def _place(acting: Acting, user: str, body: Json) -> Message | View:
    return _view(acting, body) if body.get("view_id") else _message(acting, user, body)


def _view(acting: Acting, body: Json) -> View:
    with acting.lock:
        return acting.world.views.find(view_id=body["view_id"], external_id=None)


def _message(acting: Acting, user: str, body: Json) -> Message:
    """A message that the user may see: one of the channel, or an ephemeral one of their own."""
    with acting.lock:
        posts, ts = acting.world.posts, str(body["ts"])
        hidden = posts.ephemeral(ts)
        if hidden is not None and hidden.ephemeral_to == user:
            return hidden
        return posts.get(str(body["channel"]), ts)


_ACTS: Mapping[str, Callable[[Acting, str, Json], Any]] = {
    "say": _say,
    "slash": _slash,
    "click": _click,
    "submit": _submit,
    "close": _close,
    "shortcut": _shortcut,
    "message_shortcut": _message_shortcut,
    "react": _react,
    "edit": _edit,
    "delete": _delete,
    "home": _home,
    "stop": _stop,
}

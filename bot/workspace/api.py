"""Answering one Web API call: token, scope, method, refusal. No network."""

from bot.workspace.args import Args
from bot.workspace.methods import METHODS, Method
from bot.workspace.records import Json, Refusal
from bot.workspace.security import Credentials, same_secret
from bot.workspace.state import State


def answer(state: State, name: str, args: Json, token: str, credentials: Credentials) -> Json:
    """What Slack answers to a call of the method of that name with that token."""
    try:
        method, read = METHODS.get(name), Args(args)
        if method is None:
            raise Refusal("unknown_method", req_method=name)
        _check_token(method, token, credentials)
        method.check_scope(read, state.features.scopes)
        return {"ok": True, **method.run(state, read)}
    except Refusal as refusal:
        return refused(refusal)


def refused(refusal: Refusal) -> Json:
    """A refusal in Slack's form."""
    held: Json = {"ok": False, "error": refusal.error, **refusal.extra}
    if refusal.messages:
        held["response_metadata"] = {"messages": refusal.messages}
        if refusal.error == "invalid_blocks":
            held["errors"] = [one.removeprefix("[ERROR] ") for one in refusal.messages]
    return held


def _check_token(method: Method, token: str, credentials: Credentials) -> None:
    if not token:
        raise Refusal("not_authed")
    is_app_level = same_secret(token, credentials.app_token)
    if not is_app_level and not same_secret(token, credentials.bot_token):
        raise Refusal("invalid_auth")
    if is_app_level != method.app_level:
        raise Refusal("not_allowed_token_type")

"""Answering one Web API call: token, scope, method, refusal. No network."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.workspace import seed
from bot.workspace.args import Args
from bot.workspace.methods import METHODS
from bot.workspace.records import Json, Refusal
from bot.workspace.security import Credentials, same_secret
from bot.workspace.state import State

APP_LEVEL = frozenset(("apps.connections.open",))
_BY_METHOD = {
    "chat.unfurl": ("links:write",),
    "conversations.open": ("im:write",),
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "reactions.add": ("reactions:write",),
    "reactions.remove": ("reactions:write",),
    "users.conversations": ("channels:read",),
    "users.info": ("users:read",),
}
_BY_FAMILY = {
    "assistant": ("assistant:write", "chat:write"),
    "chat": ("chat:write",),
}
_BY_CHANNEL = {"C": "channels", "G": "groups", "D": "im"}
_READING = {
    "conversations.history": "history",
    "conversations.info": "read",
    "conversations.replies": "history",
}


@dataclass(frozen=True)
class Access:
    """The token of one call, the tokens that are known, and the scopes of the bot's."""

    token: str
    credentials: Credentials
    scopes: tuple[str, ...]


def check_token(method: str, access: Access) -> None:
    """Raise Refusal unless the token is known and of the kind that the method takes."""
    if not access.token:
        raise Refusal("not_authed")
    is_app_level = same_secret(access.token, access.credentials.app_token)
    if not is_app_level and not same_secret(access.token, access.credentials.bot_token):
        raise Refusal("invalid_auth")
    if is_app_level != (method in APP_LEVEL):
        raise Refusal("not_allowed_token_type")


def check_scope(method: str, args: Args, access: Access) -> None:
    """Raise Refusal with `missing_scope` unless one of the fitting scopes was granted."""
    fitting = _fitting(method, args)
    if fitting and not set(fitting) & set(access.scopes):
        raise Refusal("missing_scope", needed=fitting[0], provided=",".join(access.scopes))


def _fitting(method: str, args: Args) -> tuple[str, ...]:
    if method in _READING:
        kind = _BY_CHANNEL.get(args.text("channel")[:1], "channels")
        return (f"{kind}:{_READING[method]}",)
    return _BY_METHOD.get(method) or _BY_FAMILY.get(method.partition(".")[0], ())


def answer(state: State, method: str, args: Json, access: Access) -> Json:
    """What Slack answers to that call."""
    try:
        return {"ok": True, **_perform(state, method, Args(args), access)}
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


def _perform(state: State, method: str, args: Args, access: Access) -> Json:
    if method not in METHODS and method != "apps.connections.open":
        raise Refusal("unknown_method", req_method=method)
    check_token(method, access)
    if method == "apps.connections.open":
        address = f"{state.base_url.replace('http', 'ws', 1)}link/"
        return {"url": f"{address}?ticket={state.tickets.issue()}&app_id={seed.APP_ID}"}
    check_scope(method, args, access)
    return METHODS[method](state, args)


def token_of(headers: Mapping[str, str], args: Json) -> str:
    """The token of a call, from its header or its arguments (where it is taken out)."""
    given = str(args.pop("token", "") or "")
    scheme, _, bearer = headers.get("Authorization", "").partition(" ")
    return bearer.strip() if scheme.lower() == "bearer" and bearer else given

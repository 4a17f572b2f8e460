"""Which token and which scope a Web API method asks for."""

from dataclasses import dataclass

from bot.workspace.args import Args
from bot.workspace.refusal import Refusal
from bot.workspace.security import Credentials, same_secret

APP_LEVEL = frozenset(("apps.connections.open",))
ALL_SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "links:read",
    "links:write",
    "reactions:read",
    "reactions:write",
    "users:read",
)
_BY_METHOD = {
    "bots.info": ("users:read",),
    "chat.unfurl": ("links:write",),
    "conversations.join": ("channels:join",),
    "conversations.open": ("im:write",),
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "reactions.add": ("reactions:write",),
    "reactions.remove": ("reactions:write",),
    "users.conversations": ("channels:read",),
    "users.info": ("users:read",),
    "users.list": ("users:read",),
}
_BY_FAMILY = {
    "agents": ("chat:write",),
    "assistant": ("assistant:write", "chat:write"),
    "chat": ("chat:write",),
}
_BY_CHANNEL = {"C": "channels", "G": "groups", "D": "im"}
_READING = {
    "conversations.history": "history",
    "conversations.info": "read",
    "conversations.list": "read",
    "conversations.members": "read",
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

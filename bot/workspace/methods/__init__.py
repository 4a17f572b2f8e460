"""The Web API: one module for each family of methods, the table of all, the answer to a call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.workspace.args import Args
from bot.workspace.methods import agents, chat, conversations, files, users, views
from bot.workspace.records import Json, Refusal
from bot.workspace.security import Credentials, same_secret
from bot.workspace.state import State

_KINDS = {"C": "channels", "G": "groups", "D": "im"}


@dataclass(frozen=True)
class Method:
    """What a method does, and the scopes of which it takes one.

    `{kind}` in a scope stands for the kind of channel that is asked for. A method that is
    `app_level` takes the app's token, others take the bot's.
    """

    run: Callable[[State, Args], Json]
    scopes: tuple[str, ...] = ()
    app_level: bool = False

    def check_scope(self, args: Args, granted: tuple[str, ...]) -> None:
        """Raise Refusal with `missing_scope` unless one that fits was granted."""
        kind = _KINDS.get(args.text("channel")[:1], "channels")
        fitting = [scope.format(kind=kind) for scope in self.scopes]
        if fitting and not set(fitting) & set(granted):
            raise Refusal("missing_scope", needed=fitting[0], provided=",".join(granted))


_CHAT = ("chat:write",)
_AGENT = ("assistant:write", "chat:write")
_FILES = ("files:write",)
_HISTORY = ("{kind}:history",)
_REACTIONS = ("reactions:write",)

METHODS: Mapping[str, Method] = {
    "apps.connections.open": Method(users.open_connection, app_level=True),
    "assistant.threads.setStatus": Method(agents.set_status, _AGENT),
    "assistant.threads.setSuggestedPrompts": Method(agents.set_suggested_prompts, _AGENT),
    "assistant.threads.setTitle": Method(agents.set_title, _AGENT),
    "auth.test": Method(users.auth_test),
    "chat.appendStream": Method(agents.append_stream, _CHAT),
    "chat.delete": Method(chat.delete, _CHAT),
    "chat.getPermalink": Method(chat.get_permalink, _CHAT),
    "chat.postEphemeral": Method(chat.post_ephemeral, _CHAT),
    "chat.postMessage": Method(chat.post_message, _CHAT),
    "chat.startStream": Method(agents.start_stream, _CHAT),
    "chat.stopStream": Method(agents.stop_stream, _CHAT),
    "chat.unfurl": Method(chat.unfurl, ("links:write",)),
    "chat.update": Method(chat.update, _CHAT),
    "conversations.history": Method(conversations.history, _HISTORY),
    "conversations.info": Method(conversations.info, ("{kind}:read",)),
    "conversations.open": Method(conversations.open_, ("im:write",)),
    "conversations.replies": Method(conversations.replies, _HISTORY),
    "files.completeUploadExternal": Method(files.complete, _FILES),
    "files.getUploadURLExternal": Method(files.get_upload_url, _FILES),
    "reactions.add": Method(conversations.add_reaction, _REACTIONS),
    "reactions.remove": Method(conversations.remove_reaction, _REACTIONS),
    "users.conversations": Method(users.conversations, ("channels:read",)),
    "users.info": Method(users.info, ("users:read",)),
    "views.open": Method(views.open_),
    "views.publish": Method(views.publish),
    "views.push": Method(views.push),
    "views.update": Method(views.update),
}


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
        return refusal.as_json()


def _check_token(method: Method, token: str, credentials: Credentials) -> None:
    if not token:
        raise Refusal("not_authed")
    is_app_level = same_secret(token, credentials.app_token)
    if not is_app_level and not same_secret(token, credentials.bot_token):
        raise Refusal("invalid_auth")
    if is_app_level != method.app_level:
        raise Refusal("not_allowed_token_type")

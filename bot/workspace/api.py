"""Answering one Web API call: token, scope, method, refusal. No network."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.workspace.access import check_scope, check_token
from bot.workspace.args import Args
from bot.workspace.methods import METHODS
from bot.workspace.records import Json
from bot.workspace.refusal import Refusal
from bot.workspace.world import World


@dataclass(frozen=True)
class Access:
    """The tokens that a workspace knows and the scopes of its bot token."""

    bot_token: str
    app_token: str
    scopes: tuple[str, ...]


def answer(world: World, method: str, args: Json, *, token: str, access: Access) -> Json:
    """What Slack answers to that call."""
    try:
        return {"ok": True, **_perform(world, method, Args(args), token, access)}
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


def _perform(world: World, method: str, args: Args, token: str, access: Access) -> Json:
    if method not in METHODS and method != "apps.connections.open":
        raise Refusal("unknown_method", req_method=method)
    check_token(method, token, bot_token=access.bot_token, app_token=access.app_token)
    if method == "apps.connections.open":
        return {"url": f"{world.base_url.replace('http', 'ws', 1)}link/?ticket=1&app_id=local"}
    check_scope(method, args, scopes=access.scopes)
    return METHODS[method](world, args)


def token_of(headers: Mapping[str, str], args: Json) -> str:
    """The token of a call, from its header or its arguments (where it is taken out)."""
    given = str(args.pop("token", "") or "")
    scheme, _, bearer = headers.get("Authorization", "").partition(" ")
    return bearer.strip() if scheme.lower() == "bearer" and bearer else given

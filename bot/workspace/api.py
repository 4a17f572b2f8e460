"""Answering one Web API call: token, scope, method, refusal. No network."""

from collections.abc import Mapping

from bot.workspace import seed
from bot.workspace.access import Access, check_scope, check_token
from bot.workspace.args import Args
from bot.workspace.methods import METHODS
from bot.workspace.records import Json
from bot.workspace.refusal import Refusal
from bot.workspace.world import World


def answer(world: World, method: str, args: Json, access: Access) -> Json:
    """What Slack answers to that call."""
    try:
        return {"ok": True, **_perform(world, method, Args(args), access)}
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


def _perform(world: World, method: str, args: Args, access: Access) -> Json:
    if method not in METHODS and method != "apps.connections.open":
        raise Refusal("unknown_method", req_method=method)
    check_token(method, access)
    if method == "apps.connections.open":
        address = f"{world.base_url.replace('http', 'ws', 1)}link/"
        return {"url": f"{address}?ticket={world.tickets.issue()}&app_id={seed.APP_ID}"}
    check_scope(method, args, access)
    return METHODS[method](world, args)


def token_of(headers: Mapping[str, str], args: Json) -> str:
    """The token of a call, from its header or its arguments (where it is taken out)."""
    given = str(args.pop("token", "") or "")
    scheme, _, bearer = headers.get("Authorization", "").partition(" ")
    return bearer.strip() if scheme.lower() == "bearer" and bearer else given

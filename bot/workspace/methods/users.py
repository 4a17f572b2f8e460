"""auth.test, apps.connections.open, users.*: who is who, and who connects."""

from bot.workspace import seed
from bot.workspace.args import Args
from bot.workspace.records import Json, Refusal
from bot.workspace.serializers import channel_json, member_json
from bot.workspace.state import State


def auth_test(state: State, _args: Args) -> Json:
    """auth.test"""
    return {
        "url": state.base_url,
        "team": seed.TEAM.name,
        "user": seed.BOT.name,
        "team_id": seed.TEAM.id,
        "user_id": seed.BOT.id,
        "bot_id": seed.BOT.bot_id,
        "is_enterprise_install": False,
    }


def open_connection(state: State, _args: Args) -> Json:
    """apps.connections.open: an address for Socket Mode that works once"""
    address = f"{state.base_url.replace('http', 'ws', 1)}link/"
    return {"url": f"{address}?ticket={state.tickets.issue(None)}&app_id={seed.APP_ID}"}


def info(state: State, args: Args) -> Json:
    """users.info"""
    member = state.members.get(args.need("user"))
    if member is None:
        raise Refusal("user_not_found")
    with_locale = args.flag("include_locale")
    return {"user": member_json(member, with_locale=with_locale, now=state.clock())}


def conversations(state: State, args: Args) -> Json:
    """users.conversations: a user's channels, private ones only where the bot is in them too"""
    user = state.member(args.text("user") or seed.BOT.id)
    types = (args.text("types") or "public_channel").split(",")
    held = [
        channel_json(one)
        for one in state.channels.values()
        if f"{one.kind}_channel" in types
        and user.id in one.members
        and (one.kind == "public" or seed.BOT.id in one.members)
        and not (one.archived and args.flag("exclude_archived"))
    ]
    return {"channels": held, "response_metadata": {"next_cursor": ""}}

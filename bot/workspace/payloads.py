"""The bodies of commands and interactions that an app gets. Pure functions over records."""

from typing import Any

from bot.workspace import seed
from bot.workspace.records import Channel, Json, Member, Message, View
from bot.workspace.serializers import message_json, user_ref, view_json


def slash(member: Member, channel: Channel, **fields: str) -> Json:
    """A slash command; `fields` are command, text, response_url and trigger_id."""
    return {
        "token": seed.VERIFICATION_TOKEN,
        "team_id": seed.TEAM.id,
        "team_domain": seed.TEAM.domain,
        "channel_id": channel.id,
        "channel_name": _channel_ref(channel)["name"],
        "user_id": member.id,
        "user_name": member.name,
        "api_app_id": seed.APP_ID,
        "is_enterprise_install": "false",
        **fields,
    }


def interaction(kind: str, member: Member, **fields: Any) -> Json:
    """What all interactions have in common, and what one of that kind adds."""
    return {
        "type": kind,
        "user": user_ref(member),
        "api_app_id": seed.APP_ID,
        "token": seed.VERIFICATION_TOKEN,
        "team": {"id": seed.TEAM.id, "domain": seed.TEAM.domain},
        "enterprise": None,
        "is_enterprise_install": False,
        **fields,
    }


def in_view(view: View, values: Json) -> Json:
    """Where an element of a view stands, and what the fields around it hold."""
    container = {"type": "view", "view_id": view.id}
    return {"container": container, "view": view_json(view, values=values)}


def in_message(message: Message, channel: Channel, values: Json) -> Json:
    """Where an element of a message stands, and what the fields around it hold."""
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.ephemeral_to is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    shown = {} if message.ephemeral_to else {"message": message_json(message)}
    return {
        "container": container,
        "channel": _channel_ref(channel),
        "state": {"values": values},
        **shown,
    }


def message_shortcut(message: Message, channel: Channel) -> Json:
    """The message in whose menu a shortcut was chosen."""
    return {
        "channel": _channel_ref(channel),
        "message_ts": message.ts,
        "message": message_json(message),
    }


def _channel_ref(channel: Channel) -> Json:
    return {"id": channel.id, "name": channel.name or "directmessage"}

"""The bodies that Slack sends to an app. Pure functions over records."""

from typing import Any

from bot.workspace import seed
from bot.workspace.records import Channel, Json, Member, Message, View
from bot.workspace.serializers import message_json, user_ref, view_json

TOKEN = "local-verification-token"


def event_body(event: Json, *, event_id: str, event_time: int, channel_id: str) -> Json:
    """An Events API callback."""
    return {
        "token": TOKEN,
        "team_id": seed.TEAM.id,
        "context_team_id": seed.TEAM.id,
        "context_enterprise_id": None,
        "api_app_id": seed.APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": event_time,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": seed.TEAM.id,
                "user_id": seed.BOT.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event['type']}-{seed.TEAM.id}-{channel_id}",
    }


def message_events(message: Message, channel: Channel, *, root: Message) -> list[Json]:
    """What one message of a person causes: the message, and a mention when it names the bot.

    `root` is the head of its thread, or the message itself.
    """
    held = message_json(message)
    held |= {"channel": channel.id, "event_ts": message.ts}
    if message.is_reply:
        held["parent_user_id"] = root.user
    events = [{**held, "channel_type": channel.type}]
    if channel.kind != "im" and f"<@{seed.BOT.id}>" in message.text:
        events.insert(0, {**held, "type": "app_mention"})
    return events


def slash_body(member: Member, channel: Channel, **fields: str) -> Json:
    """A slash command; `fields` are command, text, response_url and trigger_id."""
    return {
        "token": TOKEN,
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
        "token": TOKEN,
        "team": {"id": seed.TEAM.id, "domain": seed.TEAM.domain},
        "enterprise": None,
        "is_enterprise_install": False,
        **fields,
    }


def place_of(where: Message | View, channel: Channel | None, state: Json) -> Json:
    """Where an element stands that was used, and what the fields around it hold."""
    if isinstance(where, View):
        container: Json = {"type": "view", "view_id": where.id}
        return {"container": container, "view": view_json(where, values=state)}
    container = {
        "type": "message",
        "message_ts": where.ts,
        "channel_id": where.channel,
        "is_ephemeral": where.ephemeral_to is not None,
    }
    if where.thread_ts:
        container["thread_ts"] = where.thread_ts
    held = {"container": container, "state": {"values": state}}
    if channel is not None:
        held["channel"] = _channel_ref(channel)
    return held if where.ephemeral_to else {**held, "message": message_json(where)}


def message_shortcut(message: Message, channel: Channel) -> Json:
    """The message in whose menu a shortcut was chosen."""
    return {
        "channel": _channel_ref(channel),
        "message_ts": message.ts,
        "message": message_json(message),
    }


def _channel_ref(channel: Channel) -> Json:
    return {"id": channel.id, "name": channel.name or "directmessage"}

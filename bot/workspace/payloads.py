"""The bodies that Slack sends to an app. Pure functions over records."""

from bot.workspace import seed
from bot.workspace.records import Channel, Json, Member, Message, View
from bot.workspace.shapes import message_json, user_ref

TOKEN = "local-verification-token"
_TEAM: Json = {"id": seed.TEAM.id, "domain": seed.TEAM.domain}


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


def slash_body(
    member: Member,
    channel: Channel,
    *,
    command: str,
    text: str,
    response_url: str,
    trigger_id: str,
) -> Json:
    """A slash command."""
    return {
        "token": TOKEN,
        "team_id": seed.TEAM.id,
        "team_domain": seed.TEAM.domain,
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.kind == "im" else channel.name,
        "user_id": member.id,
        "user_name": member.name,
        "command": command,
        "text": text,
        "api_app_id": seed.APP_ID,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def _interaction(kind: str, member: Member, trigger_id: str) -> Json:
    return {
        "type": kind,
        "user": user_ref(member),
        "api_app_id": seed.APP_ID,
        "token": TOKEN,
        "trigger_id": trigger_id,
        "team": _TEAM,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def message_action_body(
    member: Member,
    message: Message,
    channel: Channel,
    *,
    actions: list[Json],
    values: Json,
    response_url: str,
    trigger_id: str,
) -> Json:
    """A click in a message, ephemeral or not."""
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.ephemeral_to is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    held = _interaction("block_actions", member, trigger_id)
    held |= {
        "container": container,
        "channel": _channel_ref(channel),
        "state": {"values": values},
        "response_url": response_url,
        "actions": actions,
    }
    if message.ephemeral_to is None:
        held["message"] = message_json(message)
    return held


def view_action_body(
    member: Member, view: View, *, actions: list[Json], view_json: Json, trigger_id: str
) -> Json:
    """A click in a modal or in the Home tab."""
    held = _interaction("block_actions", member, trigger_id)
    return held | {
        "container": {"type": "view", "view_id": view.id},
        "view": view_json,
        "actions": actions,
    }


def submission_body(
    member: Member, *, view_json: Json, response_urls: list[Json], trigger_id: str
) -> Json:
    """A modal was submitted."""
    held = _interaction("view_submission", member, trigger_id)
    return held | {"view": view_json, "response_urls": response_urls}


def closed_body(member: Member, *, view_json: Json, is_cleared: bool) -> Json:
    """A modal with `notify_on_close` was closed."""
    held = _interaction("view_closed", member, "")
    del held["trigger_id"]
    return held | {"view": view_json, "is_cleared": is_cleared, "response_urls": []}


def shortcut_body(member: Member, *, callback_id: str, action_ts: str, trigger_id: str) -> Json:
    """A global shortcut."""
    held = _interaction("shortcut", member, trigger_id)
    return held | {"callback_id": callback_id, "action_ts": action_ts}


def message_shortcut_body(
    member: Member,
    message: Message,
    channel: Channel,
    *,
    callback_id: str,
    action_ts: str,
    response_url: str,
    trigger_id: str,
) -> Json:
    """A shortcut in the menu of a message."""
    held = _interaction("message_action", member, trigger_id)
    return held | {
        "callback_id": callback_id,
        "action_ts": action_ts,
        "channel": _channel_ref(channel),
        "message_ts": message.ts,
        "message": message_json(message),
        "response_url": response_url,
    }


def suggestion_body(
    member: Member, *, action_id: str, block_id: str, value: str, view_json: Json
) -> Json:
    """An external menu asks for its options."""
    held = _interaction("block_suggestion", member, "")
    del held["trigger_id"]
    return held | {
        "action_id": action_id,
        "block_id": block_id,
        "value": value,
        "container": {"type": "view", "view_id": view_json["id"]},
        "view": view_json,
    }


def _channel_ref(channel: Channel) -> Json:
    return {"id": channel.id, "name": channel.name or "directmessage"}

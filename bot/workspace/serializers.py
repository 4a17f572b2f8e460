"""How the records look in Slack's JSON. Pure functions."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.workspace import seed
from bot.workspace.message_store import MessageStore
from bot.workspace.records import Channel, Json, Member, Message, View

_BOT_PROFILE = {
    "id": seed.BOT.bot_id,
    "app_id": seed.APP_ID,
    "name": seed.BOT.real_name,
    "deleted": False,
}


def user_ref(member: Member) -> Json:
    """The `user` of an interaction payload."""
    name = member.name
    return {"id": member.id, "username": name, "name": name, "team_id": seed.TEAM.id}


def member_json(member: Member, *, with_locale: bool, now: datetime) -> Json:
    """A user as `users.info` tells of it."""
    offset = ZoneInfo(member.tz).utcoffset(now)
    held: Json = {
        "id": member.id,
        "team_id": seed.TEAM.id,
        "name": member.name,
        "deleted": False,
        "color": member.color,
        "real_name": member.real_name,
        "tz": member.tz,
        "tz_label": member.tz.replace("_", " "),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": member.id == seed.MINJI.id,
        "is_bot": member.is_bot,
        "is_app_user": False,
        "profile": {
            "real_name": member.real_name,
            "display_name": member.real_name,
            "image_72": "",
            "team": seed.TEAM.id,
        },
    }
    if member.is_bot:
        held["profile"]["bot_id"] = member.bot_id
    if with_locale:
        held["locale"] = member.locale
    return held


def channel_json(channel: Channel) -> Json:
    """A conversation as `conversations.info` tells of it."""
    held: Json = {
        "id": channel.id,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_im": channel.kind == "im",
        "is_mpim": False,
        "is_private": channel.kind != "public",
        "is_archived": channel.archived,
        "is_member": seed.BOT.id in channel.members,
        "context_team_id": seed.TEAM.id,
        "num_members": len(channel.members),
    }
    if channel.kind == "im":
        person = next(iter(channel.members - {seed.BOT.id}))
        return {**held, "user": person}
    return {**held, "name": channel.name, "topic": {"value": channel.topic, "creator": ""}}


def message_json(
    message: Message, store: MessageStore | None = None, *, with_metadata: bool = False
) -> Json:
    """A message as history and events tell of it; `store` adds the reply counts of a root."""
    by_bot = {"bot_id": message.bot_id, "app_id": seed.APP_ID, "bot_profile": _BOT_PROFILE}
    name_alone = {"event_type": message.metadata.get("event_type")} if message.metadata else None
    optional: Json = {
        "blocks": list(message.blocks),
        "attachments": list(message.attachments),
        "files": list(message.files),
        "thread_ts": message.thread_ts,
        "client_msg_id": message.client_msg_id,
        "edited": message.edited and {"user": message.user, "ts": message.edited},
        "metadata": message.metadata if with_metadata else name_alone,
        "reactions": [
            {"name": one.name, "users": list(one.users), "count": len(one.users)}
            for one in message.reactions
        ],
    }
    return {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": seed.TEAM.id,
        **(by_bot if message.bot_id else {}),
        **{name: held for name, held in optional.items() if held},
        **(_thread(message, store) if store is not None and not message.is_reply else {}),
    }


def _thread(message: Message, store: MessageStore) -> Json:
    replies = store.replies(message)
    if not replies:
        return {}
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "reply_users": users,
        "latest_reply": replies[-1].ts,
    }


def view_json(view: View, *, values: dict[str, Any] | None = None) -> Json:
    """A view as answers and interaction payloads tell of it."""
    defaults: Json = {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "close": None,
        "submit": None,
    }
    return {
        **defaults,
        **view.content,
        "id": view.id,
        "team_id": seed.TEAM.id,
        "state": {"values": values or {}},
        "hash": view.hash,
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": seed.APP_ID,
        "app_installed_team_id": seed.TEAM.id,
        "bot_id": seed.BOT.bot_id,
    }

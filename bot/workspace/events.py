"""The events that Slack sends to an app. Pure functions over records."""

import re
from collections.abc import Collection, Iterator
from html import unescape

from bot.workspace import seed
from bot.workspace.records import Channel, Json, Member, Message, View
from bot.workspace.serializers import message_json, view_json

_LINK = re.compile(r"<(https?://[^>|]+)")


def body(event: Json, channel: Channel, number: int, now: int) -> Json:
    """An event as a callback; `number` makes its id, `now` is in seconds."""
    return {
        "token": seed.VERIFICATION_TOKEN,
        "team_id": seed.TEAM.id,
        "context_team_id": seed.TEAM.id,
        "context_enterprise_id": None,
        "api_app_id": seed.APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{number:010d}",
        "event_time": now,
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
        "event_context": f"4-{event['type']}-{seed.TEAM.id}-{channel.id}",
    }


def posted(
    message: Message, channel: Channel, root: Message, domains: Collection[str]
) -> Iterator[Json]:
    """What a new message causes: itself, and of a person's mentions of the bot and links to
    `domains` as well. `root` is the head of its thread, or the message itself."""
    held = message_json(message, with_metadata=True)
    held |= {"channel": channel.id, "event_ts": message.ts}
    if message.is_reply:
        held["parent_user_id"] = root.user
    of_person = not message.bot_id
    if of_person and channel.kind != "im" and f"<@{seed.BOT.id}>" in message.text:
        yield {**held, "type": "app_mention"}
    yield {**held, "channel_type": channel.type}
    links = [
        {"url": url, "domain": domain}
        for url in links_in(message.text)
        for domain in domains
        if f".{_host(url)}".endswith(f".{domain}")
    ]
    if of_person and links:
        yield _shared(message, channel, links)


def _shared(message: Message, channel: Channel, links: list[Json]) -> Json:
    thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
    return {
        "type": "link_shared",
        "user": message.user,
        "channel": channel.id,
        "message_ts": message.ts,
        "links": links,
        "unfurl_id": f"{channel.id}-{message.ts}",
        "source": "conversations_history",
        "is_bot_user_member": seed.BOT.id in channel.members,
        "event_ts": message.ts,
        **thread,
    }


def links_in(text: str) -> list[str]:
    """The addresses of the links in a message's text."""
    return [unescape(url) for url in _LINK.findall(text)]


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].partition(":")[0]


def changed(message: Message, before: Message, channel: Channel, ts: str) -> Json:
    """A message was edited."""
    held = {"message": message_json(message), "previous_message": message_json(before)}
    return {**_of_message("message_changed", channel, ts), **held}


def deleted(message: Message, channel: Channel, ts: str) -> Json:
    """A message was deleted."""
    held = {"previous_message": message_json(message), "deleted_ts": message.ts}
    return {**_of_message("message_deleted", channel, ts), **held}


def _of_message(subtype: str, channel: Channel, ts: str) -> Json:
    return {
        "type": "message",
        "subtype": subtype,
        "channel": channel.id,
        "channel_type": channel.type,
        "hidden": True,
        "ts": ts,
        "event_ts": ts,
    }


def reaction(message: Message, user: str, emoji: str, added: bool, ts: str) -> Json:
    """An emoji was put under a message, or taken away."""
    return {
        "type": "reaction_added" if added else "reaction_removed",
        "user": user,
        "reaction": emoji,
        "item": {"type": "message", "channel": message.channel, "ts": message.ts},
        "item_user": message.user,
        "event_ts": ts,
    }


def membership(channel: Channel, user: str, inside: bool, ts: str) -> Json:
    """Somebody is in a channel from now on, or not any more."""
    return {
        "type": "member_joined_channel" if inside else "member_left_channel",
        "user": user,
        "channel": channel.id,
        "channel_type": channel.id[0],
        "team": seed.TEAM.id,
        "event_ts": ts,
    }


def home_opened(member: Member, channel: Channel, tab: str, view: View | None, ts: str) -> Json:
    """Somebody opened a tab of the app's."""
    shown = {"view": view_json(view)} if view is not None and tab == "home" else {}
    return {
        "type": "app_home_opened",
        "user": member.id,
        "channel": channel.id,
        "tab": tab,
        "event_ts": ts,
        **shown,
    }


def session_stopped(
    member: Member, channel: Channel, thread_ts: str, thread: list[Message], ts: str
) -> Json:
    """Somebody pressed the stop button of an agent's thread."""
    return {
        "type": "agent_session_stopped",
        "channel": channel.id,
        "thread_ts": thread_ts,
        "user": member.id,
        "streaming_message_ts": [one.ts for one in thread if one.streaming],
        "event_ts": ts,
    }

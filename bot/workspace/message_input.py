"""What Slack's message box makes of typed text: mentions, links, escapes, rich text."""

import re
from collections.abc import Iterable

from bot.workspace.records import Channel, Json, Member

_TOKEN = re.compile(
    r"<(?P<raw>[@#!][^<>\s]+|https?://[^<>\s]+)>"
    r"|(?P<url>https?://[^\s<>]+)"
    r"|@(?P<member>[\w.-]+)"
    r"|#(?P<channel>[\w-]+)"
)


def compose(
    typed: str, *, members: Iterable[Member], channels: Iterable[Channel]
) -> tuple[str, Json]:
    """The `text` and the block of rich text of a message that somebody types.

    `@name` and `#channel` become references when they are known, URLs become links, and
    `<@U…>`, `<#C…>` and `<http…>` stay what they are.
    """
    by_name = {name.lower(): one for one in members for name in (one.name, one.real_name, one.id)}
    rooms = {one.name: one for one in channels if one.name}
    text, parts, end = "", list[Json](), 0
    for match in _TOKEN.finditer(typed):
        marked = _reference(match, by_name, rooms)
        if marked is None:
            continue
        before = typed[end : match.start()]
        text += _escape(before) + marked[0]
        parts += [*_plain(before), marked[1]]
        end = match.end()
    rest = typed[end:]
    section = {"type": "rich_text_section", "elements": parts + _plain(rest)}
    return text + _escape(rest), {"type": "rich_text", "elements": [section]}


def _reference(
    match: re.Match[str], members: dict[str, Member], channels: dict[str, Channel]
) -> tuple[str, Json] | None:
    raw, url = match["raw"], match["url"]
    if url or (raw and raw.startswith("http")):
        link = url or raw.partition("|")[0]
        return f"<{_escape(link)}>", {"type": "link", "url": link}
    if raw:
        return f"<{raw}>", _raw(raw)
    if match["member"] and match["member"].lower() in members:
        member = members[match["member"].lower()]
        return f"<@{member.id}>", {"type": "user", "user_id": member.id}
    if match["channel"] in channels:
        channel = channels[match["channel"]]
        reference = {"type": "channel", "channel_id": channel.id}
        return f"<#{channel.id}|{channel.name}>", reference
    return None


def _raw(raw: str) -> Json:
    name = raw[1:].partition("|")[0]
    if raw.startswith("@"):
        return {"type": "user", "user_id": name}
    if raw.startswith("#"):
        return {"type": "channel", "channel_id": name}
    return {"type": "broadcast", "range": name}


def _plain(text: str) -> list[Json]:
    return [{"type": "text", "text": text}] if text else []


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

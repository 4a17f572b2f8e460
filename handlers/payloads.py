"""Reading Slack's payloads: where something happened, who did it, and what a message says."""

import html
import re
from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware

from bot.questions import IncomingMessage
from bot.questions.policy import OUR_NAME
from bot.slack.visibility import seen_from
from bot.text import each_text, folded

# What a listener for all of a kind asks for.
ANYTHING = re.compile("")
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>")
# Our mention while its place is looked at, and what may stand around it.
_US, _AROUND = "\0", " \n\t,.;:!?~"
_GROUP = re.compile(r"<!subteam\^[^<>]*>")
_LINK = re.compile(r"<((?:https?|mailto):[^<|>]+)(?:\|([^<>]*))?>")
WEB_LINK = re.compile(r"<(https?://[^<|>]+)(?:\|[^<>]*)?>")
_SPECIAL = re.compile(r"<[!#][^<|>]*(?:\|([^<>]*))?>")


class Gate(Middleware):
    """Looks at each payload before any listener does.

    A class of Bolt's own kind, since for a plain function Bolt reads the payload first.
    """

    def process(
        self,
        *,
        req: BoltRequest,
        resp: BoltResponse,  # noqa: ARG002
        next: Callable[[], BoltResponse],
    ) -> BoltResponse | None:
        """Go on, unless there is an answer already."""
        answer = self.answer(req)
        return next() if answer is None else answer

    @abstractmethod
    def answer(self, req: BoltRequest) -> BoltResponse | None:
        """What to say to the payload at once; None lets it in."""


class Normalise(Gate):
    """Every text in a payload is composed, visible and bounded before a listener reads it."""

    def answer(self, req: BoltRequest) -> None:
        """Go on with the payload as it is to be read."""
        req.body.update(each_text(req.body, folded))


@dataclass(frozen=True)
class Place:
    """Where something happened; empty text where the payload doesn't say."""

    channel: str
    user: str
    thread_ts: str | None = None
    message_ts: str | None = None


def place_of(body: Mapping[str, Any]) -> Place:
    """The place an interaction or command came from."""
    channel = body.get("channel_id") or _id(body.get("channel"))
    user = body.get("user_id") or _id(body.get("user"))
    container = body.get("container") or {}
    message = body.get("message") or {}
    return Place(
        channel=channel or container.get("channel_id") or "",
        user=user or "",
        thread_ts=message.get("thread_ts") or container.get("thread_ts"),
        message_ts=message.get("ts") or container.get("message_ts"),
    )


def is_ephemeral(body: Mapping[str, Any]) -> bool:
    """Whether a click was made in a message that only the clicker sees."""
    return bool((body.get("container") or {}).get("is_ephemeral"))


def incoming(
    event: Mapping[str, Any], *, our_user: str | None, team: str | None
) -> IncomingMessage | None:
    """The message behind an event of a member writing something; None for bots and the like."""
    user, channel, ts = event.get("user"), event.get("channel"), event.get("ts")
    if not (user and channel and ts) or event.get("bot_id") or user == our_user:
        return None
    text = str(event.get("text") or "")
    named = set(_MENTION.findall(text))
    mentions_us = event.get("type") == "app_mention" or our_user in named
    is_spoken_of = _is_within(text, our_user)
    return IncomingMessage(
        channel=channel,
        ts=ts,
        user=user,
        text=plain_text(text, our_user=our_user, our_name=OUR_NAME if is_spoken_of else ""),
        thread_ts=event.get("thread_ts"),
        direct=event.get("channel_type") == "im" or seen_from(channel, user) == user,
        mentions_us=mentions_us,
        spoken_of=is_spoken_of,
        to_others=bool(named - {our_user}) or bool(_GROUP.search(text)),
        team=event.get("team") or team,
    )


def plain_text(text: str, *, our_user: str | None = None, our_name: str = "") -> str:
    """What a person reads: our mention as *our_name*, with the addresses of links, unescaped."""
    without_us = _MENTION.sub(lambda m: our_name if m[1] == our_user else f"@{m[1]}", text)
    links = _LINK.sub(lambda m: m[1], without_us)
    words = _SPECIAL.sub(lambda m: m[1] or "", links)
    return folded(html.unescape(words))


def _is_within(text: str, our_user: str | None) -> bool:
    """Whether our mention stands within a sentence, where we are spoken of and not called."""
    marked = _MENTION.sub(lambda m: _US if m[1] == our_user else "", text).strip(_AROUND)
    return _US in marked and not (marked.startswith(_US) or marked.endswith(_US))


def words_of(part: Any) -> str:
    """Every text that stands anywhere in a message, its blocks and unfurls included."""
    if isinstance(part, str):
        return part
    if isinstance(part, Mapping):
        part = list(part.values())
    return " ".join(words_of(one) for one in part) if isinstance(part, list) else ""


def field_of(view: Mapping[str, Any], name: str) -> str:
    """What a form's text field holds; its block and its element both go by *name*."""
    state = view["state"]["values"].get(name, {}).get(name, {})
    return str(state.get("value") or "").strip()


def conversation_of(view: Mapping[str, Any], name: str) -> str:
    """The conversation chosen in a form's menu; its block and its element both go by *name*."""
    state = view["state"]["values"].get(name, {}).get(name, {})
    return str(state.get("selected_conversation") or "")


def whole(fields: Mapping[str, Any], name: str) -> int:
    """A number among a button's values; 0 where there is none."""
    text = str(fields.get(name, ""))
    return int(text) if text.isdecimal() else 0


def response_url(body: Mapping[str, Any]) -> str:
    """Where a reply to a command or click goes; empty where there is no such place."""
    return str(body.get("response_url") or "")


def _id(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("id") or "")
    return str(value or "")

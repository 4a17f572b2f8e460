"""The client of the Slack Web API: one method a call, one place that maps errors.

Nothing here is retried, since a post that is repeated after a lost answer would appear twice in
the channel. The caller decides, knowing the outcome.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any, cast

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.errors import SlackError, SlackOutcomeUnknown
from bot.slack.blocks import truncate
from bot.slack.blocks.message import AS_WRITTEN, TEXT_LIMIT, UNFETCHED
from bot.slack.connections import keep_connections
from bot.slack.faults import mapped
from bot.slack.identity import Identity
from bot.slack.port import METADATA_EVENT, SlackOut, SlackUser, Upload
from bot.text.values import ValueProblem, parse_timezone

ALT_LIMIT = 1000
PAGE = 200
# A lookup goes back over at most this many pages of a channel or thread.
MAX_PAGES = 25
# Fields by which a message says that it has files which the app may not see.
_HIDDEN_FILES = ("x_files", "upload")


class SlackTime:
    """Slack's own time, by the ``Date`` header of its last answer.

    The time since then is measured by a monotonic clock, so that it makes no difference whether
    the clock of this machine is wrong or is being corrected.
    """

    def __init__(self, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._elapsed = elapsed
        self._last: tuple[datetime, float] | None = None

    def read(self, headers: Mapping[str, object]) -> None:
        """Take the date of an answer; an answer without a readable one is ignored."""
        lowered = {name.lower(): value for name, value in headers.items()}
        try:
            told = parsedate_to_datetime(str(lowered.get("date")))
        except ValueError:
            return
        if told.tzinfo is None:
            told = told.replace(tzinfo=UTC)
        self._last = (told.astimezone(UTC), self._elapsed())

    def now(self) -> datetime | None:
        """Slack's time at this moment; None before its first answer."""
        if self._last is None:
            return None
        told, then = self._last
        return told + timedelta(seconds=self._elapsed() - then)


class SlackClient(SlackOut):
    """The real Slack."""

    def __init__(self, client: WebClient, identity: Identity) -> None:
        """*client* must not retry by itself; *identity* is the bot's, whose messages are found.

        Raises:
            ValueError: the client has retry handlers.
        """
        if client.retry_handlers:
            raise ValueError("a client that retries posts twice; give it retry_handlers=[]")
        self._client = client
        self._time = SlackTime()
        self.identity = identity

    @classmethod
    def connect(
        cls, token: str | None, base_url: str, *, timeout_seconds: float = 8
    ) -> "SlackClient":
        """A client for the Web API at *base_url*, which ends in ``/``."""
        keep_connections()
        # The SDK hands the time-out to urllib, which takes fractions as well.
        timeout = cast(int, timeout_seconds)
        client = WebClient(token=token, base_url=base_url, timeout=timeout, retry_handlers=[])
        return cls(client, Identity.connect(token, base_url))

    def now(self) -> datetime | None:
        """Slack's own time; before its first answer, Slack is asked for one."""
        if self._time.now() is None:
            with suppress(SlackError):
                self._read("auth.test")
        return self._time.now()

    def post(
        self,
        channel: str,
        payload: Mapping[str, Any],
        *,
        thread_ts: str | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> str:
        answer = self._change(
            "chat.postMessage",
            channel=channel,
            thread_ts=thread_ts,
            metadata=metadata,
            **{**UNFETCHED, **AS_WRITTEN, **payload},
        )
        return _ts("chat.postMessage", answer)

    def update(self, channel: str, ts: str, payload: Mapping[str, Any]) -> None:
        text = str(payload.get("text", ""))[:TEXT_LIMIT]
        # Without ``blocks`` Slack would keep or remove the old ones, depending on the message.
        blocks = list(payload.get("blocks", ()))
        self._change("chat.update", channel=channel, ts=ts, text=text, blocks=blocks, **AS_WRITTEN)

    def delete(self, channel: str, ts: str) -> None:
        """Take a message away; one that has gone already is fine."""
        self._change_unless("message_not_found", "chat.delete", channel=channel, ts=ts)

    def find(
        self,
        channel: str,
        key: str,
        *,
        thread_ts: str | None = None,
        oldest: datetime | None = None,
    ) -> str | None:
        """The ``ts`` of our own message whose metadata carry *key*. Messages of others are left
        out, since they may carry a copied key."""
        for message in self._our_messages(channel, thread_ts=thread_ts, oldest=oldest):
            metadata = message.get("metadata") or {}
            payload = metadata.get("event_payload") or {}
            if metadata.get("event_type") == METADATA_EVENT and payload.get("key") == key:
                return str(message["ts"])
        return None

    def upload(self, channel: str, file: Upload, *, thread_ts: str | None = None) -> None:
        """Share a file: three calls, of which only the last one posts something."""
        content = file.draw()
        with mapped("files_upload_v2", changes=True):
            self._client.files_upload_v2(
                content=content,
                filename=file.name,
                title=file.title,
                alt_txt=truncate(file.alt, ALT_LIMIT),
                initial_comment=file.title,
                channel=channel,
                thread_ts=thread_ts,
            )

    def find_upload(
        self,
        channel: str,
        file: Upload,
        *,
        thread_ts: str | None = None,
        oldest: datetime | None = None,
    ) -> str | None:
        """The ``ts`` of our own message that shares the file.

        Files carry no metadata, so that a file is known by its name. Slack may hide the name from
        an app without ``files:read``; then the message is known by the file's title.
        """
        for message in self._our_messages(channel, thread_ts=thread_ts, oldest=oldest):
            names = [one.get("name") for one in message.get("files") or ()]
            hidden = any(message.get(name) for name in _HIDDEN_FILES) or None in names
            if file.name in names or (hidden and message.get("text") == file.title):
                return str(message["ts"])
        return None

    def message_text(self, channel: str, thread_ts: str) -> str | None:
        """What a thread's first message says and links to, its blocks and unfurls included."""
        answer = self._read("conversations.replies", channel=channel, ts=thread_ts, limit=1)
        messages = answer.get("messages") or []
        return None if not messages else "\n".join(_strings(messages[0]))

    def ephemeral(
        self, channel: str, user: str, payload: Mapping[str, Any], *, thread_ts: str | None = None
    ) -> None:
        self._change(
            "chat.postEphemeral",
            channel=channel,
            user=user,
            thread_ts=thread_ts,
            **{**AS_WRITTEN, **payload},
        )

    def permalink(self, channel: str, ts: str) -> str:
        answer = self._read("chat.getPermalink", channel=channel, message_ts=ts)
        return str(answer["permalink"])

    def user_info(self, user: str) -> SlackUser:
        found = self._read("users.info", user=user, include_locale=True)["user"]
        profile = found.get("profile") or {}
        return SlackUser(
            id=user,
            name=str(profile.get("display_name") or found.get("real_name") or user),
            timezone=_known_zone(found.get("tz")),
            locale=found.get("locale"),
            is_bot=bool(found.get("is_bot")),
        )

    def channels_of(self, user: str) -> frozenset[str]:
        """The channels that a person is in: public ones, and private ones Paperboy is in too."""
        pages = self._pages(
            "users.conversations",
            user=user,
            types="public_channel,private_channel",
            exclude_archived=True,
        )
        # Of somebody in very many channels the first ones will do.
        found = (page.get("channels", ()) for page in islice(pages, MAX_PAGES))
        return frozenset(str(one["id"]) for channels in found for one in channels)

    def conversation_open(self, user: str) -> str:
        """The channel id of the direct messages with a person; opening twice is once."""
        return str(self._read("conversations.open", users=user)["channel"]["id"])

    def is_public(self, channel: str) -> bool:
        found = self._read("conversations.info", channel=channel)["channel"]
        return bool(found.get("is_channel")) and not found.get("is_private")

    def start_stream(
        self, channel: str, thread_ts: str, *, user: str | None = None, team: str | None = None
    ) -> str:
        answer = self._change(
            "chat.startStream",
            channel=channel,
            thread_ts=thread_ts,
            recipient_user_id=user,
            recipient_team_id=team,
        )
        return _ts("chat.startStream", answer)

    def append_stream(self, channel: str, ts: str, markdown: str) -> None:
        self._change("chat.appendStream", channel=channel, ts=ts, markdown_text=markdown)

    def stop_stream(
        self,
        channel: str,
        ts: str,
        *,
        markdown: str | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        self._change(
            "chat.stopStream",
            channel=channel,
            ts=ts,
            markdown_text=markdown,
            metadata=metadata,
        )

    def set_status(self, channel: str, thread_ts: str, status: str) -> None:
        self._change(
            "assistant.threads.setStatus", channel_id=channel, thread_ts=thread_ts, status=status
        )

    def set_title(self, channel: str, thread_ts: str, title: str) -> None:
        self._change(
            "assistant.threads.setTitle", channel_id=channel, thread_ts=thread_ts, title=title
        )

    def unfurl(self, channel: str, ts: str, unfurls: Mapping[str, Mapping[str, Any]]) -> None:
        self._change("chat.unfurl", channel=channel, ts=ts, unfurls=unfurls)

    def react(self, channel: str, ts: str, emoji: str) -> None:
        self._change_unless(
            "already_reacted", "reactions.add", channel=channel, timestamp=ts, name=emoji
        )

    def unreact(self, channel: str, ts: str, emoji: str) -> None:
        self._change_unless(
            "no_reaction", "reactions.remove", channel=channel, timestamp=ts, name=emoji
        )

    def _our_messages(
        self, channel: str, *, thread_ts: str | None, oldest: datetime | None
    ) -> Iterator[Mapping[str, Any]]:
        us = self.identity.get()
        messages = self._messages(channel, thread_ts=thread_ts, oldest=oldest)
        return (message for message in messages if us.wrote(message))

    def _messages(
        self, channel: str, *, thread_ts: str | None, oldest: datetime | None
    ) -> Iterator[Mapping[str, Any]]:
        """Messages of a channel (newest first) or of a thread (oldest first), page by page."""
        pages = self._pages(
            "conversations.replies" if thread_ts else "conversations.history",
            channel=channel,
            ts=thread_ts,
            oldest=None if oldest is None else f"{oldest.timestamp():.6f}",
            include_all_metadata=True,
        )
        for page in pages:
            yield from page.get("messages", ())

    def _pages(self, method: str, **arguments: Any) -> Iterator[Mapping[str, Any]]:
        """The answers of a call that gives a page at a time.

        Raises:
            SlackError: there are more pages than we read.
        """
        cursor: str | None = None
        for _ in range(MAX_PAGES):
            answer = self._read(method, **arguments, limit=PAGE, cursor=cursor)
            yield answer
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return
        raise SlackError(f"{method}: more than {MAX_PAGES} pages", code="too_many_messages")

    def _change(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        with mapped(method, changes=True):
            return self._data(self._client.api_call(method, json=_given(arguments)))

    def _change_unless(self, harmless: str, method: str, **arguments: Any) -> None:
        try:
            self._change(method, **arguments)
        except SlackError as error:
            if error.code != harmless:
                raise

    def _read(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        with mapped(method, changes=False):
            return self._data(self._client.api_call(method, params=_given(arguments)))

    def _data(self, answer: SlackResponse) -> dict[str, Any]:
        self._time.read(answer.headers)
        return dict(cast(Mapping[str, Any], answer.data))


def _given(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if value is not None}


def _known_zone(name: Any) -> str | None:
    """A zone that times can be told in; Slack knows some that this machine does not."""
    with suppress(ValueProblem):
        return parse_timezone(str(name or ""))
    return None


def _ts(method: str, answer: Mapping[str, Any]) -> str:
    if not answer.get("ts"):
        raise SlackOutcomeUnknown(f"{method}: an answer without ts")
    return str(answer["ts"])


def _strings(part: Any) -> Iterator[str]:
    """Every text that stands anywhere in a message."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for inner in part.values():
            yield from _strings(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _strings(inner)

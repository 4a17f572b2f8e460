"""Stand-ins that record what they are asked and answer as scripted."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.answers import Answer, Ask
from bot.errors import SlackError, SlackOutcomeUnknown, SlackRateLimited
from bot.slack.port import SlackUser, Upload
from bot.sources.collector import DayReport
from storage import Paper, Storage


class FakeClock:
    """A clock that only moves when told to, or when somebody sleeps."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.slept: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.forward(seconds=seconds)

    def forward(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@dataclass
class Posted:
    """One message in the fake Slack."""

    channel: str
    ts: str
    payload: Mapping[str, Any]
    thread_ts: str | None
    key: str | None
    at: datetime
    edits: int = 0

    @property
    def text(self) -> str:
        return str(self.payload["text"])

    @property
    def blocks(self) -> list[Any]:
        return list(self.payload.get("blocks", ()))


@dataclass
class FakeSlack:
    """Keeps messages by channel. ``clock`` is ``ahead`` of Slack's. ``refuse`` scripts the error
    codes of the next calls; ``script`` holds errors for the next posts, ``after_effect`` those
    that are raised when the message stands in the channel already. ``closed`` maps channels to
    what Slack refuses them with; ``roots`` are the texts of threads that others opened."""

    clock: Callable[[], datetime] = lambda: datetime.fromtimestamp(1742400000, UTC)
    ahead: timedelta = timedelta(0)
    script: list[Exception | None] = field(default_factory=list)
    after_effect: list[Exception] = field(default_factory=list)
    find_errors: list[Exception] = field(default_factory=list)
    update_errors: list[Exception] = field(default_factory=list)
    closed: dict[str, Exception] = field(default_factory=dict)
    tries: int = 0
    finds: int = 0
    posts: list[Posted] = field(default_factory=list)
    ephemerals: list[tuple[str, str, Mapping[str, Any]]] = field(default_factory=list)
    refuse: list[str] = field(default_factory=list)
    roots: dict[str, str] = field(default_factory=dict)
    private: set[str] = field(default_factory=set)
    users: dict[str, SlackUser] = field(default_factory=dict)
    streams: dict[str, str] = field(default_factory=dict)
    streamed: list[str] = field(default_factory=list)
    edits: list[str] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    channels: dict[str, frozenset[str]] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    unfurls: list[dict[str, Any]] = field(default_factory=list)
    streaming: bool = True
    stop_errors: list[str] = field(default_factory=list)
    uploads: list[tuple[str, str, bytes]] = field(default_factory=list)
    upload_errors: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _count: int = 0

    def identity(self) -> Mapping[str, Any]:
        return {"user_id": "UBOT", "bot_id": "BBOT", "team_id": "T1", "scopes": ()}

    def now(self) -> datetime:
        return self.clock() - self.ahead

    def post(
        self,
        channel: str,
        payload: Mapping[str, Any],
        *,
        thread_ts: str | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> str:
        with self._lock:
            self.tries += 1
            self._maybe_refuse()
            error = self.closed.get(channel) or (self.script.pop(0) if self.script else None)
            if error is not None:
                raise error
            key = (metadata or {}).get("event_payload", {}).get("key")
            ts = self._add(channel, payload, thread_ts, key)
            if self.after_effect:
                raise self.after_effect.pop(0)
            return ts

    def update(self, channel: str, ts: str, payload: Mapping[str, Any]) -> None:
        with self._lock:
            self._maybe_refuse()
            if self.update_errors:
                raise self.update_errors.pop(0)
            if ts in self.streams:
                raise SlackError("chat.update: streaming_state_conflict", code="cant_update")
            post = self.at(channel, ts)
            post.payload, post.edits = payload, post.edits + 1
            self.edits.append(str(payload["text"]))

    def delete(self, channel: str, ts: str) -> None:
        self.posts.remove(self.at(channel, ts))

    def find(
        self,
        channel: str,
        key: str,
        *,
        thread_ts: str | None = None,
        oldest: datetime | None = None,
    ) -> str | None:
        self.finds += 1
        if self.find_errors:
            raise self.find_errors.pop(0)
        since = 0.0 if oldest is None else oldest.timestamp()
        found = (one.ts for one in self.in_channel(channel, thread_ts) if one.key == key)
        return next((ts for ts in found if float(ts) > since), None)

    def upload(self, channel: str, file: Upload, *, thread_ts: str | None = None) -> None:
        self._maybe_refuse(self.upload_errors)
        self.uploads.append((channel, file.name, file.draw()))

    def find_upload(
        self,
        channel: str,
        file: Upload,
        *,
        thread_ts: str | None = None,
        oldest: datetime | None = None,
    ) -> str | None:
        raise NotImplementedError

    def message_text(self, channel: str, thread_ts: str) -> str | None:
        return self.roots.get(thread_ts)

    def ephemeral(
        self, channel: str, user: str, payload: Mapping[str, Any], *, thread_ts: str | None = None
    ) -> None:
        self.ephemerals.append((channel, user, payload))

    def permalink(self, channel: str, ts: str) -> str:
        return f"https://example.slack.com/archives/{channel}/p{ts.replace('.', '')}"

    def user_info(self, user: str) -> SlackUser:
        if user not in self.users:
            raise SlackError("users.info: user_not_found", code="user_not_found")
        return self.users[user]

    def channels_of(self, user: str) -> frozenset[str]:
        return self.channels.get(user, frozenset())

    def conversation_open(self, user: str) -> str:
        return f"D{user}"

    def is_public(self, channel: str) -> bool:
        return channel not in self.private

    def start_stream(
        self, channel: str, thread_ts: str, *, user: str | None = None, team: str | None = None
    ) -> str:
        if not self.streaming:
            raise SlackError("chat.startStream: unknown_method", code="unknown_method")
        with self._lock:
            self._maybe_refuse()
            ts = self._add(channel, {"text": ""}, thread_ts, None)
            self.streams[ts] = ""
            return ts

    def append_stream(self, channel: str, ts: str, markdown: str) -> None:
        with self._lock:
            self._maybe_refuse()
            self.streams[ts] += markdown

    def stop_stream(
        self,
        channel: str,
        ts: str,
        *,
        markdown: str | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        with self._lock:
            self._maybe_refuse(self.stop_errors)
            self._maybe_refuse()
            if ts not in self.streams:
                code = "message_not_in_streaming_state"
                raise SlackError(f"chat.stopStream: {code}", code=code)
            post = self.at(channel, ts)
            post.key = (metadata or {}).get("event_payload", {}).get("key")
            text = self.streams.pop(ts) + (markdown or "")
            post.payload = {"text": text, "blocks": []}
            self.streamed.append(text)

    def set_status(self, channel: str, thread_ts: str, status: str) -> None:
        with self._lock:
            self._maybe_refuse()
        self.statuses.append(status)

    def set_title(self, channel: str, thread_ts: str, title: str) -> None:
        self.titles.append(title)

    def unfurl(self, channel: str, ts: str, unfurls: Mapping[str, Mapping[str, Any]]) -> None:
        self.unfurls.append(dict(unfurls))

    def react(self, channel: str, ts: str, emoji: str) -> None:
        """Nothing to see."""

    def unreact(self, channel: str, ts: str, emoji: str) -> None:
        """Nothing to see."""

    def in_channel(self, channel: str, thread_ts: str | None = None) -> list[Posted]:
        """A channel's own messages, or those of one of its threads."""
        return [one for one in self.posts if (one.channel, one.thread_ts) == (channel, thread_ts)]

    def texts(self) -> list[str]:
        return [one.text for one in self.posts]

    def at(self, channel: str, ts: str) -> Posted:
        for one in self.posts:
            if (one.channel, one.ts) == (channel, ts):
                return one
        raise SlackError("chat.update: message_not_found", code="message_not_found")

    def _maybe_refuse(self, script: list[str] | None = None) -> None:
        script = self.refuse if script is None else script
        code = script.pop(0) if script else ""
        if code == "ratelimited":
            raise SlackRateLimited("wait", retry_after=7)
        if code == "outcome_unknown":
            raise SlackOutcomeUnknown("no answer")
        if code:
            raise SlackError(f"refused: {code}", code=code)

    def _add(
        self, channel: str, payload: Mapping[str, Any], thread_ts: str | None, key: str | None
    ) -> str:
        self._count += 1
        ts = f"{self.now().timestamp() + self._count / 1_000_000:.6f}"
        self.posts.append(Posted(channel, ts, payload, thread_ts, key, self.clock()))
        return ts


Script = Callable[[Ask], Answer]


class FakeAnswers:
    """Says what it was asked; ``script`` may answer otherwise, raise or wait. ``pieces`` are
    told one by one before, each followed by a call of ``between``."""

    def __init__(
        self,
        script: Script | None = None,
        *,
        pieces: Sequence[str] = (),
        between: Callable[[], object] = lambda: None,
    ) -> None:
        self.script = script
        self.pieces = pieces
        self.between = between
        self.asked: list[Ask] = []

    def answer(
        self,
        ask: Ask,
        *,
        on_status: Callable[[str], None] | None = None,
        on_text: Callable[[str], None] | None = None,
    ) -> Answer:
        self.asked.append(ask)
        if on_status is not None:
            on_status("reading")
        for piece in self.pieces:
            if on_text is not None:
                on_text(piece)
            self.between()
        if self.script is not None:
            return self.script(ask)
        return Answer(
            text=f"answer to {ask.question}", found=True, maker="fake", paper_ids=ask.paper_ids
        )

    def ask_archive(
        self,
        question: str,
        language: str,
        *,
        place: str = "",
        on_status: Callable[[str], None] | None = None,
        on_text: Callable[[str], None] | None = None,
    ) -> Answer:
        ask = Ask(question, (), language, place=place)
        return self.answer(ask, on_status=on_status, on_text=on_text)


class FakeCollector:
    """Knows papers that are not stored yet; reads for so many ``seconds`` and ends
    in the ``problem`` that a test gives it."""

    def __init__(self, storage: Storage, clock: Callable[[], datetime]) -> None:
        self._storage = storage
        self._clock = clock
        self.elsewhere: dict[str, Paper] = {}
        self.read: list[date] = []
        self.problem: str | None = None
        self.seconds = 0.0

    def ensure_papers(self, ids: Sequence[str]) -> list[Paper]:
        new = [self.elsewhere[one] for one in ids if one in self.elsewhere]
        self._storage.papers.save(new, now=self._clock())
        return self._storage.papers.get_many(ids)

    def collect_day(self, source: str, day: date) -> DayReport:
        self.read.append(day)
        time.sleep(self.seconds)
        return DayReport(source, day, problem=self.problem)

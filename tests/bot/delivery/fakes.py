"""Stand-ins for the outside: a Slack that remembers and can be told to fail, sources, a clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.slack.port import SlackUser, Upload
from bot.sources.collector import DayReport
from storage import ListingEntry, Paper, Storage, Subscription, Summary
from tests.fakes import FakeClock

MONDAY = datetime(2025, 3, 17, tzinfo=UTC)
CHANNEL = "C1"


@dataclass
class Posted:
    """One message as the channel shows it."""

    channel: str
    ts: str
    text: str
    blocks: list[Any]
    thread_ts: str | None
    key: str | None
    at: datetime
    edits: int = 0


@dataclass
class FakeSlack:
    """``script`` holds errors for the next posts; ``after_effect`` ones are raised when the message
    stands in the channel already. ``closed`` maps channels to the word Slack refuses them with."""

    clock: FakeClock
    script: list[Exception | None] = field(default_factory=list)
    after_effect: list[Exception] = field(default_factory=list)
    find_errors: list[Exception] = field(default_factory=list)
    update_errors: list[Exception] = field(default_factory=list)
    closed: dict[str, Exception] = field(default_factory=dict)
    messages: list[Posted] = field(default_factory=list)
    posts: int = 0
    finds: int = 0
    ahead: timedelta = timedelta(0)
    """How far the clock here is ahead of Slack's, which counts when messages are looked for."""

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
        self.posts += 1
        if channel in self.closed:
            raise self.closed[channel]
        error = self.script.pop(0) if self.script else None
        if error is not None:
            raise error
        ts = f"{self.now().timestamp() + len(self.messages) / 1000:.6f}"
        key = metadata["event_payload"]["key"] if metadata else None
        self.messages.append(
            Posted(
                channel,
                ts,
                payload["text"],
                payload.get("blocks", []),
                thread_ts,
                key,
                self.clock(),
            )
        )
        if self.after_effect:
            raise self.after_effect.pop(0)
        return ts

    def update(self, channel: str, ts: str, payload: Mapping[str, Any]) -> None:
        if self.update_errors:
            raise self.update_errors.pop(0)
        message = next(one for one in self.messages if one.ts == ts and one.channel == channel)
        message.text, message.blocks = payload["text"], payload["blocks"]
        message.edits += 1

    def delete(self, channel: str, ts: str) -> None:
        self.messages = [one for one in self.messages if one.ts != ts]

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
        raise NotImplementedError

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
        raise NotImplementedError

    def ephemeral(
        self, channel: str, user: str, payload: Mapping[str, Any], *, thread_ts: str | None = None
    ) -> None:
        raise NotImplementedError

    def permalink(self, channel: str, ts: str) -> str:
        return f"https://x.slack.com/archives/{channel}/p{ts}"

    def user_info(self, user: str) -> SlackUser:
        return SlackUser(user, user)

    def is_public(self, channel: str) -> bool:
        return True

    def conversation_open(self, user: str) -> str:
        return f"D{user}"

    def start_stream(
        self, channel: str, thread_ts: str, *, user: str | None = None, team: str | None = None
    ) -> str:
        raise NotImplementedError

    def append_stream(self, channel: str, ts: str, markdown: str) -> None:
        raise NotImplementedError

    def stop_stream(
        self,
        channel: str,
        ts: str,
        *,
        markdown: str | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        raise NotImplementedError

    def set_status(self, channel: str, thread_ts: str, status: str) -> None:
        raise NotImplementedError

    def channels_of(self, user: str) -> frozenset[str]:
        raise NotImplementedError

    def set_title(self, channel: str, thread_ts: str, title: str) -> None:
        raise NotImplementedError

    def unfurl(self, channel: str, ts: str, unfurls: Mapping[str, Mapping[str, Any]]) -> None:
        raise NotImplementedError

    def react(self, channel: str, ts: str, emoji: str) -> None:
        raise NotImplementedError

    def unreact(self, channel: str, ts: str, emoji: str) -> None:
        raise NotImplementedError

    def in_channel(self, channel: str, thread_ts: str | None = None) -> list[Posted]:
        """A channel's own messages, or those of one of its threads."""
        return [
            one for one in self.messages if one.channel == channel and one.thread_ts == thread_ts
        ]

    def texts(self) -> list[str]:
        return [one.text for one in self.messages]


@dataclass
class FakeCollector:
    """Sources with listings by day; ``down`` days answer with a problem. ``days`` are those of
    Hugging Face, ``of`` those of others; ``refusing`` are down, ``quiet`` announce nothing."""

    storage: Storage
    clock: FakeClock
    days: dict[date, list[tuple[Paper, int]]] = field(default_factory=dict)
    down: set[date] = field(default_factory=set)
    asked: list[date] = field(default_factory=list)
    settles: bool = False
    of: dict[tuple[str, date], list[tuple[Paper, int]]] = field(default_factory=dict)
    refusing: set[str] = field(default_factory=set)
    quiet: set[str] = field(default_factory=set)

    def collect_day(self, source: str, day: date) -> DayReport:
        self.asked.append(day)
        now, name = self.clock(), source.partition(":")[0]
        if day in self.down or source in self.refusing:
            self.storage.listings.save_read(name, problem="503", now=now)
            return DayReport(source, day, problem="503")
        self.storage.listings.save_read(name, problem=None, now=now)
        own = self.days.get(day, []) if source == "huggingface" else []
        entries = self.of.get((source, day), own)
        self.storage.papers.save([paper for paper, _ in entries], now=now)
        self.storage.listings.save(
            source,
            day,
            [
                ListingEntry(paper.id, rank, votes)
                for rank, (paper, votes) in enumerate(entries, start=1)
            ],
            settled=self.settles,
            now=now,
            quiet="holiday" if source in self.quiet else None,
        )
        return DayReport(source, day, total=len(entries))


@dataclass
class FakeSummarizer:
    """Writes "<title> in short"; papers in ``failing`` get none but a problem."""

    storage: Storage
    clock: FakeClock
    failing: set[str] = field(default_factory=set)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def ensure(
        self,
        papers: Sequence[Paper],
        language: str,
        *,
        again: bool = False,
        until: float | None = None,
    ) -> dict[str, Summary]:
        made = self.storage.summaries.get_many([paper.id for paper in papers], language)
        for paper in papers:
            known = made.get(paper.id)
            if known is not None and not (again and known.problem):
                continue
            self.asked.append((paper.id, language))
            problem = "model" if paper.id in self.failing else None
            summary = Summary(
                paper_id=paper.id,
                language=language,
                tldr="" if problem else f"{paper.title} in short",
                maker="fake",
                prompt_hash="h",
                basis="abstract",
                problem=problem,
            )
            self.storage.summaries.save(summary, now=self.clock())
            made[paper.id] = summary
        return made


@dataclass
class FakeSearch:
    indexed: list[str] = field(default_factory=list)

    def index(self, paper_ids: Iterable[str]) -> None:
        self.indexed += paper_ids


def paper(number: int, title: str = "") -> Paper:
    return Paper(
        id=f"2503.{number:05d}",
        title=title or f"Paper number {number}",
        abstract=f"We show thing {number}. It works.",
        authors=("A. Author",),
    )


def listing(*numbers: int) -> list[tuple[Paper, int]]:
    """Papers with falling votes."""
    return [(paper(number), 100 - place) for place, number in enumerate(numbers)]


def subscription(channel: str = CHANNEL, **changes: Any) -> Subscription:
    values: dict[str, Any] = {
        "channel": channel,
        "time": time(9, 0),
        "timezone": "Asia/Seoul",
        "weekdays": (0, 1, 2, 3, 4),
        "language": "en",
        "style": "brief",
        "sources": ("huggingface",),
        "subscribed_by": "U1",
    }
    return Subscription(**(values | changes))

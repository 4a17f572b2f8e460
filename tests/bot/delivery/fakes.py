"""Stand-ins for what a morning asks: sources, a writer of summaries, an index."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any

from bot.clock import Clock
from bot.sources.collector import DayReport
from storage import ListingEntry, Paper, Storage, Subscription, Summary

MONDAY = datetime(2025, 3, 17, tzinfo=UTC)
CHANNEL = "C1"


@dataclass
class FakeCollector:
    """Sources with listings by day; ``down`` days answer with a problem. ``days`` are those of
    Hugging Face, ``of`` those of others; ``refusing`` are down, ``quiet`` announce nothing."""

    storage: Storage
    clock: Clock
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
    clock: Clock
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
            save = partial(self.storage.summaries.save, summary, now=self.clock())
            self.storage.insist(save)
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

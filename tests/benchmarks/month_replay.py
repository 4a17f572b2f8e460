"""A month of real listings, morning by morning, each settling the day after.

``python -m tests.benchmarks.month_replay 2025-02`` needs the real data. Mornings see the listings
as they were on their own day, the hourly rounds see them as they were a day later. Three channels
(New York; Seoul; Seoul with late papers in a reply) are served through the local workspace. In the
end each channel must have got each paper once, and each post must say what the settled listing
says: the same papers with the same votes.
"""

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.delivery import Morning, Outbox, Pace
from bot.delivery.refresh import Refresher
from bot.delivery.schedule import last_due
from bot.slack.client import SlackClient
from bot.sources.collector import Collector
from bot.sources.huggingface import parse_listing, settles
from bot.sources.ports import DayListing
from bot.workspace import Workspace
from bot.workspace.seed import DAILY, MINJI, RESEARCH
from storage import Fulltext, Paper, Storage, Subscription, open_storage
from tests.benchmarks.figures import Figure
from tests.benchmarks.qasper import need
from tests.bot.delivery.fakes import FakeSearch, FakeSummarizer, subscription
from tests.fakes import FakeClock

DATA = "the listings of February 2025 as they stood, for three channels"
MONTH = "2025-02"
STEP = timedelta(hours=2)
# The last Friday's listing is posted on a Monday in Seoul.
SETTLING = timedelta(days=3, hours=2)
_PAPER = re.compile(r"arxiv\.org/abs/([^|>\s]+)")
_VOTES = re.compile(r"([\d,]+) votes?\b")


@dataclass
class RecordedListings:
    """Hugging Face as it answered: on the day itself, and a day later."""

    folder: Path
    clock: FakeClock
    days: frozenset[date]
    name: str = "huggingface"

    def listing(self, _part: str, day: date, /) -> DayListing:
        later = self.clock() >= datetime.combine(day, datetime.min.time(), UTC) + timedelta(
            days=1.2
        )
        path = self.folder / ("next_day" if later else "same_day") / f"{day}.json"
        if day not in self.days:
            return DayListing((), 0)
        page = parse_listing(path.read_bytes())
        return DayListing(page.papers, page.skipped, settles=settles(day))

    def ping(self) -> str | None:
        return None


class NoPapers:
    """An arXiv that knows nothing."""

    name = "arxiv"

    def papers(self, ids: Sequence[str]) -> list[Paper]:
        return []

    def ensure(self, paper: Paper) -> Fulltext:
        raise NotImplementedError

    def ping(self) -> str | None:
        return None


@dataclass
class Replay:
    """A month under way."""

    workspace: Workspace
    storage: Storage
    clock: FakeClock
    listings: RecordedListings
    morning: Morning
    refresher: Refresher
    wishes: tuple[Subscription, ...]
    step: timedelta
    mornings: int = 0
    edits: int = 0

    def go(self, until: datetime) -> None:
        """Step by step: mornings that are due, then the round that keeps posts true."""
        while self.clock() < until:
            for wish in self.wishes:
                due = last_due(wish, self.clock())
                if due is not None and due > self.clock() - self.step:
                    self.mornings += 1
                    self.morning.run(wish, due=due)
            self.edits += self.refresher.run()
            self.morning.outbox.drain()
            self.clock.now = self.clock.now.replace(minute=0, second=0, microsecond=0) + self.step


@contextmanager
def replay(folder: Path, days: Sequence[date], step: timedelta) -> Iterator[Replay]:
    """A new workspace and database at the start of the first day."""
    clock = FakeClock(datetime.combine(days[0], datetime.min.time(), UTC))
    with tempfile.TemporaryDirectory() as place, Workspace(clock=clock) as workspace:
        storage = open_storage(Path(place) / "paperboy.db")
        slack = SlackClient.connect(workspace.bot_token, workspace.api_url)
        outbox = Outbox(storage, slack, clock, pace=Pace(), sleep=clock.sleep)
        listings = RecordedListings(folder, clock, frozenset(days))
        collector = Collector(storage, {"huggingface": listings}, NoPapers(), clock)
        summarizer, search = FakeSummarizer(storage, clock), FakeSearch()
        wishes = (
            subscription(DAILY.id, count=100, empty_day="skip"),
            subscription(RESEARCH.id, count=100, empty_day="skip", timezone="America/New_York"),
            subscription("D" + MINJI.id[1:], count=100, empty_day="skip", late_papers="reply"),
        )
        for wish in wishes:
            storage.subscriptions.save(wish, now=clock() - timedelta(days=1))
        try:
            yield Replay(
                workspace=workspace,
                storage=storage,
                clock=clock,
                listings=listings,
                morning=Morning(storage, collector, summarizer, search, outbox, clock),
                refresher=Refresher(storage, collector, summarizer, search, outbox, clock),
                wishes=wishes,
                step=step,
            )
        finally:
            storage.close()


def shown(one: Replay, channel: str) -> list[tuple[str, dict[str, int]]]:
    """For each post of a channel: its listing's day, and votes by paper, in thread and post."""
    found = []
    for root in one.workspace.messages(channel):
        key = str((root.metadata or {}).get("event_payload", {}).get("key"))
        votes: dict[str, int] = {}
        for message in one.workspace.messages(channel, root.ts) or [root]:
            _, *pieces = _PAPER.split(str(message.blocks))
            for paper_id, after in zip(pieces[::2], pieces[1::2], strict=True):
                if paper_id in votes:
                    raise AssertionError(f"{paper_id} stands twice in {key}")
                count = _VOTES.search(after)  # a paper without votes shows none
                votes[paper_id] = int(count[1].replace(",", "")) if count else 0
        found.append((key.split("/")[2], votes))
    return found


def judge(one: Replay, days: Sequence[date]) -> list[str]:
    """What is wrong, in words; an empty list when all is well."""
    problems: list[str] = []
    for wish in one.wishes:
        posts = shown(one, wish.channel)
        if [day for day, _ in posts] != [str(day) for day in days]:
            problems.append(f"{wish.channel}: posts for {[day for day, _ in posts]}")
        times = Counter(paper_id for _, votes in posts for paper_id in votes)
        problems += [f"{wish.channel}: {p} shown {n} times" for p, n in times.items() if n != 1]
        before: set[str] = set()
        for day, votes in posts:
            listing = one.listings.listing("", date.fromisoformat(day))
            settled = {paper.id: paper.votes for paper in listing.papers}
            wanted = {p: n for p, n in settled.items() if p not in before}
            # What has gone from the listing since stays told, with the votes it had.
            kept = {p: n for p, n in votes.items() if p in settled}
            if kept != wanted:
                problems.append(f"{wish.channel} {day}: {_difference(kept, wanted)}")
            before |= votes.keys()
    return problems


def _difference(found: dict[str, int], wanted: dict[str, int]) -> str:
    odd = {p: (found.get(p), wanted.get(p)) for p in found.keys() | wanted.keys()}
    return ", ".join(f"{p}: {a} ≠ {b}" for p, (a, b) in odd.items() if a != b)


def month_days(folder: Path, month: str) -> list[date]:
    """The days of a month that have a listing of both kinds."""
    names = {path.stem for path in (folder / "same_day").glob(f"{month}-*.json")}
    names &= {path.stem for path in (folder / "next_day").glob(f"{month}-*.json")}
    days = sorted(date.fromisoformat(name) for name in names)
    return [day for day in days if day.weekday() < 5]


def run(folder: Path, days: Sequence[date], *, step: timedelta = STEP) -> tuple[Replay, list[str]]:
    """Replay *days* and judge."""
    with replay(folder, days, step) as one:
        one.go(datetime.combine(days[-1], datetime.min.time(), UTC) + SETTLING)
        assert one.clock() >= settles(days[-1])
        return one, judge(one, days)


def figures() -> Iterator[Figure]:
    """How much goes wrong."""
    folder = need("hf_daily")
    _, problems = run(folder, month_days(folder, MONTH))
    yield Figure("papers lost, doubled or not as listed", len(problems), less_is_better=True)


def main() -> int:
    """Replay a month; 1 when something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("month", nargs="?", default=MONTH)
    month, folder = parser.parse_args().month, need("hf_daily")
    days = month_days(folder, month)
    one, problems = run(folder, days)
    print(f"{month}: {len(days)} listings, {one.mornings} mornings, {one.edits} digests edited")
    for wish in one.wishes:
        print(f"  {wish.channel}: {wish.timezone}, late papers by {wish.late_papers}")
    print(
        "\n".join(problems) or "each paper once a channel, each post equal to its settled listing"
    )
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

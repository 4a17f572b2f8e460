"""A week from several sources, with all that goes wrong in one: ``python -m
tests.benchmarks.sources_week`` needs the real data.

Hugging Face's listings of 17 to 21 March 2025 are real; arXiv's feeds are invented beside them,
some papers being on both. Wednesday is a holiday of arXiv's, on Thursday it answers 429 for six
hours, on Friday it announces a new version of a paper that was posted before. Three channels and
two members are served through the local workspace. In the end every channel must have got each of
its sources' papers once and nothing else, and every quiet morning must have been explained.
"""

import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bot.delivery import Morning, Outbox, Outcome, Pace
from bot.delivery.news import NewsTeller
from bot.delivery.refresh import Refresher
from bot.delivery.schedule import last_due
from bot.net import HttpClient
from bot.slack.client import SlackClient
from bot.sources import Arxiv, HuggingFace, parse_listing
from bot.sources.arxiv_listings import EASTERN, ArxivListings
from bot.sources.collector import Collector
from bot.sources.ports import ListingSource
from bot.workspace import Workspace
from bot.workspace.seed import ALICE, BOT, DAILY, MINJI, RANDOM, RESEARCH
from storage import Storage, Subscription, open_storage
from tests.announcements import Announced, ArxivAnnouncements
from tests.benchmarks.qasper import need
from tests.bot.delivery.fakes import FakeSearch, FakeSummarizer, subscription
from tests.fakes import FakeClock
from tests.replay import Fault, HuggingFaceReplay

DAYS = tuple(date(2025, 3, 17) + timedelta(days=step) for step in range(5))
HOLIDAY, REFUSING, RENEWING = DAYS[2], DAYS[3], DAYS[4]
REFUSED_HOURS = range(5, 11)
END = datetime(2025, 3, 24, 3, tzinfo=UTC)
CATCH_UP = timedelta(hours=6)
HF, CL, LG = "huggingface", "arxiv:cs.CL", "arxiv:cs.LG+cross"
QUERY = 'arxiv:ti:"speech"'
_PAPER = re.compile(r"arxiv\.org/abs/([^|>\s]+)")
RENEWED = "2503.60000"


@dataclass
class Week:
    """The week under way."""

    storage: Storage
    clock: FakeClock
    workspace: Workspace
    huggingface: HuggingFaceReplay
    arxiv: ArxivAnnouncements
    morning: Morning
    refresher: Refresher
    news: NewsTeller
    wishes: tuple[Subscription, ...]
    listed: Mapping[date, list[str]]
    outcomes: Counter[str] = field(default_factory=Counter)
    again: dict[str, datetime] = field(default_factory=dict)

    def go(self) -> None:
        """Hour by hour: what the sources have, mornings, then the round that keeps posts true."""
        while self.clock() < END:
            now = self.clock()
            self.huggingface.today = now.date()
            self.arxiv.today = now.astimezone(EASTERN).date()
            refuses = now.date() == REFUSING and now.hour in REFUSED_HOURS
            self.arxiv.always = Fault(status=429, body=b"Rate exceeded.") if refuses else None
            for wish in self.wishes:
                self._morning(wish, now)
            if now.hour % 3 == 2:
                self.refresher.run()
                self.news.ask()
                self.news.tell()
            self.morning.outbox.drain()
            self.clock.now = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)

    def _morning(self, wish: Subscription, now: datetime) -> None:
        """As the scheduler does: when due, and again while the source is down."""
        due = last_due(wish, now)
        if due is None or (due <= now - timedelta(hours=1) and wish.channel not in self.again):
            return
        report = self.morning.run(wish, now=now, due=due)
        self.outcomes[report.outcome] += 1
        if report.outcome is Outcome.SOURCE_DOWN and now + timedelta(hours=1) - due <= CATCH_UP:
            self.again[wish.channel] = due
        else:
            self.again.pop(wish.channel, None)


def announcements(listed: Mapping[date, list[str]]) -> dict[date, tuple[Announced, ...]]:
    """Sixty papers a working day; the first two of cs.CL are on Hugging Face's list as well."""
    made = {}
    for number, day in enumerate(DAYS):
        if day == HOLIDAY:
            continue
        ids = [f"2503.6{number}{place:03d}" for place in range(60)]
        ids[:2] = listed[day][:2]
        if day == DAYS[0]:
            ids[2] = RENEWED
        entries = [
            Announced(one, _title(one, place), ("cs.CL",) if place % 2 == 0 else ("cs.LG",))
            for place, one in enumerate(ids)
        ]
        entries += [
            Announced(
                f"2503.7{number}{place:03d}", _title("cross", place), ("cs.AI", "cs.LG"), "cross"
            )
            for place in range(10)
        ]
        if day == RENEWING:
            entries.append(Announced(RENEWED, "Again", ("cs.CL",), "replace", version=2))
        made[day] = tuple(entries)
    return made


def _title(one: str, place: int) -> str:
    return f"{'On speech and' if place % 7 == 0 else 'About'} thing {place} of {one}"


@contextmanager
def a_week() -> Iterator[Week]:
    """A new workspace and database on Monday morning, with loopback sources."""
    clock = FakeClock(datetime(2025, 3, 17, 5, tzinfo=UTC))
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        workspace = stack.enter_context(Workspace(clock=clock))
        folder = place / "listings"
        folder.mkdir()
        for day in DAYS:
            shutil.copy(need("hf_daily/next_day") / f"{day}.json", folder)
        huggingface = stack.enter_context(HuggingFaceReplay(folder))
        arxiv = stack.enter_context(ArxivAnnouncements())
        listed = {day: _listed(folder, day) for day in DAYS}
        arxiv.days.update(announcements(listed))
        http = HttpClient(
            user_agent="week", private_hosts=("127.0.0.1",), sleep=lambda _: None, clock=clock
        )
        stack.callback(http.close)
        storage = open_storage(place / "paperboy.db")
        stack.callback(storage.close)
        random = workspace.state.channel(RANDOM.id)
        workspace.state.set_membership(random, BOT.id, inside=True)
        slack = SlackClient.connect(workspace.bot_token, workspace.api_url)
        outbox = Outbox(storage, slack, clock, pace=Pace(), sleep=clock.sleep)
        sources: dict[str, ListingSource] = {
            "huggingface": HuggingFace(http, huggingface.base_url),
            "arxiv": ArxivListings(http, arxiv.base_url, arxiv.base_url),
        }
        collector = Collector(storage, sources, Arxiv(http, arxiv.base_url), clock)
        summarizer, search = FakeSummarizer(storage, clock), FakeSearch()
        wishes = (
            subscription(DAILY.id, sources=(HF, CL), count=10),
            subscription(RESEARCH.id, sources=(CL, LG), count=10, **_at(5, "America/New_York")),
            subscription(RANDOM.id, sources=(HF, LG), count=10, **_at(13, "Europe/London")),
            subscription(
                _messages(MINJI.id),
                sources=(CL,),
                subscribed_by=MINJI.id,
                topics=(RENEWED,),
                count=3,
                layout="cards",
            ),
            subscription(
                _messages(ALICE.id),
                sources=(QUERY,),
                subscribed_by=ALICE.id,
                **_at(9, "America/New_York"),
            ),
        )
        for wish in wishes:
            storage.subscriptions.save(wish, now=clock() - timedelta(days=1))
        yield Week(
            storage=storage,
            clock=clock,
            workspace=workspace,
            huggingface=huggingface,
            arxiv=arxiv,
            morning=Morning(storage, collector, summarizer, search, outbox, clock),
            refresher=Refresher(storage, collector, summarizer, search, outbox, clock),
            news=NewsTeller(storage, collector, outbox, clock, language="en"),
            wishes=wishes,
            listed=listed,
        )


def _listed(folder: Path, day: date) -> list[str]:
    return [one.id for one in parse_listing((folder / f"{day}.json").read_bytes()).papers]


def _messages(user: str) -> str:
    return "D" + user[1:]


def _at(hour: int, zone: str) -> dict[str, object]:
    return {"time": time(hour), "timezone": zone}


def wanted(one: Week, wish: Subscription) -> set[str]:
    """The papers that the wish's sources listed from its first morning on."""
    found: set[str] = set()
    for source in wish.sources:
        for day in DAYS:
            entries = one.arxiv.days.get(day, ())
            if source == HF:
                found.update(one.listed[day])
            elif source == CL:
                found.update(
                    e.id for e in entries if e.categories[0] == "cs.CL" and e.kind == "new"
                )
            elif source == LG:
                found.update(e.id for e in entries if "cs.LG" in e.categories)
            else:
                found.update(e.id for e in entries if "speech" in e.title and e.kind != "replace")
    return found


def judge(one: Week) -> list[str]:
    """What is wrong, in words; an empty list when all is well."""
    problems = []
    renewals: dict[str, int] = {}
    for wish in one.wishes:
        posts = one.workspace.messages(wish.channel)
        times: Counter[str] = Counter()
        for root in posts:
            for message in one.workspace.messages(wish.channel, root.ts) or [root]:
                if "/card/" not in str(message.metadata):
                    times.update(_PAPER.findall(str(message.blocks)))
        renewals[wish.channel] = times.pop(f"{RENEWED}v2", 0)
        expected = wanted(one, wish)
        problems += [f"{wish.channel}: {p} shown {n} times" for p, n in times.items() if n != 1]
        if lost := expected - times.keys():
            problems.append(f"{wish.channel}: {len(lost)} papers missed, such as {min(lost)}")
        if odd := times.keys() - expected:
            problems.append(f"{wish.channel}: {len(odd)} papers of no source, such as {min(odd)}")
    if renewals != {wish.channel: int(wish.layout == "cards") for wish in one.wishes}:
        problems.append(f"the new version was told {renewals}")
    quiet = [post.text for post in one.workspace.messages(RESEARCH.id) if "no papers" in post.text]
    if len(quiet) != 1 or "holiday" not in quiet[0] or "Mar 20" not in quiet[0]:
        problems.append(f"the holiday was not explained: {quiet}")
    late = [post.text for post in one.workspace.messages(RESEARCH.id) if "not be read" in post.text]
    if len(late) != 1:
        problems.append(f"the refusal was told {len(late)} times")
    return problems


def run() -> tuple[Week, list[str]]:
    """Replay the week and judge it."""
    with a_week() as one:
        one.go()
        return one, judge(one)


def main() -> int:
    """Print what was found; 1 when something is wrong."""
    one, problems = run()
    mornings = ", ".join(f"{count} {name}" for name, count in sorted(one.outcomes.items()))
    print(f"5 wishes, mornings: {mornings}; arXiv was asked {len(one.arxiv.requests)} times")
    for wish in one.wishes:
        print(f"  {wish.channel}: {', '.join(wish.sources)}: {len(wanted(one, wish))} papers")
    print("\n".join(problems) or "each paper once a channel, nothing missed, quiet days explained")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

"""A week from several sources, with all that goes wrong in one: ``python -m
tests.benchmarks.sources_week`` needs the real data.

Hugging Face's listings of 17 to 21 March 2025 are real. What arXiv announces beside them is
invented the first time; the second time it is what arXiv once answered: a day's feed as it came,
and the papers that queries found as the other days' feeds. Some papers are on both. Wednesday is a
holiday of arXiv's, on Thursday it answers 429 for six hours, on Friday it announces a new version
of a paper that was posted before. Three channels and two members are served through the local
workspace. In the end every channel must have got each of its sources' papers once and nothing
else, and every quiet morning must have been explained.
"""

import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bot.delivery import Morning, Outbox, Outcome, Pace
from bot.delivery.news import NewsTeller
from bot.delivery.refresh import Refresher
from bot.delivery.schedule import last_due
from bot.languages import catalog
from bot.net import HttpClient
from bot.slack.client import SlackClient
from bot.sources.arxiv import Arxiv, parse_day, parse_feed
from bot.sources.arxiv_listings import EASTERN, ArxivListings
from bot.sources.collector import Collector
from bot.sources.huggingface import HuggingFace, parse_listing
from bot.sources.ports import ListingSource
from bot.workspace import Workspace
from bot.workspace.seed import ALICE, BOT, DAILY, MINJI, RANDOM, RESEARCH
from storage import Paper, Storage, Subscription, open_storage
from tests.announcements import Announced, ArxivAnnouncements
from tests.benchmarks.figures import Figure
from tests.benchmarks.qasper import need
from tests.bot.delivery.fakes import FakeSearch, FakeSummarizer, subscription
from tests.fakes import FakeClock
from tests.replay import Fault, HuggingFaceReplay, Reply, Request

DATA = "a week of Hugging Face and arXiv, invented and as recorded, for five wishes"
DAYS = tuple(date(2025, 3, 17) + timedelta(days=step) for step in range(5))
HOLIDAY, REFUSING, RENEWING = DAYS[2], DAYS[3], DAYS[4]
REFUSED_HOURS = range(5, 11)
END = datetime(2025, 3, 24, 3, tzinfo=UTC)
CATCH_UP = timedelta(hours=6)
HF = "huggingface"
_PAPER = re.compile(r"arxiv\.org/abs/([^|>\s]+)")
_PER_DAY = 60
Listed = Mapping[date, Sequence[Paper]]


@dataclass(frozen=True)
class News:
    """What arXiv announces in the week: ``own`` is a category that is read alone, ``crossed`` one
    that is read with its cross-lists, ``word`` stands in titles. ``renewed`` is the paper of which
    a new version comes; ``feeds`` came from arXiv as they are."""

    own: str
    crossed: str
    word: str
    renewed: Announced
    days: Mapping[date, tuple[Announced, ...]]
    feeds: Mapping[tuple[str, date], bytes] = field(default_factory=dict)

    @property
    def alone(self) -> str:
        """The source of the category alone."""
        return f"arxiv:{self.own}"

    @property
    def with_cross(self) -> str:
        """The source of the other one with its cross-lists."""
        return f"arxiv:{self.crossed}+cross"

    @property
    def query(self) -> str:
        """The source that looks for the word."""
        return f'arxiv:ti:"{self.word}"'


class Announcements(ArxivAnnouncements):
    """An arXiv whose feeds of some days are given whole."""

    def __init__(self, news: News) -> None:
        super().__init__()
        self.days.update(news.days)
        self._given = news.feeds

    def answer(self, request: Request) -> Reply:
        """The given feed, or one that is made."""
        given = self._given.get((request.path.removeprefix("/atom/"), self.today))
        return super().answer(request) if given is None else Reply(body=given)


@dataclass
class Week:
    """The week under way."""

    storage: Storage
    clock: FakeClock
    workspace: Workspace
    huggingface: HuggingFaceReplay
    arxiv: ArxivAnnouncements
    announced: News
    morning: Morning
    refresher: Refresher
    news: NewsTeller
    wishes: tuple[Subscription, ...]
    listed: Listed
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


def invented(listed: Listed) -> News:
    """Sixty papers a working day; the first two of cs.CL are on Hugging Face's list as well."""
    renewed = Announced("2503.60000", _title("2503.60000", 2), ("cs.CL",))
    days = {}
    for number, day in enumerate(DAYS):
        ids = [f"2503.6{number}{place:03d}" for place in range(_PER_DAY)]
        ids[:2] = [one.id for one in listed[day][:2]]
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
        days[day] = entries
    days[DAYS[0]][2] = renewed
    return _with_trouble(News("cs.CL", "cs.LG", "speech", renewed, {}), days)


def _title(one: str, place: int) -> str:
    return f"{'On speech and' if place % 7 == 0 else 'About'} thing {place} of {one}"


def recorded(listed: Listed) -> News:
    """A feed that arXiv gave, on Tuesday, and its answers to queries spread over the other days;
    the first two of Hugging Face's list are announced as well."""
    folder, fed = need("arxiv_api"), DAYS[1]
    given = (folder / "rss_atom_cs.AI.xml").read_bytes()
    feed = parse_day(given, EASTERN)
    given = given.replace(str(feed.day).encode(), str(fed).encode())
    found = {
        one.id: one
        for path in sorted(folder.glob("q_*.xml"))
        for one in parse_feed(path.read_bytes())
    }
    others = [day for day in DAYS if day not in (HOLIDAY, fed)]
    days = {day: [_announced(one, "cs.SE") for one in listed[day][:2]] for day in DAYS}
    for number, one in enumerate(found.values()):
        days[others[number % len(others)]].append(_announced(one))
    renewed = days[DAYS[0]][2]
    days[fed] += [
        _announced(one, kind=kind)
        for kind, papers in (("new", feed.new), ("cross", feed.cross))
        for one in papers
    ]
    news = News("cs.SE", "cs.AI", "testing", renewed, {}, {("cs.AI", fed): given})
    return _with_trouble(news, days)


def _announced(paper: Paper, *categories: str, kind: str = "new") -> Announced:
    return Announced(
        paper.id,
        paper.title,
        categories or paper.categories,
        kind,
        abstract=paper.abstract,
        authors=", ".join(paper.authors),
    )


def _with_trouble(news: News, days: Mapping[date, list[Announced]]) -> News:
    """Nothing on the holiday, and later in the week a paper in its second version."""
    again = replace(news.renewed, title="Again", kind="replace", version=2)
    told = {day: tuple(entries) for day, entries in days.items() if day != HOLIDAY}
    return replace(news, days={**told, RENEWING: (*told[RENEWING], again)})


@contextmanager
def a_week(announced: Callable[[Listed], News]) -> Iterator[Week]:
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
        listed = {day: parse_listing((folder / f"{day}.json").read_bytes()).papers for day in DAYS}
        news = announced(listed)
        arxiv = stack.enter_context(Announcements(news))
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
            subscription(DAILY.id, sources=(HF, news.alone), count=10),
            subscription(
                RESEARCH.id,
                sources=(news.alone, news.with_cross),
                count=10,
                **_at(5, "America/New_York"),
            ),
            subscription(
                RANDOM.id, sources=(HF, news.with_cross), count=10, **_at(13, "Europe/London")
            ),
            subscription(
                _messages(MINJI.id),
                sources=(news.alone,),
                subscribed_by=MINJI.id,
                topics=(news.renewed.title,),
                count=3,
                layout="cards",
            ),
            subscription(
                _messages(ALICE.id),
                sources=(news.query,),
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
            announced=news,
            morning=Morning(storage, collector, summarizer, search, outbox, clock),
            refresher=Refresher(storage, collector, summarizer, search, outbox, clock),
            news=NewsTeller(storage, collector, outbox, clock, language="en"),
            wishes=wishes,
            listed=listed,
        )


def _messages(user: str) -> str:
    return "D" + user[1:]


def _at(hour: int, zone: str) -> dict[str, object]:
    return {"time": time(hour), "timezone": zone}


def wanted(one: Week, wish: Subscription) -> set[str]:
    """The papers that the wish's sources listed from its first morning on."""
    found: set[str] = set()
    news = one.announced
    for source in wish.sources:
        for day in DAYS:
            entries = [e for e in news.days.get(day, ()) if e.kind != "replace"]
            if source == HF:
                found.update(paper.id for paper in one.listed[day])
            elif source == news.alone:
                found.update(e.id for e in entries if e.categories[0] == news.own)
            elif source == news.with_cross:
                found.update(e.id for e in entries if news.crossed in e.categories)
            else:
                found.update(e.id for e in entries if news.word in e.title.lower())
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
        renewals[wish.channel] = times.pop(f"{one.announced.renewed.id}v2", 0)
        expected = wanted(one, wish)
        problems += [f"{wish.channel}: {p} shown {n} times" for p, n in times.items() if n != 1]
        if lost := expected - times.keys():
            problems.append(f"{wish.channel}: {len(lost)} papers missed, such as {min(lost)}")
        if odd := times.keys() - expected:
            problems.append(f"{wish.channel}: {len(odd)} papers of no source, such as {min(odd)}")
    if renewals != {wish.channel: int(wish.layout == "cards") for wish in one.wishes}:
        problems.append(f"the new version was told {renewals}")
    quiet, late = (_told(one, kind) for kind in ("quiet", "late"))
    coming = catalog("en").short_day(HOLIDAY + timedelta(days=1))
    if len(quiet) != 1 or coming not in quiet[0]:
        problems.append(f"the holiday was not explained: {quiet}")
    if len(late) != 1:
        problems.append(f"the refusal was told {len(late)} times")
    return problems


def _told(one: Week, kind: str) -> list[str]:
    """What the channel that reads arXiv alone was told about mornings without papers."""
    posts = ((post.metadata or {}, post.text) for post in one.workspace.messages(RESEARCH.id))
    keys = ((str(about.get("event_payload", {}).get("key")), text) for about, text in posts)
    return [text for key, text in keys if key.startswith(f"{kind}/")]


def run(announced: Callable[[Listed], News] = invented) -> tuple[Week, list[str]]:
    """Replay the week and judge it."""
    with a_week(announced) as one:
        one.go()
        return one, judge(one)


def figures() -> Iterator[Figure]:
    """How much goes wrong."""
    problems = [one for announced in (invented, recorded) for one in run(announced)[1]]
    yield Figure("papers lost or doubled, silence unexplained", len(problems), less_is_better=True)


def main() -> int:
    """Print what was found; 1 when something is wrong."""
    wrong = 0
    for announced in (invented, recorded):
        one, problems = run(announced)
        mornings = ", ".join(f"{count} {name}" for name, count in sorted(one.outcomes.items()))
        asked = len(one.arxiv.requests)
        print(
            f"{announced.__name__}: 5 wishes, mornings: {mornings}; arXiv was asked {asked} times"
        )
        for wish in one.wishes:
            print(f"  {wish.channel}: {', '.join(wish.sources)}: {len(wanted(one, wish))} papers")
        told = "each paper once a channel, nothing missed, quiet days explained"
        print("\n".join(problems) or told)
        wrong += bool(problems)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

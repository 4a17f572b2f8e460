"""How fast digests stand in Slack, beside the one message a second that a channel takes."""

import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.delivery.morning import newest_filled_day
from bot.search import SearchIndex, load_embedder
from bot.summaries import Summarizer
from storage import ListingEntry, Paper, Storage, Subscription, open_storage
from tests.benchmarks.capacity.apps import Slack, app, paperboy_settings
from tests.benchmarks.capacity.rows import Row
from tests.large_archive import Maker, real_papers

PAPERS = 50
MANY = (1, 10, 50)
PATIENCE_SECONDS = 240.0
# "Several hundred per minute" for a workspace, says Slack; taken as three hundred.
WORKSPACE_SECONDS = 60 / 300
# To ask more often would be load itself; when messages came is told by Slack.
LOOK_SECONDS = 1.0


@dataclass(frozen=True)
class Delivered:
    """``first`` and ``whole`` are seconds until the first and the last message; ``span`` is the
    longest that a channel took from its first to its last; ``doubled`` messages came once more."""

    channels: int
    messages: int
    doubled: int
    first: float
    whole: float
    span: float
    bytes_each: float

    @classmethod
    def told(cls, slack: Slack, *, since: float) -> "Delivered":
        """What came to *slack* until now."""
        posts = slack.ask(do="posts")["posts"]
        times: dict[str, list[float]] = {}
        for post in posts:
            times.setdefault(post["channel"], []).append(post["at"])
        return cls(
            channels=len(times),
            messages=len(posts),
            doubled=len(posts) - len({post["key"] for post in posts}),
            first=min(post["at"] for post in posts) - since,
            whole=max(post["at"] for post in posts) - since,
            span=max(max(one) - min(one) for one in times.values()),
            bytes_each=sum(post["bytes"] for post in posts) / len(times),
        )


def measure(*, quick: bool) -> Iterator[Row]:
    """One channel with a card a paper, then many channels in the same minute with a list."""
    cards = deliver(1, 10 if quick else PAPERS, "cards")
    ideal = float(cards.messages - 1)
    yield Row("digests", f"{cards.messages} cards, first to last", cards.span, "s", ideal, "at 1/s")
    yield Row("digests", "size, as cards", cards.bytes_each / 1000, "kB")
    for channels in MANY[:2] if quick else MANY:
        one = deliver(channels, PAPERS, "list")
        each = one.messages / channels
        what = f"{channels} channels, {each:.0f} messages each"
        limit = max(each - 1, (one.messages - 1) * WORKSPACE_SECONDS)
        yield Row("digests", f"{what}, first message after", one.first, "s")
        yield Row(
            "digests",
            f"{what}, first to last of all",
            one.whole - one.first,
            "s",
            limit or None,
            "at 1/s a channel, 300/min a workspace",
        )
        if channels == 1:
            yield Row("digests", "size, as a list", one.bytes_each / 1000, "kB")


def deliver(channels: int, papers: int, layout: str) -> Delivered:
    """Start the bot when so many channels are due, and watch their messages arrive."""
    with tempfile.TemporaryDirectory() as place, Slack() as slack:
        folder = Path(place)
        settings = paperboy_settings(folder)
        with closing(open_storage(settings["PAPERBOY_DATABASE"])) as storage:
            stock(storage, papers)
            due = datetime.now(UTC) - timedelta(minutes=2)
            subscribe(storage, range(channels), layout, papers, due=due)
            with app("bot", "run", slack=slack, folder=folder, settings=settings):
                began = time.time()
                wait(storage, channels)
                return Delivered.told(slack, since=began)


def varied_papers(count: int) -> list[Paper]:
    """Papers that read like real ones."""
    return [one.paper for one in Maker(real_papers()).papers(count)]


def stock(storage: Storage, count: int) -> None:
    """Papers with their summaries, listed on the newest day."""
    now, papers = datetime.now(UTC), varied_papers(count)
    storage.papers.save(papers, now=now)
    entries = [ListingEntry(one.id, rank, one.votes) for rank, one in enumerate(papers, start=1)]
    storage.listings.save(
        "huggingface", newest_filled_day(("huggingface",), now), entries, settled=True, now=now
    )
    Summarizer(storage, None, None, lambda: datetime.now(UTC)).ensure(papers, "en")
    SearchIndex(storage, load_embedder()).index([one.id for one in papers])


def subscribe(
    storage: Storage, channels: Iterable[int], layout: str, count: int, *, due: datetime
) -> None:
    """Have each of these channels wish for its digest at the minute of *due*."""
    for number in channels:
        wish = Subscription(
            channel=f"C0CH{number:05d}",
            sources=("huggingface",),
            time=due.time().replace(second=0, microsecond=0),
            timezone="UTC",
            weekdays=tuple(range(7)),
            language="en",
            style="highlights",
            layout=layout,
            count=count,
        )
        storage.subscriptions.save(wish, now=due - timedelta(days=2))


def wait(storage: Storage, channels: int, *, seconds: float = PATIENCE_SECONDS) -> None:
    """Until every channel was promised its digest and nothing is left to be sent."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        digests, states = storage.counts()["digests"], storage.figures.deliveries_by_state()
        if digests == channels and states.keys() == {"posted"}:
            return
        time.sleep(LOOK_SECONDS)
    raise TimeoutError(f"{digests} of {channels} digests, messages: {states}")

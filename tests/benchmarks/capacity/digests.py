"""How fast digests stand in Slack, beside the one message a second that a channel takes."""

import sqlite3
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.delivery.morning import newest_filled_day
from bot.search import SearchIndex, load_embedder
from bot.summaries import Summarizer
from storage import ListingEntry, Paper, Subscription, open_storage
from tests.benchmarks.capacity.apps import Slack, app, paperboy_settings
from tests.benchmarks.capacity.rows import Row
from tests.large_archive import Maker, real_papers

PAPERS = 50
MANY = (1, 10, 50)
PATIENCE_SECONDS = 240.0
# "Several hundred per minute" for a workspace, says Slack; taken as three hundred.
WORKSPACE_SECONDS = 60 / 300


@dataclass(frozen=True)
class Delivered:
    """``first`` and ``whole`` are seconds after the bot had started; ``span`` is the longest that
    a channel took from its first to its last message."""

    channels: int
    messages: int
    first: float
    whole: float
    span: float
    bytes_each: float


def measure(*, quick: bool) -> list[Row]:
    """One channel with a card a paper, then many channels in the same minute with a list."""
    cards = deliver(1, 10 if quick else PAPERS, "cards")
    ideal = float(cards.messages - 1)
    rows = [
        Row("digest", f"{cards.messages} cards, first to last", cards.span, "s", ideal, "at 1/s"),
        Row("digest", "size, as cards", cards.bytes_each / 1000, "kB"),
    ]
    for channels in MANY[:2] if quick else MANY:
        one = deliver(channels, PAPERS, "list")
        each = one.messages / channels
        what = f"{channels} channels, {each:.0f} messages each"
        limit = max(each - 1, (one.messages - 1) * WORKSPACE_SECONDS)
        rows += [
            Row("digest", f"{what}, first message after", one.first, "s"),
            Row(
                "digest",
                f"{what}, first to last of all",
                one.whole - one.first,
                "s",
                limit or None,
                "at 1/s a channel, 300/min a workspace",
            ),
        ]
        if channels == 1:
            rows.append(Row("digest", "size, as a list", one.bytes_each / 1000, "kB"))
    return rows


def deliver(channels: int, papers: int, layout: str) -> Delivered:
    """Start the bot when so many channels are due, and watch their messages arrive."""
    with tempfile.TemporaryDirectory() as place, Slack() as slack:
        folder = Path(place)
        _stock(folder, channels, papers, layout)
        settings = paperboy_settings(folder)
        with app("bot", "run", slack=slack, folder=folder, settings=settings):
            began = time.time()
            _wait(folder / "paperboy.db", channels)
            posts = slack.ask(do="posts")["posts"]
    times: dict[str, list[float]] = {}
    for post in posts:
        times.setdefault(post["channel"], []).append(post["at"])
    return Delivered(
        channels=len(times),
        messages=len(posts),
        first=min(post["at"] for post in posts) - began,
        whole=max(post["at"] for post in posts) - began,
        span=max(max(one) - min(one) for one in times.values()),
        bytes_each=sum(post["bytes"] for post in posts) / channels,
    )


def varied_papers(count: int) -> list[Paper]:
    """Papers that read like real ones."""
    return [one.paper for one in Maker(real_papers()).papers(count)]


def _stock(folder: Path, channels: int, count: int, layout: str) -> None:
    """Papers with their summaries, listed on the newest day, and wishes that are due."""
    storage, now = open_storage(folder / "paperboy.db"), datetime.now(UTC)
    papers = varied_papers(count)
    storage.papers.save(papers, now=now)
    entries = [ListingEntry(one.id, rank, one.votes) for rank, one in enumerate(papers, start=1)]
    storage.listings.save(
        "huggingface", newest_filled_day(("huggingface",), now), entries, settled=True, now=now
    )
    Summarizer(storage, None, None, lambda: datetime.now(UTC)).ensure(papers, "en")
    SearchIndex(storage, load_embedder()).index([one.id for one in papers])
    due = now - timedelta(minutes=2)
    for number in range(channels):
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
        storage.subscriptions.save(wish, now=now - timedelta(days=2))
    storage.close()


def _wait(database: Path, channels: int) -> None:
    """Until every channel was promised its digest and nothing is left to be sent."""
    until = time.monotonic() + PATIENCE_SECONDS
    with closing(sqlite3.connect(database, timeout=20)) as db:
        while time.monotonic() < until:
            digests = db.execute("SELECT count(*) FROM digests").fetchone()[0]
            open_ones = db.execute(
                "SELECT count(*) FROM deliveries WHERE state <> 'posted'"
            ).fetchone()[0]
            if digests == channels and open_ones == 0:
                return
            time.sleep(0.1)
    raise TimeoutError(f"{digests} of {channels} digests, {open_ones} messages open")

"""A room for what sources, archives and models say: a database, and all that is made from it."""

import logging
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from bot.answers import Answers
from bot.archive.exporter import Exporter
from bot.delivery.composer import Composer
from bot.digests import choose_daily, render_digest
from bot.digests.lists import day_message
from bot.digests.wish import Wish
from bot.model import Model
from bot.search import SearchIndex
from bot.settings import STYLES, Settings
from bot.slack.blocks import Message
from bot.summaries import Summarizer
from storage import Fulltext, ListingEntry, Paper, Passage, Storage, open_storage
from tests.fuzzing.bench import Alarm, check_message
from tests.model_server import ModelReply, ModelServer

NOW = datetime(2025, 3, 20, 0, 30, tzinfo=UTC)
DAY = date(2025, 3, 19)
LANTERN = Paper(
    "2503.00001",
    "Lantern: Routing Queries to Small Rankers",
    abstract="Large rankers are slow. We propose Lantern, a router that picks one of four small "
    "rankers. On MS MARCO it keeps 98.5% of the quality at a third of the latency.",
    code_url="https://github.com/example/lantern",
)
PASSAGES = (
    Passage(0, "Lantern picks one of four small rankers.", "1 Introduction", anchor="S1"),
    Passage(1, "Lantern keeps 98.5% of the quality.", "4 Results", anchor="S4"),
)


class Room:
    """A database with one read paper, a model that says what a case has it say, and drawing."""

    def __init__(self, storage: Storage, folder: Path, server: ModelServer, alarm: Alarm) -> None:
        self.storage = storage
        self.folder = folder
        self.server = server
        self._alarm = alarm
        storage.papers.save([LANTERN], now=NOW)
        storage.fulltexts.save(Fulltext(LANTERN.id, 1, "html"), PASSAGES, now=NOW)
        storage.listings.save(
            "huggingface", DAY, [ListingEntry(LANTERN.id, 1, 5)], settled=True, now=NOW
        )
        self.search = SearchIndex(storage, None)
        self.search.index([LANTERN.id])
        model = Model.from_settings(
            Settings(openai_base_url=server.url, model="stub"),
            storage,
            lambda: NOW,
            sleep=lambda _: None,
        )
        assert model is not None
        self.model = model
        self.summarizer = Summarizer(storage, model, None, lambda: NOW, concurrency=1)
        self.answers = Answers(storage, self.search, model)
        self.exporter = Exporter(storage)
        self._number = 0

    def says(self, text: str, finish: str = "stop") -> None:
        """From now on the model says this, whatever it is asked."""
        self.server.reply = lambda _: ModelReply(text, finish=finish)

    def quiet(self) -> None:
        """Nothing unforeseen was logged."""
        assert not self._alarm.lines, self._alarm.lines.pop()

    def draw(self, papers: Sequence[Paper], language: str = "both") -> None:
        """Store *papers* as a day of their own, and draw its digest in a style, its list, its
        cards and its Markdown."""
        day = date.fromordinal(DAY.toordinal() + 1 + self._number % 3000)
        style = STYLES[self._number % len(STYLES)]
        self._number += 1
        unique = list({paper.id: paper for paper in papers}.values())
        self.storage.papers.save(unique, now=NOW)
        entries = [ListingEntry(one.id, rank, one.votes) for rank, one in enumerate(unique, 1)]
        self.storage.listings.save("huggingface", day, entries, settled=True, now=NOW)
        self.search.index([one.id for one in unique])
        self.digest(day, style, language)

    def digest(self, day: date, style: str, language: str) -> None:
        """Draw one day in every way that people see it."""
        composer = Composer(self.storage)
        wish = Wish(language, style, 20, ("huggingface",), channel="C1")
        listings = self.storage.listings.on(day)
        choice = choose_daily(self.storage, listings, wish)
        content = composer.compose(day, choice, listings, wish)
        for part in composer.draw(content, layout="cards"):
            check(part.message)
        if content.total:
            for message in (*render_digest(content), day_message(content)):
                check(message)
            self.exporter.write_morning(content, self.folder / "out")
        self.quiet()


def check(message: Message) -> None:
    """A message is one that Slack takes, and calls nobody."""
    check_message(message.payload())


@contextmanager
def open_room() -> Iterator[Room]:
    """A room in a folder of its own."""
    alarm = Alarm()
    logging.getLogger().addHandler(alarm)
    with (
        tempfile.TemporaryDirectory(prefix="paperboy-fuzz-") as folder,
        ModelServer(lambda _: ModelReply("")) as server,
    ):
        storage = open_storage(Path(folder) / "paperboy.db")
        room = Room(storage, Path(folder), server, alarm)
        try:
            yield room
        finally:
            room.model.close()
            storage.close()
            logging.getLogger().removeHandler(alarm)

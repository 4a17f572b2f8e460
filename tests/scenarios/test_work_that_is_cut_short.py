"""Work in whose midst the database goes: it goes on once that is back, and pays for nothing twice.

The faults are real: a PostgreSQL server that crashes and is started again, a disk that is full.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.answers import Answer, Ask
from bot.background import JobQueue
from bot.delivery import Morning, Outbox, Pace, Scheduler
from bot.model import Model
from bot.settings import Settings
from bot.summaries import Summarizer
from storage import DatabaseUnusableError, QuestionState, RunState, Storage, open_storage
from tests.bot.delivery.fakes import (
    CHANNEL,
    FakeCollector,
    FakeSearch,
    FakeSummarizer,
    listing,
    subscription,
)
from tests.bot.questions.room import Room, said
from tests.bot.summaries.conftest import answer, paper
from tests.fakes import FakeAnswers, FakeClock, FakeSlack
from tests.full_disk import full_disk, full_for
from tests.model_server import ModelReply, ModelServer
from tests.postgres import SAFE, Server, server

START = datetime(2025, 3, 18, tzinfo=UTC)
MONDAY, WEDNESDAY = date(2025, 3, 17), date(2025, 3, 12)
# Long before a put-off morning or the end of a lease.
SOON_SECONDS = 40.0
AWAY_SECONDS = 1.0


@pytest.fixture(scope="module")
def own() -> Iterator[Server]:
    """A server of these tests alone."""
    with server(SAFE) as made:
        yield made


@pytest.fixture
def there(own: Server) -> Iterator[Storage]:
    with closing(open_storage(own.create())) as storage:
        storage.keep_trying()
        yield storage


@pytest.fixture
def on_a_disk(tmp_path: Path) -> Iterator[Storage]:
    with closing(open_storage(tmp_path / "paperboy.db")) as storage:
        storage.keep_trying()
        yield storage


def crash(own: Server) -> None:
    """Crash the server; it is back a moment later."""
    own.stop("immediate")
    threading.Timer(AWAY_SECONDS, own.start).start()


def soon(is_so: Callable[[], bool]) -> bool:
    """Whether it is so before anything could have been put off."""
    until = time.monotonic() + SOON_SECONDS
    while time.monotonic() < until:
        try:
            if is_so():
                return True
        except DatabaseUnusableError:
            pass
        time.sleep(0.02)
    return False


class Cast:
    """A morning's cast; ``once`` is called the first time that something is asked of it."""

    def __init__(self, storage: Storage, once: Callable[[], object], at: str) -> None:
        self.storage, self.clock = storage, FakeClock(START + timedelta(minutes=3))
        self.slack = FakeSlack(self.clock)
        pace = Pace(spacing=timedelta(0), settle=timedelta(0))
        self.outbox = Outbox(storage, self.slack, self.clock, pace=pace)
        days = {MONDAY: listing(1, 2), WEDNESDAY: listing(3)}
        self.collector = FakeCollector(storage, self.clock, days)
        self.summarizer = FakeSummarizer(storage, self.clock)
        search = FakeSearch()
        places: dict[str, tuple[object, str]] = {
            "reading": (self.collector, "collect_day"),
            "summaries": (self.summarizer, "ensure"),
            "relating": (search, "index"),
            "posting": (self.slack, "post"),
        }
        instead(*places[at], once)
        self.morning = Morning(
            storage, self.collector, self.summarizer, search, self.outbox, self.clock
        )
        wish = subscription(weekly=1)
        storage.subscriptions.save(wish, now=START - timedelta(days=30))

    def run(self) -> Scheduler:
        started = Scheduler(self.morning, self.storage, self.clock)
        started.start()
        return started

    def is_done(self) -> bool:
        run = self.storage.runs.get(CHANNEL, START)
        waits = self.outbox.next_moment() is not None
        return run is not None and run.state is RunState.DONE and not waits


def instead(of: object, name: str, once: Callable[[], object]) -> None:
    """Have *once* called before the method's first call."""
    original, called = getattr(of, name), threading.Event()

    def method(*args: Any, **more: Any) -> Any:
        if not called.is_set():
            called.set()
            once()
        return original(*args, **more)

    setattr(of, name, method)


@contextmanager
def mornings(cast: Cast) -> Iterator[None]:
    scheduler = cast.run()
    try:
        yield
    finally:
        scheduler.stop(within_seconds=30)


PLACES = pytest.mark.parametrize("at", ["reading", "summaries", "relating", "posting"])


@PLACES
def test_a_morning_and_a_week_whose_server_crashes_are_posted_soon_and_once(
    own: Server, there: Storage, at: str
) -> None:
    cast = Cast(there, lambda: crash(own), at)
    with mornings(cast):
        assert soon(cast.is_done)
    keys = [one.key for one in cast.slack.posts]
    assert sorted(filter(None, keys)) == [
        f"daily/{CHANNEL}/{MONDAY}/root",
        f"weekly/{CHANNEL}/2025-W11/root",
    ]
    assert len(set(cast.summarizer.asked)) == len(cast.summarizer.asked)


@PLACES
def test_a_morning_whose_disk_is_full_is_posted_once_there_is_room(
    on_a_disk: Storage, at: str
) -> None:
    cast = Cast(on_a_disk, lambda: full_for(AWAY_SECONDS), at)
    with mornings(cast):
        assert soon(cast.is_done)
    assert len(cast.slack.posts) == 2
    assert len(set(cast.summarizer.asked)) == len(cast.summarizer.asked)


def test_a_job_that_the_database_cuts_short_is_done_again_soon(own: Server, there: Storage) -> None:
    begun = []

    def upkeep() -> None:
        begun.append(1)
        with there.transaction():
            there.listings.save_read("huggingface", problem=None, now=START)
            if len(begun) == 1:
                crash(own)
                time.sleep(AWAY_SECONDS)

    jobs = JobQueue("jobs")
    jobs.start()
    jobs.submit("upkeep", upkeep)
    assert soon(lambda: bool(there.listings.last_reads()))
    assert jobs.stop(within_seconds=10)
    assert len(begun) == 2


def answers_after(once: Callable[[], object]) -> FakeAnswers:
    """Answers of which the first is paid for when *once* is called."""
    paid: list[Ask] = []

    def script(ask: Ask) -> Answer:
        paid.append(ask)
        if len(paid) == 1:
            once()
        return Answer(text="the answer", found=True, maker="model", paper_ids=ask.paper_ids)

    return FakeAnswers(script, pieces=["the ", "answer"])


@pytest.mark.parametrize("kind", ["crash", "full"])
def test_a_paid_answer_is_shown_once_the_database_is_back_and_not_paid_again(
    own: Server, there: Storage, on_a_disk: Storage, kind: str
) -> None:
    storage = there if kind == "crash" else on_a_disk
    answers = answers_after(
        (lambda: crash(own)) if kind == "crash" else (lambda: full_for(AWAY_SECONDS))
    )
    room = Room(storage, answers=answers)
    room.paper_thread()
    room.conversations.start()
    room.conversations.receive(said("What are its limits?"))
    assert soon(lambda: room.states() == [QuestionState.ANSWERED])
    room.conversations.close()
    assert len(answers.asked) == 1
    assert ["the answer" in one.text for one in room.slack.posts] == [True]


@pytest.mark.parametrize("call", ["set_status", "find", "update"])
def test_a_question_whose_server_crashes_while_slack_is_called_is_answered_soon(
    own: Server, there: Storage, call: str
) -> None:
    slack = FakeSlack()
    instead(slack, call, lambda: crash(own))
    room = Room(there, slack=slack)
    room.paper_thread()
    room.conversations.start()
    room.conversations.receive(said("What are its limits?"))
    assert soon(lambda: room.states() == [QuestionState.ANSWERED])
    room.conversations.close()
    assert len(room.answers.asked) == 1
    assert len(room.slack.posts) == 1


@contextmanager
def summarizing(
    storage: Storage, reply: Callable[[dict[str, Any]], ModelReply]
) -> Iterator[tuple[Summarizer, ModelServer]]:
    with ExitStack() as stack:
        model_server = stack.enter_context(ModelServer(reply))
        settings = Settings(openai_base_url=model_server.url, model="stub", model_timeout=30.0)
        model = Model.from_settings(settings, storage, lambda: START, sleep=lambda _: None)
        assert model is not None
        stack.callback(model.close)
        yield Summarizer(storage, model, None, lambda: START), model_server


def test_a_summary_that_was_paid_for_while_the_disk_filled_up_is_stored_when_there_is_room(
    on_a_disk: Storage,
) -> None:
    def reply(_: dict[str, Any]) -> ModelReply:
        full_for(AWAY_SECONDS)
        return ModelReply(answer())

    on_a_disk.papers.save([paper()], now=START)
    with summarizing(on_a_disk, reply) as (summarizer, model_server):
        summarizer.ensure([paper()], "ko")
        assert len(model_server.requests) == 1
    stored = on_a_disk.summaries.get(paper().id, "ko")
    assert stored is not None
    assert stored.problem is None


def test_no_model_is_asked_while_the_disk_is_known_to_be_full(on_a_disk: Storage) -> None:
    on_a_disk.papers.save([paper()], now=START)
    on_a_disk.leave_off()
    with summarizing(on_a_disk, lambda _: ModelReply(answer())) as (summarizer, model_server):
        with full_disk():
            with pytest.raises(DatabaseUnusableError):
                on_a_disk.papers.save([paper(2)], now=START)
            for _ in range(3):
                with pytest.raises(DatabaseUnusableError):
                    summarizer.ensure([paper()], "ko")
            assert not model_server.requests
        summarizer.ensure([paper()], "ko")
        assert len(model_server.requests) == 1


def test_whoever_has_to_answer_soon_does_not_wait_for_room(on_a_disk: Storage) -> None:
    began = time.monotonic()
    with full_disk(), on_a_disk.patience(0.3), pytest.raises(DatabaseUnusableError):
        on_a_disk.insist(lambda: on_a_disk.papers.save([paper()], now=START))
    assert time.monotonic() - began < 5

"""The real app between a Slack that records and a database of its own: no network, no waiting."""

import json
import logging
import re
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from datetime import time as clock_time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from slack_bolt import BoltRequest
from slack_sdk import WebClient

import handlers
from bot.actions import build_actions
from bot.answers import Answers
from bot.answers.wishes import Examples
from bot.delivery import Outbox, Pace
from bot.questions import Conversations, Talk
from bot.search import SearchIndex
from bot.services import Services, tools_of
from bot.serving.bolt import SlackApp
from bot.settings import Settings
from bot.slack.blocks import Message
from bot.slack.identity import Identity
from bot.telemetry.metrics import Metrics
from bot.workspace.validation import validate_view
from storage import ListingEntry, Paper, Storage, Subscription, open_storage
from tests.fakes import FakeClock, FakeCollector, FakeSlack
from tests.slack_limits import problems
from tests.slack_stub import SlackStub, slack_stub

NOW = datetime(2025, 3, 20, 0, 30, tzinfo=UTC)
DAY = date(2025, 3, 19)
CHANNEL, USER = "C1", "U1"
PAPERS = tuple(
    Paper(
        f"2503.{number:05d}",
        f"Paper {number} on <b>reinforcement</b> & learning",
        abstract="We show a thing. It gains 12.5% over what was there.",
        votes=number,
    )
    for number in range(1, 8)
)
MOST_TEXT = 40_000
WAIT_SECONDS = 20.0
# Members and channels that act in the cases; whoever else is named was put in by a text.
_NAMES = re.compile(r"<@(U1|U2|W3)>|<#[CDG][12]>")
_PING = re.compile(r"<[!@]")


class Alarm(logging.Handler):
    """Keeps every line that says that something unforeseen happened."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it, with the last lines of its traceback."""
        text = logging.Formatter("%(name)s: %(message)s").format(record)
        self.lines.append(text[:200] + " … " + text[-600:])


class Bench:
    """The app; :meth:`send` gives it a payload and checks all that comes of it."""

    def __init__(self, storage: Storage, stub: SlackStub, alarm: Alarm) -> None:
        self.storage = storage
        self.stub = stub
        self._alarm = alarm
        self.clock = FakeClock(NOW)
        self._slack = FakeSlack()
        self._stock()
        search = SearchIndex(storage, None)
        search.index([paper.id for paper in PAPERS])
        self._outbox = Outbox(
            storage,
            self._slack,
            self.clock,
            pace=Pace(),
            sleep=self.clock.sleep,
        )
        collector = FakeCollector(storage, self.clock)
        self.actions = build_actions(
            storage=storage,
            collector=collector,
            index=search,
            outbox=self._outbox,
            slack=self._slack,
            settings=Settings(),
            clock=self.clock,
        )
        self._conversations = Conversations(
            storage=storage,
            answers=Answers(storage, search, None),
            slack=self._slack,
            collector=collector,
            clock=self.clock,
            workers=1,
            sleep=lambda _: None,
            listed=lambda: self.actions.listings.listed(""),
            talk=Talk(None),
            examples=Examples(None),
            tools=tools_of(self.actions),
        )
        self._app = SlackApp(
            client=WebClient("xoxb-1", base_url=stub.api),
            identity=Identity.connect("xoxb-1", stub.api),
            metrics=Metrics(),
            threads=1,
        )
        services = SimpleNamespace(
            **vars(self.actions),
            settings=Settings(),
            storage=storage,
            conversations=self._conversations,
            metrics=Metrics(),
        )
        handlers.register(self._app, cast(Services, services))

    def send(self, payload: dict[str, Any]) -> None:
        """Dispatch, wait until all is quiet, and check."""
        self._alarm.lines.clear()
        self.stub.calls.clear()
        self._slack.posts.clear()
        self.clock.forward(seconds=60)
        answer = self._app.dispatch(BoltRequest(mode="socket_mode", body=payload))
        assert answer.status == 200, f"answered {answer.status} {answer.body}"
        self._settle()
        assert not self._alarm.lines, "\n".join(self._alarm.lines)
        for method, arguments in self.stub.calls:
            check_call(method, arguments)
        for posted in self._slack.posts:
            check_message(posted.payload)

    def close(self) -> None:
        """End its threads."""
        self._app.lanes.close()
        self._conversations.close()
        self.actions.listings.close()

    def _settle(self) -> None:
        self._app.lanes.work.submit(lambda: None).result(WAIT_SECONDS)  # it has one thread
        until = time.monotonic() + WAIT_SECONDS
        while self._conversations.waiting:
            assert time.monotonic() < until, "a question hangs"
            time.sleep(0.0005)

    def _stock(self) -> None:
        self.storage.papers.save(PAPERS, now=NOW)
        entries = [ListingEntry(one.id, rank, one.votes) for rank, one in enumerate(PAPERS, 1)]
        self.storage.listings.save("huggingface", DAY, entries, settled=True, now=NOW)
        wish = Subscription(
            channel=CHANNEL,
            sources=("huggingface",),
            time=clock_time(9, 0),
            timezone="Asia/Seoul",
            weekdays=(0, 1, 2),
            language="both",
            style="sections",
        )
        self.storage.subscriptions.save(wish, now=NOW)


@contextmanager
def open_bench() -> Iterator[Bench]:
    """A bench in a folder of its own."""
    alarm = Alarm()
    logging.getLogger().addHandler(alarm)
    with tempfile.TemporaryDirectory(prefix="paperboy-fuzz-") as folder, slack_stub() as stub:
        storage = open_storage(Path(folder) / "paperboy.db")
        bench = Bench(storage, stub, alarm)
        try:
            yield bench
        finally:
            bench.close()
            storage.close()
            logging.getLogger().removeHandler(alarm)


def check_call(method: str, arguments: Mapping[str, Any]) -> None:
    """A call of the Web API, or of a response_url, is one that Slack takes."""
    if method.startswith("views."):
        view = arguments["view"]
        found = validate_view(view if isinstance(view, dict) else _parsed(view))
        assert not found, (method, found)
    elif method == "hook" or method.startswith("chat."):
        check_message({**arguments, "blocks": _parsed(arguments.get("blocks") or [])})


def check_message(payload: Mapping[str, Any]) -> None:
    """A message is one that Slack takes, and it calls nobody."""
    text, blocks = _without_names(str(payload.get("text") or "")), payload.get("blocks") or ()
    blocks = json.loads(_without_names(json.dumps(list(blocks), ensure_ascii=False)))
    assert len(text) <= MOST_TEXT, len(text)
    found = problems(Message(text, tuple(blocks))) if blocks else []
    assert not found, found
    assert not _PING.search(text), "calls somebody"


def _without_names(text: str) -> str:
    """Members and channels that Paperboy names are no torn brackets."""
    return _NAMES.sub("somebody", text)


def _parsed(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value

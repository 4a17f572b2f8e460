"""What a request costs by itself: processor time of its acknowledgement and of the work behind it,
and how many statements the database is sent, each kind of the mixture on both databases.

Requests come one after the other, and everything is done in one thread, without the server before
it. Slack is the cheap one, over plain HTTP. Beside each figure stands the time of a known amount of
work, done in turn with the requests: compare the ratios, whatever else the machine does.
"""

import gc
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median
from typing import Any, ParamSpec, TypeVar
from unittest.mock import patch

import psycopg
from slack_bolt import BoltRequest

from bot.app import slack_app
from bot.clock import utc_now
from bot.services import Services, build_services
from bot.serving.bolt import SlackApp
from bot.settings import Settings
from storage import Storage
from tests.benchmarks.capacity.acks import stock
from tests.benchmarks.capacity.apps import Slack, paperboy_settings
from tests.benchmarks.capacity.rows import Row
from tests.benchmarks.capacity.traffic import CREDENTIALS, Sent, Traffic
from tests.postgres import USUAL, server

REQUESTS, QUICK_REQUESTS = 3_000, 600
# All members are known by then, and what is remembered is.
WARM_UP = 600
# Takes about a millisecond on an idle machine.
KNOWN_WORK = json.dumps([{"number": one, "text": f"text {one}"} for one in range(500)])

P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class Cost:
    """What each request of one kind cost, in milliseconds of processor and in statements."""

    acknowledged: list[float] = field(default_factory=list)
    behind: list[float] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)
    known_work: list[float] = field(default_factory=list)


class Here(Executor):
    """Does what it is given at once, in the thread that gives it, and measures that."""

    def __init__(self) -> None:
        self.spent = 0.0

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Done when this returns."""
        began = time.process_time()
        done = Future[T]()
        done.set_result(fn(*args, **kwargs))
        self.spent += time.process_time() - began
        return done

    def recorded(self, record: Callable[[], None]) -> bool:
        """In place of a recorder's threads."""
        self.submit(record)
        return True


def measure(*, quick: bool) -> list[Row]:
    """A row for each kind of request and what is counted of it."""
    many = QUICK_REQUESTS if quick else REQUESTS
    with tempfile.TemporaryDirectory() as folder, server(USUAL) as postgresql:
        return [
            *_rows("SQLite", _costs(str(Path(folder) / "paperboy.db"), many)),
            *_rows("PostgreSQL", _costs(postgresql.create(), many)),
        ]


def _rows(database: str, costs: dict[str, Cost]) -> Iterator[Row]:
    for name, cost in sorted(costs.items(), key=lambda one: -median(one[1].behind)):
        what, known = f"{database}, {name}", median(cost.known_work)
        for part, spent in (("acknowledged", cost.acknowledged), ("the work behind", cost.behind)):
            yield Row("requests", f"{what}, {part}", median(spent), "ms", known, "known work")
        yield Row("requests", f"{what}, statements", mean(cost.statements), "")


def _costs(database: str, many: int) -> dict[str, Cost]:
    stock(database)
    with Slack(call_seconds=0.0) as slack, _services(database, slack) as services:
        app, here = slack_app(services), Here()
        app.lanes.work = here
        app.lanes.recorder = here  # type: ignore[assignment]
        traffic = Traffic(slack.api_url.replace("/api/", "/hook"))
        for _ in range(WARM_UP):
            _dispatch(app, traffic.next())
        gc.collect()
        gc.freeze()  # as a bot that has warmed up
        costs = defaultdict[str, Cost](Cost)
        with _counted(services.storage) as told:
            for _ in range(many):
                sent = traffic.next()
                _measure(costs[sent.name], app, here, sent, told)
        return costs


def _measure(cost: Cost, app: SlackApp, here: Here, sent: Sent, told: list[str]) -> None:
    told.clear()
    behind, began = here.spent, time.process_time()
    _dispatch(app, sent)
    behind, both = here.spent - behind, time.process_time() - began
    cost.acknowledged.append(1000 * (both - behind))
    cost.behind.append(1000 * behind)
    cost.statements.append(len(told))
    began = time.process_time()
    json.dumps(json.loads(KNOWN_WORK))
    cost.known_work.append(1000 * (time.process_time() - began))


def _dispatch(app: SlackApp, sent: Sent) -> None:
    assert app.dispatch(BoltRequest(body=sent.payload, mode="socket_mode")).status == 200


@contextmanager
def _services(database: str, slack: Slack) -> Iterator[Services]:
    settings = Settings.from_env(
        {
            **paperboy_settings(Path(), PAPERBOY_DATABASE=database),
            "SLACK_BOT_TOKEN": CREDENTIALS.bot_token,
            "SLACK_SIGNING_SECRET": CREDENTIALS.signing_secret,
            "SLACK_API_URL": slack.api_url,
        }
    )
    with closing(build_services(settings, clock=utc_now)) as services:
        services.identity.get()
        services.index.index_missing()
        yield services


@contextmanager
def _counted(storage: Storage) -> Iterator[list[str]]:
    """Every statement that this thread sends to the database within the block."""
    told: list[str] = []

    def noted(sql: str) -> None:
        if not sql.startswith("--"):  # what the full-text index asks by itself
            told.append(sql)

    if storage.path is None:
        send = psycopg.Connection.execute

        def sent(self: Any, query: Any, *args: Any, **named: Any) -> Any:
            noted(query)
            return send(self, query, *args, **named)

        with patch.object(psycopg.Connection, "execute", sent):
            yield told
    else:
        with storage._connections.held() as db:  # type: ignore[attr-defined]
            db.conn.set_trace_callback(noted)
        yield told

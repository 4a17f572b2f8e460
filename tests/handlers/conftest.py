"""A real Bolt app with real handlers, on a Slack that only records."""

import json
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware
from slack_sdk import WebClient

import handlers
from bot.actions import OpenedThread
from bot.questions import Decision, IncomingMessage
from bot.services import Services
from bot.serving.bolt import SlackApp
from bot.slack.blocks import Message
from bot.slack.identity import Identity
from bot.telemetry.metrics import Metrics
from tests.slack_stub import SlackStub, slack_stub

OPENED = OpenedThread("C1", "9.0", "https://example.slack.com/archives/C1/p90", is_new=True)


class Recorder:
    """Stands for a service: records each call and answers as told, or raises it."""

    def __init__(self, **answers: Any) -> None:
        self._answers = answers
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

    def __getattr__(self, name: str) -> Any:
        def call(*args: Any, **named: Any) -> Any:
            self.calls.append((name, args, named))
            answer = self._answers.get(name)
            if isinstance(answer, Exception):
                raise answer
            return answer(*args, **named) if callable(answer) else answer

        return call

    def of(self, name: str) -> list[tuple[Any, ...]]:
        """The positional arguments of each call of *name*."""
        return [args for called, args, _ in self.calls if called == name]

    def answer(self, **answers: Any) -> None:
        """From now on answer so."""
        self._answers.update(answers)


class Edge:
    """The app, its recording services, and ways to send it what Slack sends."""

    def __init__(
        self, stub: SlackStub, *, first: Callable[[Services], Middleware] | None = None
    ) -> None:
        self.stub = stub
        empty_form = {"type": "modal", "blocks": []}
        self.listings = Recorder(
            today=Message("today's papers"),
            day=Message("a day's papers"),
            week=(Message("a week"),),
        )
        self.cards = Recorder(show=Message("a card"), menu=Message("a menu entry"))
        self.search = Recorder(find=Message("results"))
        self.status = Recorder(message=Message("status"))
        self.threads = Recorder(open=OPENED)
        self.sharing = Recorder()
        self.channels = Recorder()
        self.forgetting = Recorder(view=empty_form, waiting_view=empty_form, forget=empty_form)
        self.members = Recorder(language="ko", known_language="ko")
        self.conversations = Recorder(
            receive=Decision.ANSWER, choose=True, again=True, first_time=True, first_offer=True
        )
        self.metrics = Metrics()
        self.identity = Identity.connect("xoxb-valid", stub.api)
        known: Any = SimpleNamespace(
            listings=self.listings,
            cards=self.cards,
            search=self.search,
            status=self.status,
            threads=self.threads,
            sharing=self.sharing,
            channels=self.channels,
            forgetting=self.forgetting,
            home=Recorder(
                view={"type": "home", "blocks": []},
                prompts=[{"title": "Today", "message": "today"}],
            ),
            links=Recorder(offer=None, unfurl=True),
            notes=Recorder(view=empty_form),
            saved=Recorder(),
            corrections=Recorder(),
            question_form=Recorder(),
            subscriptions=Recorder(),
            members=self.members,
            conversations=self.conversations,
            metrics=self.metrics,
            identity=self.identity,
        )
        services: Services = known
        self.app = SlackApp(
            client=WebClient(token="xoxb-valid", base_url=stub.api),
            identity=self.identity,
            metrics=self.metrics,
            threads=8,
            first=first(services) if first else None,
        )
        handlers.register(self.app, services)

    def socket(self, payload: dict[str, Any]) -> BoltResponse:
        """A payload as Socket Mode brings it."""
        return self.app.dispatch(BoltRequest(mode="socket_mode", body=payload))

    def http(self, payload: dict[str, Any] | str) -> BoltResponse:
        """A payload as the HTTP server hands it on."""
        if isinstance(payload, str):
            body, kind = payload, "application/x-www-form-urlencoded"
        elif payload.get("type") in ("event_callback", "url_verification"):
            body, kind = json.dumps(payload), "application/json"
        else:
            body = urlencode({"payload": json.dumps(payload)})
            kind = "application/x-www-form-urlencoded"
        return self.app.dispatch(BoltRequest(body=body, headers={"content-type": kind}))

    def settle(self) -> None:
        """Wait until the listeners are done."""
        self.app.lanes.close()

    def command(self, text: str, **more: Any) -> dict[str, Any]:
        """What a slash command sends."""
        return {
            "command": "/papers",
            "text": text,
            "team_id": "T111",
            "channel_id": "C1",
            "user_id": "U1",
            "response_url": self.stub.hook,
            "trigger_id": "1.2.x",
            **more,
        }

    def click(self, action_id: str, value: str, **more: Any) -> dict[str, Any]:
        """What a button in a message sends."""
        return {
            "type": "block_actions",
            "team": {"id": "T111"},
            "user": {"id": "U1"},
            "channel": {"id": "C1"},
            "message": {"ts": "5.0"},
            "container": {"type": "message", "message_ts": "5.0", "channel_id": "C1"},
            "response_url": self.stub.hook,
            "trigger_id": "1.2.x",
            "actions": [
                {"type": "button", "action_id": action_id, "block_id": "b", "value": value}
            ],
            **more,
        }

    def event(self, event: dict[str, Any], event_id: str = "Ev1") -> dict[str, Any]:
        """What an event sends."""
        return {
            "type": "event_callback",
            "team_id": "T111",
            "event_id": event_id,
            "event": event,
            "authorizations": [{"team_id": "T111", "user_id": "UBOT", "is_bot": True}],
        }

    @property
    def heard(self) -> list[IncomingMessage]:
        """The messages that reached the conversations."""
        return [args[0] for args in self.conversations.of("receive")]

    @property
    def replies(self) -> list[dict[str, Any]]:
        """What went to the response_url."""
        return self.stub.of("hook")


@pytest.fixture
def edge() -> Iterator[Edge]:
    with slack_stub() as stub:
        made = Edge(stub)
        yield made
        made.settle()


@pytest.fixture
def no_threads_left() -> Iterator[None]:
    before = threading.active_count()
    yield
    assert threading.active_count() <= before

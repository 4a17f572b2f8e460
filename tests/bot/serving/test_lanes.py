"""Acknowledgements leave at once, whatever the listeners are doing."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from slack_bolt import Ack, BoltRequest, BoltResponse
from slack_sdk import WebClient

from bot.serving.bolt import SlackApp
from bot.slack.identity import Identity
from bot.telemetry.metrics import Metrics
from tests.slack_stub import slack_stub

COMMAND = {"command": "/papers", "text": "", "team_id": "T1", "channel_id": "C1", "user_id": "U1"}
CLICK = {
    "type": "block_actions",
    "team": {"id": "T1"},
    "user": {"id": "U1"},
    "actions": [{"type": "button", "action_id": "press", "block_id": "b"}],
}
EVENT = {"type": "event_callback", "team_id": "T1", "event_id": "E", "event": {"type": "busy"}}
FORM = {
    "type": "view_submission",
    "team": {"id": "T1"},
    "user": {"id": "U1"},
    "view": {"type": "modal", "callback_id": "form", "state": {"values": {}}},
}


class Busy:
    """An app whose commands, clicks and events all wait for ``gate``, on two threads."""

    def __init__(self, api: str) -> None:
        self.gate = threading.Event()
        self.done: list[str] = []
        self.failures: list[str] = []
        self.app = SlackApp(
            client=WebClient("xoxb-1", base_url=api),
            identity=Identity.connect("xoxb-1", api),
            metrics=Metrics(),
            threads=2,
        )

        def wait(body: dict[str, Any]) -> None:
            self.gate.wait(20)
            self.done.append(str(body.get("type") or body["command"]))
            raise LookupError("after the work")

        def refuse(ack: Ack) -> None:
            ack(response_action="errors", errors={"field": "wrong"})

        self.app.command("/papers")(wait)
        self.app.action("press")(wait)
        self.app.event("busy")(wait)
        self.app.view("form")(refuse)
        self.app.error(lambda error: self.failures.append(str(error)))

    def take(self, payload: dict[str, Any]) -> BoltResponse:
        """A payload as Socket Mode brings it; must be acknowledged before any work is done."""
        began = time.monotonic()
        answer = self.app.dispatch(BoltRequest(mode="socket_mode", body=payload))
        assert time.monotonic() - began < 3
        return answer


@pytest.fixture
def busy() -> Iterator[Busy]:
    with slack_stub() as stub:
        made = Busy(stub.api)
        yield made
        made.gate.set()
        made.app.lanes.close()


def test_payloads_are_acknowledged_while_all_working_threads_are_taken(busy: Busy) -> None:
    for payload in (COMMAND, CLICK, EVENT) * 4:
        assert busy.take(payload).status == 200
    assert busy.done == []
    busy.gate.set()
    busy.app.lanes.close()
    assert sorted(busy.done) == ["/papers"] * 4 + ["block_actions"] * 4 + ["event_callback"] * 4


def test_a_form_gets_its_own_answer_meanwhile(busy: Busy) -> None:
    for _ in range(4):
        busy.take(COMMAND)
    answer = busy.take(FORM)
    assert answer.status == 200
    assert "wrong" in answer.body


def test_a_failure_after_the_acknowledgement_reaches_the_error_handler(busy: Busy) -> None:
    busy.gate.set()
    assert busy.take(COMMAND).status == 200
    busy.app.lanes.close()
    assert busy.failures == ["after the work"]

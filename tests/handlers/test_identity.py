"""Payloads that come before Slack has told who the bot is."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from handlers import identity
from tests.handlers.conftest import Edge
from tests.slack_stub import slack_stub

MESSAGE = {"type": "message", "channel": "C1", "user": "U1", "ts": "1.0", "text": "today?"}


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Iterator[Edge]:
    """A bot whose Slack breaks whenever it is asked who the bot is."""
    monkeypatch.setattr(identity, "PATIENCE_SECONDS", 0.05)
    with slack_stub() as stub:
        stub.refusals["auth.test"] = "internal_error"
        made = Edge(stub, first=identity.IdentityNeeded)
        yield made
        made.settle()


def test_an_event_is_left_to_slack_to_send_again_and_then_heard(silent: Edge) -> None:
    event = silent.event(MESSAGE)
    for _ in range(2):
        assert silent.socket(event).status == 500
    assert silent.heard == []
    silent.stub.refusals.clear()
    silent.identity.get()
    assert silent.http(event).status == 200
    assert [one.text for one in silent.heard] == ["today?"]


def test_a_command_is_told_in_the_members_language(silent: Edge) -> None:
    silent.members.answer(known_language="en")
    answer = silent.http("command=%2Fpapers&text=help&user_id=U1&channel_id=C1&team_id=T111")
    assert answer.status == 200
    assert "try again" in answer.body
    silent.members.answer(known_language="ko")
    assert "Slack" in silent.socket(silent.command("help")).body
    assert "apologize" not in answer.body


def test_a_click_is_told_by_its_response_url(silent: Edge) -> None:
    silent.members.answer(known_language="en")
    assert silent.socket(silent.click("save", "x")).status == 200
    for thread in threading.enumerate():
        if thread.daemon and thread.name == "respond":
            thread.join(20)
    assert "try again" in silent.replies[-1]["text"]


def test_a_form_stays_open_below_the_words(silent: Edge) -> None:
    form: dict[str, Any] = {
        "type": "view_submission",
        "team": {"id": "T111"},
        "user": {"id": "U1"},
        "view": {"type": "modal", "callback_id": "form", "state": {"values": {}}},
    }
    answer = json.loads(silent.socket(form).body)
    assert answer["response_action"] == "push"
    assert answer["view"]["type"] == "modal"


def test_a_shortcut_without_any_way_to_speak_is_left_to_slack(silent: Edge) -> None:
    shortcut = {"type": "shortcut", "callback_id": "ask", "user": {"id": "U1"}}
    assert silent.socket(shortcut).status == 500


def test_the_address_is_verified_without_knowing_who_the_bot_is(silent: Edge) -> None:
    answer = silent.http({"type": "url_verification", "challenge": "abc"})
    assert (answer.status, "abc" in answer.body) == (200, True)

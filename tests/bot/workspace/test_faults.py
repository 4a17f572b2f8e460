"""Faults to order."""

from http.client import RemoteDisconnected
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.workspace import Workspace
from tests.bot.workspace.test_messages import error_of

POST: dict[str, Any] = {"channel": "C0DAILY001", "text": "a"}


def count(slack: Workspace) -> int:
    return len(slack.messages("daily-papers"))


def test_an_error_comes_as_often_as_ordered(slack: Workspace, client: WebClient) -> None:
    slack.fail("chat.postMessage", "internal_error", times=2)
    for _ in range(2):
        assert error_of(client.chat_postMessage, **POST) == "internal_error"
    assert client.chat_postMessage(**POST)["ok"]
    assert [call.method for call in slack.calls("chat.postMessage")] == ["chat.postMessage"] * 3


def test_a_fault_can_wait_for_certain_arguments(slack: Workspace, client: WebClient) -> None:
    slack.fail("chat.postMessage", "fatal_error", when=lambda args: args["text"] == "b")
    assert client.chat_postMessage(**POST)["ok"]
    assert error_of(client.chat_postMessage, **{**POST, "text": "b"}) == "fatal_error"


def test_too_many_requests_say_when_to_come_again(slack: Workspace, client: WebClient) -> None:
    slack.fail("chat.postMessage", status=429, retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(**POST)
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "7"


@pytest.mark.parametrize(("behaviour", "posted"), [("timeout_before", 0), ("timeout_after", 1)])
def test_a_call_without_an_answer_may_or_may_not_have_worked(
    slack: Workspace, behaviour: str, posted: int
) -> None:
    client = WebClient(token=slack.bot_token, base_url=slack.api_url, timeout=1, retry_handlers=[])
    slack.fail("chat.postMessage", behaviour)
    with pytest.raises(TimeoutError):
        client.chat_postMessage(**POST)
    assert count(slack) == posted


@pytest.mark.parametrize(("behaviour", "posted"), [("reset", 0), ("reset_after", 1)])
def test_a_dropped_connection_may_or_may_not_have_worked(
    slack: Workspace, client: WebClient, behaviour: str, posted: int
) -> None:
    slack.fail("chat.postMessage", behaviour)
    with pytest.raises((RemoteDisconnected, ConnectionResetError)):
        client.chat_postMessage(**POST)
    assert count(slack) == posted


def test_an_answer_may_be_no_json(slack: Workspace, client: WebClient) -> None:
    slack.fail("chat.postMessage", "malformed")
    with pytest.raises(SlackApiError, match="non-JSON"):
        client.chat_postMessage(**POST)
    assert count(slack) == 0


def test_a_server_error_has_its_status(slack: Workspace, client: WebClient) -> None:
    slack.fail("chat.postMessage", "oops", status=503)
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(**POST)
    assert caught.value.response.status_code == 503

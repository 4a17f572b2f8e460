"""The connection to Slack: lost, replaced, and what arrives meanwhile."""

import ssl
from collections.abc import Iterator
from typing import Any

import pytest

from bot.serving.socket_mode import SocketModeServer
from bot.workspace import Workspace
from tests.bot.workspace.bolt import make_app


@pytest.fixture
def slack() -> Iterator[Workspace]:
    with Workspace(port=0) as running:
        yield running


@pytest.fixture
def server(slack: Workspace) -> Iterator[SocketModeServer]:
    seen: list[Any] = []
    made = SocketModeServer(make_app(slack, seen), slack.app_token)
    made.start()
    slack.wait_until_connected()
    yield made
    made.stop()


def test_commands_right_after_a_request_to_reconnect_are_acknowledged(
    slack: Workspace, server: SocketModeServer
) -> None:
    for word in range(3):
        slack.disconnect()
        for again in range(3):
            typed = slack.slash("alice", "#daily-papers", "/papers", f"{word} {again}")
            assert typed.acknowledged


def test_a_connection_that_is_lost_without_a_word_is_replaced(
    slack: Workspace, server: SocketModeServer
) -> None:
    opened = len(slack.calls("apps.connections.open"))
    slack.abort_connection()
    slack.wait_for(lambda: len(slack.calls("apps.connections.open")) > opened and slack.connections)
    assert slack.slash("alice", "#daily-papers", "/papers", "x").acknowledged
    assert server.ready


def test_a_connection_on_this_machine_reads_no_certificates(
    slack: Workspace, server: SocketModeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []
    monkeypatch.setattr(ssl, "create_default_context", lambda: read.append(None))
    opened = len(slack.calls("apps.connections.open"))
    slack.disconnect()
    slack.wait_for(lambda: len(slack.calls("apps.connections.open")) > opened and slack.connections)
    assert slack.slash("alice", "#daily-papers", "/papers", "x").acknowledged
    assert server.ready
    assert read == []


def test_a_connection_that_still_opens_after_the_end_is_closed_again(
    slack: Workspace, server: SocketModeServer
) -> None:
    server.stop()
    server._client.connect_to_new_endpoint(force=True)  # as one that was just under way
    slack.wait_for(lambda: not slack.connections, timeout=5)

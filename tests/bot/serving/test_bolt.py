"""The Bolt app by itself."""

import pytest
from slack_sdk import WebClient

from bot.serving.bolt import SlackApp
from bot.slack.identity import Identity
from bot.telemetry.metrics import Metrics


def test_a_token_in_the_environment_is_no_reason_to_warn(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    client = WebClient("xoxb-1")
    app = SlackApp(client=client, identity=Identity(client), metrics=Metrics(), threads=1)
    app.lanes.close()
    assert caplog.messages == []

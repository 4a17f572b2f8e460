"""A manifest limits what the app hears and may do."""

import json
from typing import Any
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient

from bot.workspace import Workspace
from tests.bot.workspace.test_messages import error_of

MANIFEST: dict[str, Any] = {
    "features": {
        "slash_commands": [{"command": "/papers", "usage_hint": "today"}],
        "shortcuts": [{"type": "global", "name": "Search", "callback_id": "search"}],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "channels:history"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_mention", "message.im"]}},
}


def heard(slack: Workspace) -> list[str]:
    return [one.payload["event"]["type"] for one in slack.deliveries("events_api")]


def test_only_subscribed_events_are_sent() -> None:
    with Workspace(manifest=MANIFEST) as slack:
        slack.say("minji", "#daily-papers", "@paperboy see https://arxiv.org/abs/1706.03762")
        slack.open_home("minji")
        assert heard(slack) == ["app_mention"]
        slack.say("minji", "U0MINJI001", "hello")
        assert heard(slack) == ["app_mention", "message"]


def test_only_granted_scopes_count() -> None:
    with Workspace(manifest=MANIFEST) as slack:
        client = WebClient(token=slack.bot_token, base_url=slack.api_url)
        assert client.conversations_history(channel="C0DAILY001")["ok"]
        assert error_of(client.conversations_history, channel="D0MINJI001") == "missing_scope"
        assert error_of(client.users_info, user="U0MINJI001") == "missing_scope"


def test_a_member_that_left_is_told_nothing_more(slack: Workspace) -> None:
    slack.remove_from("#daily-papers")
    assert heard(slack) == ["member_left_channel"]
    slack.say("minji", "#daily-papers", "@paperboy hello?")
    assert heard(slack) == ["member_left_channel"]


@pytest.mark.parametrize(
    ("body", "error"),
    [("{", "invalid_json"), ("[]", "json_not_object"), ('{"channel": "C0DAILY001"}', "no_text")],
)
def test_a_body_that_makes_no_sense_is_refused(slack: Workspace, body: str, error: str) -> None:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {slack.bot_token}"}
    request = Request(f"{slack.api_url}chat.postMessage", body.encode(), headers)
    with urlopen(request, timeout=5) as response:
        assert json.load(response)["error"] == error

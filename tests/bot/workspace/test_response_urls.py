"""Response URLs: five uses, half an hour."""

import pytest
from slack_sdk.webhook import WebhookClient

from bot.workspace import Workspace
from tests.fakes import FakeClock


@pytest.fixture
def hook(slack: Workspace) -> WebhookClient:
    slack.ack_seconds = 0.0
    slack.slash("minji", "#random", "/papers", "help")
    (delivery,) = slack.deliveries("slash_commands")
    return WebhookClient(delivery.payload["response_url"])


def test_it_answers_where_the_bot_is_no_member(slack: Workspace, hook: WebhookClient) -> None:
    assert hook.send(text="only you").body == "ok"
    assert hook.send(text="all", response_type="in_channel").status_code == 200
    assert [one.text for one in slack.ephemerals("minji", "#random")] == ["only you"]
    assert [one.text for one in slack.messages("#random")] == ["all"]


def test_it_takes_five_messages(hook: WebhookClient) -> None:
    sent = [hook.send(text="again").status_code for _ in range(6)]
    assert sent == [200] * 5 + [404]


def test_it_ends_after_half_an_hour(clock: FakeClock, hook: WebhookClient) -> None:
    clock.forward(minutes=31)
    answer = hook.send(text="late")
    assert answer.status_code == 404
    assert "expired_url" in answer.body


def test_bad_blocks_are_refused_there_too(slack: Workspace, hook: WebhookClient) -> None:
    assert "invalid_blocks" in hook.send(text="a", blocks=[{"type": "header"}]).body
    assert slack.ephemerals("minji", "#random") == []


def test_a_click_may_replace_or_delete_its_message(slack: Workspace, hook: WebhookClient) -> None:
    button = {
        "type": "button",
        "action_id": "go",
        "text": {"type": "plain_text", "text": "Go"},
    }
    hook.send(text="choose", blocks=[{"type": "actions", "elements": [button]}])
    for change in ({"replace_original": True, "text": "chosen"}, {"delete_original": True}):
        (shown,) = slack.ephemerals("minji", "#random")
        if shown.blocks:
            slack.click("minji", shown, "go")
        url = slack.deliveries("interactive")[-1].payload["response_url"]
        WebhookClient(url).send_dict(change)
        if "text" in change:
            assert [one.text for one in slack.ephemerals("minji", "#random")] == ["chosen"]
    assert slack.ephemerals("minji", "#random") == []

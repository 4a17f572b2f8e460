"""Who the bot is: asked of Slack until it answers."""

import threading
from collections.abc import Iterator

import pytest

from bot.errors import SlackError
from bot.slack import identity as slack_identity
from bot.slack.identity import BotIdentity, Identity
from bot.workspace import Workspace
from bot.workspace.seed import BOT, TEAM


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with Workspace() as one:
        yield one


def test_it_is_asked_for_once(workspace: Workspace) -> None:
    identity = Identity.connect(workspace.bot_token, workspace.api_url)
    assert identity.known is None
    us = identity.get()
    assert (us.team_id, us.user_id, us.bot_id) == (TEAM.id, BOT.id, BOT.bot_id)
    assert identity.get() is identity.known is us
    assert len(workspace.calls("auth.test")) == 1


def test_a_slack_that_fails_is_asked_again_until_it_answers(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack_identity, "FIRST_WAIT_SECONDS", 0.01)
    workspace.fail("auth.test", status=500, times=2)
    workspace.fail("auth.test", "reset")
    identity = Identity.connect(workspace.bot_token, workspace.api_url)
    identity.start()
    us = identity.wait(20)
    assert us is not None
    assert us.user_id == BOT.id


def test_a_token_that_slack_refuses_is_told_at_once(workspace: Workspace) -> None:
    identity = Identity.connect("xoxb-wrong", workspace.api_url)
    identity.start()
    with pytest.raises(SlackError, match="invalid_auth"):
        identity.wait(20)
    identity.stop()


def test_whoever_starts_it_again_has_nobody_ask_twice() -> None:
    identity = Identity.connect("xoxb-1", "http://127.0.0.1:9/")
    before = {*threading.enumerate()}
    identity.start()
    identity.start()
    assert [one.name for one in {*threading.enumerate()} - before] == ["identity"]
    identity.stop()


@pytest.mark.parametrize(
    ("message", "ours"),
    [
        ({"bot_id": "B1", "user": "U1"}, True),
        ({"bot_id": "B1"}, True),  # under another name, if one was chosen for it
        ({"user": "U1"}, True),
        ({"bot_id": "B2", "user": "U1"}, False),
        ({"bot_id": "B2"}, False),
        ({"user": "U2"}, False),
        ({}, False),
    ],
)
def test_its_own_messages_are_known_by_its_ids(message: dict[str, str], ours: bool) -> None:
    us = BotIdentity("Team", "paperboy", frozenset(), "T1", "U1", "B1")
    assert us.wrote(message) is ours

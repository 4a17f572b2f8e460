"""The Slack adapter against the local workspace."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from slack_sdk import WebClient

from bot.slack.client import SlackClient
from bot.slack.identity import Identity
from bot.slack.port import Upload, delivery_metadata
from bot.workspace import Workspace
from bot.workspace.seed import DAILY, JUNHO

DAY = DAILY.id
FILE = Upload("trends.png", "The week's trends", "Speech: from 1% to 50%", lambda: b"PNG")


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with Workspace() as one:
        yield one


@pytest.fixture
def slack(workspace: Workspace) -> SlackClient:
    return SlackClient.connect(workspace.bot_token, workspace.api_url)


def test_a_client_that_would_retry_by_itself_is_refused() -> None:
    client = WebClient(token="xoxb-1")
    with pytest.raises(ValueError, match="twice"):
        SlackClient(client, Identity(client))


def test_a_message_is_posted_without_unfurling(workspace: Workspace, slack: SlackClient) -> None:
    slack.post(DAY, {"text": "hello", "blocks": []})
    args = workspace.calls("chat.postMessage")[0].args
    assert (args["unfurl_links"], args["unfurl_media"]) == (False, False)


def test_slack_makes_no_links_and_mentions_of_its_own(
    workspace: Workspace, slack: SlackClient
) -> None:
    text = {"text": "evil.tech @here", "blocks": []}
    slack.update(DAY, slack.post(DAY, text), text)
    slack.ephemeral(DAY, JUNHO.id, text)
    for method in ("chat.postMessage", "chat.update", "chat.postEphemeral"):
        args = workspace.calls(method)[0].args
        assert (args["parse"], args["link_names"]) == ("none", False), method


def test_a_message_is_found_by_its_key_in_channel_and_thread(slack: SlackClient) -> None:
    root = slack.post(DAY, {"text": "root"}, metadata=delivery_metadata("a"))
    reply = slack.post(DAY, {"text": "r"}, thread_ts=root, metadata=delivery_metadata("b"))
    assert slack.find(DAY, "a") == root
    assert slack.find(DAY, "b", thread_ts=root) == reply
    assert slack.find(DAY, "b") is None
    assert slack.find(DAY, "c", thread_ts=root) is None


def test_a_message_is_found_below_hundreds_of_newer_ones(slack: SlackClient) -> None:
    ts = slack.post(DAY, {"text": "x"}, metadata=delivery_metadata("a"))
    for _ in range(230):
        slack.post(DAY, {"text": "chatter"})
    assert slack.find(DAY, "a", oldest=datetime(2020, 1, 1, tzinfo=UTC)) == ts


def test_a_file_is_found_by_its_name_in_its_thread_only(slack: SlackClient) -> None:
    root = slack.post(DAY, {"text": "root"})
    slack.upload(DAY, FILE, thread_ts=root)
    assert slack.find_upload(DAY, FILE, thread_ts=root) is not None
    assert slack.find_upload(DAY, replace(FILE, name="other.png"), thread_ts=root) is None
    assert slack.find_upload(DAY, FILE) is None


def test_a_file_whose_name_is_hidden_is_found_by_the_words_above_it(
    workspace: Workspace, slack: SlackClient
) -> None:
    slack.upload(DAY, FILE)
    (message,) = workspace.messages(DAY)
    with workspace.state.lock:
        del message.files[0]["name"]
    assert slack.find_upload(DAY, FILE) == message.ts
    assert slack.find_upload(DAY, replace(FILE, title="Something else")) is None


def test_a_description_that_is_too_long_for_slack_is_shortened(
    workspace: Workspace, slack: SlackClient
) -> None:
    slack.upload(DAY, replace(FILE, alt="long " * 500))
    (message,) = workspace.messages(DAY)
    assert 900 < len(message.files[0]["alt_txt"]) <= 1000


def test_a_message_older_than_the_promise_is_not_taken_for_it(slack: SlackClient) -> None:
    slack.post(DAY, {"text": "x"}, metadata=delivery_metadata("a"))
    assert slack.find(DAY, "a", oldest=datetime(2100, 1, 1, tzinfo=UTC)) is None


def test_an_edit_replaces_text_and_blocks_and_keeps_the_key(
    workspace: Workspace, slack: SlackClient
) -> None:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "old"}}
    ts = slack.post(DAY, {"text": "old", "blocks": [block]}, metadata=delivery_metadata("a"))
    slack.update(DAY, ts, {"text": "n" * 9000, "blocks": []})
    message = workspace.messages(DAY)[0]
    assert (len(message.text), message.blocks) == (4000, ())
    assert slack.find(DAY, "a") == ts


def test_a_person_is_known_by_zone_and_locale(slack: SlackClient) -> None:
    person = slack.user_info(JUNHO.id)
    assert (person.timezone, person.locale, person.is_bot) == ("Asia/Seoul", "ko-KR", False)


def test_direct_messages_have_a_channel(workspace: Workspace, slack: SlackClient) -> None:
    slack.post(slack.conversation_open(JUNHO.id), {"text": "only you"})
    assert workspace.messages("D" + JUNHO.id[1:])[0].text == "only you"


def test_a_stream_grows_and_ends_with_blocks(workspace: Workspace, slack: SlackClient) -> None:
    root = slack.post(DAY, {"text": "question"})
    ts = slack.start_stream(DAY, root, user=JUNHO.id, team="T0PAPER01")
    slack.append_stream(DAY, ts, "**one** ")
    slack.stop_stream(DAY, ts, markdown="two", metadata=delivery_metadata("a"))
    assert slack.find(DAY, "a", thread_ts=root) == ts
    assert not workspace.messages(DAY, root)[1].streaming


def test_reactions_and_deletions_are_done_twice_without_harm(
    workspace: Workspace, slack: SlackClient
) -> None:
    ts = slack.post(DAY, {"text": "x"})
    for _ in range(2):
        slack.react(DAY, ts, "eyes")
    assert [one.name for one in workspace.messages(DAY)[0].reactions] == ["eyes"]
    for _ in range(2):
        slack.unreact(DAY, ts, "eyes")
    for _ in range(2):
        slack.delete(DAY, ts)
    assert workspace.messages(DAY) == []


def test_a_message_has_an_address(slack: SlackClient) -> None:
    ts = slack.post(DAY, {"text": "x"})
    assert slack.permalink(DAY, ts).startswith("http")


def test_another_apps_message_with_our_key_is_not_ours(
    workspace: Workspace, slack: SlackClient
) -> None:
    with workspace.state.lock:
        workspace.state.post(
            workspace.state.channels[DAY],
            "U0OTHERAPP",
            "copied",
            bot_id="B0OTHERAPP",
            metadata=delivery_metadata("a"),
            files=[{"id": "F1", "name": FILE.name}],
        )
    assert slack.find(DAY, "a") is None
    assert slack.find_upload(DAY, FILE) is None
    ours = slack.post(DAY, {"text": "x"}, metadata=delivery_metadata("a"))
    assert slack.find(DAY, "a") == ours

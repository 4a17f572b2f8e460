"""Posting, editing, deleting and reading, by the real Web API client."""

from typing import Any
from urllib.request import urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.workspace import Workspace
from tests.fakes import FakeClock

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "*Attention*"}}


def error_of(call: Any, **args: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(**args)
    return str(caught.value.response["error"])


def test_a_post_is_read_back_with_its_blocks(slack: Workspace, client: WebClient) -> None:
    answer = client.chat_postMessage(channel="#daily-papers", text="Morning", blocks=[SECTION])
    (message,) = slack.messages("daily-papers")
    assert (message.ts, message.text) == (answer["ts"], "Morning")
    assert message.blocks[0]["text"] == SECTION["text"]
    history = client.conversations_history(channel=answer["channel"])
    assert history["messages"][0]["blocks"][0]["block_id"]


def test_ts_only_grow_although_the_clock_stands(slack: Workspace, client: WebClient) -> None:
    posted = [client.chat_postMessage(channel="C0DAILY001", text=str(n))["ts"] for n in range(5)]
    assert posted == sorted(set(posted))


def test_a_user_id_as_channel_is_the_direct_message(slack: Workspace, client: WebClient) -> None:
    answer = client.chat_postMessage(channel="U0MINJI001", text="Hello")
    opened = client.conversations_open(users="U0MINJI001")
    assert answer["channel"] == opened["channel"]["id"]


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("#nowhere", "channel_not_found"),
        ("#random", "not_in_channel"),
        ("#old-papers", "is_archived"),
        ("#leads", "channel_not_found"),
        ("G0LEADS001", "channel_not_found"),
    ],
)
def test_a_channel_that_the_bot_may_not_write_to_is_refused(
    client: WebClient, channel: str, error: str
) -> None:
    assert error_of(client.chat_postMessage, channel=channel, text="Hello") == error


def test_a_message_needs_text_or_blocks_of_bearable_length(client: WebClient) -> None:
    channel = "C0DAILY001"
    empty = {"channel": channel, "text": " "}
    assert error_of(client.api_call, api_method="chat.postMessage", json=empty) == "no_text"
    long = "a" * 40_001
    assert error_of(client.chat_postMessage, channel=channel, text=long) == "msg_too_long"
    ts = client.chat_postMessage(channel=channel, text="a" * 40_000)["ts"]
    update = "a" * 4_001
    assert error_of(client.chat_update, channel=channel, ts=ts, text=update) == "msg_too_long"


def test_blocks_that_are_too_long_together_are_refused(client: WebClient) -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "a" * 2_990}}
    args: dict[str, Any] = {"channel": "C0DAILY001", "text": "a"}
    assert client.chat_postMessage(**args, blocks=[section] * 4)["ok"]
    error = error_of(client.chat_postMessage, **args, blocks=[section] * 5)
    assert error == "msg_blocks_too_long"


def test_bad_blocks_are_refused_with_the_reason(slack: Workspace, client: WebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="C0DAILY001", text="a", blocks=[SECTION] * 51)
    response = caught.value.response
    assert response["error"] == "invalid_blocks"
    assert "no more than 50 items" in response["response_metadata"]["messages"][0]
    assert slack.messages("daily-papers") == []


def test_blocks_come_as_json_text_too(slack: Workspace, client: WebClient) -> None:
    client.api_call(
        "chat.postMessage",
        data={"channel": "C0DAILY001", "text": "a", "blocks": '[{"type":"divider"}]'},
    )
    assert slack.messages("daily-papers")[0].blocks[0]["type"] == "divider"
    bad = {"channel": "C0DAILY001", "text": "a", "blocks": "[{"}
    assert error_of(client.api_call, api_method="chat.postMessage", data=bad) == (
        "invalid_blocks_format"
    )


def test_an_update_with_text_alone_removes_the_blocks(slack: Workspace, client: WebClient) -> None:
    posted = client.chat_postMessage(channel="C0DAILY001", text="old", blocks=[SECTION])
    client.chat_update(channel="C0DAILY001", ts=posted["ts"], text="new")
    (message,) = slack.messages("daily-papers")
    assert (message.text, message.blocks) == ("new", ())
    assert message.edited


def test_only_own_messages_are_changed_or_deleted(slack: Workspace, client: WebClient) -> None:
    said = slack.say("minji", "#daily-papers", "mine")
    where = {"channel": "C0DAILY001", "ts": said.ts}
    assert error_of(client.chat_update, **where, text="yours") == "cant_update_message"
    assert error_of(client.chat_delete, **where) == "cant_delete_message"
    nowhere = {"channel": "C0DAILY001", "ts": "1.2"}
    assert error_of(client.chat_update, **nowhere, text="x") == "message_not_found"


def test_a_reply_needs_its_thread(slack: Workspace, client: WebClient) -> None:
    lost = error_of(client.chat_postMessage, channel="C0DAILY001", text="a", thread_ts="1.2")
    assert lost == "thread_not_found"
    root = client.chat_postMessage(channel="C0DAILY001", text="root")["ts"]
    reply = client.chat_postMessage(channel="C0DAILY001", text="reply", thread_ts=root)["ts"]
    nested = client.chat_postMessage(channel="C0DAILY001", text="nested", thread_ts=reply)
    assert nested["thread_ts"] == root
    assert [one.text for one in slack.messages("daily-papers")] == ["root"]
    thread = client.conversations_replies(channel="C0DAILY001", ts=root)["messages"]
    assert [one["text"] for one in thread] == ["root", "reply", "nested"]
    assert thread[0]["reply_count"] == 2


def test_metadata_is_whole_only_when_asked_for(client: WebClient) -> None:
    metadata = {"event_type": "digest", "event_payload": {"key": "C1:2025-03-19"}}
    client.chat_postMessage(channel="C0DAILY001", text="a", metadata=metadata)
    (plain,) = client.conversations_history(channel="C0DAILY001")["messages"]
    (whole,) = client.conversations_history(channel="C0DAILY001", include_all_metadata=True)[
        "messages"
    ]
    assert plain["metadata"] == {"event_type": "digest"}
    assert whole["metadata"] == metadata
    large = {"event_type": "digest", "event_payload": {"key": "a" * 9_000}}
    too_large = error_of(client.chat_postMessage, channel="C0DAILY001", text="a", metadata=large)
    assert too_large == "metadata_too_large"


def test_history_is_paged_and_bounded(client: WebClient, clock: FakeClock) -> None:
    posted = []
    for number in range(5):
        clock.forward(seconds=10)
        posted.append(client.chat_postMessage(channel="C0DAILY001", text=str(number))["ts"])

    def read(**args: Any) -> Any:
        return client.conversations_history(channel="C0DAILY001", **args)

    first = read(limit=2)
    assert [one["text"] for one in first["messages"]] == ["4", "3"]
    assert first["has_more"]
    second = read(limit=2, cursor=first["response_metadata"]["next_cursor"])
    assert [one["text"] for one in second["messages"]] == ["2", "1"]
    later = read(oldest=posted[2])
    assert [one["text"] for one in later["messages"]] == ["4", "3"]


def test_an_ephemeral_message_reaches_one_member_only(slack: Workspace, client: WebClient) -> None:
    client.chat_postEphemeral(channel="C0DAILY001", user="U0ALICE001", text="psst")
    assert [one.text for one in slack.ephemerals("alice", "daily-papers")] == ["psst"]
    assert slack.ephemerals("minji", "daily-papers") == []
    assert slack.messages("daily-papers") == []
    slack.reload("alice")
    assert slack.ephemerals("alice", "daily-papers") == []
    slack.invite("#leads")
    stranger = error_of(
        client.chat_postEphemeral, channel="G0LEADS001", user="U0JUNHO001", text="psst"
    )
    assert stranger == "user_not_in_channel"


def test_a_permalink_names_channel_and_thread(client: WebClient) -> None:
    root = client.chat_postMessage(channel="C0DAILY001", text="root")["ts"]
    reply = client.chat_postMessage(channel="C0DAILY001", text="reply", thread_ts=root)["ts"]
    link = client.chat_getPermalink(channel="C0DAILY001", message_ts=reply)["permalink"]
    assert f"C0DAILY001/p{reply.replace('.', '')}?thread_ts={root}" in link


def test_a_stream_grows_and_ends(slack: Workspace, client: WebClient) -> None:
    root = slack.say("alice", "#research-en", "What is new?")
    stream = client.chat_stream(
        channel=root.channel,
        thread_ts=root.ts,
        recipient_team_id="T0PAPER01",
        recipient_user_id="U0ALICE001",
        buffer_size=1,
    )
    stream.append(markdown_text="**One**")
    assert slack.messages("research-en", root.ts)[-1].streaming
    stream.append(markdown_text=" and two")
    stream.stop(blocks=[SECTION], metadata={"event_type": "answer", "event_payload": {"id": "1"}})
    answer = slack.wait_for_message("research-en", thread_ts=root.ts)
    assert answer.text == "**One** and two"
    assert [block["type"] for block in answer.blocks] == ["markdown", "section"]
    assert answer.metadata
    late = error_of(
        client.chat_appendStream, channel=root.channel, ts=answer.ts, markdown_text="late"
    )
    assert late == "message_not_in_streaming_state"


def test_a_file_is_uploaded_in_three_steps(slack: Workspace, client: WebClient) -> None:
    client.files_upload_v2(
        content="@article{a}", filename="a.bib", title="BibTeX", channel="C0DAILY001"
    )
    (message,) = slack.messages("daily-papers")
    assert message.files[0]["title"] == "BibTeX"


def test_a_picture_is_served_as_one_and_anything_else_as_bytes(
    slack: Workspace, client: WebClient
) -> None:
    for name in ("a.png", "a.svg", "a.html"):
        client.files_upload_v2(content=b"x", filename=name, channel="C0DAILY001", alt_txt="An x")
    served = []
    for message in slack.messages("daily-papers"):
        with urlopen(message.files[0]["url_private"], timeout=5) as answer:
            served.append((message.files[0]["alt_txt"], answer.headers["Content-Type"]))
    other = ("An x", "application/octet-stream")
    assert served == [("An x", "image/png"), other, other]


def test_a_reaction_is_given_once(slack: Workspace, client: WebClient) -> None:
    said = slack.say("minji", "#daily-papers", "nice")
    where = {"channel": said.channel, "timestamp": said.ts}
    client.reactions_add(**where, name="eyes")
    assert error_of(client.reactions_add, **where, name="eyes") == "already_reacted"
    slack.react("alice", said, "eyes")
    assert slack.messages("daily-papers")[0].reactions[0].users == ("U0PAPERBOY", "U0ALICE001")
    client.reactions_remove(**where, name="eyes")
    assert error_of(client.reactions_remove, **where, name="eyes") == "no_reaction"


def test_a_link_unfurls_only_with_its_exact_url(slack: Workspace, client: WebClient) -> None:
    said = slack.say("minji", "#daily-papers", "https://arxiv.org/abs/1706.03762?a=1&b=2")
    (event,) = [
        one.payload["event"]
        for one in slack.deliveries("events_api")
        if one.payload["event"]["type"] == "link_shared"
    ]
    url = event["links"][0]["url"]
    where: dict[str, Any] = {"channel": said.channel, "ts": said.ts}
    client.chat_unfurl(**where, unfurls={url: {"blocks": [SECTION]}})
    assert slack.messages("daily-papers")[0].attachments[0]["from_url"] == url
    other = {"https://arxiv.org/abs/1": {"blocks": [SECTION]}}
    assert error_of(client.chat_unfurl, **where, unfurls=other) == "cannot_unfurl_url"


def test_the_app_hears_of_a_message_that_it_unfurled(slack: Workspace, client: WebClient) -> None:
    said = slack.say("minji", "#daily-papers", "https://arxiv.org/abs/1706.03762")
    shown = {"https://arxiv.org/abs/1706.03762": {"blocks": [SECTION]}}
    client.chat_unfurl(channel=said.channel, ts=said.ts, unfurls=shown)
    event = slack.deliveries("events_api")[-1].payload["event"]
    assert event["subtype"] == "message_changed"
    assert event["message"]["attachments"][0]["blocks"] == [SECTION]
    assert "attachments" not in event["previous_message"]

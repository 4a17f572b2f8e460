"""Messages and mentions, as Slack tells of them."""

from typing import Any

import pytest

from tests.handlers.conftest import Edge


def message(text: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "message",
        "channel": "C1",
        "channel_type": "channel",
        "user": "U1",
        "ts": "2.0",
        "text": text,
        **more,
    }


def hear(edge: Edge, event: dict[str, Any]) -> None:
    assert edge.socket(edge.event(event)).status == 200


def test_a_message_is_heard_with_its_place_and_words(edge: Edge) -> None:
    hear(edge, message("한계가 뭐야?", thread_ts="1.0"))
    (heard,) = edge.heard
    assert (heard.channel, heard.ts, heard.thread_ts, heard.user) == ("C1", "2.0", "1.0", "U1")
    assert heard.text == "한계가 뭐야?"
    assert (heard.direct, heard.mentions_us, heard.to_others) == (False, False, False)


def test_our_mention_is_taken_out_of_the_words(edge: Edge) -> None:
    hear(edge, message("<@UBOT> 이 논문 &lt;요약&gt;해줘"))
    (heard,) = edge.heard
    assert heard.text == "이 논문 <요약>해줘"
    assert heard.mentions_us


def test_both_events_of_a_mention_carry_the_same_key(edge: Edge) -> None:
    hear(edge, message("<@UBOT> 요약해줘"))
    mention = {**message("<@UBOT> 요약해줘"), "type": "app_mention"}
    del mention["channel_type"]
    hear(edge, mention)
    first, second = edge.heard
    assert first == second


def test_a_mention_of_somebody_else_is_known(edge: Edge) -> None:
    hear(edge, message("<@U2> 이거 봤어?", thread_ts="1.0"))
    assert edge.heard[0].to_others


def test_links_are_read_as_addresses(edge: Edge) -> None:
    hear(edge, message("<https://arxiv.org/abs/2503.14476|DAPO> 어때?"))
    assert edge.heard[0].text == "https://arxiv.org/abs/2503.14476 어때?"


def test_a_direct_message_is_known_for_one(edge: Edge) -> None:
    hear(edge, message("안녕", channel="D1", channel_type="im"))
    assert edge.heard[0].direct


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B9"},
        {"subtype": "bot_message", "bot_id": "B9"},
        {"subtype": "channel_join"},
        {"user": "UBOT"},
        {"subtype": "channel_topic"},
    ],
)
def test_bots_and_notices_are_not_heard(more: dict[str, Any], edge: Edge) -> None:
    hear(edge, message("한계가 뭐야?", **more))
    assert edge.heard == []


def test_a_message_with_a_file_or_sent_to_the_channel_as_well_is_heard(edge: Edge) -> None:
    hear(edge, message("이건 뭐야?", subtype="file_share"))
    hear(edge, message("이건 뭐야?", subtype="thread_broadcast", thread_ts="1.0"))
    assert len(edge.heard) == 2


def test_an_edit_by_the_author_is_told(edge: Edge) -> None:
    event = {
        "type": "message",
        "subtype": "message_changed",
        "channel": "C1",
        "channel_type": "channel",
        "ts": "3.0",
        "message": message("한계가 뭐야?", thread_ts="1.0"),
        "previous_message": message("재미있네", thread_ts="1.0"),
    }
    hear(edge, event)
    ((edited,),) = edge.conversations.of("edited")
    assert (edited.ts, edited.text, edited.channel) == ("2.0", "한계가 뭐야?", "C1")


def test_an_unfurled_link_is_not_taken_for_an_edit(edge: Edge) -> None:
    same = message("https://arxiv.org", thread_ts="1.0")
    event = {
        "type": "message",
        "subtype": "message_changed",
        "channel": "C1",
        "ts": "3.0",
        "message": {**same, "attachments": [{}]},
        "previous_message": same,
    }
    hear(edge, event)
    assert edge.conversations.calls == []


def test_a_deleted_message_is_told(edge: Edge) -> None:
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "channel": "C1",
        "ts": "3.0",
        "deleted_ts": "2.0",
    }
    hear(edge, event)
    assert edge.conversations.of("deleted") == [("C1", "2.0")]


def test_a_message_that_could_not_be_recorded_is_not_acknowledged(edge: Edge) -> None:
    edge.conversations.answer(receive=RuntimeError("database is locked"))
    assert edge.socket(edge.event(message("한계가 뭐야?"))).status == 500


def test_paperboy_greets_once_when_it_is_invited(edge: Edge) -> None:
    joined = {"type": "member_joined_channel", "user": "UBOT", "channel": "C1", "team": "T111"}
    hear(edge, joined)
    edge.settle()
    assert edge.channels.of("greet") == [("C1",)]


def test_others_joining_are_not_greeted(edge: Edge) -> None:
    hear(edge, {"type": "member_joined_channel", "user": "U1", "channel": "C1", "team": "T111"})
    edge.settle()
    assert edge.channels.of("greet") == []


def test_the_app_home_is_published_for_its_visitor(edge: Edge) -> None:
    hear(edge, {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"})
    edge.settle()
    (published,) = edge.stub.of("views.publish")
    assert published["user_id"] == "U1"

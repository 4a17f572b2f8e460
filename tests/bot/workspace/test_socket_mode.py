"""A real Bolt app, connected by Socket Mode."""

import asyncio
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest
from slack_sdk import WebClient

from bot.workspace import Refusal, Workspace, deliveries
from tests.bot.workspace.bolt import connected, modal
from tests.fakes import FakeClock


@pytest.fixture
def seen(slack: Workspace) -> Iterator[list[Any]]:
    with connected(slack) as seen:
        yield seen


def test_a_command_is_acknowledged_and_answered(slack: Workspace, seen: list[Any]) -> None:
    ack = slack.slash("minji", "#daily-papers", "/papers", "attention")
    assert ack.acknowledged
    assert ack.seconds is not None
    assert ack.message
    assert ack.message.text == "Looking for attention"
    assert ack.message.ephemeral_to == "U0MINJI001"
    found = slack.wait_for_ephemeral("minji", "#daily-papers", contains="Found")
    shown = slack.ephemerals("minji", "#daily-papers")
    assert {one.text for one in shown} == {ack.message.text, found.text}
    assert slack.messages("#daily-papers") == []


def test_a_click_opens_a_modal_that_refuses_and_accepts(slack: Workspace, seen: list[Any]) -> None:
    slack.slash("minji", "#daily-papers", "/papers", "attention")
    found = slack.wait_for_ephemeral("minji", "#daily-papers", contains="Found")
    assert slack.click("minji", found, "open", "1706.03762").acknowledged
    view = slack.wait_for_view("minji", callback_id="search")
    assert seen[-1]["actions"][0]["value"] == "1706.03762"
    assert seen[-1]["container"]["is_ephemeral"]
    assert slack.submit("minji", view, {}).errors.keys() == {"words"}
    assert not [one for one in seen if "state" in one and one.get("type") == "modal"]
    refused = slack.submit("minji", view, {"words": "a", "language": "ko"})
    assert refused.errors == {"words": "Three letters at least."}
    assert slack.views("minji")[0].errors == refused.errors
    chosen = seen[-1]["state"]["values"]["language"]["choice"]["selected_option"]
    assert chosen["text"]["text"] == "Korean"
    assert slack.submit("minji", view, {"words": "attention"}).errors == {}
    assert slack.views("minji") == []


def test_a_modal_is_updated_and_stacked_three_deep(slack: Workspace, seen: list[Any]) -> None:
    slack.open_home("alice")
    home = slack.wait_for_home("alice")
    slack.click("alice", home, "open")
    view = slack.wait_for_view("alice")
    slack.submit("alice", view, {"words": "done"})
    assert slack.views("alice")[0].content["title"]["text"] == "Done"
    slack.submit("alice", view, {"words": "more"})
    slack.submit("alice", slack.views("alice")[-1], {"words": "more"})
    assert [one.content["title"]["text"] for one in slack.views("alice")] == [
        "Done",
        "More",
        "More",
    ]
    with pytest.raises(Refusal, match="push_limit_reached"):
        slack.submit("alice", slack.views("alice")[-1], {"words": "more"})


def test_a_mention_is_two_events_and_one_answer(slack: Workspace, seen: list[Any]) -> None:
    said = slack.say("junho", "#daily-papers", "@paperboy 안녕하세요 <b> & co")
    answer = slack.wait_for_message("#daily-papers", thread_ts=said.ts)
    assert answer.text == "You called?"
    assert said.text == "<@U0PAPERBOY> 안녕하세요 &lt;b&gt; &amp; co"
    slack.wait_for(lambda: len([one for one in seen if one["ts"] == said.ts]) == 2)
    bodies = [one.payload for one in slack.deliveries("events_api")]
    about = [body for body in bodies if body["event"].get("ts") == said.ts]
    assert [body["event"]["type"] for body in about] == ["app_mention", "message"]
    assert len({body["event_id"] for body in about}) == 2


def test_a_direct_message_is_one_event(slack: Workspace, seen: list[Any]) -> None:
    slack.say("alice", "U0ALICE001", "@paperboy hello")
    slack.wait_for(lambda: seen)
    assert [event["channel_type"] for event in seen] == ["im"]


def test_channels_without_the_bot_are_silent_until_it_is_invited(
    slack: Workspace, seen: list[Any]
) -> None:
    slack.say("alice", "#random", "@paperboy hello")
    assert slack.deliveries("events_api") == []
    slack.invite("#random")
    slack.say("alice", "#random", "@paperboy hello")
    assert slack.wait_for_call("chat.postMessage")["text"] == "You called?"


def test_shortcuts_carry_their_callback(slack: Workspace, seen: list[Any]) -> None:
    said = slack.say("alice", "#random", "https://arxiv.org/abs/1706.03762")
    slack.shortcut("alice", "ask")
    slack.message_shortcut("alice", said, "ask")
    assert [one["type"] for one in seen] == ["shortcut", "message_action"]
    assert seen[1]["message"]["text"] == "<https://arxiv.org/abs/1706.03762>"


def test_an_edit_and_a_deletion_are_told(slack: Workspace, seen: list[Any]) -> None:
    said = slack.say("alice", "#daily-papers", "first")
    slack.delete(slack.edit(said, "second"))
    slack.wait_for(lambda: len(seen) == 3)
    by_kind = {one.get("subtype"): one for one in seen}
    assert by_kind["message_changed"]["message"]["text"] == "second"
    assert by_kind["message_deleted"]["previous_message"]["text"] == "second"


def test_a_trigger_works_once_and_for_three_seconds(
    slack: Workspace, clock: FakeClock, seen: list[Any]
) -> None:
    slack.shortcut("alice", "ask")
    trigger = seen[0]["trigger_id"]
    call = {"trigger_id": trigger, "view": modal("Late", *[{"type": "divider"}])}
    clock.forward(seconds=4)
    assert call_error(slack, "views.open", call) == "trigger_expired"
    slack.shortcut("alice", "ask")
    call["trigger_id"] = seen[1]["trigger_id"]
    assert call_error(slack, "views.open", call) == ""
    assert call_error(slack, "views.open", call) == "trigger_exchanged"
    call["trigger_id"] = "no-such"
    assert call_error(slack, "views.open", call) == "invalid_trigger_id"


def call_error(slack: Workspace, method: str, args: dict[str, Any]) -> str:
    from slack_sdk.errors import SlackApiError

    client = WebClient(token=slack.bot_token, base_url=slack.api_url)
    try:
        client.api_call(method, json=args)
    except SlackApiError as error:
        return str(error.response["error"])
    return ""


def test_a_disconnect_brings_a_new_connection(slack: Workspace, seen: list[Any]) -> None:
    slack.disconnect()
    slack.wait_for(lambda: len(slack.calls("apps.connections.open")) == 2)
    assert slack.slash("alice", "#daily-papers", "/papers", "x").acknowledged


async def linked(slack: Workspace, http: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
    web = WebClient(base_url=slack.api_url)
    told = await asyncio.to_thread(web.apps_connections_open, app_token=slack.app_token)
    socket = await http.ws_connect(str(told["url"]))
    assert (await socket.receive_json())["type"] == "hello"
    return socket


def test_a_connection_that_is_replaced_may_still_acknowledge_what_it_got(slack: Workspace) -> None:
    async def story() -> None:
        async with aiohttp.ClientSession() as http:
            first = await linked(slack, http)
            await asyncio.to_thread(slack.say, "alice", "#daily-papers", "hello")
            got = await first.receive_json()
            await asyncio.to_thread(slack.disconnect)
            assert (await first.receive_json())["type"] == "disconnect"
            await linked(slack, http)
            await first.send_json({"envelope_id": got["envelope_id"]})
            assert (await first.receive()).type is aiohttp.WSMsgType.CLOSE

    asyncio.run(asyncio.wait_for(story(), 30))
    assert slack.unacknowledged() == []


def test_an_event_that_nobody_acknowledged_in_time_is_sent_again(
    slack: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "ACK_SECONDS", 0.2)
    monkeypatch.setattr(deliveries, "AGAIN_SECONDS", (0.0, 0.5))

    async def story() -> list[Any]:
        async with aiohttp.ClientSession() as http:
            socket = await linked(slack, http)
            await asyncio.to_thread(slack.say, "alice", "#daily-papers", "hello")
            seen = [await socket.receive_json() for _ in range(2)]
            await socket.send_json({"envelope_id": seen[0]["envelope_id"]})
            # What was acknowledged comes no more.
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(socket.receive_json(), 2)
        return seen

    first, second = asyncio.run(asyncio.wait_for(story(), 30))
    assert first["envelope_id"] == second["envelope_id"]
    assert (first["retry_attempt"], second["retry_attempt"]) == (0, 1)
    assert second["retry_reason"] == "http_timeout"


def test_an_event_is_repeated_with_its_own_id(slack: Workspace, seen: list[Any]) -> None:
    slack.say("alice", "#daily-papers", "hello")
    (delivery,) = slack.wait_for(lambda: slack.deliveries("events_api"))
    slack.wait_for(lambda: len(seen) == 1)
    slack.send_again(delivery)
    slack.wait_for(lambda: len(seen) == 2)
    assert seen[0]["ts"] == seen[1]["ts"]
    assert delivery.envelope["retry_attempt"] == 1


def test_each_payload_goes_to_one_of_several_connections(slack: Workspace, seen: list[Any]) -> None:
    with connected(slack) as seen_by_the_other:
        slack.wait_for(lambda: slack.connections == 2)
        for number in range(6):
            slack.say("alice", "#daily-papers", f"hello {number}")
        slack.wait_for(lambda: len(seen) + len(seen_by_the_other) == 6)
        assert (len(seen), len(seen_by_the_other)) == (3, 3)

"""What the workspace sends has at least the fields of what Slack really sends."""

import json
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_sdk import WebClient

from bot.workspace import Workspace
from tests.bot.workspace.bolt import WORDS, connected, modal
from tests.shared_data import shared_data

# Only workspaces of an enterprise have these; `authed_users` and `emoji` are old.
NOT_HERE = {
    "enterprise_id",
    "enterprise_name",
    "enterprise",
    "authed_users",
    "emoji",
    "source_team",
}
NOT_HERE |= {"user_profile", "user_team"}
# What these hold is the sender's own.
OWN = {"elements", "values"}


def real(name: str) -> Any:
    text = shared_data(f"slack_payloads/{name}").read_text(encoding="utf-8")
    return json.loads(text)


def lacking(wanted: Any, held: Any, path: str = "") -> list[str]:
    """Fields of `wanted` that `held` does not have, however deep."""
    if isinstance(wanted, list) and isinstance(held, list):
        pairs = zip(wanted, held, strict=False)
        return [one for pair in pairs for one in lacking(*pair, path=f"{path}[]")]
    if not isinstance(wanted, dict) or not isinstance(held, dict):
        return []
    missing = [f"{path}/{name}" for name in wanted if name not in held and name not in NOT_HERE]
    both = (wanted.keys() & held.keys()) - OWN
    return missing + [
        one for name in both for one in lacking(wanted[name], held[name], f"{path}/{name}")
    ]


def last(slack: Workspace, kind: str) -> Any:
    return slack.deliveries(kind)[-1].payload


def event(slack: Workspace, kind: str, subtype: str | None = None) -> Any:
    """The body of the last event of that kind."""
    bodies = [one.payload for one in slack.deliveries("events_api")]
    fitting = [
        one
        for one in bodies
        if (one["event"]["type"], one["event"].get("subtype")) == (kind, subtype)
    ]
    return fitting[-1]


@pytest.fixture
def silent(slack: Workspace) -> Workspace:
    """A workspace without an app: everything is sent and nothing acknowledged."""
    slack.ack_seconds = 0.0
    return slack


def test_a_slash_command(silent: Workspace) -> None:
    name = "slack_payloads/http/scenario_test_slash_command__slash_command_body_125.urlencoded.txt"
    wanted = parse_qs(shared_data(name).read_text(encoding="utf-8"))
    silent.slash("minji", "#daily-papers", "/papers", "today")
    assert lacking(wanted, last(silent, "slash_commands")) == []


@pytest.mark.parametrize(
    ("name", "kind", "subtype"),
    [
        ("scenario_test_message_bot__user_message_event_payload_79", "message", None),
        ("scenario_test_app__app_mention_event_body_334", "app_mention", None),
        ("scenario_test_events__valid_reaction_added_body_112", "reaction_added", None),
        ("scenario_test_message_changed__event_payload_68", "message", "message_changed"),
        ("scenario_test_message_deleted__event_payload_68", "message", "message_deleted"),
    ],
)
def test_an_event(silent: Workspace, name: str, kind: str, subtype: str | None) -> None:
    wanted = real(f"http/{name}.json")
    said = silent.say("minji", "#daily-papers", "@paperboy hello")
    silent.react("alice", said, "eyes")
    silent.delete(silent.edit(said, "hi"))
    assert lacking(wanted, event(silent, kind, subtype)) == []


def test_a_message_in_the_thread_of_a_direct_message(silent: Workspace) -> None:
    wanted = real("http/scenario_test_events_assistant__user_message_event_body.json")
    root = silent.say("minji", "U0MINJI001", "hello")
    silent.say("minji", "U0MINJI001", "more", root.ts)
    assert lacking(wanted, event(silent, "message")) == []


def test_shortcuts(silent: Workspace) -> None:
    said = silent.say("minji", "#daily-papers", "hello")
    silent.shortcut("minji", "ask")
    wanted = real("http/scenario_test_shortcut__global_shortcut_body_187.json")
    assert lacking(wanted, last(silent, "interactive")) == []
    silent.message_shortcut("minji", said, "ask")
    wanted = real("http/scenario_test_shortcut__message_shortcut_body_202.json")
    assert lacking(wanted, last(silent, "interactive")) == []


def test_clicks_and_modals(slack: Workspace, client: WebClient) -> None:
    clicked = real("http/scenario_test_block_actions__body_161.json")
    submitted = real("http/scenario_test_view_submission__body_17.json")
    closed = real("http/scenario_test_view_closed__body_140.json")
    with connected(slack) as seen:
        slack.slash("minji", "#daily-papers", "/papers", "attention")
        found = slack.wait_for_ephemeral("minji", "#daily-papers", contains="Found")
        slack.click("minji", found, "open")
        assert lacking(clicked, last(slack, "interactive")) == []
        view = slack.wait_for_view("minji")
        slack.submit("minji", view, {"words": "more"})
        assert lacking(submitted, last(slack, "interactive")) == []
        with slack.state.lock:
            trigger = slack.state.trigger("U0MINJI001")
        client.views_open(trigger_id=trigger, view=modal("Told", WORDS, notify_on_close=True))
        slack.ack_seconds = 0.1
        slack.close_view("minji", slack.views("minji")[-1])
        assert lacking(closed, last(slack, "interactive")) == []
        assert seen


def test_envelopes_of_socket_mode(silent: Workspace) -> None:
    silent.slash("minji", "#daily-papers", "/papers", "today")
    silent.shortcut("minji", "ask")
    silent.say("minji", "#daily-papers", "hello")
    by_kind = {one.kind: one.envelope for one in silent.deliveries()}
    for number in range(4):
        wanted = real(f"socket_mode/socket_mode_envelopes_{number}.json")
        wanted["payload"] = None
        assert lacking(wanted, by_kind[wanted["type"]]) == []

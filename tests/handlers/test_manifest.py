"""The manifest asks Slack for what the code uses, and for nothing else."""

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

from slack_bolt import BoltRequest, BoltResponse

from bot.checks import UNFURL_SCOPES, needed_scopes
from bot.slack.blocks.ids import CallbackId
from handlers.slash import COMMAND
from tests.handlers.conftest import Edge

ROOT = Path(__file__).resolve().parents[2]
MANIFEST: dict[str, Any] = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
UNFURLING: dict[str, Any] = json.loads(
    (ROOT / ".slack" / "manifest-unfurl.json").read_text(encoding="utf-8")
)
EVENTS = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
SCOPES = MANIFEST["oauth_config"]["scopes"]["bot"]

# What Slack wants for an event to be sent, by its documentation.
EVENT_SCOPES = {
    "agent_session_stopped": set(),
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "link_shared": {"links:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "reaction_added": {"reactions:read"},
    "reaction_removed": {"reactions:read"},
}
# What Slack wants for a call; methods that need no scope are left out.
METHOD_SCOPES = {
    "assistant.threads.setStatus": {"assistant:write"},
    "assistant.threads.setSuggestedPrompts": {"assistant:write"},
    "assistant.threads.setTitle": {"assistant:write"},
    "chat.postMessage": {"chat:write"},
    "chat.unfurl": {"links:write"},
    "conversations.open": {"im:write"},
    "files_upload_v2": {"files:write"},
    "reactions.add": {"reactions:write"},
    "users.conversations": {"channels:read", "groups:read"},
    "users.info": {"users:read"},
}
# Written, but called by nothing yet.
UNUSED = {"reactions.add"}
# Called only when summaries under links are turned on, which has a manifest of its own.
OPTIONAL = {"chat.unfurl"}


def calls_in_code() -> set[str]:
    """Web API methods that stand in the code, as method names or as calls on a client."""
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for room in ("handlers", "bot")
        for path in (ROOT / room).rglob("*.py")
        if "workspace" not in path.relative_to(ROOT).parts
    )
    return (
        {
            method
            for method in METHOD_SCOPES
            if f'"{method}"' in code or re.search(rf"\.{method.replace('.', '_')}\(", code)
        }
        - UNUSED
        - OPTIONAL
    )


def test_the_scopes_are_those_that_events_calls_and_commands_need() -> None:
    needed = {"commands"}
    for event in EVENTS:
        needed |= EVENT_SCOPES[event]
    for method in calls_in_code():
        needed |= METHOD_SCOPES[method]
    assert set(SCOPES) == needed
    assert sorted(SCOPES) == SCOPES


def test_the_variant_that_unfurls_asks_for_links_and_differs_in_nothing_else() -> None:
    plain = deepcopy(UNFURLING)
    assert plain["features"].pop("unfurl_domains") == ["arxiv.org", "huggingface.co"]
    scopes = plain["oauth_config"]["scopes"]["bot"]
    assert scopes == sorted(scopes)
    for scope in UNFURL_SCOPES:
        scopes.remove(scope)
    plain["settings"]["event_subscriptions"]["bot_events"].remove("link_shared")
    assert plain == MANIFEST


def test_a_bot_that_is_to_unfurl_is_checked_for_the_scopes_of_its_manifest() -> None:
    assert sorted(needed_scopes(unfurl=True)) == UNFURLING["oauth_config"]["scopes"]["bot"]
    assert needed_scopes() == SCOPES


def test_every_event_has_a_listener_that_does_something(edge: Edge) -> None:
    for event in {event.split(".")[0] for event in (*EVENTS, "link_shared")}:
        body = {"type": "event_callback", "event": {"type": event}}
        request = BoltRequest(mode="socket_mode", body=body)
        response = BoltResponse(status=200)
        first = next(
            listener
            for listener in edge.app._listeners
            if listener.matches(req=request, resp=response)
        )
        assert "leftovers" not in first.ack_function.__module__, event


def test_the_command_is_the_one_the_code_listens_to() -> None:
    assert [one["command"] for one in MANIFEST["features"]["slash_commands"]] == [COMMAND]


def test_every_shortcut_is_one_the_code_knows() -> None:
    for shortcut in MANIFEST["features"].get("shortcuts", []):
        assert shortcut["callback_id"] in set(CallbackId)


def test_the_lengths_are_within_what_slack_takes() -> None:
    display = MANIFEST["display_information"]
    assert len(display["name"]) <= 35
    assert len(display["description"]) <= 140
    assert 175 <= len(display["long_description"]) <= 4000
    agent = MANIFEST["features"]["agent_view"]
    assert len(agent["agent_description"]) <= 300
    assert len(agent["suggested_prompts"]) <= 4

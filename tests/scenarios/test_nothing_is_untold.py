"""Each listener has a story: a registered command, action, form, shortcut or event that no scenario
touches is found here."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk import WebClient

import handlers
from bot.languages import language
from bot.serving.bolt import SlackApp
from bot.slack.blocks.ids import ActionId, CallbackId
from bot.telemetry.metrics import Metrics
from handlers.clicks import all_clicks
from handlers.commands import discover

HERE = Path(__file__).parent
# What the stories write as words, one place for all of them.
STRINGS = [
    node.value
    for path in sorted(HERE.glob("*.py"))
    if path.name != Path(__file__).name
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(node, ast.Constant) and isinstance(node.value, str)
]
SOURCE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted(HERE.glob("*.py"))
    if path.name != Path(__file__).name
)
# Which way of the workspace sends an event.
EVENTS = {
    "agent_session_stopped": r"\.stop_session\(",
    "app_home_opened": r"\.open_home\(",
    "app_mention": r"@paperboy",
    "link_shared": r"unfurl=True",
    "member_joined_channel": r"\.invite\(",
    "message": r"\.say\(",
    "reaction_added": r"\.react\(",
    "reaction_removed": r"\.unreact\(",
}
UNHANDLED = "unhandled"


def listener_of(app: App, body: dict[str, Any]) -> str:
    """The module of the first listener that takes *body*."""
    request = BoltRequest(mode="socket_mode", body=body)
    for listener in app._listeners:
        if listener.matches(req=request, resp=BoltResponse(status=200)):
            return listener.ack_function.__module__
    return UNHANDLED


def heard(app: App, ids: Iterator[tuple[str, dict[str, Any]]]) -> list[str]:
    """Those ids whose payloads have a listener of their own."""
    return [name for name, body in ids if UNHANDLED not in listener_of(app, body)]


def told(name: str) -> bool:
    """Whether a story names an id, alone or with its number."""
    return any(re.match(rf"{re.escape(name)}(?:[:/+]|$)", one) for one in STRINGS)


@pytest.fixture(scope="module")
def app() -> Iterator[App]:
    """The listeners alone; the services are never called."""
    bare = SlackApp(
        client=WebClient("xoxb-1"),
        identity=_Anything(),  # type: ignore[arg-type]
        metrics=Metrics(),
        threads=1,
    )
    handlers.register(bare, _Anything())  # type: ignore[arg-type]
    yield bare
    bare.lanes.close()


class _Anything:
    def __getattr__(self, name: str) -> Any:
        return _Anything()


def test_every_action_has_a_story() -> None:
    assert [one for one in all_clicks() if not told(one)] == []


def test_every_form_has_a_story(app: App) -> None:
    ids = (
        (str(one), {"type": "view_submission", "view": {"type": "modal", "callback_id": str(one)}})
        for one in CallbackId
    )
    assert [one for one in heard(app, ids) if not told(one)] == []


@pytest.mark.parametrize("kind", ["shortcut", "message_action"])
def test_every_shortcut_has_a_story(app: App, kind: str) -> None:
    ids = ((str(one), {"type": kind, "callback_id": str(one)}) for one in CallbackId)
    assert [one for one in heard(app, ids) if not told(one)] == []


def test_every_subcommand_has_a_story_in_both_languages() -> None:
    typed = {one.split(" ")[0] for one in STRINGS}
    untold = {
        command.name: [
            word
            for word in (command.name, language("ko").commands[command.name][0])
            if word not in typed
        ]
        for command in discover().all
    }
    assert {name: words for name, words in untold.items() if words} == {}


def test_every_event_has_a_story(app: App) -> None:
    ids = ((name, {"type": "event_callback", "event": {"type": name}}) for name in EVENTS)
    assert set(heard(app, ids)) == set(EVENTS)
    assert [name for name, way in EVENTS.items() if not re.search(way, SOURCE)] == []


def test_the_table_would_find_a_listener_without_a_story() -> None:
    assert not told("paper_burn")
    assert told(ActionId.PAPER_OPEN)

"""A small Bolt app for the tests: a command, a button, a modal, a mention, a shortcut."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slack_bolt import Ack as BoltAck
from slack_bolt import App
from slack_sdk import WebClient

from bot.serving.socket_mode import SocketModeServer
from bot.workspace import Workspace

logging.getLogger("slack_bolt").setLevel(logging.CRITICAL)


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def modal(title: str, *blocks: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "search",
        "title": plain(title),
        "submit": plain("Search"),
        "blocks": list(blocks),
        **fields,
    }


WORDS = {
    "type": "input",
    "block_id": "words",
    "label": plain("Words"),
    "element": {"type": "plain_text_input", "action_id": "text"},
}
LANGUAGE = {
    "type": "input",
    "block_id": "language",
    "optional": True,
    "label": plain("Language"),
    "element": {
        "type": "static_select",
        "action_id": "choice",
        "options": [
            {"text": plain("Korean"), "value": "ko"},
            {"text": plain("English"), "value": "en"},
        ],
    },
}
BUTTON = {
    "type": "actions",
    "block_id": "paper",
    "elements": [
        {"type": "button", "action_id": "open", "text": plain("Open"), "value": "1706.03762"}
    ],
}


def make_app(slack: Workspace, seen: list[Any]) -> App:
    """The app; what it sees goes to `seen`."""
    client = WebClient(token=slack.bot_token, base_url=slack.api_url)
    app = App(client=client, signing_secret=slack.signing_secret)

    @app.command("/papers")
    def papers(ack: BoltAck, respond: Any, command: dict[str, Any]) -> None:
        ack(f"Looking for {command['text']}")
        respond(text="Found", blocks=[BUTTON])

    @app.action("open")
    def opened(ack: BoltAck, body: dict[str, Any], client: WebClient) -> None:
        ack()
        seen.append(body)
        client.views_open(trigger_id=body["trigger_id"], view=modal("Find", WORDS, LANGUAGE))

    @app.view("search")
    def searched(ack: BoltAck, view: dict[str, Any]) -> None:
        words = view["state"]["values"]["words"]["text"]["value"]
        seen.append(view)
        if len(words) < 3:
            ack(response_action="errors", errors={"words": "Three letters at least."})
        elif words == "more":
            ack(response_action="push", view=modal("More", WORDS))
        elif words == "done":
            ack(response_action="update", view=modal("Done", WORDS))
        else:
            ack()

    listen(app, seen)
    return app


@contextmanager
def connected(slack: Workspace) -> Iterator[list[Any]]:
    """The app, connected by Socket Mode; gives what it sees."""
    seen: list[Any] = []
    server = SocketModeServer(make_app(slack, seen), slack.app_token)
    server.start()
    slack.wait_until_connected()
    yield seen
    server.stop()


def listen(app: App, seen: list[Any]) -> None:
    """What the app does with events and shortcuts."""

    @app.event("app_mention")
    def mentioned(event: dict[str, Any], say: Any) -> None:
        seen.append(event)
        say(text="You called?", thread_ts=event["ts"])

    @app.event("app_home_opened")
    def home(event: dict[str, Any], client: WebClient) -> None:
        view = {"type": "home", "blocks": [BUTTON]}
        client.views_publish(user_id=event["user"], view=view)

    @app.shortcut("ask")
    def ask(ack: BoltAck, shortcut: dict[str, Any]) -> None:
        ack()
        seen.append(shortcut)

    @app.event("message")
    def message(event: dict[str, Any]) -> None:
        seen.append(event)

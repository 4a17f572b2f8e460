"""The least a Bolt app can do: acknowledge everything. The baseline of the acknowledgements.

    python -m tests.benchmarks.capacity.echo_app [--answering]

Nothing in it is Paperboy's. Socket Mode is Bolt's own handler, HTTP is Bolt's own WSGI adapter on
waitress, which serves Paperboy as well; both have as many threads as Paperboy, where Bolt has ten
and five of its own. With ``--answering`` whatever Paperboy answers gets a line of text by the same
call to Slack: commands, turned pages, saved papers, visits of App Home. Nothing is looked up, so
this is the least that any bot costs that answers the same traffic.
"""

import os
import re
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

ANYTHING = re.compile("")
THREADS = 64
MAX_CONNECTIONS = 1_000
LINE = "Here is your answer."
VIEW = {"type": "home", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": LINE}}]}


def echo_app(token: str, api_url: str, secret: str) -> App:
    """An app with a listener for each kind of payload."""
    app = _app(token, api_url, secret)
    for kind in (app.command, app.action, app.event):
        kind(ANYTHING)(_acknowledge)
    return app


def answering_app(token: str, api_url: str, secret: str) -> App:
    """The same, with a line of text wherever Paperboy answers."""
    app = _app(token, api_url, secret)

    def answer(ack: Ack, respond: Respond) -> None:
        ack()
        respond(LINE)

    def home(event: dict[str, Any], client: WebClient) -> None:
        client.views_publish(user_id=event["user"], view=VIEW)

    app.command(ANYTHING)(answer)
    app.action(re.compile("page_next|paper_save"))(answer)
    app.event("app_home_opened")(home)
    for kind in (app.action, app.event):
        kind(ANYTHING)(_acknowledge)
    return app


def _app(token: str, api_url: str, secret: str) -> App:
    return App(
        client=WebClient(token, base_url=api_url),
        signing_secret=secret,
        token_verification_enabled=False,
        listener_executor=ThreadPoolExecutor(THREADS),
    )


def _acknowledge(ack: Ack) -> None:
    ack()


def main() -> None:
    """Serve until killed, by Socket Mode with an app token, otherwise by HTTP."""
    make: Callable[[str, str, str], App] = echo_app
    if "--answering" in sys.argv:
        make = answering_app
    app = make(
        os.environ["SLACK_BOT_TOKEN"],
        os.environ["SLACK_API_URL"],
        os.environ["SLACK_SIGNING_SECRET"],
    )
    # Imported where they are needed: an app has one way in.
    if app_token := os.environ.get("SLACK_APP_TOKEN"):
        from slack_bolt.adapter.socket_mode import SocketModeHandler

        SocketModeHandler(app, app_token, concurrency=THREADS).start()  # type: ignore[no-untyped-call]
    else:
        import waitress
        from slack_bolt.adapter.wsgi import SlackRequestHandler

        waitress.serve(
            SlackRequestHandler(app),
            host="127.0.0.1",
            port=int(os.environ["PORT"]),
            threads=THREADS,
            connection_limit=MAX_CONNECTIONS,
            asyncore_use_poll=True,
        )


if __name__ == "__main__":
    main()

"""The least a Bolt app can do: acknowledge everything. The baseline of the acknowledgements.

``python -m tests.benchmarks.capacity.echo_app`` is served as Paperboy is: by the same servers, with
as many threads.
"""

import os
import re
import threading
from concurrent.futures import ThreadPoolExecutor

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.serving import HttpServer, SocketModeServer
from bot.serving.http import THREADS
from bot.serving.wsgi import LOOPBACK

ANYTHING = re.compile("")


def echo_app(token: str, api_url: str, secret: str) -> App:
    """An app with a listener for each kind of payload."""
    app = App(
        client=WebClient(token, base_url=api_url),
        signing_secret=secret,
        token_verification_enabled=False,
        listener_executor=ThreadPoolExecutor(THREADS),
    )

    def acknowledge(ack: Ack) -> None:
        ack()

    for kind in (app.command, app.action, app.event):
        kind(ANYTHING)(acknowledge)
    return app


def main() -> None:
    """Serve until killed, by Socket Mode with an app token, otherwise by HTTP."""
    app = echo_app(
        os.environ["SLACK_BOT_TOKEN"],
        os.environ["SLACK_API_URL"],
        os.environ["SLACK_SIGNING_SECRET"],
    )
    server: SocketModeServer | HttpServer
    if app_token := os.environ.get("SLACK_APP_TOKEN"):
        server = SocketModeServer(app, app_token)
    else:
        server = HttpServer(
            app,
            signing_secret=os.environ["SLACK_SIGNING_SECRET"],
            host=LOOPBACK,
            port=int(os.environ["PORT"]),
            parts=lambda: {},
        )
    server.start()
    threading.Event().wait()


if __name__ == "__main__":
    main()

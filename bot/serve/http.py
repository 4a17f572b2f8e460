"""HTTP mode: signed requests on ``/slack/events``, health beside them."""

from collections.abc import Iterable
from typing import cast
from wsgiref.types import StartResponse, WSGIEnvironment

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler

from bot.serve.health import Parts, health_answer
from bot.serve.ports import Dispatcher
from bot.serve.wsgi import WsgiServer, answer

EVENTS_PATH = "/slack/events"
# Each request holds a thread until it is acknowledged, which takes milliseconds.
THREADS = 24


class HttpServer(WsgiServer):
    """Serves the Bolt app on *host*:*port* from threads of its own.

    Args:
        parts: what Paperboy needs to do its work, and whether it works.

    Raises:
        PaperboyError: the port is taken.
    """

    # Slack calls us, so there is no connection that could be down.
    ready = True

    def __init__(self, app: Dispatcher, *, host: str = "0.0.0.0", port: int, parts: Parts) -> None:
        slack = SlackRequestHandler(cast(App, app), path=EVENTS_PATH)
        flow = app.oauth_flow
        paths = {EVENTS_PATH} | ({flow.install_path, flow.redirect_uri_path} if flow else set())

        def respond(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
            if environ.get("PATH_INFO", "") in paths:
                served: Iterable[bytes] = slack(environ, start)
                return served
            told = health_answer(environ, start, parts)
            return answer(start, "404 Not Found", b"nothing here") if told is None else told

        super().__init__(respond, host=host, port=port, threads=THREADS, setting="PORT")

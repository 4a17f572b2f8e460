"""HTTP mode: signed requests on ``/slack/events``, health on ``/healthz`` and ``/readyz``."""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from waitress import wasyncore
from waitress.server import create_server

from bot.errors import PaperboyError

EVENTS_PATH = "/slack/events"
# Each request holds a thread until it is acknowledged, which takes milliseconds.
THREADS = 24
# A burst opens a connection for each request that is under way.
MAX_CONNECTIONS = 1000
MAX_BODY_BYTES = 2_000_000
STOP_SECONDS = 5
# The last answers leave within this time.
FLUSH_SECONDS = 0.2

log = logging.getLogger(__name__)


class HttpServer:
    """Serves the Bolt app on *host*:*port* from threads of its own.

    Args:
        ready: tells whether Paperboy can do its work (its database answers, say).

    Raises:
        PaperboyError: the port is taken.
    """

    def __init__(
        self, app: App, *, host: str = "0.0.0.0", port: int, ready: Callable[[], bool]
    ) -> None:
        self._slack = SlackRequestHandler(app, path=EVENTS_PATH)
        self._ready = ready
        self._sockets: dict[int, Any] = {}
        try:
            # Its stubs don't know what a server for one address has.
            self._server: Any = create_server(
                self._respond,
                map=self._sockets,
                host=host,
                port=port,
                threads=THREADS,
                connection_limit=MAX_CONNECTIONS,
                asyncore_use_poll=True,  # select() knows 1024 files only
                ident=None,
                max_request_body_size=MAX_BODY_BYTES,
                clear_untrusted_proxy_headers=True,
            )
        except OSError as error:
            raise PaperboyError(
                f"port {port}: {error}", message_id="cli-port-taken", port=str(port)
            ) from error
        self._thread = threading.Thread(target=self._server.run, name="http", daemon=True)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.effective_port)

    def start(self) -> None:
        """Begin to serve; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening and let the requests in hand finish."""
        self._server.task_dispatcher.shutdown(timeout=STOP_SECONDS)
        if self._thread.is_alive():
            time.sleep(FLUSH_SECONDS)
            # The sockets are closed by the thread that polls them: it ends when none is left.
            self._server.trigger.pull_trigger(lambda: wasyncore.close_all(self._sockets))
            self._thread.join(timeout=STOP_SECONDS)
        else:
            self._server.close()

    def _respond(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == "/healthz":
            return _plain(start_response, "200 OK", "alive")
        if path == "/readyz":
            if self._ready():
                return _plain(start_response, "200 OK", "ready")
            return _plain(start_response, "503 Service Unavailable", "not ready")
        if path != EVENTS_PATH:
            return _plain(start_response, "404 Not Found", "nothing here")
        answer: Iterable[bytes] = self._slack(environ, start_response)
        return answer


def _plain(start_response: StartResponse, status: str, text: str) -> Iterable[bytes]:
    start_response(status, [("Content-Type", "text/plain; charset=utf-8")])
    return [text.encode()]

"""Quick ways in for a Bolt app under test.

The real ones of ``bot.serving`` take seconds to close, which hundreds of stories cannot afford;
they have tests of their own.
"""

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.workspace import Workspace


class SocketDoor:
    """Socket Mode, with the sockets cut instead of waited for."""

    def __init__(self, app: App, slack: Workspace) -> None:
        self._slack = slack
        self._handler = SocketModeHandler(app, slack.app_token, concurrency=20)
        self._handler.connect()  # type: ignore[no-untyped-call]
        slack.wait_until_connected()

    def stop(self) -> None:
        self._handler.client.auto_reconnect_enabled = False
        with contextlib.suppress(TimeoutError):
            self._slack.wait_for(lambda: not self._slack.unacknowledged(), 1.0)
        self._slack.drop_connection()
        with contextlib.suppress(AttributeError):
            self._handler.close()  # type: ignore[no-untyped-call]


class HttpDoor:
    """A request URL on a free port of loopback."""

    def __init__(self, app: App, slack: Workspace) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                headers: dict[str, Any] = dict(self.headers.items())
                answer = app.dispatch(BoltRequest(body=body, headers=headers))
                self.send_response(answer.status)
                for name, values in answer.headers.items():
                    self.send_header(name, values[0])
                self.end_headers()
                self.wfile.write(answer.body.encode())

            def log_message(self, format: str, *args: Any) -> None:
                """Silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}
        )
        self._thread.start()
        slack.deliver_to(f"http://127.0.0.1:{self._server.server_port}/slack/events")

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

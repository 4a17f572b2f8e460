"""The smallest Slack that Bolt is content with: every call is fine, and every call is recorded."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

ANSWERS: dict[str, dict[str, Any]] = {
    "auth.test": {
        "url": "https://example.slack.com/",
        "team": "T",
        "user": "paperboy",
        "team_id": "T111",
        "user_id": "UBOT",
        "bot_id": "BBOT",
    },
    "views.publish": {"view": {"id": "V1"}},
    "views.open": {"view": {"id": "V1", "hash": "1.a"}},
}


class SlackStub:
    """``api`` is the base URL for a client, ``hook`` a response_url; ``calls`` are pairs of
    method and arguments, ``hook`` among the methods; ``refusals`` are error codes by method,
    ``faults`` what befalls the next calls of a method: an HTTP status with a body, or None for a
    connection that is dropped."""

    def __init__(self, port: int) -> None:
        self.api = f"http://127.0.0.1:{port}/api/"
        self.hook = f"http://127.0.0.1:{port}/hook"
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refusals: dict[str, str] = {}
        self.faults: dict[str, list[tuple[int, str] | None]] = {}

    def of(self, method: str) -> list[dict[str, Any]]:
        """The arguments of each call of *method*."""
        return [arguments for name, arguments in self.calls if name == method]


@contextmanager
def slack_stub() -> Iterator[SlackStub]:
    """Serve on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        def fail(self, fault: tuple[int, str] | None) -> None:
            self.close_connection = True
            if fault is None:
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            status, body = fault
            self.send_response(status)
            self.send_header("Retry-After", "0")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            method = self.path.rsplit("/", 1)[-1]
            if "json" in (self.headers.get("Content-Type") or "") and raw:
                arguments = json.loads(raw)
            else:
                arguments = {name: values[0] for name, values in parse_qs(raw).items()}
            stub.calls.append((method, arguments))
            if faults := stub.faults.get(method):
                self.fail(faults.pop(0))
                return
            answer: dict[str, Any] = {"ok": True, **ANSWERS.get(method, {})}
            if method in stub.refusals:
                answer = {"ok": False, "error": stub.refusals[method]}
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stub = SlackStub(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

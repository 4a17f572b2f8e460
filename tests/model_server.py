"""A loopback server that speaks the OpenAI protocol and says what a test tells it to.

with ModelServer(lambda request: ModelReply("hello")) as server:
    ... Settings(openai_base_url=server.url) ...
    assert server.requests[0]["model"] == "stub"
"""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, ClassVar, Self

SERVED = "stub-2025-01-01"


@dataclass(frozen=True)
class ModelReply:
    """One answer. ``error`` is the message of a refusal when ``status`` isn't 200; it comes after
    ``seconds``, and the pieces of a stream over ``writing_seconds`` from then on."""

    text: str = ""
    finish: str = "stop"
    status: int = 200
    error: str = ""
    code: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    usage: tuple[int, int, int] | None = (100, 0, 20)
    seconds: float = 0.0
    writing_seconds: float = 0.0
    refusal: str | None = None
    raw: bytes | None = None


class ModelServer:
    """Chat (whole and streamed), embeddings and models on a free loopback port."""

    def __init__(self, reply: Callable[[dict[str, Any]], ModelReply]) -> None:
        self.reply = reply
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.served: dict[str, Any] = {"id": SERVED}
        self.only_under = "/"  # nothing answers at another path
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        self._server = _Server(self)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )
        self._thread.start()

    @property
    def url(self) -> str:
        """The base URL to set, with its ``/v1``."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def handle(self, request: dict[str, Any], headers: dict[str, str]) -> ModelReply:
        """Note a request and ask the test for the answer."""
        with self._lock:
            self.requests.append(request)
            self.headers.append(headers)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            said = self.reply(request)
            time.sleep(said.seconds)
            return said
        finally:
            with self._lock:
                self._at_once -= 1

    def close(self) -> None:
        """Stop and free the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, owner: ModelServer) -> None:
        self.owner = owner
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up in the middle are what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version: ClassVar[str] = "HTTP/1.1"  # type: ignore[misc]
    server: _Server

    def do_GET(self) -> None:
        if self._is_elsewhere():
            return
        self._send(200, json.dumps({"object": "list", "data": [self.server.owner.served]}).encode())

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        request = json.loads(self.rfile.read(length))
        headers = {name.lower(): value for name, value in self.headers.items()}
        said = self.server.owner.handle(request, headers)
        if self._is_elsewhere():
            return
        if said.raw is not None:
            self._send(said.status, said.raw, said.headers)
        elif said.status != 200:
            error = {"message": said.error, "type": "error", "code": said.code, "param": None}
            self._send(said.status, json.dumps({"error": error}).encode(), said.headers)
        elif self.path.endswith("/embeddings"):
            self._send(200, json.dumps(_embeddings(request)).encode())
        elif request.get("stream") and said.writing_seconds:
            self._write_slowly(_events(said).splitlines(keepends=True), said.writing_seconds)
        elif request.get("stream"):
            self._send(200, _events(said), {"Content-Type": "text/event-stream"})
        else:
            self._send(200, json.dumps(_completion(said)).encode())

    def _is_elsewhere(self) -> bool:
        elsewhere = not self.path.startswith(self.server.owner.only_under)
        if elsewhere:
            self._send(404, b"404 page not found", {"Content-Type": "text/plain"})
        return elsewhere

    def _write_slowly(self, lines: list[bytes], seconds: float) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for line in [*lines, b""]:
            self.wfile.write(f"{len(line):x}\r\n".encode() + line + b"\r\n")
            time.sleep(seconds / len(lines))

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        shown = {"Content-Type": "application/json", **(headers or {})}
        for name, value in {**shown, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _usage(said: ModelReply) -> dict[str, Any] | None:
    if said.usage is None:
        return None
    read, cached, written = said.usage
    return {
        "prompt_tokens": read,
        "completion_tokens": written,
        "total_tokens": read + written,
        "prompt_tokens_details": {"cached_tokens": cached},
    }


def _completion(said: ModelReply) -> dict[str, Any]:
    message = {"role": "assistant", "content": said.text, "refusal": said.refusal}
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 0,
        "model": SERVED,
        "choices": [{"index": 0, "message": message, "finish_reason": said.finish}],
        "usage": _usage(said),
    }


def _events(said: ModelReply) -> bytes:
    head = {"id": "c1", "object": "chat.completion.chunk", "created": 0, "model": SERVED}
    pieces = [said.text[i : i + 5] for i in range(0, len(said.text), 5)]
    chunks: list[dict[str, Any]] = [
        {**head, "choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]}
        for piece in pieces
    ]
    if said.refusal:
        refused = {"index": 0, "delta": {"refusal": said.refusal}, "finish_reason": None}
        chunks.append({**head, "choices": [refused]})
    chunks.append({**head, "choices": [{"index": 0, "delta": {}, "finish_reason": said.finish}]})
    if said.usage:
        chunks.append({**head, "choices": [], "usage": _usage(said)})
    lines = [f"data: {json.dumps(chunk)}\n\n" for chunk in chunks]
    return ("".join(lines) + "data: [DONE]\n\n").encode()


def _embeddings(request: dict[str, Any]) -> dict[str, Any]:
    texts = request["input"]
    data = [
        {"object": "embedding", "index": i, "embedding": [float(len(text)), 1.0]}
        for i, text in enumerate(texts)
    ]
    # Out of order on purpose: only the index counts.
    return {
        "object": "list",
        "model": SERVED,
        "data": data[::-1],
        "usage": {"prompt_tokens": 7, "total_tokens": 7},
    }

"""A loopback server that goes on for as long as somebody listens.

with DrippingServer(head, lambda: repeat(b"x"), pause=0.01) as server:
    ... http.get(server.base_url) ...
    assert server.hung_up.wait(10)
"""

import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from types import TracebackType
from typing import Self

READ_BYTES = 65_536


class DrippingServer:
    """Answers each request with *head* and then *pieces*, *pause* seconds after each of them, and
    keeps silent after the last one; over TLS where *tls* is given. ``sent`` counts the bytes by
    request; ``hung_up`` tells that a client has gone."""

    def __init__(
        self,
        head: bytes = b"",
        pieces: Callable[[], Iterable[bytes]] = tuple,
        *,
        pause: float = 0.0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._head = head
        self._pieces = pieces
        self._pause = pause
        self._tls = tls
        self._closing = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.base_url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.sent: list[int] = []
        self.hung_up = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop, whoever listens."""
        self._closing.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(10)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.sent.append(0)
                answering = threading.Thread(
                    target=self._answer, args=(connection, len(self.sent) - 1), daemon=True
                )
                answering.start()

    def _answer(self, connection: socket.socket, number: int) -> None:
        with connection, suppress(OSError), self._secured(connection) as way:
            way.recv(READ_BYTES)
            way.sendall(self._head)
            for piece in self._pieces():
                way.sendall(piece)
                self.sent[number] += len(piece)
                if self._closing.wait(self._pause):
                    return
            while way.recv(READ_BYTES):
                pass
        self.hung_up.set()

    def _secured(self, connection: socket.socket) -> socket.socket:
        if self._tls is None:
            return connection
        return self._tls.wrap_socket(connection, server_side=True)

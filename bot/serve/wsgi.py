"""A WSGI server on threads of its own: started and stopped at will, what is in hand finished."""

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from waitress import wasyncore
from waitress.server import create_server

from bot.errors import PaperboyError

MAX_BODY_BYTES = 2_000_000
# A burst opens a connection for each request that is under way.
MAX_CONNECTIONS = 1000
STOP_SECONDS = 5
# The last answers leave within this time.
FLUSH_SECONDS = 0.2

Respond = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]


class WsgiServer:
    """Serves *respond* on *host*:*port*.

    Raises:
        PaperboyError: the port is taken; *setting* names where it is set.
    """

    def __init__(
        self, respond: Respond, *, host: str, port: int, threads: int, setting: str
    ) -> None:
        self._sockets: dict[int, Any] = {}
        try:
            # Its stubs don't know what a server for one address has.
            self._server: Any = create_server(
                respond,
                map=self._sockets,
                host=host,
                port=port,
                threads=threads,
                connection_limit=MAX_CONNECTIONS,
                asyncore_use_poll=True,  # select() knows 1024 files only
                ident=None,
                max_request_body_size=MAX_BODY_BYTES,
                clear_untrusted_proxy_headers=True,
            )
        except OSError as error:
            raise PaperboyError(
                f"port {port}: {error}", message_id="cli-port-taken", port=str(port), name=setting
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


def answer(
    start_response: StartResponse,
    status: str,
    body: bytes,
    content_type: str = "text/plain; charset=utf-8",
) -> Iterable[bytes]:
    """A whole answer."""
    start_response(status, [("Content-Type", content_type)])
    return [body]

"""A WSGI server on threads of its own: started and stopped at will, what is in hand finished."""

import time
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer

from bot.background import BackgroundThread
from bot.errors import PaperboyError

LOOPBACK = "127.0.0.1"
MAX_BODY_BYTES = 2_000_000
# What is larger is kept in a file while it comes in, so that many senders don't fill the memory.
MAX_BODY_BYTES_IN_MEMORY = 64_000
# A burst opens a connection for each request that is under way. Each one costs a file, of which a
# process often has no more than 1,024.
MAX_CONNECTIONS = 500
# A request is received as a whole within this time.
RECEIVE_SECONDS = 10.0
# Proxies keep a connection for up to a minute between two requests; one that is closed just when
# the next is sent would lose it.
KEEP_ALIVE_SECONDS = 75.0
LOOK_SECONDS = 1
ACCEPTED_AT_ONCE = 64
STOP_SECONDS = 5
# The last answers leave within this time.
FLUSH_SECONDS = 0.2
LOOK_AGAIN_SECONDS = 0.02
# Whoever connected just before the end says within this time what it wants.
SPEAK_SECONDS = 1.0

Respond = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]


class WsgiServer:
    """Serves *respond* on *host*:*port*. Whoever connects and says nothing, or says it slowly,
    keeps nobody else waiting.

    Raises:
        PaperboyError: the address cannot be listened on, when it is made or started; *setting*
            names where the port is set.
    """

    def __init__(
        self, respond: Respond, *, host: str, port: int, threads: int, setting: str
    ) -> None:
        self._sockets: dict[int, Any] = {}
        self._taken = PaperboyError(
            f"{host}:{port} cannot be listened on",
            message_id="cli-port-taken",
            port=str(port),
            name=setting,
        )
        try:
            # Its stubs don't know what a server for one address has.
            self._server: Any = _Server(
                respond,
                map=self._sockets,
                _start=False,
                host=host,
                port=port,
                threads=threads,
                # The server makes room before this many are reached; some files are its own.
                connection_limit=2 * MAX_CONNECTIONS,
                cleanup_interval=LOOK_SECONDS,
                asyncore_use_poll=True,  # select() knows 1024 files only
                ident=None,
                inbuf_overflow=MAX_BODY_BYTES_IN_MEMORY,
                max_request_body_size=MAX_BODY_BYTES,
                clear_untrusted_proxy_headers=False,  # nobody here reads them
            )
        except OSError as error:
            raise self._taken from error
        self._serving = BackgroundThread("http", self._server.run)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.effective_port)

    def start(self) -> None:
        """Begin to serve; returns at once.

        Until then nobody can connect: whoever did would wait for a start that may yet fail.
        """
        try:
            self._server.accept_connections()
        except OSError as error:  # somebody else was faster
            raise self._taken from error
        self._serving.start()

    def stop(self) -> None:
        """Stop listening, and answer all who had reached us; whoever comes later finds the next
        process that listens."""
        if self._serving.is_alive():
            self._server.trigger.pull_trigger(self._server.stop_listening)
            until = time.monotonic() + STOP_SECONDS
            while self._server.is_asked() and time.monotonic() < until:
                time.sleep(LOOK_AGAIN_SECONDS)
        self._server.task_dispatcher.shutdown(timeout=STOP_SECONDS)
        if self._serving.is_alive():
            time.sleep(FLUSH_SECONDS)
            # The sockets are closed by the thread that polls them: it ends when none is left.
            self._server.trigger.pull_trigger(lambda: wasyncore.close_all(self._sockets))
            self._serving.stop(within_seconds=STOP_SECONDS)
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


class _Channel(HTTPChannel):
    """A connection that knows since when it has owed us a request.

    How long that is, is counted by the looks that the server took. By the clock, a server that
    was itself held up would close connections with a request that it has not read yet.
    """

    owes_since = 0.0
    looks = 0
    # Whether it waits for the next request after one that was answered.
    answered = False

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._owes_another(answered=False)

    def received(self, data: bytes) -> bool:
        if self.answered and self.request is None:
            self._owes_another(answered=False)
        return bool(super().received(data))

    def service(self) -> None:
        super().service()
        self._owes_another(answered=True)

    def is_late(self) -> bool:
        """Whether its next request should be here by now; asked once in each :data:`LOOK_SECONDS`
        between which the server reads what there is."""
        self.looks += 1
        kept = self.answered and self.request is None
        patience = KEEP_ALIVE_SECONDS if kept else RECEIVE_SECONDS
        return self.looks * LOOK_SECONDS > patience

    def _owes_another(self, *, answered: bool) -> None:
        self.answered, self.owes_since, self.looks = answered, time.monotonic(), 0


class _Server(TcpWSGIServer):
    """Waitress counts a connection that sends a byte now and then as active, and accepts no more
    once its limit is reached: a few hundred silent ones would shut everybody else out."""

    channel_class = _Channel
    active_channels: dict[int, _Channel]  # type: ignore[assignment]  # its stubs are wrong

    def maintenance(self, now: float) -> None:  # noqa: ARG002
        """Close the connections whose request should be here by now."""
        for channel in self._waiting():
            if channel.is_late():
                channel.will_close = True

    def handle_accept(self) -> None:
        """Take in all who knock, in place of those who have been silent longest."""
        for _ in range(ACCEPTED_AT_ONCE):
            self._make_room()
            before = len(self.active_channels)
            super().handle_accept()
            if len(self.active_channels) == before:
                return

    def stop_listening(self) -> None:
        """Take in all who have knocked, and nobody after them. For the thread that polls."""
        for _ in range(0, self.adj.backlog, ACCEPTED_AT_ONCE):
            self.handle_accept()
        self.accepting = False
        self.del_channel()
        if self.socket is not None:
            self.socket.close()

    def is_asked(self) -> bool:
        """Whether somebody waits for an answer, or has just connected to ask."""
        since = time.monotonic() - SPEAK_SECONDS
        return self.accepting or any(
            one.requests or one.request or (not one.answered and one.owes_since > since)
            for one in list(self.active_channels.values())
        )

    def _make_room(self) -> None:
        if len(self.active_channels) >= MAX_CONNECTIONS and (waiting := self._waiting()):
            min(waiting, key=lambda channel: channel.owes_since).handle_close()

    def _waiting(self) -> list[_Channel]:
        return [one for one in self.active_channels.values() if not one.requests]

"""Socket Mode: one outgoing connection, no public address needed."""

import json
import logging
import socket
import ssl
import threading
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from slack_sdk.errors import SlackClientError, SlackClientNotConnectedError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection, ConnectionState
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.background import BackgroundThread, seconds_left
from bot.slack.connections import keep_connections, tls
from bot.slack.faults import mapped

if TYPE_CHECKING:
    from slack_bolt import App

    from bot.serving.ports import Dispatcher

# Each payload holds a worker until it is acknowledged, which takes milliseconds.
WORKERS = 64
# A click comes with the message that it was made in, often ten kilobytes: one look at the network
# instead of ten.
RECEIVE_BYTES = 16_384
# A connection that answers no ping for four times as long, or refuses five, is given up.
PING_SECONDS = 1.0
# Slack closes a connection that it asked to be replaced; one that it forgot is closed then.
LEAVING_SECONDS = 15.0
# The end waits no longer for a connection that is just being made.
CONNECTING_SECONDS = 2.0

# The library makes one of its own where none is given, even where it isn't used: on this machine.
_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

log = logging.getLogger(__name__)


def _is_no_loss(record: logging.LogRecord) -> bool:
    """False for what the client logs when the closing cuts a payload or its acknowledgement off:
    Slack, which got none, sends the payload again."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, json.JSONDecodeError | SlackClientNotConnectedError)


class _Client(SocketModeClient):
    """Reads each connection on a thread of its own.

    The client that it is made from reads one at a time: a connection that replaces another is read
    only once that one is closed, which takes three seconds, and payloads behind Slack's request to
    reconnect wait until that is done. By then Slack has told members that their commands failed.
    """

    # What makes new connections at the moment.
    _replacing: tuple[BackgroundThread, ...] = ()

    def enqueue_message(self, message: str) -> None:
        """Hand on what came at once; a request to reconnect holds up nothing behind it.

        The client that it is made from has a thread hand on what another one has read.
        """
        read = _read(message)
        if read.get("type") == "disconnect":
            another = BackgroundThread("reconnecting", self._replace)
            another.start()
            self._replacing = (*(one for one in self._replacing if one.is_alive()), another)
        elif not self.closed:  # what is not acknowledged is sent again, to whoever is there then
            self.message_workers.submit(self.run_message_listeners, read, message)

    def close(self) -> None:
        """End, with what is just being connected."""
        super().close()
        until = time.monotonic() + CONNECTING_SECONDS
        for one in self._replacing:
            one.stop(within_seconds=seconds_left(until))

    def _replace(self) -> None:
        if self.closed:
            return
        try:
            self.connect_to_new_endpoint(force=True)
        except (SlackClientError, OSError) as error:
            # Should the old connection end meanwhile, the client's monitor opens another.
            log.warning("Slack asked for a new connection, which failed: %s", error)

    def connect(self) -> None:
        """Open a connection, read it, and let the one before end when Slack closes it."""
        old, old_state = self.current_session, self.current_session_state
        if self.wss_uri is None:
            self.wss_uri = self.issue_new_wss_url()
        is_safe = urlsplit(self.wss_uri).scheme == "wss"
        session = Connection(
            url=self.wss_uri,
            logger=self.logger,
            ping_interval=self.ping_interval,
            receive_buffer_size=RECEIVE_BYTES,
            proxy=self.proxy,
            on_message_listener=self._on_message,
            on_error_listener=self._on_error,
            on_close_listener=self._on_close,
            ssl_context=tls() if is_safe else _NO_TLS,
        )
        session.connect()
        if self.closed:
            session.close()
            return
        state = ConnectionState()  # type: ignore[no-untyped-call]
        self.current_session, self.current_session_state = session, state
        BackgroundThread("socket", partial(session.run_until_completion, state)).start()
        if old is not None:
            leave = threading.Timer(LEAVING_SECONDS, _close, (old, old_state))
            leave.daemon = True
            leave.start()
        if not self.current_app_monitor_started:
            self.current_app_monitor_started = True
            self.current_app_monitor.start()

    def disconnect(self) -> None:
        """Close the connection, which may be ending by itself at this moment."""
        with suppress(AttributeError):
            super().disconnect()

    def _run_current_session(self) -> None:
        """Each connection has its own thread."""


def _read(message: str) -> dict[str, Any]:
    """What a message says; nothing for one that is none."""
    with suppress(ValueError):
        read: Any = json.loads(message)
        if isinstance(read, dict):
            return read
    return {}


def _close(session: Connection, state: ConnectionState) -> None:
    state.terminated = True
    session.close()


class SocketModeServer:
    """Keeps a Socket Mode connection open until it is stopped; reconnects by itself."""

    def __init__(self, app: "Dispatcher", app_token: str, *, proxy: str | None = None) -> None:
        """*proxy* is the address of the proxy to connect through."""
        self._app = cast("App", app)
        self._client = _Client(
            app_token=app_token,
            logger=app.logger,
            web_client=app.client,
            ping_interval=PING_SECONDS,
            concurrency=WORKERS,
        )
        # Left to itself the client takes any proxy of the environment, whatever NO_PROXY says.
        self._client.proxy = proxy
        self._client.socket_mode_request_listeners.append(self._answer)

    def start(self) -> None:
        """Connect; returns once connected.

        Raises:
            SlackError: Slack refuses the app token or cannot be reached.
        """
        keep_connections()
        with mapped("apps.connections.open", changes=False):
            self._client.connect()

    @property
    def ready(self) -> bool:
        """Whether the connection stands."""
        return bool(self._client.is_connected())

    def stop(self) -> None:
        """Disconnect."""
        self._client.logger.addFilter(_is_no_loss)
        _wake(self._client)
        self._client.close()

    def _answer(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        # With all of Bolt, without which the connection is opened.
        from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response

        started = time.time()
        send_response(client, request, run_bolt_app(self._app, request), started)


def _wake(client: SocketModeClient) -> None:
    """Let the client's threads see that it closes: it waits for the one that reads, which waits for
    Slack, and for the one that hands on, which waits for a message, up to four seconds."""
    client.auto_reconnect_enabled, client.closed = False, True
    client.current_session_state.terminated = True
    client.message_queue.put(None)
    reading = client.current_session.sock if client.current_session else None
    if reading is not None:
        with suppress(OSError):  # it closed at this moment
            reading.shutdown(socket.SHUT_RDWR)

"""Socket Mode: one outgoing connection, no public address needed."""

import json
import logging
import socket
from contextlib import suppress
from typing import cast

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackClientNotConnectedError
from slack_sdk.socket_mode.builtin import SocketModeClient

from bot.serving.ports import Dispatcher
from bot.slack.faults import mapped

# Each payload holds a worker until it is acknowledged, which takes milliseconds.
WORKERS = 64

log = logging.getLogger(__name__)


def _is_no_loss(record: logging.LogRecord) -> bool:
    """False for what the client logs when the closing cuts a payload or its acknowledgement off:
    Slack, which got none, sends the payload again."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, json.JSONDecodeError | SlackClientNotConnectedError)


class SocketModeServer:
    """Keeps a Socket Mode connection open until it is stopped; reconnects by itself."""

    def __init__(self, app: Dispatcher, app_token: str, *, proxy: str | None = None) -> None:
        """*proxy* is the address of the proxy to connect through."""
        self._handler = SocketModeHandler(cast(App, app), app_token, concurrency=WORKERS)
        # Left to itself the client takes any proxy of the environment, whatever NO_PROXY says.
        self._handler.client.proxy = proxy

    def prepare(self) -> None:
        """Have Slack name the address to connect to within half a minute.

        Raises:
            SlackError: Slack refuses the app token or cannot be reached.
        """
        client = self._handler.client
        with mapped("apps.connections.open", changes=False):
            client.wss_uri = client.issue_new_wss_url()

    def start(self) -> None:
        """Connect; returns once connected.

        Raises:
            SlackError: Slack refuses the app token or cannot be reached.
        """
        with mapped("apps.connections.open", changes=False):
            self._handler.connect()  # type: ignore[no-untyped-call]

    @property
    def ready(self) -> bool:
        """Whether the connection stands."""
        return bool(self._handler.client.is_connected())

    def stop(self) -> None:
        """Disconnect."""
        client = self._handler.client
        client.logger.addFilter(_is_no_loss)
        _wake(client)
        try:
            self._handler.close()  # type: ignore[no-untyped-call]
        except AttributeError:
            # The client trips over its own session when it has just reconnected.
            log.debug("socket closed during a reconnect")


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

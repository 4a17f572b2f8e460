"""The way in from Slack, which opens before everything that answers is built, and before Bolt is
imported where an app token opens it."""

import logging
from collections.abc import Mapping
from concurrent.futures import CancelledError, Future
from typing import TYPE_CHECKING
from urllib.request import getproxies_environment

from slack_sdk import WebClient

from bot.proxies import proxy_for
from bot.serving.socket_mode import SocketModeServer
from bot.settings import Settings

if TYPE_CHECKING:
    from slack_bolt import BoltRequest, BoltResponse
    from slack_bolt.oauth import OAuthFlow

    from bot.serving.health import Parts
    from bot.serving.http import HttpServer
    from bot.serving.ports import Dispatcher

SLACK_TIMEOUT_SECONDS = 10
# Slack waits three seconds for an acknowledgement. Where a start takes longer than that, it tells a
# member that a command failed, who then gets the answer nevertheless, and sends events again.
EARLY_SECONDS = 10.0

log = logging.getLogger(__name__)


class Entrance:
    """Lets Slack in by Socket Mode with an app token, and by HTTP without one or where workspaces
    install.

    A start takes most of its time to build what answers. The way in opens before that: a payload
    that comes meanwhile waits for the bot, where it would have found nobody.
    """

    def __init__(self, settings: Settings) -> None:
        """
        Raises:
            PaperboyError: the address of HTTP cannot be listened on.
        """
        self._anteroom = _Anteroom(settings)
        self._parts: Parts = _starting
        self._socket = _socket_server(self._anteroom, settings)
        self._http: HttpServer | None = None
        if self._socket is None or settings.is_distributed:
            self._http = _http_server(self._anteroom, settings, lambda: self._parts())
        self._closed = False

    def open(self) -> None:
        """Let Slack in; takes as long as Slack does.

        Raises:
            SlackError: Slack refuses the app token or cannot be reached.
            PaperboyError: the address of HTTP cannot be listened on.
        """
        if self._socket is not None:
            self._socket.start()
        if self._http is not None:
            self._http.start()

    def lead_to(self, app: "Dispatcher", parts: "Parts") -> None:
        """From now on *app* answers, those first who wait; *parts* tells whether it can."""
        self._parts = parts
        self._anteroom.app.set_result(app)

    @property
    def connected(self) -> bool:
        """Whether Slack gets through to us; by HTTP it is Slack that connects."""
        return self._socket is None or self._socket.ready

    def close(self) -> None:
        """Let nobody in any more; those who are in get their answers. May be called again."""
        if self._closed:
            return
        self._closed = True
        self._anteroom.app.cancel()
        for server in (self._http, self._socket):
            if server is not None:
                server.stop()


class _Anteroom:
    """What servers take for a Bolt app: hands payloads on to *app*, for which early ones wait."""

    def __init__(self, settings: Settings) -> None:
        self.app: Future[Dispatcher] = Future()
        self.client = WebClient(
            base_url=settings.slack_api_url, timeout=SLACK_TIMEOUT_SECONDS, retry_handlers=[]
        )
        self.logger = log

    @property
    def oauth_flow(self) -> "OAuthFlow | None":
        app = self._awaited()
        return None if app is None else app.oauth_flow

    def dispatch(self, request: "BoltRequest", /) -> "BoltResponse":
        app = self._awaited()
        return _not_yet() if app is None else app.dispatch(request)

    def _awaited(self) -> "Dispatcher | None":
        try:
            return self.app.result(timeout=EARLY_SECONDS)
        except (TimeoutError, CancelledError):
            return None


def _starting() -> Mapping[str, bool]:
    """The parts of a bot that is not there yet."""
    return {"start": False}


def _not_yet() -> "BoltResponse":
    from slack_bolt import BoltResponse

    return BoltResponse(status=503, body="", headers={"Retry-After": "1"})


def _http_server(app: "Dispatcher", settings: Settings, parts: "Parts") -> "HttpServer":
    from bot.serving.http import HttpServer

    return HttpServer(
        app,
        signing_secret=settings.slack_signing_secret or "",
        host=settings.host,
        port=settings.port,
        parts=parts,
    )


def _socket_server(app: "Dispatcher", settings: Settings) -> SocketModeServer | None:
    if not settings.slack_app_token:
        return None
    proxy = proxy_for(settings.slack_api_url, getproxies_environment())
    return SocketModeServer(app, settings.slack_app_token, proxy=proxy)

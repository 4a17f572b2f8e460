"""The local workspace: everything in this room behind one object."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, Literal, Self

from aiohttp import web

from bot.workspace import seed
from bot.workspace.api_routes import ApiRoutes
from bot.workspace.faults import Fault
from bot.workspace.features import Features, features_of
from bot.workspace.http_mode import HttpMode
from bot.workspace.inspection import Inspection
from bot.workspace.interactions import Interactions
from bot.workspace.page_routes import PageRoutes
from bot.workspace.records import Json
from bot.workspace.security import Credentials, only_local_callers
from bot.workspace.server import HOST, Server, Tasks
from bot.workspace.socket_mode import SocketMode
from bot.workspace.state import State

_LARGEST_UPLOAD = 32 * 1024 * 1024
# How often it looks for what is to be sent again.
_LOOK_SECONDS = 0.5


def _now() -> datetime:
    return datetime.now(UTC)


class Workspace(Interactions, Inspection):
    """A Slack workspace on loopback, for the demo and the tests.

    `port` 0 takes any free one. In mode `socket` the app connects by Socket Mode, in mode `http`
    it is told with `deliver_to` where to send to. A `manifest` of the app limits scopes, events
    and unfurled domains to those in it, and names the commands and shortcuts for the page;
    without one everything is allowed. `scopes` override it. Its `credentials` are
    random unless given: `bot_token` is for the Web API, `app_token` for Socket Mode,
    `signing_secret` for what is sent in HTTP mode. Use it in a `with` statement, or `start` and
    `stop` it.
    """

    bot_user_id = seed.BOT.id
    bot_id = seed.BOT.bot_id

    def __init__(
        self,
        port: int = 0,
        *,
        mode: Literal["socket", "http"] = "socket",
        clock: Callable[[], datetime] = _now,
        manifest: Mapping[str, Any] | None = None,
        scopes: Collection[str] | None = None,
        credentials: Credentials | None = None,
    ) -> None:
        features = Features() if manifest is None else features_of(manifest)
        if scopes is not None:
            features = replace(features, scopes=tuple(scopes))
        self.state = State(clock, features)
        self._credentials = credentials or Credentials()
        self.bot_token = self._credentials.bot_token
        self.app_token = self._credentials.app_token
        self.signing_secret = self._credentials.signing_secret
        self._wanted_port = port
        self._server = Server(self._build)
        self._socket_mode = SocketMode(self.state)
        self._http_mode = HttpMode(self.state, secret=self.signing_secret)
        self._way_out = self._socket_mode if mode == "socket" else self._http_mode
        self._tasks = Tasks()
        self.state.listeners.append(self._wake)

    @property
    def base_url(self) -> str:
        """Where the workspace listens; ends in `/`."""
        return f"http://{HOST}:{self._server.port}/"

    @property
    def api_url(self) -> str:
        """The base URL for a Web API client; ends in `/api/`."""
        return f"{self.base_url}api/"

    @property
    def page_url(self) -> str:
        """The page in the browser, with the key that opens it."""
        return f"{self.base_url}#/?key={self._credentials.page_key}"

    def page_url_of(self, user: str, channel: str, place: str = "") -> str:
        """The page as a member sees it who looks at a channel; both by id or name.

        `place` is the ts of a thread there, or `home` for the app's Home.
        """
        with self.state.lock:
            member, room = self.state.member(user), self.state.channel(channel)
        where = "/".join(filter(None, (member.id, room.id, place)))
        return f"{self.base_url}#/{where}?key={self._credentials.page_key}"

    @property
    def connected(self) -> bool:
        """Whether an app is connected by Socket Mode, or said where it listens."""
        return self._socket_mode.connected or bool(self._http_mode.url)

    @property
    def connections(self) -> int:
        """How many Socket Mode connections are open."""
        return self._socket_mode.connections

    def start(self) -> Self:
        """Start listening. Raises OSError when the port is taken."""
        self._server.start(self._wanted_port)
        self.state.base_url = self.base_url
        return self

    def stop(self) -> None:
        """Stop listening; connections end."""
        self._server.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def wait_until_connected(self, timeout: float = 10.0) -> None:
        """Wait for an app to connect by Socket Mode; raises TimeoutError."""
        self.wait_for(lambda: self.connected, timeout)

    def deliver_to(self, url: str) -> None:
        """The app's request URL in HTTP mode."""
        self._http_mode.url = url
        self._wake()

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the app to connect anew."""
        self._server.call(self._socket_mode.disconnect(reason))

    def drop_connection(self) -> None:
        """Cut the web socket without a word."""
        self._server.call(self._socket_mode.close())

    def abort_connection(self) -> None:
        """Lose the web socket as when a network fails: no closing frame."""
        self._server.call(self._socket_mode.abort())

    def fail(
        self,
        method: str,
        error: str = "internal_error",
        *,
        status: int = 200,
        retry_after: int | None = None,
        times: int = 1,
        when: Callable[[Json], bool] = lambda _args: True,
    ) -> None:
        """Order a fault for the next `times` calls of a method (`*`: any, `response_url`).

        `error` is a Slack error, or `timeout_before`, `timeout_after`, `reset`, `reset_after`,
        `malformed`, `malformed_after` (the ones with `_after` do the work first). `status=429`
        limits the rate, for `retry_after` seconds. `when` chooses by the arguments of the call.
        """
        fault = Fault(method, error, status, retry_after, times, when)
        with self.state.lock:
            self.state.faults.append(fault)

    def _build(self) -> web.Application:
        app = web.Application(client_max_size=_LARGEST_UPLOAD, middlewares=[only_local_callers])
        app.on_response_prepare.append(self._dated)
        page = PageRoutes(self, self._credentials.page_key, connected=lambda: self.connected)
        for end in (self._socket_mode, self._http_mode, page):
            app.on_shutdown.append(end.close)
        app.cleanup_ctx.append(self._sending_again)
        app.add_routes(ApiRoutes(self.state, self._credentials).table())
        app.add_routes(page.table())
        app.add_routes([web.get("/link/", self._socket_mode.handle)])
        return app

    async def _sending_again(self, _app: web.Application) -> AsyncIterator[None]:
        self._tasks.begin(self._send_again())
        yield
        self._tasks.cancel()

    async def _send_again(self) -> None:
        """Send again, as Slack does, the events that nobody has acknowledged in time."""
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            with self.state.lock:
                self.state.deliveries.send_owed()

    async def _dated(self, _request: web.Request, response: web.StreamResponse) -> None:
        """Every answer tells the workspace's time, as Slack's tell theirs."""
        now = self.state.clock().astimezone(UTC)
        response.headers["Date"] = format_datetime(now, usegmt=True)

    def _wake(self) -> None:
        """Send what waits."""
        if self.state.deliveries.waiting:
            self._server.soon(lambda: self._tasks.begin(self._way_out.flush()))

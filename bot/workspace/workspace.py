"""The local workspace: everything in this room behind one object."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from types import TracebackType
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
from bot.workspace.server import HOST, Server
from bot.workspace.socket_mode import SocketMode

Mode = Literal["socket", "http"]
_LARGEST_UPLOAD = 32 * 1024 * 1024


def _now() -> datetime:
    return datetime.now(UTC)


class Workspace(Interactions, Inspection):
    """A Slack workspace on loopback, for the demo and the tests.

    `port` 0 takes any free one. In mode `socket` the app connects by Socket Mode, in mode `http`
    it is told with `deliver_to` where to send to. A `manifest` of the app limits scopes, events
    and unfurled domains to those in it, and names the commands and shortcuts for the page;
    without one everything is allowed. `scopes` override it. Its `credentials` are
    random unless given. Use it in a `with` statement, or `start` and `stop` it.
    """

    bot_user_id = seed.BOT.id
    bot_id = seed.BOT.bot_id

    def __init__(
        self,
        port: int = 0,
        *,
        mode: Mode = "socket",
        clock: Callable[[], datetime] = _now,
        manifest: Mapping[str, Any] | None = None,
        scopes: Collection[str] | None = None,
        credentials: Credentials | None = None,
    ) -> None:
        features = Features() if manifest is None else features_of(manifest)
        if scopes is not None:
            features = replace(features, scopes=tuple(scopes))
        super().__init__(clock=clock, features=features)
        self.mode: Mode = mode
        self._credentials = credentials or Credentials()
        self._wanted_port = port
        self._server = Server(self._build, self._cleanup)
        self._socket_mode = SocketMode(self)
        self._http_mode = HttpMode(self, secret=self.signing_secret)
        self._api_routes: ApiRoutes | None = None
        self._page: PageRoutes | None = None
        self._flushing: set[asyncio.Task[None]] = set()

    @property
    def bot_token(self) -> str:
        """The bot's token for the Web API."""
        return self._credentials.bot_token

    @property
    def app_token(self) -> str:
        """The app-level token, for Socket Mode."""
        return self._credentials.app_token

    @property
    def signing_secret(self) -> str:
        """What payloads are signed with in HTTP mode."""
        return self._credentials.signing_secret

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
        with self.lock:
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

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def wake(self) -> None:
        """Send what waits."""
        self._server.soon(self._flush)

    def wait_until_connected(self, timeout: float = 10.0) -> None:
        """Wait for an app to connect by Socket Mode; raises TimeoutError."""
        self.wait_for(lambda: self.connected, timeout)

    def deliver_to(self, url: str) -> None:
        """The app's request URL in HTTP mode."""
        self._http_mode.url = url
        self.wake()

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
        when: Callable[[Json], bool] | None = None,
    ) -> None:
        """Order a fault for the next `times` calls of a method (`*`: any, `response_url`).

        `error` is a Slack error, or `timeout_before`, `timeout_after`, `reset`, `reset_after`,
        `malformed`, `malformed_after` (the ones with `_after` do the work first). `status=429`
        limits the rate, for `retry_after` seconds. `when` chooses by the arguments of the call.
        """
        fault = Fault(method, error, status, retry_after, times, when or _always)
        with self.lock:
            self.faults.order(fault)

    def _build(self) -> web.Application:
        self._api_routes = ApiRoutes(self, self._credentials)
        self._page = PageRoutes(
            self, key=self._credentials.page_key, connected=lambda: self.connected
        )
        app = web.Application(client_max_size=_LARGEST_UPLOAD, middlewares=[only_local_callers])
        app.on_response_prepare.append(self._dated)
        app.add_routes(self._api_routes.table())
        app.add_routes(self._page.table())
        app.add_routes([web.get("/link/", self._socket_mode.handle)])
        return app

    async def _dated(self, _request: web.Request, response: web.StreamResponse) -> None:
        """Every answer tells the workspace's time, as Slack's tell theirs."""
        response.headers["Date"] = format_datetime(self.clock().astimezone(UTC), usegmt=True)

    def _flush(self) -> None:
        end = self._socket_mode if self.mode == "socket" else self._http_mode
        task = asyncio.ensure_future(end.flush())
        self._flushing.add(task)
        task.add_done_callback(self._flushing.discard)

    async def _cleanup(self) -> None:
        if self._api_routes is not None:
            self._api_routes.stopping.set()
        if self._page is not None:
            await self._page.close()
        await self._socket_mode.close()
        await self._http_mode.close()


def _always(_args: Json) -> bool:
    return True

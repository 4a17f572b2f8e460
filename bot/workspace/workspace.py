"""The local workspace: everything in this room behind one object."""

import asyncio
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal, Self

from aiohttp import web

from bot.workspace import seed
from bot.workspace.access import ALL_SCOPES
from bot.workspace.acting import Acting
from bot.workspace.api import Access
from bot.workspace.core import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET
from bot.workspace.faults import Fault
from bot.workspace.looking import Looking
from bot.workspace.posting import Posting
from bot.workspace.records import Json
from bot.workspace.routes import Routes
from bot.workspace.server import HOST, Server
from bot.workspace.sockets import Sockets

Mode = Literal["socket", "http"]


def _now() -> datetime:
    return datetime.now(UTC)


class Workspace(Acting, Looking):
    """A Slack workspace on loopback, for the demo and the tests.

    `port` 0 takes any free one. In mode `socket` the app connects by Socket Mode, in mode `http`
    it is told with `deliver_to` where to send to. `scopes` are those of the bot token, `events`
    the event subscriptions (None: all). Use it in a `with` statement, or `start` and `stop` it.
    """

    bot_token = BOT_TOKEN
    app_token = APP_TOKEN
    signing_secret = SIGNING_SECRET
    bot_user_id = seed.BOT.id
    bot_id = seed.BOT.bot_id

    def __init__(
        self,
        port: int = 0,
        *,
        mode: Mode = "socket",
        clock: Callable[[], datetime] = _now,
        scopes: Collection[str] = ALL_SCOPES,
        events: Collection[str] | None = None,
        unfurl_domains: Collection[str] = ("arxiv.org", "huggingface.co"),
    ) -> None:
        super().__init__(clock=clock, scopes=scopes, events=events, unfurl_domains=unfurl_domains)
        self.mode: Mode = mode
        self._wanted_port = port
        self._server = Server(self._build, self._cleanup)
        self._sockets = Sockets(self)
        self._posting = Posting(self, secret=SIGNING_SECRET)
        self._routes: Routes | None = None
        self._per_second: float | None = None

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
        """The page in the browser."""
        return self.base_url

    @property
    def connected(self) -> bool:
        """Whether an app is connected by Socket Mode."""
        return self._sockets.connected

    def start(self) -> Self:
        """Start listening. Raises OSError when the port is taken."""
        self._server.start(self._wanted_port)
        self.world.base_url = self.base_url
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
        self._posting.url = url
        self.wake()

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the app to connect anew."""
        self._server.call(self._sockets.disconnect(reason))

    def drop_connection(self) -> None:
        """Cut the web socket without a word."""
        self._server.call(self._sockets.close())

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

    def rate_limit(self, *, per_channel_per_second: float | None) -> None:
        """Let each channel take no more posts than that; None lifts the limit."""
        self._per_second = per_channel_per_second
        if self._routes is not None:
            self._routes.per_second = per_channel_per_second

    def _build(self) -> web.Application:
        access = Access(self.bot_token, self.app_token, self.scopes)
        self._routes = Routes(self, access)
        self._routes.per_second = self._per_second
        app = web.Application(client_max_size=32 * 1024 * 1024)
        app.add_routes(self._routes.table())
        app.add_routes([web.get("/link/", self._sockets.handle)])
        return app

    def _flush(self) -> None:
        end = self._sockets if self.mode == "socket" else self._posting
        self._flushing = asyncio.ensure_future(end.flush())

    async def _cleanup(self) -> None:
        if self._routes is not None:
            self._routes.stopping.set()
        await self._sockets.close()
        await self._posting.close()


def _always(_args: Json) -> bool:
    return True

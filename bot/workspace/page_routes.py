"""The page in the browser: its files, its state, its live feed, and what one does there."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files

from aiohttp import web

from bot.workspace.acting import Acting
from bot.workspace.features import Features
from bot.workspace.page_actions import act
from bot.workspace.page_state import log_bodies, log_state, page_state
from bot.workspace.records import Change
from bot.workspace.refusal import Refusal

_TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' https: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_HOSTS = frozenset(("127.0.0.1", "localhost", "[::1]"))
_HEARTBEAT_SECONDS = 15.0
_MOST_ACTS_AT_ONCE = 16


class PageRoutes:
    """Handlers of the page, in the server's event loop; what may wait runs in threads."""

    def __init__(
        self, acting: Acting, features: Features, *, connected: Callable[[], bool]
    ) -> None:
        self._acting = acting
        self._features = features
        self._connected = connected
        self._loop = asyncio.get_running_loop()
        self._feeds: set[asyncio.Queue[str | None]] = set()
        self._threads = ThreadPoolExecutor(_MOST_ACTS_AT_ONCE, thread_name_prefix="page")
        self._started = time.time() - time.monotonic()
        acting.listeners.append(self._changed)

    def table(self) -> list[web.RouteDef]:
        """The routes."""
        return [
            web.get("/", self._index),
            web.get("/archives/{channel}/{message}", self._index),
            web.get("/page/state", self._state),
            web.get("/page/log", self._log),
            web.get("/page/log/{entry}", self._log_entry),
            web.get("/page/feed", self._feed),
            web.get("/page/file/{name}", self._file),
            web.post("/page/act", self._act),
        ]

    async def close(self) -> None:
        """End the live feeds."""
        self._acting.listeners.remove(self._changed)
        for feed in self._feeds:
            feed.put_nowait(None)
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _index(self, _request: web.Request) -> web.Response:
        return _static("index.html")

    async def _file(self, request: web.Request) -> web.Response:
        return _static(request.match_info["name"])

    async def _state(self, request: web.Request) -> web.Response:
        asked = request.query
        try:
            with self._acting.lock:
                held = page_state(
                    self._acting.world,
                    self._features,
                    user=asked.get("user", ""),
                    channel=asked.get("channel", ""),
                    thread_ts=asked.get("thread", ""),
                    connected=self._connected(),
                )
        except Refusal as refusal:
            return web.json_response({"error": refusal.error}, status=404)
        return web.json_response(held, headers=_HEADERS)

    async def _log(self, _request: web.Request) -> web.Response:
        with self._acting.lock:
            parcels, calls = self._acting.mail.parcels, self._acting.call_log
            held = log_state(parcels, calls, started=self._started)
        return web.json_response(held, headers=_HEADERS)

    async def _log_entry(self, request: web.Request) -> web.Response:
        with self._acting.lock:
            parcels, calls = self._acting.mail.parcels, self._acting.call_log
            held = log_bodies(parcels, calls, request.match_info["entry"])
        return web.json_response(held, headers=_HEADERS)

    async def _act(self, request: web.Request) -> web.Response:
        # A form of another site cannot send JSON, so it cannot act here either.
        if request.content_type != "application/json":
            return web.Response(status=415)
        body = await request.json()
        held = await self._loop.run_in_executor(self._threads, act, self._acting, body)
        return web.json_response(held, headers=_HEADERS)

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={**_HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        feed: asyncio.Queue[str | None] = asyncio.Queue()
        self._feeds.add(feed)
        try:
            await _pump(feed, response)
        except (ConnectionError, asyncio.CancelledError):
            return response
        finally:
            self._feeds.discard(feed)
        return response

    def _changed(self, change: Change) -> None:
        """Called with the lock held, from any thread."""
        self._loop.call_soon_threadsafe(self._tell, change.kind)

    def _tell(self, kind: str) -> None:
        for feed in self._feeds:
            feed.put_nowait(kind)


async def _pump(feed: asyncio.Queue[str | None], response: web.StreamResponse) -> None:
    await response.write(b"data: hello\n\n")
    while True:
        try:
            kind = await asyncio.wait_for(feed.get(), _HEARTBEAT_SECONDS)
        except TimeoutError:
            await response.write(b": still here\n\n")
            continue
        if kind is None:
            return
        await response.write(f"data: {kind}\n\n".encode())


def _static(name: str) -> web.Response:
    kind = _TYPES.get(name.rpartition(".")[2])
    folder = files("bot.workspace") / "page"
    if kind is None or name not in {one.name for one in folder.iterdir()}:
        return web.Response(status=404)
    text = (folder / name).read_text(encoding="utf-8")
    return web.Response(text=text, content_type=kind, headers=_HEADERS)


@web.middleware
async def loopback_only(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse requests that came by another name than this computer's own (DNS rebinding)."""
    name = request.host.rpartition(":")[0] or request.host
    if name not in _HOSTS:
        return web.Response(status=403, text="This workspace is for this computer only.")
    return await handler(request)

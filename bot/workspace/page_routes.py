"""The page in the browser: its files, its state, its live feed, and what one does there."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib.resources import files
from string import Template

from aiohttp import web

from bot.workspace.interactions import Interactions
from bot.workspace.page_actions import act
from bot.workspace.page_state import Screen, log_bodies, log_state
from bot.workspace.records import Json, Refusal
from bot.workspace.security import KEY_HEADER, same_secret
from bot.workspace.words import Words, words_for

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
_HEARTBEAT_SECONDS = 15.0
_MOST_ACTS_AT_ONCE = 16
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class PageRoutes:
    """Handlers of the page, in the server's event loop; what may wait runs in threads."""

    def __init__(self, workspace: Interactions, key: str, *, connected: Callable[[], bool]) -> None:
        self._workspace = workspace
        self._key = key
        self._connected = connected
        self._loop = asyncio.get_running_loop()
        self._feeds: set[asyncio.Event] = set()
        self._threads = ThreadPoolExecutor(_MOST_ACTS_AT_ONCE, thread_name_prefix="page")
        workspace.state.listeners.append(self._changed)

    def table(self) -> list[web.RouteDef]:
        """The routes."""
        return [
            web.get("/", self._index),
            web.get("/archives/{channel}/{message}", self._index),
            web.get("/page/file/{name}", self._file),
            web.get("/page/state", self._with_key(self._state)),
            web.get("/page/log", self._with_key(self._log)),
            web.get("/page/log/{entry}", self._with_key(self._log_entry)),
            web.get("/page/feed", self._with_key(self._feed)),
            web.post("/page/act", self._with_key(self._act)),
        ]

    async def close(self, _app: web.Application) -> None:
        """Hear no more, and begin nothing."""
        self._workspace.state.listeners.remove(self._changed)
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _with_key(self, handler: _Handler) -> _Handler:
        """The handler for requests with the page's key, which a website cannot send."""

        async def checked(request: web.Request) -> web.StreamResponse:
            if same_secret(request.headers.get(KEY_HEADER, ""), self._key):
                return await handler(request)
            notice = _words_for(request).text("wrong-key")
            return web.json_response({"notice": notice}, status=403, headers=_HEADERS)

        return checked

    async def _index(self, request: web.Request) -> web.Response:
        words, page = _words_for(request), _static("index.html")
        page.text = Template(page.text or "").substitute(
            language=words.language, noscript=words.text("no-script")
        )
        return page

    async def _file(self, request: web.Request) -> web.Response:
        return _static(request.match_info["name"])

    async def _state(self, request: web.Request) -> web.Response:
        state, asked = self._workspace.state, request.query
        try:
            with state.lock:
                screen = Screen.of(
                    state, asked.get("user", ""), asked.get("channel", ""), asked.get("thread", "")
                )
                return _json(screen.shown() | {"connected": self._connected()})
        except Refusal as refusal:
            return web.json_response({"error": refusal.error}, status=404)

    async def _log(self, _request: web.Request) -> web.Response:
        with self._workspace.state.lock:
            return _json(log_state(self._workspace.state.log))

    async def _log_entry(self, request: web.Request) -> web.Response:
        with self._workspace.state.lock:
            return _json(log_bodies(self._workspace.state.log, request.match_info["entry"]))

    async def _act(self, request: web.Request) -> web.Response:
        if request.content_type != "application/json":
            return web.Response(status=415)
        try:
            body = json.loads(await request.read())
        except ValueError:
            body = None
        if not isinstance(body, dict):
            return web.Response(status=400)
        return _json(await self._loop.run_in_executor(self._threads, act, self._workspace, body))

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        """One line for what changed since the last; empty ones tell that the connection stands."""
        response = web.StreamResponse(headers={**_HEADERS, "Content-Type": "text/plain"})
        await response.prepare(request)
        await response.write(b"hello\n")
        changed = asyncio.Event()
        self._feeds.add(changed)
        with suppress(ConnectionError):
            while True:
                with suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), _HEARTBEAT_SECONDS)
                await response.write(b"changed\n" if changed.is_set() else b"\n")
                changed.clear()
        self._feeds.discard(changed)
        return response

    def _changed(self) -> None:
        """Called with the lock held, from any thread."""
        self._loop.call_soon_threadsafe(self._tell)

    def _tell(self) -> None:
        for feed in self._feeds:
            feed.set()


def _json(held: Json | list[Json]) -> web.Response:
    return web.json_response(held, headers=_HEADERS)


def _words_for(request: web.Request) -> Words:
    """The words for the browser's first language."""
    return words_for(request.headers.get("Accept-Language", ""))


def _static(name: str) -> web.Response:
    kind = _TYPES.get(name.rpartition(".")[2])
    folder = files("bot.workspace") / "page"
    if kind is None or name not in {one.name for one in folder.iterdir()}:
        return web.Response(status=404)
    text = (folder / name).read_text(encoding="utf-8")
    return web.Response(text=text, content_type=kind, headers=_HEADERS)

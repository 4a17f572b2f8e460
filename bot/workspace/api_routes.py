"""The HTTP routes of a workspace: Web API, response URLs, uploads."""

import asyncio
import time

from aiohttp import web

from bot.workspace.acknowledgements import use_hook
from bot.workspace.api import Access, answer, refused, token_of
from bot.workspace.args import decode
from bot.workspace.core import Core
from bot.workspace.faults import Fault
from bot.workspace.records import Call, Json, Refusal
from bot.workspace.security import Credentials, same_secret

_LONGEST_SILENCE = 60.0
# What a browser may draw; a picture that could hold scripts is not among them.
_PICTURES = frozenset(("image/png", "image/jpeg", "image/gif", "image/webp"))


class ApiRoutes:
    """Handlers in the server's event loop; all work is done under the workspace's lock."""

    def __init__(self, core: Core, credentials: Credentials) -> None:
        self._core = core
        self._credentials = credentials
        self.stopping = asyncio.Event()

    def table(self) -> list[web.RouteDef]:
        """The routes."""
        return [
            web.route("*", "/api/{method}", self._method),
            web.post("/hook/{key}", self._hook),
            web.post("/upload/{file}/{key}", self._upload),
            web.get("/files/{file}/{key}", self._file),
        ]

    async def _method(self, request: web.Request) -> web.StreamResponse:
        method, body = request.match_info["method"], await request.read()
        try:
            args = decode(body, request.headers.get("Content-Type", ""), request.query_string)
        except Refusal as refusal:
            return self._finish(method, {}, refused(refusal))
        scopes = self._core.features.scopes
        access = Access(token_of(request.headers, args), self._credentials, scopes)
        with self._core.lock:
            fault = self._core.faults.take(method, args)
            works = fault is None or fault.does_the_work
            done = answer(self._core.state, method, args, access) if works else {}
        if fault is not None:
            return await self._misbehave(request, method, args, fault)
        return self._finish(method, args, done)

    def _finish(self, method: str, args: Json, held: Json) -> web.Response:
        self._core.record(Call(method, args, 200, held, time.time()))
        headers = {"x-oauth-scopes": ",".join(self._core.features.scopes)}
        return web.json_response(held, headers=headers)

    async def _misbehave(
        self, request: web.Request, method: str, args: Json, fault: Fault
    ) -> web.StreamResponse:
        if fault.status == 429:
            limited = {"ok": False, "error": "ratelimited"}
            self._core.record(Call(method, args, 429, limited, time.time()))
            headers = {"Retry-After": str(fault.retry_after or 1)}
            return web.json_response(limited, status=429, headers=headers)
        behaviour = fault.error.removesuffix("_after").removesuffix("_before")
        if behaviour not in ("timeout", "reset", "malformed"):
            if fault.status != 200:
                self._core.record(Call(method, args, fault.status, None, time.time()))
                return web.Response(status=fault.status, text=fault.error)
            return self._finish(method, args, {"ok": False, "error": fault.error})
        self._core.record(Call(method, args, fault.status, None, time.time()))
        if behaviour == "malformed":
            return web.Response(text="<html>Something is wrong here", content_type="text/html")
        if behaviour == "timeout":
            await self._be_silent()
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _be_silent(self) -> None:
        try:
            await asyncio.wait_for(self.stopping.wait(), _LONGEST_SILENCE)
        except TimeoutError:
            return

    async def _hook(self, request: web.Request) -> web.StreamResponse:
        if request.content_type != "application/json":
            return web.Response(status=415)
        body = await request.read()
        try:
            args = decode(body, "json")
            fault = self._core.faults.take("response_url", args)
            if fault is not None:
                return await self._misbehave(request, "response_url", args, fault)
            with self._core.lock:
                use_hook(self._core.state, request.match_info["key"], args)
        except Refusal as refusal:
            status = 404 if refusal.error.endswith("_url") else 200
            held = refused(refusal)
            self._core.record(Call("response_url", args, status, held, time.time()))
            return web.json_response(held, status=status)
        self._core.record(Call("response_url", args, 200, {"ok": True}, time.time()))
        return web.Response(text="ok")

    async def _upload(self, request: web.Request) -> web.Response:
        content = await request.read()
        held = self._known_file(request)
        if held is None:
            return web.Response(status=404)
        with self._core.lock:
            held["content"] = content
        return web.Response(text=f"OK - {len(content)}")

    async def _file(self, request: web.Request) -> web.Response:
        held = self._known_file(request)
        if held is None or "content" not in held:
            return web.Response(status=404)
        name = str(held["name"]).replace('"', "")
        kind = held["mimetype"] if held["mimetype"] in _PICTURES else "application/octet-stream"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=held["content"], content_type=kind, headers=headers)

    def _known_file(self, request: web.Request) -> Json | None:
        """The file of an address that was handed out; pictures carry no token, as in Slack."""
        with self._core.lock:
            held = self._core.state.files.get(request.match_info["file"])
        known = held is not None and same_secret(request.match_info["key"], held["key"])
        return held if known else None

"""The HTTP routes of a workspace: Web API, response URLs, uploads."""

import asyncio

from aiohttp import web

from bot.workspace.acknowledgements import use_hook
from bot.workspace.args import decode
from bot.workspace.faults import Fault
from bot.workspace.methods import answer
from bot.workspace.records import Call, Json, Refusal
from bot.workspace.security import Credentials, same_secret
from bot.workspace.state import State

_LONGEST_SILENCE = 60.0
_BEHAVIOURS = ("timeout", "reset", "malformed")
# What a browser may draw; a picture that could hold scripts is not among them.
_PICTURES = frozenset(("image/png", "image/jpeg", "image/gif", "image/webp"))


class ApiRoutes:
    """Handlers in the server's event loop; all work is done under the workspace's lock."""

    def __init__(self, state: State, credentials: Credentials) -> None:
        self._state = state
        self._credentials = credentials

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
            return self._told(method, {}, refusal.as_json())
        token = _token(request, args)
        with self._state.lock:
            fault = self._fault(method, args)
            works = fault is None or fault.does_the_work
            done = answer(self._state, method, args, token, self._credentials) if works else {}
        if fault is not None:
            return await self._misbehave(request, method, args, fault)
        return self._told(method, args, done)

    async def _hook(self, request: web.Request) -> web.StreamResponse:
        if request.content_type != "application/json":
            return web.Response(status=415)
        body = await request.read()
        try:
            args = decode(body, "json")
            with self._state.lock:
                fault = self._fault("response_url", args)
                if fault is None:
                    use_hook(self._state, request.match_info["key"], args)
        except Refusal as refusal:
            status = 404 if refusal.error.endswith("_url") else 200
            return self._told("response_url", args, refusal.as_json(), status)
        if fault is not None:
            return await self._misbehave(request, "response_url", args, fault)
        self._record("response_url", args, 200, {"ok": True})
        return web.Response(text="ok")

    def _fault(self, method: str, args: Json) -> Fault | None:
        return next((one for one in self._state.faults if one.strikes(method, args)), None)

    def _record(self, method: str, args: Json, status: int, held: Json | None) -> None:
        with self._state.lock:
            self._state.log.append(Call(method, args, status, held))
            self._state.changed()

    def _told(
        self, method: str, args: Json, held: Json, status: int = 200, **headers: str
    ) -> web.Response:
        self._record(method, args, status, held)
        headers["x-oauth-scopes"] = ",".join(self._state.features.scopes)
        return web.json_response(held, status=status, headers=headers)

    async def _misbehave(
        self, request: web.Request, method: str, args: Json, fault: Fault
    ) -> web.StreamResponse:
        behaviour = fault.error.removesuffix("_after").removesuffix("_before")
        if fault.status == 429:
            limited, wait = {"ok": False, "error": "ratelimited"}, str(fault.retry_after or 1)
            return self._told(method, args, limited, 429, **{"Retry-After": wait})
        if behaviour not in _BEHAVIOURS and fault.status == 200:
            return self._told(method, args, {"ok": False, "error": fault.error})
        self._record(method, args, fault.status, None)
        if behaviour not in _BEHAVIOURS:
            return web.Response(status=fault.status, text=fault.error)
        if behaviour == "malformed":
            return web.Response(text="<html>Something is wrong here", content_type="text/html")
        if behaviour == "timeout":
            await asyncio.sleep(_LONGEST_SILENCE)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _upload(self, request: web.Request) -> web.Response:
        content = await request.read()
        held = self._known_file(request)
        if held is None:
            return web.Response(status=404)
        with self._state.lock:
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
        with self._state.lock:
            held = self._state.files.get(request.match_info["file"])
        known = held is not None and same_secret(request.match_info["key"], held["key"])
        return held if known else None


def _token(request: web.Request, args: Json) -> str:
    """The token of a call, from its header or its arguments (where it is taken out)."""
    given = str(args.pop("token", "") or "")
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    return bearer.strip() if scheme.lower() == "bearer" and bearer else given

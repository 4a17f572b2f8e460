"""One Socket Mode connection that carries the payloads of many workspaces."""

import asyncio
import json
import threading
import uuid
from concurrent.futures import Future
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import WSMsgType, web

from bot.workspace.deliveries import ACK_SECONDS

APP_TOKEN = "xapp-many"
WAIT_SECONDS = 10.0


class OneSocket:
    """Slack's end of a web socket; ``connections`` counts how often it was opened."""

    def __init__(self) -> None:
        self.connections = 0
        self.carried: list[dict[str, Any]] = []
        self._socket: web.WebSocketResponse | None = None
        self._acks: dict[str, Future[Any]] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self._connected = threading.Event()
        self._runner: web.AppRunner | None = None
        self.url = self._run(self._serve())

    def close(self) -> None:
        """End the connection and stop listening."""
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def carry(self, body: bytes, content_type: str) -> Any:
        """Send what would be an HTTP request; returns what came with the acknowledgement.

        Raises:
            TimeoutError: nobody acknowledged in time.
        """
        assert self._connected.wait(WAIT_SECONDS), "no app is connected"
        kind, payload = _unpacked(body, content_type)
        name = str(uuid.uuid4())
        envelope = {
            "envelope_id": name,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        self.carried.append(envelope)
        acknowledged = self._acks[name] = Future()
        socket = self._socket
        assert socket is not None
        self._run(socket.send_str(json.dumps(envelope)))
        return acknowledged.result(ACK_SECONDS)

    def _run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(WAIT_SECONDS)

    async def _serve(self) -> str:
        app = web.Application()
        app.add_routes([web.get("/link", self._handle)])
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        return f"ws://{host}:{port}/link"

    async def _end(self) -> None:
        if self._socket is not None:
            await self._socket.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _handle(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps({"type": "hello", "num_connections": 1}))
        self._socket = socket
        self.connections += 1
        self._connected.set()
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self._receive(message.data)
        if self._socket is socket:
            self._connected.clear()
        return socket

    def _receive(self, text: str) -> None:
        held = json.loads(text) if text.startswith("{") else {}
        waiting = self._acks.pop(held.get("envelope_id", ""), None)
        if waiting is not None:
            waiting.set_result(held.get("payload"))


def _unpacked(body: bytes, content_type: str) -> tuple[str, dict[str, Any]]:
    if content_type == "application/json":
        return "events_api", json.loads(body)
    form = dict(parse_qsl(body.decode(), keep_blank_values=True))
    if "payload" in form:
        return "interactive", json.loads(form["payload"])
    return "slash_commands", form

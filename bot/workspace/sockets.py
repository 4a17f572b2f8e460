"""Socket Mode: one open web socket, through which payloads go out and acknowledgements come in."""

import json

from aiohttp import WSMsgType, web

from bot.workspace import seed
from bot.workspace.core import Core
from bot.workspace.mail import Parcel
from bot.workspace.records import Json

LIFETIME_SECONDS = 3600


class Sockets:
    """The Socket Mode end of a workspace; lives in the server's event loop."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._current: web.WebSocketResponse | None = None
        self._sent: list[Parcel] = []

    @property
    def connected(self) -> bool:
        """Whether an app is connected."""
        return self._current is not None

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection until it ends; a new one closes the one before it."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        previous, self._current = self._current, socket
        await socket.send_str(json.dumps(_hello()))
        if previous is not None:
            await previous.close()
        with self._core.lock:
            self._core.lock.notify_all()
        try:
            await self.flush()
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._receive(message.data)
        finally:
            if self._current is socket:
                self._current = None
                self._take_back()
        return socket

    async def flush(self) -> None:
        """Send what waits, if an app is connected."""
        while (socket := self._current) is not None:
            with self._core.lock:
                parcels = self._core.mail.take()
            if not parcels:
                return
            for parcel in parcels:
                await self._send(socket, parcel)

    async def disconnect(self, reason: str) -> None:
        """Ask the app to connect anew, as Slack does about once an hour."""
        if self._current is not None:
            notice = {"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}}
            await self._current.send_str(json.dumps(notice))

    async def close(self) -> None:
        """End the open connection."""
        socket, self._current = self._current, None
        if socket is not None:
            await socket.close()

    async def _send(self, socket: web.WebSocketResponse, parcel: Parcel) -> None:
        self._sent.append(parcel)
        try:
            await socket.send_str(json.dumps(parcel.envelope))
        except ConnectionError:
            with self._core.lock:
                self._core.mail.waiting.append(parcel)

    def _receive(self, text: str) -> None:
        """Take an acknowledgement; anything else that an app sends is nothing to Slack."""
        try:
            held = json.loads(text)
        except ValueError:
            return
        if isinstance(held, dict) and "envelope_id" in held:
            answer = held.get("payload")
            self._core.acknowledged(str(held["envelope_id"]), _as_object(answer))

    def _take_back(self) -> None:
        """Events that the lost connection did not acknowledge go to the next one."""
        sent, self._sent = self._sent, []
        with self._core.lock:
            for parcel in sent:
                if parcel.acknowledged is None and parcel.kind == "events_api":
                    self._core.mail.send_again(parcel, reason="connection_failed")


def _as_object(answer: object) -> Json:
    if isinstance(answer, dict):
        return answer
    return {"text": answer} if isinstance(answer, str) else {}


def _hello() -> Json:
    return {
        "type": "hello",
        "num_connections": 1,
        "debug_info": {"host": "local", "approximate_connection_time": LIFETIME_SECONDS},
        "connection_info": {"app_id": seed.APP_ID},
    }

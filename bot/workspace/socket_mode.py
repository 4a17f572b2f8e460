"""Socket Mode: web sockets through which payloads go out and acknowledgements come in."""

import asyncio
import json

from aiohttp import WSMsgType, web

from bot.workspace import seed
from bot.workspace.core import Core
from bot.workspace.deliveries import Delivery
from bot.workspace.records import Json

LIFETIME_SECONDS = 3600
MOST_CONNECTIONS = 10


class SocketMode:
    """The Socket Mode end of a workspace; lives in the server's event loop.

    As at Slack, an app may have several connections, and each payload goes to one of them.
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        # What each connection was sent and has not acknowledged. The one whose turn it is comes
        # first; those that were asked to connect anew get nothing once there is another, and end
        # when they have acknowledged what they got before.
        self._sent: dict[web.WebSocketResponse, list[Delivery]] = {}
        self._leaving: dict[web.WebSocketResponse, list[Delivery]] = {}
        self._replaced: dict[web.WebSocketResponse, list[Delivery]] = {}
        self._ending: set[asyncio.Task[bool]] = set()
        self._transports: dict[web.WebSocketResponse, asyncio.Transport] = {}

    @property
    def connected(self) -> bool:
        """Whether an app is connected."""
        return bool(self._sent or self._leaving)

    @property
    def connections(self) -> int:
        """How many connections are open."""
        return len(self._sent)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection until it ends.

        Raises:
            HTTPForbidden: the address was not handed out just now, or was used before.
            HTTPTooManyRequests: the app has ten already.
        """
        with self._core.lock:
            if not self._core.state.tickets.redeem(request.query.get("ticket", "")):
                raise web.HTTPForbidden
        if len(self._sent) >= MOST_CONNECTIONS:
            raise web.HTTPTooManyRequests
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps(_hello(len(self._sent) + 1)))
        self._sent[socket] = []
        if isinstance(request.transport, asyncio.Transport):
            self._transports[socket] = request.transport
        self._replaced |= self._leaving
        self._leaving = {}
        self._end_replaced()
        with self._core.lock:
            self._core.lock.notify_all()
        try:
            await self.flush()
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._receive(message.data)
                    self._end_replaced()
        finally:
            self._transports.pop(socket, None)
            self._take_back(socket)
        return socket

    async def flush(self) -> None:
        """Send what waits, if an app is connected."""
        while self.connected:
            with self._core.lock:
                deliveries = self._core.outgoing.take()
            if not deliveries:
                return
            for delivery in deliveries:
                await self._send(delivery)

    async def disconnect(self, reason: str) -> None:
        """Ask the app to connect anew, as Slack does about once an hour."""
        notice = {"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}}
        self._leaving |= self._sent
        self._sent = {}
        for socket in list(self._leaving):
            await socket.send_str(json.dumps(notice))

    async def abort(self) -> None:
        """Lose the connections without a closing frame, as when a network fails."""
        for transport in self._transports.values():
            transport.abort()

    async def close(self) -> None:
        """End the open connections."""
        for socket in [*self._sent, *self._leaving, *self._replaced]:
            self._take_back(socket)
            await socket.close()

    async def _send(self, delivery: Delivery) -> None:
        connections = self._sent or self._leaving
        socket = next(iter(connections), None)
        if socket is None:
            with self._core.lock:
                self._core.outgoing.waiting.append(delivery)
            return
        open_ones = [one for one in connections.pop(socket) if one.acknowledged is None]
        connections[socket] = [*open_ones, delivery]
        try:
            await socket.send_str(json.dumps(delivery.envelope))
        except ConnectionError:
            connections[socket] = open_ones
            self._take_back(socket)
            with self._core.lock:
                self._core.outgoing.waiting.append(delivery)

    def _end_replaced(self) -> None:
        """Close what has been replaced and owes no acknowledgement. An app may acknowledge a
        payload by the connection it came by, or by the new one."""
        for socket, sent in list(self._replaced.items()):
            if all(one.acknowledged is not None for one in sent):
                del self._replaced[socket]
                # The app takes its time to close; nothing waits for that.
                ending = asyncio.create_task(socket.close())
                self._ending.add(ending)
                ending.add_done_callback(self._ending.discard)

    def _receive(self, text: str) -> None:
        """Take an acknowledgement; anything else that an app sends is nothing to Slack."""
        try:
            held = json.loads(text)
        except ValueError:
            return
        if isinstance(held, dict) and "envelope_id" in held:
            answer = held.get("payload")
            self._core.acknowledged(str(held["envelope_id"]), _as_object(answer))

    def _take_back(self, socket: web.WebSocketResponse) -> None:
        """Events that a lost connection did not acknowledge go to the next one."""
        held = (self._sent, self._leaving, self._replaced)
        sent = [one for connections in held for one in connections.pop(socket, [])]
        with self._core.lock:
            for delivery in sent:
                if delivery.acknowledged is None and delivery.kind == "events_api":
                    self._core.outgoing.send_again(delivery, reason="connection_failed")


def _as_object(answer: object) -> Json:
    if isinstance(answer, dict):
        return answer
    return {"text": answer} if isinstance(answer, str) else {}


def _hello(connections: int) -> Json:
    return {
        "type": "hello",
        "num_connections": connections,
        "debug_info": {"host": "local", "approximate_connection_time": LIFETIME_SECONDS},
        "connection_info": {"app_id": seed.APP_ID},
    }

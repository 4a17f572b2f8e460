"""Socket Mode: web sockets through which payloads go out and acknowledgements come in."""

import asyncio
import json
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from bot.workspace import seed
from bot.workspace.deliveries import Delivery
from bot.workspace.records import Json, Refusal
from bot.workspace.server import Tasks
from bot.workspace.state import State

LIFETIME_SECONDS = 3600
MOST_CONNECTIONS = 10


@dataclass(eq=False)
class _Connection:
    """One web socket, and what it was sent.

    One that was asked to connect anew is `leaving`: it gets nothing once there is another, by
    which it is `replaced`, and ends when it has acknowledged what it got before.
    """

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    sent: list[Delivery] = field(default_factory=list)
    leaving: bool = False
    replaced: bool = False

    @property
    def owed(self) -> list[Delivery]:
        """What it was sent and nobody acknowledged."""
        return [one for one in self.sent if one.acknowledged is None]


class SocketMode:
    """The Socket Mode end of a workspace; lives in the server's event loop.

    As at Slack, an app may have several connections, and each payload goes to one of them.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        # The one whose turn it is comes first.
        self._open: list[_Connection] = []
        self._tasks = Tasks()

    @property
    def connected(self) -> bool:
        """Whether an app is connected."""
        return not all(one.replaced for one in self._open)

    @property
    def connections(self) -> int:
        """How many connections are open that were not asked to leave."""
        return sum(not one.leaving for one in self._open)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection until it ends.

        Raises:
            HTTPForbidden: the address was not handed out just now, or was used before.
            HTTPTooManyRequests: the app has ten already.
        """
        try:
            with self._state.lock:
                self._state.tickets.redeem(request.query.get("ticket", ""))
        except Refusal:
            raise web.HTTPForbidden from None
        if self.connections >= MOST_CONNECTIONS:
            raise web.HTTPTooManyRequests
        one = _Connection(web.WebSocketResponse(), request.transport)
        await one.socket.prepare(request)
        await one.socket.send_str(json.dumps(_hello(self.connections + 1)))
        for other in self._open:
            other.replaced = other.leaving
        self._open.append(one)
        self._end_replaced()
        self._changed()
        try:
            await self.flush()
            async for message in one.socket:
                if message.type is WSMsgType.TEXT:
                    self._receive(message.data)
                    self._end_replaced()
        finally:
            self._take_back(one)
        return one.socket

    async def flush(self) -> None:
        """Send what waits, if an app is connected."""
        while self.connected:
            with self._state.lock:
                deliveries = self._state.deliveries.take()
            if not deliveries:
                return
            for delivery in deliveries:
                await self._send(delivery)

    async def disconnect(self, reason: str) -> None:
        """Ask the app to connect anew, as Slack does about once an hour."""
        notice = {"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}}
        for one in [one for one in self._open if not one.replaced]:
            one.leaving = True
            await one.socket.send_str(json.dumps(notice))

    async def abort(self) -> None:
        """Lose the connections without a closing frame, as when a network fails."""
        for one in self._open:
            if one.transport is not None:
                one.transport.abort()

    async def close(self, _app: web.Application | None = None) -> None:
        """End the open connections."""
        for one in [*self._open]:
            self._take_back(one)
            await one.socket.close()

    async def _send(self, delivery: Delivery) -> None:
        turn = [one for one in self._open if not one.leaving] or [
            one for one in self._open if not one.replaced
        ]
        if not turn:
            with self._state.lock:
                self._state.deliveries.wait(delivery)
            return
        one = turn[0]
        self._open.remove(one)
        self._open.append(one)
        one.sent = [*one.owed, delivery]
        try:
            await one.socket.send_str(json.dumps(delivery.envelope))
        except ConnectionError:
            one.sent.remove(delivery)
            self._take_back(one)
            with self._state.lock:
                self._state.deliveries.wait(delivery)

    def _end_replaced(self) -> None:
        """Close what has been replaced and owes no acknowledgement. An app may acknowledge a
        payload by the connection it came by, or by the new one."""
        for one in [one for one in self._open if one.replaced and not one.owed]:
            self._open.remove(one)
            # The app takes its time to close; nothing waits for that.
            self._tasks.begin(one.socket.close())

    def _receive(self, text: str) -> None:
        """Take an acknowledgement; anything else that an app sends is nothing to Slack."""
        try:
            held = json.loads(text)
        except ValueError:
            return
        if isinstance(held, dict) and "envelope_id" in held:
            with self._state.lock:
                self._state.deliveries.acknowledge(str(held["envelope_id"]), held.get("payload"))

    def _take_back(self, one: _Connection) -> None:
        """Events that a lost connection did not acknowledge go to the next one."""
        if one in self._open:
            self._open.remove(one)
            with self._state.lock:
                for delivery in one.owed:
                    if delivery.kind == "events_api":
                        self._state.deliveries.send_again(delivery, reason="connection_failed")

    def _changed(self) -> None:
        with self._state.lock:
            self._state.changed()


def _hello(connections: int) -> Json:
    return {
        "type": "hello",
        "num_connections": connections,
        "debug_info": {"host": "local", "approximate_connection_time": LIFETIME_SECONDS},
        "connection_info": {"app_id": seed.APP_ID},
    }

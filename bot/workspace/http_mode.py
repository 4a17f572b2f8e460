"""HTTP mode: payloads as signed POST requests to the app's request URL."""

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from bot.workspace.deliveries import ACK_SECONDS, Delivery
from bot.workspace.server import Tasks
from bot.workspace.state import State


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's `x-slack-signature` of a request body."""
    base = b":".join((b"v0", timestamp.encode(), body))
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def encoded(delivery: Delivery) -> tuple[bytes, str]:
    """The body of a delivery and its content type: events as JSON, the rest as forms."""
    if delivery.kind == "events_api":
        return json.dumps(delivery.payload).encode(), "application/json"
    form = delivery.payload
    if delivery.kind == "interactive":
        form = {"payload": json.dumps(delivery.payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


class HttpMode:
    """The HTTP end of a workspace; lives in the server's event loop."""

    def __init__(self, state: State, *, secret: str) -> None:
        self._state = state
        self._secret = secret
        self._session: aiohttp.ClientSession | None = None
        self._tasks = Tasks()
        self.url = ""

    async def flush(self) -> None:
        """Post what waits, if there is a request URL."""
        if not self.url:
            return
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=ACK_SECONDS)
            self._session = aiohttp.ClientSession(timeout=timeout, trust_env=False)
        with self._state.lock:
            deliveries = self._state.deliveries.take()
        for delivery in deliveries:
            self._tasks.begin(self._post(self._session, delivery))

    async def close(self, _app: web.Application) -> None:
        """Give up what is still on its way."""
        self._tasks.cancel()
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def _post(self, session: aiohttp.ClientSession, delivery: Delivery) -> None:
        body, content_type = encoded(delivery)
        headers = self._headers(delivery, body) | {"Content-Type": content_type}
        try:
            async with session.post(self.url, data=body, headers=headers) as response:
                text = await response.text()
        except (TimeoutError, aiohttp.ClientError):
            return
        with self._state.lock:
            delivery.status = response.status
            if response.status < 300:
                self._state.deliveries.acknowledge(delivery.id, _read(text))
            self._state.changed()

    def _headers(self, delivery: Delivery, body: bytes) -> dict[str, str]:
        timestamp = str(int(time.time()))
        headers = {
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
        }
        if delivery.attempt:
            headers["X-Slack-Retry-Num"] = str(delivery.attempt)
            headers["X-Slack-Retry-Reason"] = delivery.reason
        return headers


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text

"""HTTP mode: payloads as signed POST requests to the app's request URL."""

import asyncio
import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp

from bot.workspace.core import Core
from bot.workspace.mail import ACK_SECONDS, Parcel
from bot.workspace.records import Json


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's `x-slack-signature` of a request body."""
    base = b":".join((b"v0", timestamp.encode(), body))
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def encoded(parcel: Parcel) -> tuple[bytes, str]:
    """The body of a parcel and its content type: events as JSON, the rest as forms."""
    if parcel.kind == "events_api":
        return json.dumps(parcel.payload).encode(), "application/json"
    form = parcel.payload
    if parcel.kind == "interactive":
        form = {"payload": json.dumps(parcel.payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


class Posting:
    """The HTTP end of a workspace; lives in the server's event loop."""

    def __init__(self, core: Core, *, secret: str) -> None:
        self._core = core
        self._secret = secret
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.url = ""

    async def flush(self) -> None:
        """Post what waits, if there is a request URL."""
        if not self.url:
            return
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=ACK_SECONDS)
            self._session = aiohttp.ClientSession(timeout=timeout, trust_env=False)
        with self._core.lock:
            parcels = self._core.mail.take()
        for parcel in parcels:
            task = asyncio.create_task(self._post(self._session, parcel))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Give up what is still on its way."""
        for task in self._tasks:
            task.cancel()
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def _post(self, session: aiohttp.ClientSession, parcel: Parcel) -> None:
        body, content_type = encoded(parcel)
        headers = self._headers(parcel, body) | {"Content-Type": content_type}
        try:
            async with session.post(self.url, data=body, headers=headers) as response:
                text = await response.text()
        except (TimeoutError, aiohttp.ClientError):
            return
        if response.status < 300:
            answer = _answer(text)
            self._core.acknowledged(parcel.id, answer, status=response.status)
        else:
            with self._core.lock:
                parcel.status = response.status
                self._core.lock.notify_all()

    def _headers(self, parcel: Parcel, body: bytes) -> dict[str, str]:
        timestamp = str(int(time.time()))
        headers = {
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
        }
        if parcel.attempt:
            headers["X-Slack-Retry-Num"] = str(parcel.attempt)
            headers["X-Slack-Retry-Reason"] = parcel.reason
        return headers


def _answer(text: str) -> Json:
    if not text:
        return {}
    try:
        held = json.loads(text)
    except ValueError:
        return {"text": text}
    return held if isinstance(held, dict) else {"text": str(held)}

"""A Slack in a process of its own that costs little and sends at fixed moments, come what may.

``python -m tests.benchmarks.capacity.cheap_slack`` answers each Web API call after the time that
the real one takes about. It reads orders as lines of JSON from stdin and answers each with a line:

    {"do": "load", "rate": 100, "seconds": 10, "seed": 1}
                       requests by HTTP to the "urls" in turn, or Socket Mode without any
    {"do": "posts"}    when each message came in, its key and size

Arrivals are spread at random with the given mean rate (a Poisson process). They don't wait for
earlier answers, and a latency counts from the moment at which the request was due, so that a
stalled app cannot hide by slowing its load down.
"""

import argparse
import asyncio
import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from itertools import count, cycle
from typing import Any
from urllib.parse import parse_qsl, urlencode

import aiohttp
from aiohttp import WSMsgType, web

from bot.workspace.http_mode import signature
from tests.benchmarks.capacity.traffic import CREDENTIALS, Sent, Traffic

SLACKS_LIMIT_SECONDS = 3.0
LOOK_SECONDS = 0.1
ANSWERS: dict[str, dict[str, Any]] = {
    "auth.test": {
        "url": "https://example.slack.com/",
        "team": "Papers",
        "user": "paperboy",
        "team_id": "T0PAPER01",
        "user_id": "U0PAPERBOY",
        "bot_id": "B0PAPERBOY",
    },
    "views.publish": {"view": {"id": "V1"}},
    "views.open": {"view": {"id": "V1", "hash": "1.a"}},
    "conversations.open": {"channel": {"id": "D1"}},
    "chat.getPermalink": {"permalink": "https://example.slack.com/p1"},
    "users.info": {
        "user": {"id": "U1", "name": "u", "locale": "en-US", "tz": "Asia/Seoul", "profile": {}}
    },
}
# Where whoever lost an answer looks if its message stands there.
HISTORIES = ("conversations.history", "conversations.replies")
AUTHOR = {"type": "message", "user": "U0PAPERBOY", "bot_id": "B0PAPERBOY"}


class CheapSlack:
    """Web API, Socket Mode and the load, in one event loop."""

    def __init__(self, call_seconds: float) -> None:
        self._call_seconds = call_seconds
        self._socket: web.WebSocketResponse | None = None
        self._acks: dict[str, asyncio.Future[bool]] = {}
        self._ts = count(1)
        self.posts: list[dict[str, Any]] = []
        self._history = defaultdict[str, list[dict[str, Any]]](list)
        self.calls = 0
        self.port = 0

    async def start(self) -> None:
        """Listen on a free port of loopback."""
        app = web.Application(client_max_size=8_000_000)
        app.add_routes(
            [
                web.post("/api/{method}", self._method),
                web.post("/hook", self._hook),
                web.get("/link", self._link),
            ]
        )
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = int(runner.addresses[0][1])

    async def _method(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        self.calls += 1
        answer: dict[str, Any] = {"ok": True, **ANSWERS.get(method, {})}
        if method == "apps.connections.open":
            await asyncio.sleep(self._call_seconds)
            return web.json_response({**answer, "url": f"ws://127.0.0.1:{self.port}/link"})
        if method.startswith("chat."):
            answer["ts"] = f"1742400000.{next(self._ts):06d}"
        body = await request.read()
        await asyncio.sleep(self._call_seconds)
        if method in HISTORIES:
            answer["messages"] = self._history[_arguments(request, body).get("channel", "")]
        if method == "chat.postMessage":
            held = _arguments(request, body)
            answer["channel"] = held.get("channel")
            self._history[held["channel"]].insert(
                0, {**AUTHOR, "ts": answer["ts"], "metadata": held["metadata"]}
            )
            self.posts.append(
                {
                    "at": time.time(),
                    "channel": held.get("channel"),
                    "key": held["metadata"]["event_payload"]["key"],
                    "bytes": len(body),
                }
            )
        return web.json_response(answer)

    async def _hook(self, request: web.Request) -> web.Response:
        await request.read()
        self.calls += 1
        await asyncio.sleep(self._call_seconds)
        return web.Response(text="ok")

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        self._socket = socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self._take(message.data)
        return socket

    def _take(self, text: str) -> None:
        # Bolt's client also sends its own ping payloads as text.
        if text.startswith("{"):
            future = self._acks.pop(json.loads(text).get("envelope_id", ""), None)
            if future is not None and not future.done():
                future.set_result(True)

    async def obey(self, order: dict[str, Any]) -> dict[str, Any]:
        """Carry out one line of stdin."""
        if order["do"] == "posts":
            posts, self.posts = self.posts, []
            return {"posts": posts}
        if order["do"] == "calls":
            return {"calls": self.calls}
        if order["do"] == "connected":
            return {"connected": self._socket is not None and not self._socket.closed}
        return await self._send_load(**{name: order[name] for name in order if name != "do"})

    async def _send_load(
        self, urls: Sequence[str], rate: float, seconds: float, seed: int
    ) -> dict[str, Any]:
        turn = cycle(urls)
        traffic = Traffic(f"http://127.0.0.1:{self.port}/hook", seed=seed)
        chance = random.Random(seed)
        loop, results, tasks = asyncio.get_running_loop(), Results(), []
        timeout = aiohttp.ClientTimeout(total=2 * SLACKS_LIMIT_SECONDS)
        connector = aiohttp.TCPConnector(limit=0)
        calls = self.calls
        async with aiohttp.ClientSession(
            timeout=timeout, connector=connector, trust_env=False
        ) as session:
            watch = asyncio.create_task(results.watch_the_clock())
            due = began = loop.time()
            while due - began < seconds:
                await asyncio.sleep(due - loop.time())
                sent = traffic.next()
                way = _by_http(session, next(turn), sent) if urls else self._by_socket(sent)
                results.lags.append(loop.time() - due)
                tasks.append(asyncio.create_task(results.watch(way, due, sent.name)))
                due += chance.expovariate(rate)
            await asyncio.gather(*tasks)
            watch.cancel()
        return {**results.told(), "seconds": loop.time() - began, "calls": self.calls - calls}

    async def _by_socket(self, sent: Sent) -> bool:
        envelope_id = f"e{next(self._ts)}"
        envelope = {
            "envelope_id": envelope_id,
            "type": sent.kind,
            "payload": sent.payload,
            "accepts_response_payload": sent.kind != "events_api",
        }
        future = self._acks[envelope_id] = asyncio.get_running_loop().create_future()
        if self._socket is None:
            return False
        await self._socket.send_json(envelope)
        return await asyncio.wait_for(future, 2 * SLACKS_LIMIT_SECONDS)


class Results:
    """How long each request took, and what kind it was."""

    def __init__(self) -> None:
        self.lags: list[float] = []
        self._standstill = 0.0
        self._taken: list[tuple[str, float]] = []
        self._failed = 0

    async def watch(self, way: Any, due: float, name: str) -> None:
        """Await one request."""
        try:
            good = await way
        except (TimeoutError, aiohttp.ClientError, ConnectionError):
            good = False
        taken = asyncio.get_running_loop().time() - due
        self._taken.append((name, taken))
        self._failed += not good or taken > SLACKS_LIMIT_SECONDS

    async def watch_the_clock(self) -> None:
        """Notice for how long this process had no turn at the most."""
        while True:
            before = time.monotonic()
            await asyncio.sleep(LOOK_SECONDS)
            self._standstill = max(self._standstill, time.monotonic() - before - LOOK_SECONDS)

    def told(self) -> dict[str, Any]:
        """Everything, for a line of JSON."""
        return {
            "taken": self._taken,
            "failed": self._failed,
            "lags": self.lags,
            "standstill": self._standstill,
        }


async def _by_http(session: aiohttp.ClientSession, url: str, sent: Sent) -> bool:
    if sent.kind == "events_api":
        body, content_type = json.dumps(sent.payload).encode(), "application/json"
    else:
        interactive = {"payload": json.dumps(sent.payload)}
        form = interactive if sent.kind == "interactive" else sent.payload
        body, content_type = urlencode(form).encode(), "application/x-www-form-urlencoded"
    timestamp = str(int(time.time()))
    headers = {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(CREDENTIALS.signing_secret, timestamp, body),
    }
    async with session.post(url, data=body, headers=headers) as response:
        await response.read()
        return response.status == 200


def _arguments(request: web.Request, body: bytes) -> dict[str, Any]:
    if "json" in request.headers.get("Content-Type", ""):
        held: dict[str, Any] = json.loads(body)
        return held
    return dict(parse_qsl(body.decode()))


async def _serve(call_seconds: float) -> None:
    slack = CheapSlack(call_seconds)
    await slack.start()
    print(json.dumps({"port": slack.port}), flush=True)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        print(json.dumps(await slack.obey(json.loads(line))), flush=True)


def main() -> None:
    """Serve until stdin ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--call-seconds", type=float, default=0.1)
    asyncio.run(_serve(parser.parse_args().call_seconds))


if __name__ == "__main__":
    main()

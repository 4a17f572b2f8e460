"""The server of a workspace: an event loop of its own, in a thread of its own, on loopback."""

import asyncio
import socket
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any

from aiohttp import web

HOST = "127.0.0.1"
_START_SECONDS = 10.0
_CALL_SECONDS = 20.0
_SHUTDOWN_SECONDS = 0.2


class Tasks:
    """Work in the event loop that nobody waits for. The loop itself would forget it half done."""

    def __init__(self) -> None:
        self._open: set[asyncio.Task[Any]] = set()

    def begin(self, work: Coroutine[Any, Any, Any]) -> None:
        """Begin, and go on with something else."""
        task = asyncio.create_task(work)
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    def cancel(self) -> None:
        """Give up what is not done."""
        for task in self._open:
            task.cancel()


class Server:
    """Runs one aiohttp application, which `build` makes in the event loop."""

    def __init__(self, build: Callable[[], web.Application]) -> None:
        self._build = build
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self.port = 0

    def start(self, port: int) -> None:
        """Listen on a port (0: any free one). Raises OSError when it is taken."""
        started: Future[int] = Future()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(port, started)), name="workspace", daemon=True
        )
        self._thread.start()
        self.port = started.result(_START_SECONDS)

    def stop(self) -> None:
        """Stop listening and wait until the thread is gone."""
        if self._loop is not None and self._thread is not None:
            self.soon(lambda: self._ended.set())
            self._thread.join()
            self._loop = None

    def call(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something in the event loop, from another thread, and wait for it."""
        assert self._loop is not None, "the workspace is not started"
        asyncio.run_coroutine_threadsafe(work, self._loop).result(_CALL_SECONDS)

    def soon(self, work: Callable[[], object]) -> None:
        """Run something in the event loop, when there is one."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(work)

    async def _serve(self, port: int, started: "Future[int]") -> None:
        self._ended = asyncio.Event()
        runner = web.AppRunner(self._build(), shutdown_timeout=_SHUTDOWN_SECONDS, access_log=None)
        await runner.setup()
        try:
            listening = socket.create_server((HOST, port))
            await web.SockSite(runner, listening).start()
            self._loop = asyncio.get_running_loop()
            started.set_result(runner.addresses[0][1])
            await self._ended.wait()
            # The loop leaves connections open whose server is closed before it has taken them in.
            self._loop.remove_reader(listening)
            await asyncio.sleep(0)
        except OSError as error:
            started.set_exception(error)
        finally:
            await runner.cleanup()

"""The server of a workspace: an event loop of its own, in a thread of its own, on loopback."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from aiohttp import web

_T = TypeVar("_T")

HOST = "127.0.0.1"
_START_SECONDS = 10.0


class Server:
    """Runs one aiohttp application.

    `build` is called in the event loop and makes the application; `cleanup` is awaited before
    the loop ends.
    """

    def __init__(
        self,
        build: Callable[[], web.Application],
        cleanup: Callable[[], Coroutine[Any, Any, None]],
    ) -> None:
        self._build = build
        self._cleanup = cleanup
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._started = threading.Event()
        self._failure: OSError | None = None
        self.port = 0

    def start(self, port: int) -> None:
        """Listen on a port (0: any free one). Raises OSError when it is taken."""
        self._started.clear()
        self._thread = threading.Thread(
            target=self._run, args=(port,), name="workspace", daemon=True
        )
        self._thread.start()
        if not self._started.wait(_START_SECONDS):
            raise TimeoutError("the local workspace did not start")
        if self._failure is not None:
            self._thread.join()
            raise self._failure

    def stop(self) -> None:
        """Stop listening and wait until the thread is gone."""
        if self._loop is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop = None

    def call(self, work: Coroutine[Any, Any, _T], timeout: float = 20.0) -> _T:
        """Run something in the event loop, from another thread, and wait for it."""
        assert self._loop is not None, "the workspace is not started"
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout)

    def soon(self, work: Callable[[], None]) -> None:
        """Run something in the event loop, when there is one."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(work)

    def _run(self, port: int) -> None:
        loop = asyncio.new_event_loop()
        try:
            runner = loop.run_until_complete(self._listen(port))
        except OSError as exc:
            self._failure = exc
            loop.close()
            self._started.set()
            return
        self._loop = loop
        self._started.set()
        loop.run_forever()
        loop.run_until_complete(self._cleanup())
        loop.run_until_complete(runner.cleanup())
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    async def _listen(self, port: int) -> web.AppRunner:
        runner = web.AppRunner(self._build(), shutdown_timeout=0.2, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, HOST, port)
        try:
            await site.start()
        except OSError:
            await runner.cleanup()
            raise
        self.port = runner.addresses[0][1]
        return runner

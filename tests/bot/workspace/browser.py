"""A headless Chromium, driven by its DevTools protocol."""

import asyncio
import base64
import itertools
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import aiohttp

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--hide-scrollbars",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
]


class Tab:
    """One tab; errors of its scripts are kept."""

    def __init__(self, loop: asyncio.AbstractEventLoop, port: int) -> None:
        self.errors: list[str] = []
        self._loop = loop
        self._ids = itertools.count(1)
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._session, self._socket = self._run(self._connect(port))
        self._reader = asyncio.run_coroutine_threadsafe(self._read(), loop)
        for domain in ("Page", "Runtime"):
            self._call(f"{domain}.enable")

    def open(self, url: str) -> None:
        """Go to a page and wait until it shows something."""
        self._call("Page.navigate", url="about:blank")
        self.errors.clear()
        self._call("Page.navigate", url=url)
        self.wait("document.querySelector('.frame')")

    def run(self, expression: str) -> Any:
        """The value of an expression in the page."""
        answer = self._call("Runtime.evaluate", expression=expression, returnByValue=True)
        return answer["result"].get("value")

    def wait(self, expression: str) -> None:
        """Wait until an expression is true; raises RuntimeError when it never is."""
        code = f"""new Promise((done, fail) => {{
          const end = Date.now() + 5000;
          const look = () => {{
            if ({expression}) done(true);
            else if (Date.now() > end) fail(new Error("never true"));
            else setTimeout(look, 20);
          }};
          look();
        }})"""
        answer = self._call("Runtime.evaluate", expression=code, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"never true: {expression}")

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        self._call("Input.insertText", text=text)

    def key(self, kind: str, key: str, code: int) -> None:
        """Press (`keyDown`) or let go (`keyUp`) a key."""
        names = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        self._call("Input.dispatchKeyEvent", type=kind, **names)

    def look(self, *, width: int, height: int, dark: bool = False) -> None:
        """Set the size of the window and the system's colours."""
        self._call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._call("Emulation.setEmulatedMedia", features=[scheme])

    def picture(self) -> bytes:
        """The window as PNG."""
        return base64.b64decode(self._call("Page.captureScreenshot", format="png")["data"])

    def close(self) -> None:
        self._run(self._socket.close())
        self._reader.result(5)
        self._run(self._session.close())

    def _run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    def _call(self, method: str, **parameters: Any) -> Any:
        return self._run(self._ask(method, parameters))

    async def _connect(self, port: int) -> tuple[Any, Any]:
        session = aiohttp.ClientSession()
        async with session.get(f"http://127.0.0.1:{port}/json") as response:
            tabs = await response.json()
        page = next(one for one in tabs if one["type"] == "page")
        return session, await session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0)

    async def _ask(self, method: str, parameters: dict[str, Any]) -> Any:
        number = next(self._ids)
        self._answers[number] = self._loop.create_future()
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        return await self._answers[number]

    async def _read(self) -> None:
        async for message in self._socket:
            held = message.json()
            if "id" in held:
                self._answers.pop(held["id"]).set_result(held.get("result", held))
            elif held.get("method") == "Runtime.exceptionThrown":
                self.errors.append(str(held["params"]["exceptionDetails"]))


@contextmanager
def chromium(profile: Path) -> Iterator[Tab]:
    """A browser with an empty profile."""
    assert CHROMIUM
    process = subprocess.Popen(
        [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    line = next(one for one in process.stderr if "DevTools listening" in one)
    port = int(line.split("127.0.0.1:")[1].split("/")[0])
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        with closing(Tab(loop, port)) as tab:
            yield tab
    finally:
        process.terminate()
        process.communicate()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

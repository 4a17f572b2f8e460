"""Processes to measure: the cheap Slack, and an app beside it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

import psutil

from tests.benchmarks.capacity.traffic import CREDENTIALS
from tests.process import ROOT, free_port

START_SECONDS = 60.0
LONGEST_DRAIN_SECONDS = 90.0
UNREACHABLE = "http://127.0.0.1:9"


class Slack:
    """The cheap Slack, told what to do by lines of JSON. Use it in a ``with`` statement."""

    def __init__(self, *, call_seconds: float = 0.1) -> None:
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.benchmarks.capacity.cheap_slack",
                "--call-seconds",
                str(call_seconds),
            ],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.port = int(self._answer()["port"])

    @property
    def api_url(self) -> str:
        """The base URL of its Web API."""
        return f"http://127.0.0.1:{self.port}/api/"

    def ask(self, **order: Any) -> dict[str, Any]:
        """Give an order and wait until it is carried out."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def load(self, urls: Sequence[str], *, rate: float, seconds: float) -> dict[str, Any]:
        """Send requests to *urls* in turn, by Socket Mode without any; what came of it."""
        return self.ask(do="load", urls=urls, rate=rate, seconds=seconds)

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()


class Cost:
    """Processor time of processes and their children from now on, and how long they go on
    calling Slack."""

    def __init__(self, *pids: int) -> None:
        self._processes = [psutil.Process(pid) for pid in pids]
        self._before = self._spent()
        self.processor_seconds = self.drain_seconds = 0.0

    def settle(self, slack: Slack) -> None:
        """Wait until no more calls come."""
        began, last = time.monotonic(), -1
        quiet_since = began
        while time.monotonic() - began < LONGEST_DRAIN_SECONDS:
            calls = slack.ask(do="calls")["calls"]
            if calls != last:
                last, quiet_since = calls, time.monotonic()
            elif time.monotonic() - quiet_since > 1.0:
                break
            time.sleep(0.1)
        self.drain_seconds = quiet_since - began
        self.stop()

    def stop(self) -> None:
        """What was spent until now is what it cost."""
        self.processor_seconds = self._spent() - self._before

    def _spent(self) -> float:
        return sum(_spent(each) for each in self._processes)


def _spent(process: psutil.Process) -> float:
    # Its own, and that of children that have ended; then of those that live.
    spent = float(sum(process.cpu_times()[:4]))
    for child in process.children():
        with suppress(psutil.NoSuchProcess):
            spent += sum(child.cpu_times()[:2])
    return spent


@contextmanager
def app(
    module: str, *arguments: str, slack: Slack, folder: Path, settings: Mapping[str, str]
) -> Iterator["Started"]:
    """``python -m module arguments`` connected to *slack*; killed in the end.

    With ``PORT`` among the settings it serves HTTP, otherwise it gets an app token.
    """
    began = time.monotonic()
    way = {} if "PORT" in settings else {"SLACK_APP_TOKEN": CREDENTIALS.app_token}
    with (folder / "app.log").open("a", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=folder,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "SLACK_BOT_TOKEN": CREDENTIALS.bot_token,
                "SLACK_SIGNING_SECRET": CREDENTIALS.signing_secret,
                "SLACK_API_URL": slack.api_url,
                **way,
                **settings,
            },
            stdout=log,
            stderr=log,
        )
    try:
        _wait_until_connected(process, slack, settings)
        yield Started(process, time.monotonic() - began, settings.get("PORT"))
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


class Started:
    """A running app; ``seconds`` passed until it was connected."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float, port: str | None) -> None:
        self.process = process
        self.seconds = seconds
        self.url = None if port is None else f"http://127.0.0.1:{port}/slack/events"


def paperboy_settings(folder: Path, **more: str) -> dict[str, str]:
    """A bot that reaches no source and whose database is in *folder*."""
    return {
        "PAPERBOY_DATABASE": str(folder / "paperboy.db"),
        "PAPERBOY_LANGUAGE": "en",
        "PAPERBOY_LOG_LEVEL": "info",
        "PAPERBOY_HF_URL": UNREACHABLE,
        "PAPERBOY_ARXIV_API_URL": UNREACHABLE,
        "PAPERBOY_ARXIV_URL": UNREACHABLE,
        **more,
    }


def http() -> dict[str, str]:
    """The setting for HTTP on a free port."""
    return {"PORT": str(free_port())}


def _wait_until_connected(
    process: subprocess.Popen[bytes], slack: Slack, settings: Mapping[str, str]
) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        if "PORT" in settings:
            if _listens(int(settings["PORT"])):
                return
        elif slack.ask(do="connected")["connected"]:
            return
        time.sleep(0.02)
    raise TimeoutError("the app did not connect")


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True

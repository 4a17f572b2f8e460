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
from http import HTTPStatus
from itertools import count
from pathlib import Path
from typing import Any, Self
from urllib.request import urlopen

import psutil

from tests.benchmarks.capacity.traffic import CREDENTIALS
from tests.process import ROOT, free_port

START_SECONDS = 60.0
READY_SECONDS = 120.0
# What a bot that rests takes of a core at the most, and for how long in a row.
IDLE_SHARE, IDLE_SECONDS = 0.1, 3
LONGEST_DRAIN_SECONDS = 90.0
UNREACHABLE = "http://127.0.0.1:9"
LOG_CHARACTERS = 500
_numbers = count(1)


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
    def pid(self) -> int:
        """Its process, in which the load is made as well."""
        return self._process.pid

    @property
    def calls(self) -> int:
        """How many calls came until now."""
        return int(self.ask(do="calls")["calls"])

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

    def load(
        self, urls: Sequence[str], *, rate: float, seconds: float, seed: int = 0
    ) -> dict[str, Any]:
        """Send requests to *urls* in turn, by Socket Mode without any; what came of it. The same
        *seed* has the same ones sent at the same moments."""
        return self.ask(do="load", urls=urls, rate=rate, seconds=seconds, seed=seed)

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
    """Processor time of processes and their children from now on."""

    def __init__(self, *pids: int) -> None:
        self._processes = [psutil.Process(pid) for pid in pids]
        self._before = 0.0
        self._before = self.spent

    @property
    def spent(self) -> float:
        """Seconds until now."""
        return sum(_spent(each) for each in self._processes) - self._before


def drain(slack: Slack) -> float:
    """Wait until no more calls come; after how many seconds the last one came."""
    began, last = time.monotonic(), -1
    quiet_since = began
    while time.monotonic() - began < LONGEST_DRAIN_SECONDS:
        calls = slack.calls
        if calls != last:
            last, quiet_since = calls, time.monotonic()
        elif time.monotonic() - quiet_since > 1.0:
            break
        time.sleep(0.1)
    return quiet_since - began


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

    With ``PORT`` among the settings it serves HTTP, otherwise it gets an app token. Paperboy lets
    Slack in before it is built: see :meth:`Started.wait_until_ready`.
    """
    began = time.monotonic()
    told = folder / f"{module}-{next(_numbers)}.log"
    way = {} if "PORT" in settings else {"SLACK_APP_TOKEN": CREDENTIALS.app_token}
    with told.open("w", encoding="utf-8") as log:
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
        _wait_until_connected(process, slack, settings, told)
        yield Started(process, began, settings, told)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


class Started:
    """A running app that began at *began*; ``seconds`` passed until it was connected."""

    def __init__(
        self, process: subprocess.Popen[bytes], began: float, settings: Mapping[str, str], log: Path
    ) -> None:
        port = settings.get("PORT")
        self.process = process
        self.seconds = time.monotonic() - began
        self.url = None if port is None else f"http://127.0.0.1:{port}/slack/events"
        self._began = began
        self._log = log
        self._health = port or settings.get("PAPERBOY_METRICS_PORT")

    @property
    def megabytes(self) -> float:
        """Its resident memory."""
        return float(psutil.Process(self.process.pid).memory_info().rss / 1e6)

    def wait_until_ready(self) -> float:
        """Until the bot is built and every part of it works; how many seconds since the start."""
        until = time.monotonic() + READY_SECONDS
        while not self._is_ready():
            if time.monotonic() > until or self.process.poll() is not None:
                raise TimeoutError(f"the bot did not become ready: {_end_of(self._log)}")
            time.sleep(0.02)
        return time.monotonic() - self._began

    def _is_ready(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self._health}/readyz", timeout=1) as answer:
                return bool(answer.status == HTTPStatus.OK)
        except OSError:
            return False


def wait_until_idle(apps: Sequence[Started]) -> None:
    """Until they have loaded what they load after their start."""
    until, idle = time.monotonic() + READY_SECONDS, 0
    while time.monotonic() < until and idle < IDLE_SECONDS:
        cost = Cost(*(one.process.pid for one in apps))
        time.sleep(1.0)
        idle = idle + 1 if cost.spent < IDLE_SHARE * len(apps) else 0


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


def socket_mode() -> dict[str, str]:
    """The setting for Socket Mode, where health is on a port of its own."""
    return {"PAPERBOY_METRICS_PORT": str(free_port())}


def _wait_until_connected(
    process: subprocess.Popen[bytes], slack: Slack, settings: Mapping[str, str], log: Path
) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        if "PORT" in settings:
            if _listens(int(settings["PORT"])):
                return
        elif slack.ask(do="connected")["connected"]:
            return
        time.sleep(0.02)
    raise TimeoutError(f"the app did not connect: {_end_of(log)}")


def _end_of(log: Path) -> str:
    return log.read_text(encoding="utf-8")[-LOG_CHARACTERS:]


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True

"""``paperboy run`` as a process of its own, beside a local workspace in the test's process."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from bot.languages import LANGUAGES, catalog
from bot.workspace import Workspace
from bot.workspace.seed import DAILY

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60.0


def environment(workspace: Workspace, folder: Path, **more: str) -> dict[str, str]:
    """The settings of a bot in *workspace* whose database is in *folder* and that reaches no
    source. Without an app token it serves HTTP."""
    unreachable = "http://127.0.0.1:9"
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_SIGNING_SECRET": workspace.signing_secret,
        "SLACK_API_URL": workspace.api_url,
        "PAPERBOY_DATABASE": str(folder / "paperboy.db"),
        "PAPERBOY_CHANNEL": DAILY.id,
        "PAPERBOY_HF_URL": unreachable,
        "PAPERBOY_ARXIV_API_URL": unreachable,
        "PAPERBOY_ARXIV_URL": unreachable,
        **more,
    }


def by_words(workspace: Workspace, folder: Path, **more: str) -> dict[str, str]:
    """The same without an encoder, for stories in which nothing hangs on what words mean: most of
    what a bot does at its start is to learn that."""
    return environment(workspace, folder, **{"PAPERBOY_EMBEDDING_MODEL": "none", **more})


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def paperboy(
    *arguments: str, settings: Mapping[str, str], cwd: Path
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings},
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


@contextmanager
def running(
    workspace: Workspace,
    folder: Path,
    *options: str,
    settings: Mapping[str, str],
    within_seconds: float = START_SECONDS,
) -> Iterator[subprocess.Popen[str]]:
    """``paperboy run`` with *options*, answering; stopped with SIGTERM unless it ends before."""
    with (folder / "run.log").open("a", encoding="utf-8") as log:
        before = log.tell()
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run", *options],
            env=dict(settings),
            cwd=folder,
            stdout=log,
            stderr=log,
            text=True,
        )
    try:
        _wait_until_connected(workspace, process, settings, within_seconds)
        _wait_until_answering(folder / "run.log", before, process, settings, within_seconds)
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_answering(
    log: Path,
    before: int,
    process: subprocess.Popen[str],
    settings: Mapping[str, str],
    within_seconds: float,
) -> None:
    """Slack is let in while what answers is still being built; *log* tells when it is there."""
    way = "http" if "SLACK_APP_TOKEN" not in settings else "socket"
    told = [catalog(one).text(f"cli-running-{way}", port=settings.get("PORT")) for one in LANGUAGES]
    until = time.monotonic() + within_seconds
    while time.monotonic() < until and process.poll() is None:
        if any(one in log.read_bytes()[before:].decode() for one in told):
            return
        time.sleep(0.05)
    raise TimeoutError("paperboy run did not begin to answer")


def _wait_until_connected(
    workspace: Workspace,
    process: subprocess.Popen[str],
    settings: Mapping[str, str],
    within_seconds: float,
) -> None:
    if "SLACK_APP_TOKEN" in settings:
        workspace.wait_until_connected(within_seconds)
        return
    port = int(settings["PORT"])
    until = time.monotonic() + within_seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            workspace.deliver_to(f"http://127.0.0.1:{port}/slack/events")
            return
    raise TimeoutError("paperboy run did not open its port")

"""Another process has locked the database: acknowledgements don't wait for it, nothing is lost."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import urllib3

from bot.workspace import Workspace
from bot.workspace.seed import BOT, DAILY, MINJI, TEAM
from storage import open_storage
from tests.process import environment, free_port, running
from tests.scenarios.test_paperboy_run import signed

# The database is waited for fifteen seconds, and there are several statements to each message.
ACKNOWLEDGED_SECONDS = 10.0
MESSAGES = 60
LOCK = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
db.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Somebody else's write transaction, which lasts."""
    with subprocess.Popen(
        [sys.executable, "-c", LOCK, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        try:
            assert other.stdout is not None
            assert other.stdout.readline() == b"locked\n"
            yield
        finally:
            other.kill()


def event(number: int) -> bytes:
    said = {
        "type": "message",
        "channel": DAILY.id,
        "channel_type": "channel",
        "user": MINJI.id,
        "ts": f"{1_700_000_000 + number}.000100",
        "text": f"<@{BOT.id}> what is paper {number} about?",
    }
    body = {"type": "event_callback", "team_id": TEAM.id, "event_id": f"Ev{number}", "event": said}
    return json.dumps(body).encode()


def test_sixty_messages_are_left_to_slack_in_time_and_heard_when_they_come_again(
    tmp_path: Path,
) -> None:
    port = free_port()
    with Workspace(mode="http") as workspace, urllib3.PoolManager(maxsize=80) as web:
        settings = environment(workspace, tmp_path, PORT=str(port))

        def send(body: bytes) -> tuple[int, float]:
            began = time.monotonic()
            url = f"http://127.0.0.1:{port}/slack/events"
            headers = signed(workspace.signing_secret, at=time.time(), body=body)
            told = web.request("POST", url, body=body, headers=headers, retries=False)
            return told.status, time.monotonic() - began

        bodies = [event(number) for number in range(MESSAGES)]
        with (
            running(workspace, tmp_path, settings=settings),
            ThreadPoolExecutor(MESSAGES) as slack,
        ):
            with locked(tmp_path / "paperboy.db"):
                first = list(slack.map(send, bodies))
                assert {status for status, _ in first} == {500}
                assert max(seconds for _, seconds in first) < ACKNOWLEDGED_SECONDS
                command = workspace.slash(MINJI.id, DAILY.id, "/papers", "help")
                assert command is not None
            again: list[int] = []
            until = time.monotonic() + 60
            while again != [200] * MESSAGES and time.monotonic() < until:
                again = [status for status, _ in slack.map(send, bodies)]
            assert again == [200] * MESSAGES
        storage = open_storage(tmp_path / "paperboy.db")
        assert storage.questions.count() == MESSAGES
        storage.close()

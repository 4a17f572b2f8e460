"""Another process has locked the database: acknowledgements don't wait for it, nothing is lost."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import urllib3

from bot.workspace import Workspace
from bot.workspace.seed import BOT, DAILY, MINJI, TEAM
from storage import Paper, Thread, open_storage
from tests.process import by_words, free_port, running
from tests.scenarios.test_paperboy_run import signed

# The database is waited for fifteen seconds, and there are several statements to each message.
ACKNOWLEDGED_SECONDS = 10.0
MESSAGES = 60
PAPER = Paper(id="2501.00001", title="A study of pupils")
NOW = datetime(2025, 2, 3, tzinfo=UTC)
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


def event_of(number: int, said: dict[str, Any]) -> bytes:
    body = {"type": "event_callback", "team_id": TEAM.id, "event_id": f"Ev{number}", "event": said}
    return json.dumps(body).encode()


def question(number: int) -> bytes:
    said = {
        "type": "message",
        "channel": DAILY.id,
        "channel_type": "channel",
        "user": MINJI.id,
        "ts": f"{1_700_000_000 + number}.000100",
        "text": f"<@{BOT.id}> what is paper {number} about?",
    }
    return event_of(number, said)


def reaction(kind: str, thread: Thread) -> bytes:
    item = {"type": "message", "channel": thread.channel, "ts": thread.ts}
    said = {"type": kind, "user": MINJI.id, "reaction": "bookmark", "item": item}
    return event_of(1, said)


@dataclass(frozen=True)
class Slack:
    """Sends events as Slack does; one that waits for too long was not acknowledged."""

    url: str
    secret: str
    web: urllib3.PoolManager

    def send(self, body: bytes) -> tuple[int, float]:
        """The status, and how many seconds it took."""
        began = time.monotonic()
        headers = signed(self.secret, at=time.time(), body=body)
        told = self.web.request("POST", self.url, body=body, headers=headers, retries=False)
        return told.status, time.monotonic() - began


@contextmanager
def serving(folder: Path, **more: str) -> Iterator[tuple[Workspace, Slack]]:
    """The bot at work on the database in *folder*."""
    port = free_port()
    with Workspace(mode="http") as workspace, urllib3.PoolManager(maxsize=80) as web:
        settings = by_words(workspace, folder, PORT=str(port), **more)
        slack = Slack(f"http://127.0.0.1:{port}/slack/events", workspace.signing_secret, web)
        with running(workspace, folder, settings=settings):
            yield workspace, slack


def test_sixty_messages_are_left_to_slack_in_time_and_heard_when_they_come_again(
    tmp_path: Path,
) -> None:
    bodies = [question(number) for number in range(MESSAGES)]
    with serving(tmp_path) as (workspace, slack), ThreadPoolExecutor(MESSAGES) as threads:
        with locked(tmp_path / "paperboy.db"):
            first = list(threads.map(slack.send, bodies))
            assert {status for status, _ in first} == {500}
            assert max(seconds for _, seconds in first) < ACKNOWLEDGED_SECONDS
            command = workspace.slash(MINJI.id, DAILY.id, "/papers", "help")
            assert command is not None
        again: list[int] = []
        until = time.monotonic() + 60
        while again != [200] * MESSAGES and time.monotonic() < until:
            again = [status for status, _ in threads.map(slack.send, bodies)]
        assert again == [200] * MESSAGES
        with closing(open_storage(tmp_path / "paperboy.db")) as storage:
            # Those that came while it learnt what is meant for it are kept until it has.
            workspace.wait_for(lambda: storage.questions.count() == MESSAGES, 60)


def test_a_reaction_is_acknowledged_once_it_is_stored(tmp_path: Path) -> None:
    thread = Thread(DAILY.id, "1700000000.000100", "paper", PAPER.id)
    with closing(open_storage(tmp_path / "paperboy.db")) as storage:
        storage.papers.save([PAPER], now=NOW)
        storage.threads.save(thread, now=NOW)
        with serving(tmp_path) as (_, slack):
            for kind, saved in (("reaction_added", [PAPER.id]), ("reaction_removed", [])):
                with locked(tmp_path / "paperboy.db"):
                    assert slack.send(reaction(kind, thread))[0] == 500
                until = time.monotonic() + 60
                while slack.send(reaction(kind, thread))[0] != 200 and time.monotonic() < until:
                    pass
                assert [one.paper_id for one in storage.library.saved(MINJI.id)] == saved

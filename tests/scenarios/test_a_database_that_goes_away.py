"""A PostgreSQL server that is away for a while, and processes that come and go on it."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import pytest
import urllib3

from bot.languages import catalog
from bot.workspace import Workspace, deliveries
from bot.workspace.seed import DAILY, MINJI
from storage import open_storage
from tests.postgres import empty, server
from tests.process import by_words, free_port, running
from tests.scenarios.test_a_locked_database import ACKNOWLEDGED_SECONDS, Slack, question, serving

MESSAGES = 20


def until_taken(threads: ThreadPoolExecutor, slack: Slack, bodies: list[bytes]) -> bool:
    """Send as Slack does, again and again what was not taken in time."""
    left, until = bodies, time.monotonic() + 60
    while left and time.monotonic() < until:
        statuses = [status for status, _ in threads.map(slack.send, left)]
        left = [body for body, status in zip(left, statuses, strict=True) if status != 200]
    return not left


def test_without_its_database_a_process_acknowledges_in_time_and_goes_on_when_it_is_back(
    tmp_path: Path,
) -> None:
    bodies = [question(number) for number in range(MESSAGES)]
    with server() as own:
        address = own.create()
        with (
            serving(tmp_path, PAPERBOY_DATABASE=address) as (workspace, slack),
            ThreadPoolExecutor(MESSAGES) as threads,
        ):
            own.stop("immediate")
            first = list(threads.map(slack.send, bodies))
            # Slack sends again what was not taken.
            assert {status for status, _ in first} == {500}
            assert max(seconds for _, seconds in first) < ACKNOWLEDGED_SECONDS
            command = workspace.slash(MINJI.id, DAILY.id, "/papers", "help")
            assert command.seconds is not None
            told = workspace.wait_for_ephemeral(MINJI.id, DAILY.id, timeout=90)
            sorry, _, _ = catalog("ko").text("commands-failed", reference="").partition("(")
            assert sorry in told.text
            own.start()
            assert until_taken(threads, slack, bodies)
        with closing(open_storage(address)) as storage:
            assert storage.questions.count() == MESSAGES
    logged = (tmp_path / "run.log").read_text(encoding="utf-8")
    assert logged.count("cannot be reached") == 1
    # What could not be done is told in a line each.
    assert logged.count("listener failed") == 1
    assert "Traceback" not in logged


def test_what_is_asked_meanwhile_is_answered_once_slack_sends_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "AGAIN_SECONDS", (1.0,) * 60)
    with server() as own:
        settings = {"PAPERBOY_DATABASE": own.create()}
        with serving(tmp_path, **settings) as (workspace, _):
            own.stop("immediate")
            asked = workspace.say(MINJI.id, DAILY.id, "@paperboy what is attention?")
            time.sleep(2 * deliveries.ACK_SECONDS)
            assert len(workspace.messages(DAILY.id, asked.ts)) == 1
            own.start()
            workspace.wait_for_message(DAILY.id, thread_ts=asked.ts, timeout=60)
            workspace.wait_for(lambda: not workspace.unacknowledged(), 60)


def test_a_rolling_restart_behind_a_proxy_loses_no_acknowledgement(
    postgresql: str, tmp_path: Path
) -> None:
    """The balancer leads to the new process alone before the old one is told to end."""
    empty(postgresql)
    bodies = [question(number) for number in range(MESSAGES)]
    ports = [free_port(), free_port()]
    with Workspace(mode="http") as workspace, urllib3.PoolManager(maxsize=20) as web:
        first, second = (
            by_words(
                workspace,
                tmp_path,
                PORT=str(port),
                PAPERBOY_DATABASE=postgresql,
            )
            for port in ports
        )
        old, new = (
            Slack(f"http://127.0.0.1:{port}/slack/events", workspace.signing_secret, web)
            for port in ports
        )
        with (
            running(workspace, tmp_path, settings=first) as ending,
            running(workspace, tmp_path, settings=second),
            ThreadPoolExecutor(8) as threads,
        ):
            assert until_taken(threads, old, bodies[:10])
            ending.terminate()
            assert until_taken(threads, new, bodies)
            ending.wait(30)
    with closing(open_storage(postgresql)) as storage:
        # What Slack sent again is there once.
        assert storage.questions.count() == MESSAGES


def test_where_others_can_answer_slack_finds_no_process_that_is_still_being_built(
    postgresql: str, tmp_path: Path
) -> None:
    empty(postgresql)
    port = free_port()
    found: list[str] = []
    with Workspace(mode="http") as workspace, urllib3.PoolManager(retries=False) as web:
        settings = by_words(workspace, tmp_path, PORT=str(port), PAPERBOY_DATABASE=postgresql)

        def look() -> None:
            until = time.monotonic() + 60
            while not found and time.monotonic() < until:
                with suppress(urllib3.exceptions.HTTPError):
                    found.append(
                        web.request("GET", f"http://127.0.0.1:{port}/readyz").data.decode()
                    )
                time.sleep(0.005)

        with ThreadPoolExecutor(1) as threads:
            looking = threads.submit(look)
            with running(workspace, tmp_path, settings=settings):
                looking.result(60)
    assert "start down" not in found[0]

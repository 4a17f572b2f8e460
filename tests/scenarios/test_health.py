"""Health, readiness, metrics and the heartbeat of a running bot."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import urllib3

from bot.net import HttpClient
from bot.operations import Health, Heartbeat
from bot.workspace import Workspace
from bot.workspace.seed import DAILY, MINJI
from tests.process import ROOT, by_words, free_port, paperboy, running
from tests.replay import LoopbackServer, Reply, Request

GUIDE = (ROOT / ".deploy/README.md").read_text(encoding="utf-8")


def eventually(true: Callable[[], bool], *, seconds: float = 20.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.05)
    return False


def test_socket_mode_tells_its_health_on_a_loopback_port(tmp_path: Path) -> None:
    port = str(free_port())
    with Workspace() as workspace, urllib3.PoolManager() as web:
        settings = by_words(
            workspace,
            tmp_path,
            SLACK_APP_TOKEN=workspace.app_token,
            PAPERBOY_METRICS_PORT=port,
        )

        def get(path: str) -> tuple[int, str]:
            found = web.request("GET", f"http://127.0.0.1:{port}{path}", retries=False)
            return found.status, found.data.decode()

        with running(workspace, tmp_path, settings=settings):
            assert get("/healthz") == (200, "alive\n")
            assert eventually(lambda: get("/readyz")[0] == 200)
            assert get("/readyz")[1] == "database ok\nslack ok\nscheduler ok\n"
            assert get("/other")[0] == 404
            workspace.slash(MINJI.id, DAILY.id, "/papers", "help")
            workspace.wait_for_ephemeral(MINJI.id, DAILY.id)
            page = get("/metrics")[1]
            assert 'paperboy_commands_total{command="help",outcome="ok"} 1.0' in page
            assert 'paperboy_ack_seconds_count{kind="command"} 1.0' in page
            assert "paperboy_subscribed_channels 1.0" in page
            assert "paperboy_database_bytes" in page
            assert 'paperboy_ready{part="slack"} 1.0' in page
            alarms = set(re.findall(r"(paperboy_[a-z_]+?)(?:_bucket|_count)?[{\[)]", GUIDE))
            assert len(alarms) > 3
            assert {one for one in alarms if one not in page} == set()
            assert MINJI.id not in page
            assert DAILY.id not in page
            # Without Slack the bot lives, but is not ready for work.
            workspace.stop()
            assert eventually(lambda: get("/readyz")[0] == 503)
            assert "slack down" in get("/readyz")[1]
            assert 'paperboy_ready{part="slack"} 0.0' in get("/metrics")[1]
            assert get("/healthz")[0] == 200


def test_a_taken_metrics_port_is_told_with_the_name_of_its_setting(tmp_path: Path) -> None:
    with Workspace() as workspace, LoopbackServer() as other:
        settings = by_words(
            workspace,
            tmp_path,
            SLACK_APP_TOKEN=workspace.app_token,
            PAPERBOY_METRICS_PORT=str(other.port),
            PAPERBOY_LANGUAGE="en",
        )
        ended = paperboy("run", settings=settings, cwd=tmp_path)
        assert ended.returncode == 1
        assert "PAPERBOY_METRICS_PORT" in ended.stderr
        assert "Traceback" not in ended.stderr


def test_the_database_and_the_scheduler_are_parts_of_readiness() -> None:
    works = {"database": True, "scheduler": True}
    health = Health({name: lambda name=name: works[name] for name in works})  # type: ignore[misc]
    assert health.is_ready()
    works["scheduler"] = False
    assert not health.is_ready()
    assert health.parts() == {"database": True, "scheduler": False}


class Switch(LoopbackServer):
    """Counts who asks, and answers *status*."""

    def __init__(self, status: int = 200) -> None:
        self.asked = 0
        self.status = status
        super().__init__()

    def answer(self, request: Request) -> Reply:
        self.asked += 1
        return Reply(status=self.status, body=b"ok")


def test_the_heartbeat_is_heard_while_all_is_well_and_silent_otherwise() -> None:
    ready = True
    web = HttpClient(user_agent="test", private_hosts=("127.0.0.1",))
    with Switch() as switch:
        heart = Heartbeat(switch.base_url, web, lambda: ready)
        assert heart.beat()
        ready = False
        assert not heart.beat()
        assert switch.asked == 1
    web.close()


def test_a_heartbeat_that_nobody_hears_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    web = HttpClient(user_agent="test", private_hosts=("127.0.0.1",))
    with Switch(status=404) as switch:
        heart = Heartbeat(switch.base_url, web, lambda: True)
        assert not heart.beat()
        assert not heart.beat()
        assert len([one for one in caplog.records if "not heard" in one.message]) == 1
        switch.status = 200
        assert heart.beat()
    web.close()

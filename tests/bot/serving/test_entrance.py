"""The way in while the bot behind it is being built, and after that."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import cast

import pytest
import urllib3
from slack_bolt import BoltRequest, BoltResponse

from bot.errors import SlackError
from bot.serving import entrance
from bot.serving.entrance import Entrance
from bot.serving.ports import Dispatcher
from bot.serving.wsgi import LOOPBACK
from bot.settings import Settings
from bot.workspace import Workspace
from bot.workspace.http_mode import signature
from tests.bot.workspace.bolt import make_app
from tests.process import free_port

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
BODY = b'{"type":"event_callback","event":{"type":"app_mention"},"event_id":"Ev1"}'


class Bot:
    """Answers everything."""

    oauth_flow = None

    def __init__(self) -> None:
        self.payloads: list[str] = []

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        self.payloads.append(str(req.body["type"]))
        return BoltResponse(status=200, body="")


class Http:
    """An entrance over HTTP, and Slack before it."""

    def __init__(self) -> None:
        port = free_port()
        settings = replace(Settings(), slack_signing_secret=SECRET, host=LOOPBACK, port=port)
        self.entrance = Entrance(settings)
        self.url = f"http://{LOOPBACK}:{port}"
        self.web = urllib3.PoolManager(timeout=20.0, retries=False)
        self.threads = ThreadPoolExecutor(8)

    def get(self, path: str) -> tuple[int, str]:
        found = self.web.request("GET", self.url + path)
        return found.status, found.data.decode()

    def post(self) -> int:
        stamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/json",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature(SECRET, stamp, BODY),
        }
        return int(
            self.web.request("POST", f"{self.url}/slack/events", body=BODY, headers=headers).status
        )

    def sent(self) -> "Future[int]":
        return self.threads.submit(self.post)


@pytest.fixture
def http() -> Iterator[Http]:
    one = Http()
    one.entrance.open()
    yield one
    one.entrance.close()
    one.threads.shutdown()
    one.web.clear()


def lead(way_in: Entrance, bot: Bot, parts: Callable[[], dict[str, bool]] = dict) -> None:
    way_in.lead_to(cast(Dispatcher, bot), parts)


def test_payloads_that_come_before_the_bot_are_answered_by_it(http: Http) -> None:
    bot, early = Bot(), [http.sent() for _ in range(5)]
    time.sleep(0.2)
    assert not any(one.done() for one in early)
    lead(http.entrance, bot)
    assert [one.result(10) for one in early] == [200] * 5
    assert http.post() == 200
    assert len(bot.payloads) == 6


def test_slack_is_told_to_come_again_while_it_still_listens(
    http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entrance, "EARLY_SECONDS", 0.1)
    assert http.post() == 503
    lead(http.entrance, Bot())
    assert http.post() == 200


def test_a_process_without_its_bot_lives_but_is_not_ready(http: Http) -> None:
    assert http.get("/healthz") == (200, "alive\n")
    assert http.get("/readyz") == (503, "start down\n")
    lead(http.entrance, Bot(), lambda: {"slack": True})
    assert http.get("/readyz") == (200, "slack ok\n")


def test_who_waits_for_a_bot_that_never_comes_keeps_no_process_from_ending(http: Http) -> None:
    early = http.sent()
    time.sleep(0.2)
    began = time.monotonic()
    http.entrance.close()
    assert time.monotonic() - began < entrance.EARLY_SECONDS
    assert early.result(10) == 503


def test_a_command_by_socket_mode_waits_for_the_bot() -> None:
    with Workspace(port=0) as slack:
        settings = replace(Settings(), slack_app_token=slack.app_token, slack_api_url=slack.api_url)
        way_in = Entrance(settings)
        assert not way_in.connected
        way_in.open()
        slack.wait_until_connected()
        assert way_in.connected
        bot = threading.Timer(0.3, way_in.lead_to, (make_app(slack, []), dict))
        bot.start()
        assert slack.slash("alice", "#daily-papers", "/papers", "x").acknowledged
        bot.join()
        way_in.close()
        way_in.close()
        assert not way_in.connected


def test_a_refused_app_token_is_told() -> None:
    with Workspace(port=0) as slack:
        settings = replace(Settings(), slack_app_token="xapp-1", slack_api_url=slack.api_url)
        way_in = Entrance(settings)
        with pytest.raises(SlackError, match="invalid_auth"):
            way_in.open()
        way_in.close()

"""Two workspaces install Paperboy by OAuth. Their channels and members have the same ids."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import urllib3

from bot.app import DistributedApplication
from bot.services import Services, build_shared, workspace_services
from bot.serving.entrance import Entrance
from bot.serving.oauth import installed_token
from bot.serving.workspaces import WorkspaceApp, WorkspaceApps
from bot.settings import Settings
from bot.workspace import Workspace
from bot.workspace.seed import DAILY, MINJI
from tests.many_sockets import APP_TOKEN
from tests.many_workspaces import CLIENT_ID, CLIENT_SECRET, SECRET, ManyWorkspaces, many_workspaces
from tests.process import free_port
from tests.scenarios.test_a_whole_bot import bundled
from tests.scenarios.test_health import Switch, eventually

ONE, TWO = "T0PAPER01", "T0OTHER02"
MORNING = datetime(2025, 3, 20, 0, 0, 5, tzinfo=UTC)


class Town:
    """Both workspaces, and the one process that serves them."""

    def __init__(self, many: ManyWorkspaces, folder: Path, **more: Any) -> None:
        self.many = many
        self.settings = Settings(
            slack_client_id=CLIENT_ID,
            slack_client_secret=CLIENT_SECRET,
            slack_signing_secret=SECRET,
            slack_app_token=APP_TOKEN if many.socket else None,
            slack_api_url=many.api_url,
            slack_authorize_url=f"{many.url}/authorize",
            database=str(folder / "paperboy.db"),
            port=free_port(),
            channel=DAILY.id,
            language="en",
            # Nothing here hangs on what words mean, which takes seconds to learn.
            embedding_model="none",
            **more,
        )
        self.url = f"http://127.0.0.1:{self.settings.port}"
        many.bot_url = f"{self.url}/slack/events"
        began = time.monotonic()
        self.later = timedelta(0)
        self.clock = lambda: MORNING + self.later + timedelta(seconds=time.monotonic() - began)
        self.start()

    def start(self) -> None:
        """Start Paperboy, as after a restart."""
        self.shared = build_shared(self.settings, clock=self.clock, sources=bundled)
        entrance = Entrance(self.settings)
        self.bot = DistributedApplication(self.shared, entrance)
        entrance.open()
        self.bot.start()

    def of(self, team: str) -> Workspace:
        """A workspace."""
        return self.many.workspaces[team]

    def app(self, team: str) -> WorkspaceApp:
        """A workspace's running bot."""
        app = self.bot.workspaces.find(team)
        assert app is not None
        return app

    def token(self, team: str) -> str | None:
        """The token that is kept of a workspace."""
        return installed_token(self.settings, self.shared.storage, team)

    def services(self, team: str) -> Services:
        """A workspace's services, as its bot has them."""
        own = replace(self.settings, slack_bot_token=self.token(team))
        return workspace_services(self.shared, own, team)

    def shown(self, team: str, command: str) -> str:
        """What a member is shown for a command."""
        slack = self.of(team)
        before = len(slack.ephemerals(MINJI.id, DAILY.id))
        slack.slash(MINJI.id, DAILY.id, "/papers", command)
        slack.wait_for(lambda: len(slack.ephemerals(MINJI.id, DAILY.id)) > before, 10)
        return str(slack.ephemerals(MINJI.id, DAILY.id)[-1].text)


@contextmanager
def running(folder: Path, *, over_socket: bool = False, **more: Any) -> Iterator[Town]:
    with many_workspaces(ONE, TWO, over_socket=over_socket) as many:
        town = Town(many, folder, **more)
        try:
            yield town
        finally:
            town.bot.stop()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with running(tmp_path) as both:
        yield both


def digests(slack: Workspace) -> list[Any]:
    return [one for one in slack.messages(DAILY.id) if one.bot_id and not one.thread_ts]


def test_each_installs_and_has_its_own_subscription_digest_question_and_notes(town: Town) -> None:
    for team in (ONE, TWO):
        page = town.many.install(team, town.url)
        assert (page.status, f"Team {team}" in page.data.decode()) == (200, True)
    assert [given["code"] for given in town.many.exchanges] == [f"code-{ONE}", f"code-{TWO}"]
    # PAPERBOY_CHANNEL is nobody's in particular.
    assert not town.services(ONE).storage.subscriptions.any()

    town.shown(ONE, "subscribe 09:00 Asia/Seoul mon-fri en")
    subscription = town.services(ONE).storage.subscriptions.get(DAILY.id)
    assert subscription is not None
    assert town.services(TWO).storage.subscriptions.get(DAILY.id) is None
    town.services(ONE).morning.run(subscription)
    town.of(ONE).wait_for_message(DAILY.id, contains="DAPO", timeout=10)
    assert digests(town.of(TWO)) == []

    for team in (ONE, TWO):
        asked = town.of(team).say(MINJI.id, DAILY.id, "<@U0PAPERBOY> what is DAPO about?")
        town.of(team).wait_for_message(DAILY.id, thread_ts=asked.ts, contains="DAPO")
    assert [town.services(team).storage.questions.count() for team in (ONE, TWO)] == [1, 1]

    town.shown(ONE, "save 2503.14476")
    town.services(ONE).notes.add("2503.14476", "apricot plan", MINJI.id, place="")
    assert "DAPO" in town.shown(ONE, "saved")
    assert "DAPO" not in town.shown(TWO, "saved")
    assert "apricot" in town.shown(ONE, "notes 2503.14476")
    assert "apricot" not in town.shown(TWO, "notes 2503.14476")
    assert "DAPO" in town.shown(ONE, "search apricot")
    assert "DAPO" not in town.shown(TWO, "search apricot")


def test_one_socket_carries_the_payloads_of_all_workspaces(tmp_path: Path) -> None:
    with running(tmp_path, over_socket=True) as town:
        assert town.many.socket is not None
        for team in (ONE, TWO):
            assert town.many.install(team, town.url).status == 200
        town.shown(ONE, "save 2503.14476")
        assert "DAPO" in town.shown(ONE, "saved")
        assert "DAPO" not in town.shown(TWO, "saved")
        for team in (ONE, TWO):
            asked = town.of(team).say(MINJI.id, DAILY.id, "<@U0PAPERBOY> what is DAPO about?")
            town.of(team).wait_for_message(DAILY.id, thread_ts=asked.ts)
        assert [town.services(team).storage.questions.count() for team in (ONE, TWO)] == [1, 1]
        assert town.many.socket.connections == 1
        teams = {one["payload"]["team_id"] for one in town.many.socket.carried}
        assert teams == {ONE, TWO}
        # What leaves takes its own workspace away, and not the connection of the others.
        assert town.many.send(ONE, {"type": "app_uninstalled"}) == 200
        assert town.bot.workspaces.find(ONE) is None
        assert "/papers" in town.shown(TWO, "help")


def test_a_restart_brings_every_workspace_back(town: Town) -> None:
    for team in (ONE, TWO):
        town.many.install(team, town.url)
    town.bot.stop()
    town.start()
    for team in (ONE, TWO):
        assert "/papers" in town.shown(team, "help")


@pytest.mark.parametrize(
    "event",
    [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["U0PAPERBOY"]}}],
)
def test_a_workspace_that_leaves_is_served_no_more_and_its_token_goes(
    town: Town, event: dict[str, Any]
) -> None:
    for team in (ONE, TWO):
        town.many.install(team, town.url)
    assert town.many.send(ONE, event, event_time=int(MORNING.timestamp()) + 60) == 200
    assert town.bot.workspaces.find(ONE) is None
    assert town.token(ONE) is None
    assert town.token(TWO) is not None
    assert [one.team for one in town.shared.storage.workspaces.installed()] == [TWO]
    assert "/papers" in town.shown(TWO, "help")
    # It may come back, and an old farewell that arrives late doesn't send it away again.
    assert town.many.install(ONE, town.url).status == 200
    assert town.many.send(ONE, event, event_time=int(MORNING.timestamp()) - 60) == 200
    assert "/papers" in town.shown(ONE, "help")


def test_readiness_heartbeat_and_numbers_are_those_of_all_workspaces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.operations.health.BEAT_SECONDS", 0.05)
    beside = free_port()
    with (
        Switch() as switch,
        urllib3.PoolManager(retries=False) as web,
        running(tmp_path, metrics_port=beside, heartbeat_url=switch.base_url) as town,
    ):

        def told(path: str) -> tuple[int, str]:
            found = web.request("GET", f"http://127.0.0.1:{beside}{path}")
            return found.status, found.data.decode()

        # Heard before anybody has installed: the process is well.
        assert eventually(lambda: switch.asked > 0)
        for team in (ONE, TWO):
            town.many.install(team, town.url)
            town.shown(team, "subscribe 09:00 Asia/Seoul mon-fri en")
        assert told("/readyz") == (200, "database ok\nslack ok\nscheduler ok\n")
        page = told("/metrics")[1]
        assert "paperboy_subscribed_channels 2.0" in page
        assert 'paperboy_queue_length{queue="questions"} 0.0' in page
        assert ONE not in page

        # One clock stands still for longer than a tick may take; the other goes on.
        town.app(ONE).scheduler.stop()
        town.later = timedelta(minutes=4)
        town.app(TWO).scheduler.tick()
        assert told("/readyz") == (503, "database ok\nslack ok\nscheduler down\n")
        assert web.request("GET", f"{town.url}/readyz").status == 503
        time.sleep(0.2)  # a beat that was under way
        heard = switch.asked
        time.sleep(0.3)
        assert switch.asked == heard

        # The workspace that leaves takes its trouble along.
        assert town.many.send(ONE, {"type": "app_uninstalled"}) == 200
        assert told("/readyz")[0] == 200
        assert eventually(lambda: switch.asked > heard)


def test_a_workspace_that_cannot_be_started_is_not_ready(town: Town) -> None:
    def broken(team: str) -> WorkspaceApp:
        raise OSError(team)

    apps = WorkspaceApps(town.shared.storage, town.clock, build=broken)
    assert apps.is_alive()
    town.many.install(ONE, town.url)
    apps.start()
    assert not apps.is_alive()
    apps.close(ONE)
    assert apps.is_alive()


def test_a_user_token_that_was_revoked_is_no_farewell(town: Town) -> None:
    town.many.install(ONE, town.url)
    event = {"type": "tokens_revoked", "tokens": {"oauth": ["U0MINJI001"], "bot": []}}
    assert town.many.send(ONE, event) == 200
    assert town.bot.workspaces.find(ONE) is not None


def test_the_door_takes_signed_requests_of_installed_workspaces_only(town: Town) -> None:
    town.many.install(ONE, town.url)
    with urllib3.PoolManager(retries=False) as web:
        forged = web.request(
            "POST", town.many.bot_url, body=b"{}", headers={"X-Slack-Signature": "x"}
        )
        assert forged.status == 401
        state = web.request("GET", f"{town.url}/slack/oauth_redirect?code=code-{TWO}&state=forged")
        assert state.status == 400
        assert web.request("GET", f"{town.url}/readyz").status == 200
    event = {"type": "app_mention", "user": "U1", "channel": DAILY.id, "ts": "1.0", "text": "hi"}
    assert town.many.send("T0STRANGE", event) == 200
    assert town.shared.storage.of_team("T0STRANGE").questions.count() == 0
    assert len(town.bot.workspaces) == 1


def test_no_token_secret_or_code_of_an_installation_is_logged(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    town.many.install(ONE, town.url)
    town.many.install("T0NOBODY", town.url)
    # The browser is the test's own, and logs where it goes.
    ours = "\n".join(one.getMessage() for one in caplog.records if "urllib3" not in one.name)
    assert "has installed" in ours
    for secret in (f"xoxb-{ONE.lower()}", CLIENT_SECRET, "code-T0"):
        assert secret not in ours

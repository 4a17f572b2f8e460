"""Beginning to install, as many times as somebody likes, and coming back with a state."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from slack_bolt import BoltRequest

from bot.serving.oauth import STATE_SECONDS, Installs
from bot.settings import Settings
from storage import open_storage
from tests.fakes import FakeClock
from tests.rows import everything

NOW = datetime(2025, 3, 20, tzinfo=UTC)
COOKIE = "slack-app-oauth-state"
SETTINGS = Settings(
    slack_client_id="1.2",
    slack_client_secret="a secret",
    slack_api_url="http://127.0.0.1:9/api/",
    language="en",
)


class Browser:
    """Somebody who installs; ``file`` is the database."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "paperboy.db"
        self.clock = FakeClock(NOW)
        self.storage = open_storage(self.file)
        self.installs = self.made(SETTINGS)

    def made(self, settings: Settings) -> Installs:
        return Installs(
            settings, self.storage, self.clock, scopes=["chat:write"], on_installed=lambda _: None
        )

    def begin(self) -> str:
        """The state that Slack is to send back."""
        told = self.installs.flow.handle_installation(BoltRequest(body=""))
        return parse_qs(urlsplit(told.headers["location"][0]).query)["state"][0]

    def come_back(self, state: str) -> int:
        """The status of the page for one who holds the state's cookie, but no code."""
        headers: dict[str, str | Sequence[str]] = {"cookie": f"{COOKIE}={state}"}
        request = BoltRequest(body="", query={"state": state}, headers=headers)
        return self.installs.flow.handle_callback(request).status

    def rows(self) -> int:
        """How many rows there are in all tables together."""
        return len(everything(self.storage))


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    made = Browser(tmp_path)
    yield made
    made.storage.close()


def reason(browser: Browser, state: str, caplog: pytest.LogCaptureFixture) -> str:
    caplog.clear()
    with caplog.at_level("INFO"):
        browser.come_back(state)
    return caplog.messages[-1].rpartition(" ")[2]


def test_beginning_a_thousand_times_leaves_no_row(browser: Browser) -> None:
    before = browser.rows()
    assert len({browser.begin() for _ in range(1000)}) == 1000
    assert browser.rows() == before


def test_a_state_of_ours_is_taken_until_it_is_old(
    browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    state = browser.begin()
    assert reason(browser, state, caplog) == "missing_code"
    browser.clock.forward(seconds=STATE_SECONDS)
    assert reason(browser, state, caplog) == "missing_code"
    browser.clock.forward(seconds=1)
    assert reason(browser, state, caplog) == "invalid_state"


def later(state: str) -> str:
    expires, rest = state.split(".", 1)
    return f"{int(expires) + 1}.{rest}"


@pytest.mark.parametrize(
    "forged",
    [later, lambda state: state[:-1] + "x", lambda _: "", lambda _: "a.b.é", lambda _: "1"],
)
def test_a_forged_state_is_refused(
    browser: Browser, forged: Callable[[str], str], caplog: pytest.LogCaptureFixture
) -> None:
    state = forged(browser.begin())
    assert reason(browser, state, caplog) in ("invalid_state", "invalid_browser")


def test_another_apps_state_is_refused(browser: Browser, caplog: pytest.LogCaptureFixture) -> None:
    state = browser.begin()
    another = {**SETTINGS.__dict__, "slack_client_secret": "another secret"}
    browser.installs = browser.made(Settings(**another))
    assert reason(browser, state, caplog) == "invalid_state"

"""A running workspace, a Web API client for it, and a clock that the test moves."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from slack_sdk import WebClient

from bot.workspace import Workspace
from tests.fakes import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime(2025, 3, 20, tzinfo=UTC))


@pytest.fixture
def slack(clock: FakeClock) -> Iterator[Workspace]:
    with Workspace(clock=clock) as workspace:
        yield workspace


@pytest.fixture
def client(slack: Workspace) -> WebClient:
    return WebClient(token=slack.bot_token, base_url=slack.api_url, timeout=5, retry_handlers=[])

"""What tests of talking to sources share: a client whose time is played."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.net import HttpClient


@dataclass
class PlayedTime:
    """A monotonic clock that only sleeping moves."""

    seconds: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    def monotonic(self) -> float:
        return self.seconds


@pytest.fixture
def played() -> PlayedTime:
    return PlayedTime()


@pytest.fixture
def make_http(played: PlayedTime) -> Iterator[Callable[..., HttpClient]]:
    """Makes clients that never really wait; they are closed after the test."""
    made: list[HttpClient] = []

    def make(**options: Any) -> HttpClient:
        options = {
            "user_agent": "paperboy-tests",
            "sleep": played.sleep,
            "private_hosts": ("127.0.0.1",),
            **options,
        }
        made.append(HttpClient(monotonic=played.monotonic, **options))
        return made[-1]

    yield make
    for client in made:
        client.close()


@pytest.fixture
def http(make_http: Callable[..., HttpClient]) -> HttpClient:
    return make_http()

"""A model on a loopback server, and a clock that only moves when somebody sleeps."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from typing import Any

import pytest

from bot.model import Model
from bot.settings import Settings
from storage import Storage
from tests.model_server import ModelReply, ModelServer


class FakeTime:
    """Seconds that pass only by sleeping; remembers the sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.sleeps: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.now += seconds


@pytest.fixture
def fake_time() -> FakeTime:
    return FakeTime()


MakeModel = Callable[..., tuple[Model, ModelServer]]


def model_of(
    server: ModelServer, storage: Storage, now: datetime, fake_time: FakeTime, **settings: Any
) -> Model:
    """A model that talks to *server*."""
    values = {"openai_base_url": server.url, "model": "stub", "model_timeout": 5.0}
    model = Model.from_settings(
        Settings(**{**values, **settings}),
        storage,
        lambda: now,
        sleep=fake_time.sleep,
        monotonic=fake_time.monotonic,
    )
    assert model is not None
    return model


@pytest.fixture
def make_model(storage: Storage, now: datetime, fake_time: FakeTime) -> Iterator[MakeModel]:
    """Starts a server that replies as told, and a model that talks to it."""
    with ExitStack() as stack:

        def make(
            reply: Callable[[dict[str, Any]], ModelReply], **settings: Any
        ) -> tuple[Model, ModelServer]:
            server = stack.enter_context(ModelServer(reply))
            model = model_of(server, storage, now, fake_time, **settings)
            stack.callback(model.close)
            return model, server

        yield make

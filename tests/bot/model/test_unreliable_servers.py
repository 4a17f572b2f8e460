"""A server that breaks in every way that real ones do; its own verdict on our conduct."""

from datetime import datetime
from typing import Any

import pytest
from llmock.pytest_plugin import LLMock
from pydantic import BaseModel

from bot.errors import ModelError, ModelUnavailableError
from bot.model import Model, Prompt
from bot.settings import Settings
from storage import Storage
from tests.bot.model.conftest import FakeTime
from tests.bot.model.rows import rows

PROMPT = Prompt(system="Be brief.", user="Say hello to the reading group of the laboratory.")


class Greeting(BaseModel):
    words: str


@pytest.fixture
def model(llmock: LLMock, storage: Storage, now: datetime) -> Any:
    settings = Settings(openai_base_url=llmock.base_url(), model="gpt-4o", model_timeout=5.0)
    made = Model.from_settings(settings, storage, lambda: now)
    assert made is not None
    yield made
    made.close()


@pytest.fixture
def hasty(llmock: LLMock, storage: Storage, now: datetime, fake_time: FakeTime) -> Any:
    """The same, but it doesn't really wait."""
    settings = Settings(openai_base_url=llmock.base_url(), model="gpt-4o", model_timeout=0.6)
    made = Model.from_settings(
        settings,
        storage,
        lambda: now,
        sleep=fake_time.sleep,
        monotonic=fake_time.monotonic,
    )
    assert made is not None
    yield made
    made.close()


def asked_before(model: Model, storage: Storage) -> int:
    """Have a first answer come, which is shown whole; later ones are shown as they come."""
    assert "".join(model.stream(PROMPT))
    return len(rows(storage))


def outcomes(storage: Storage) -> list[str]:
    return [row["outcome"] for row in rows(storage)]


def test_a_rate_limit_is_waited_for_as_long_as_asked(
    model: Model, llmock: LLMock, storage: Storage
) -> None:
    llmock.rate_limit(times=2, retry_after=0.2)
    assert model.complete(PROMPT).text
    assert outcomes(storage) == ["rate-limited", "rate-limited", "ok"]
    llmock.assert_resilient(strict=True)


def test_an_outage_is_given_up_after_a_few_tries(
    hasty: Model, llmock: LLMock, storage: Storage, fake_time: FakeTime
) -> None:
    llmock.outage()
    with pytest.raises(ModelUnavailableError):
        hasty.complete(PROMPT)
    assert outcomes(storage) == ["server-error"] * 4
    assert len(fake_time.sleeps) == 3


@pytest.mark.parametrize("status", [401, 402, 403, 404])
def test_a_refusal_that_is_not_about_the_request_is_not_tried_again(
    hasty: Model, llmock: LLMock, storage: Storage, status: int
) -> None:
    llmock.fail(status)
    with pytest.raises(ModelUnavailableError):
        hasty.complete(PROMPT)
    assert len(outcomes(storage)) == 1
    llmock.assert_resilient()


def test_an_answer_that_never_comes_is_given_up_and_paid_for(
    hasty: Model, llmock: LLMock, storage: Storage
) -> None:
    llmock.delay(1.0)
    assert hasty.complete(PROMPT).text
    assert outcomes(storage) == ["timeout", "ok"]
    assert rows(storage)[0]["output_tokens"] > 0
    llmock.assert_resilient()


def test_a_server_that_is_always_too_slow_costs_its_time_only_twice(
    hasty: Model, llmock: LLMock, storage: Storage
) -> None:
    llmock.delay(1.0, times=3)
    with pytest.raises(ModelUnavailableError):
        hasty.complete(PROMPT)
    assert outcomes(storage) == ["timeout", "timeout"]


def test_objects_come_by_schema(model: Model, llmock: LLMock) -> None:
    assert model.complete(PROMPT, schema=Greeting).parsed.words
    llmock.assert_resilient()


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [("disconnect", "connection"), ("truncate", "cut-off"), ("corrupt", "corrupt")],
)
def test_a_stream_that_breaks_in_the_middle_is_an_error(
    hasty: Model, llmock: LLMock, storage: Storage, fault: str, outcome: str
) -> None:
    before = asked_before(hasty, storage)
    getattr(llmock, fault)(after_chunks=3)
    stream = hasty.stream(PROMPT)
    with pytest.raises(ModelError):
        list(stream)
    assert stream.finish_reason is None
    assert outcomes(storage)[before:] == [outcome]
    assert "".join(hasty.stream(PROMPT))
    llmock.assert_resilient()


def test_a_stream_that_stalls_is_given_up(hasty: Model, llmock: LLMock, storage: Storage) -> None:
    before = asked_before(hasty, storage)
    llmock.stall(after_chunks=3, seconds=1.5)
    with pytest.raises(ModelUnavailableError):
        list(hasty.stream(PROMPT))
    assert outcomes(storage)[before:] == ["timeout"]
    llmock.assert_resilient()


def test_a_stream_that_breaks_before_its_first_piece_is_tried_again(
    hasty: Model, llmock: LLMock, storage: Storage
) -> None:
    llmock.corrupt(after_chunks=0)
    assert "".join(hasty.stream(PROMPT))
    assert outcomes(storage)[-1] == "ok"
    llmock.assert_resilient()


def test_vectors_survive_a_server_error(llmock: LLMock, storage: Storage, now: datetime) -> None:
    settings = Settings(openai_base_url=llmock.base_url(), embedding_model="embedder")
    model = Model.from_settings(settings, storage, lambda: now, sleep=lambda _: None)
    assert model is not None
    llmock.fail(500)
    try:
        assert len(model.embed(["one", "two"])) == 2
    finally:
        model.close()


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [("disconnect", "connection"), ("truncate", "cut-off"), ("corrupt", "corrupt")],
)
def test_an_object_whose_stream_breaks_is_asked_for_again(
    hasty: Model, llmock: LLMock, storage: Storage, fault: str, outcome: str
) -> None:
    getattr(llmock, fault)(after_chunks=1)

    assert hasty.complete(PROMPT, schema=Greeting).parsed.words

    assert outcomes(storage) == [outcome, "ok"]
    llmock.assert_resilient()


def test_an_object_whose_stream_stalls_is_asked_for_once_more(
    hasty: Model, llmock: LLMock, storage: Storage
) -> None:
    llmock.stall(after_chunks=1, seconds=1.5)

    assert hasty.complete(PROMPT, schema=Greeting).parsed.words

    assert outcomes(storage) == ["timeout", "ok"]

"""Answers that come piece by piece."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from typing import Any

import pytest
from pydantic import BaseModel

from bot.errors import ModelError, ModelUnavailableError
from bot.model import Model, Prompt
from bot.settings import Settings
from storage import Storage
from tests.bot.model.conftest import MakeModel
from tests.bot.model.rows import rows
from tests.model_server import SERVED, ModelReply, ModelServer

PROMPT = Prompt(system="Be brief.", user="Say hello.", hash="abc", name="answer")


def test_the_pieces_make_the_text(make_model: MakeModel, storage: Storage) -> None:
    model, _ = make_model(lambda _: ModelReply("안녕하세요, hello there", usage=(9, 3, 4)))
    assert len(list(model.stream(PROMPT))) == 1, "nobody knows yet whether it thinks aloud"
    stream = model.stream(PROMPT)
    pieces = list(stream)
    assert len(pieces) > 1
    assert "".join(pieces) == "안녕하세요, hello there"
    assert (stream.finish_reason, stream.model) == ("stop", SERVED)
    row = rows(storage)[-1]
    assert (row["input_tokens"], row["cached_tokens"], row["output_tokens"]) == (9, 3, 4)
    assert (row["purpose"], row["outcome"]) == ("answer", "ok")


def test_nothing_is_asked_before_the_first_piece_is_wanted(make_model: MakeModel) -> None:
    model, server = make_model(lambda _: ModelReply("x"))
    model.stream(PROMPT)
    assert server.requests == []


def test_a_stream_that_ends_at_the_limit_says_so(make_model: MakeModel) -> None:
    model, _ = make_model(lambda _: ModelReply("half a", finish="length"))
    stream = model.stream(PROMPT)
    assert "".join(stream) == "half a"
    assert stream.finish_reason == "length"


def test_a_filtered_stream_is_an_error(make_model: MakeModel) -> None:
    model, _ = make_model(lambda _: ModelReply("x", finish="content_filter"))
    with pytest.raises(ModelError) as caught:
        list(model.stream(PROMPT))
    assert caught.value.arguments["outcome"] == "filtered"


def test_a_server_that_knows_no_stream_options_streams_without(make_model: MakeModel) -> None:
    def reply(request: dict[str, object]) -> ModelReply:
        if "stream_options" in request:
            return ModelReply(status=400, error="Unknown field: stream_options")
        return ModelReply("hello", usage=None)

    model, server = make_model(reply)
    assert "".join(model.stream(PROMPT)) == "hello"
    assert "".join(model.stream(PROMPT)) == "hello"
    assert len(server.requests) == 3


def test_a_call_is_tried_again_before_its_first_piece(
    make_model: MakeModel, storage: Storage
) -> None:
    answers = iter([ModelReply(status=503), ModelReply("hello")])
    model, _ = make_model(lambda _: next(answers))
    assert "".join(model.stream(PROMPT)) == "hello"
    assert [row["outcome"] for row in rows(storage)] == ["server-error", "ok"]


class Animal(BaseModel):
    name: str
    legs: int


CAT = '{"name": "a cat that is called by a name of many letters", "legs": 4}'


@pytest.fixture
def make_hasty(storage: Storage, now: datetime) -> Iterator[MakeModel]:
    """A model in real time that waits half a second for each piece."""
    with ExitStack() as stack:

        def make(
            reply: Callable[[dict[str, Any]], ModelReply], **settings: Any
        ) -> tuple[Model, ModelServer]:
            server = stack.enter_context(ModelServer(reply))
            model = Model.from_settings(
                Settings(openai_base_url=server.url, model="stub", model_timeout=0.5, **settings),
                storage,
                lambda: now,
                sleep=lambda _: None,
            )
            assert model is not None
            stack.callback(model.close)
            return model, server

        yield make


def test_an_object_that_is_written_for_longer_than_the_time_out_comes_whole(
    make_hasty: MakeModel, storage: Storage
) -> None:
    model, server = make_hasty(lambda _: ModelReply(CAT, usage=(9, 3, 4), writing_seconds=1.5))

    completion = model.complete(PROMPT, schema=Animal)

    assert completion.parsed.legs == 4
    assert (completion.finish_reason, completion.model) == ("stop", SERVED)
    (row,) = rows(storage)
    assert (row["input_tokens"], row["cached_tokens"], row["output_tokens"]) == (9, 3, 4)
    assert (row["outcome"], row["model_served"]) == ("ok", SERVED)
    assert row["milliseconds"] > 1000
    assert server.requests[0]["response_format"]["type"] == "json_schema"


def test_an_object_whose_writer_falls_silent_is_given_up(
    make_hasty: MakeModel, storage: Storage
) -> None:
    model, _ = make_hasty(lambda _: ModelReply(CAT, writing_seconds=40.0))

    with pytest.raises(ModelUnavailableError) as caught:
        model.complete(PROMPT, schema=Animal)

    assert caught.value.arguments["outcome"] == "timeout"
    assert [row["outcome"] for row in rows(storage)] == ["timeout", "timeout"]


def test_a_call_that_never_ends_is_left_at_its_whole_limit(
    make_hasty: MakeModel, storage: Storage
) -> None:
    model, server = make_hasty(
        lambda _: ModelReply(CAT, writing_seconds=3.0), model_longest_call=0.6
    )

    with pytest.raises(ModelError) as caught:
        model.complete(PROMPT, schema=Animal)

    assert caught.value.arguments["outcome"] == "too-slow"
    assert len(server.requests) == 1
    assert rows(storage)[0]["output_tokens"] > 0


def refusing_streams(request: dict[str, Any]) -> ModelReply:
    if request.get("stream"):
        return ModelReply(status=400, error="Streaming is not supported for this model")
    return ModelReply(CAT)


def test_a_server_that_refuses_streams_is_asked_for_the_whole_from_then_on(
    make_model: MakeModel,
) -> None:
    model, server = make_model(refusing_streams)

    assert model.complete(PROMPT, schema=Animal).parsed.legs == 4
    asked = len(server.requests)
    assert model.complete(PROMPT, schema=Animal).parsed.legs == 4
    assert "".join(model.stream(PROMPT)) == CAT

    assert asked == 2
    assert len(server.requests) == 4
    assert server.requests[-1]["model"] == "stub"
    assert "response_format" in server.requests[1]


def test_a_server_that_does_not_know_streams_may_send_the_whole(
    make_model: MakeModel, storage: Storage
) -> None:
    whole = {
        "id": "c1",
        "object": "chat.completion",
        "created": 0,
        "model": SERVED,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": CAT},
                "finish_reason": "stop",
            }
        ],
        "usage": {"prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13},
    }
    model, _ = make_model(lambda _: ModelReply(raw=json.dumps(whole).encode()))

    assert model.complete(PROMPT, schema=Animal).parsed.legs == 4
    stream = model.stream(PROMPT)
    assert list(stream) == [CAT]
    assert (stream.finish_reason, stream.model) == ("stop", SERVED)
    assert {(row["input_tokens"], row["output_tokens"]) for row in rows(storage)} == {(9, 4)}

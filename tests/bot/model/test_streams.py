"""Answers that come piece by piece."""

import pytest

from bot.errors import ModelError
from bot.model import Prompt
from storage import Storage
from tests.bot.model.conftest import MakeModel
from tests.bot.model.rows import rows
from tests.model_server import SERVED, Said

PROMPT = Prompt(system="Be brief.", user="Say hello.", hash="abc", name="answer")


def test_the_pieces_make_the_text(make_model: MakeModel, storage: Storage) -> None:
    model, _ = make_model(lambda _: Said("안녕하세요, hello there", usage=(9, 3, 4)))
    stream = model.stream(PROMPT)
    pieces = list(stream)
    assert len(pieces) > 1
    assert "".join(pieces) == "안녕하세요, hello there"
    assert (stream.finish_reason, stream.model) == ("stop", SERVED)
    (row,) = rows(storage)
    assert (row["input_tokens"], row["cached_tokens"], row["output_tokens"]) == (9, 3, 4)
    assert (row["purpose"], row["outcome"]) == ("answer", "ok")


def test_nothing_is_asked_before_the_first_piece_is_wanted(make_model: MakeModel) -> None:
    model, server = make_model(lambda _: Said("x"))
    model.stream(PROMPT)
    assert server.requests == []


def test_a_stream_that_ends_at_the_limit_says_so(make_model: MakeModel) -> None:
    model, _ = make_model(lambda _: Said("half a", finish="length"))
    stream = model.stream(PROMPT)
    assert "".join(stream) == "half a"
    assert stream.finish_reason == "length"


def test_a_filtered_stream_is_an_error(make_model: MakeModel) -> None:
    model, _ = make_model(lambda _: Said("x", finish="content_filter"))
    with pytest.raises(ModelError) as caught:
        list(model.stream(PROMPT))
    assert caught.value.arguments["outcome"] == "filtered"


def test_a_server_that_knows_no_stream_options_streams_without(make_model: MakeModel) -> None:
    def reply(request: dict[str, object]) -> Said:
        if "stream_options" in request:
            return Said(status=400, error="Unknown field: stream_options")
        return Said("hello", usage=None)

    model, server = make_model(reply)
    assert "".join(model.stream(PROMPT)) == "hello"
    assert "".join(model.stream(PROMPT)) == "hello"
    assert len(server.requests) == 3


def test_a_call_is_tried_again_before_its_first_piece(
    make_model: MakeModel, storage: Storage
) -> None:
    answers = iter([Said(status=503), Said("hello")])
    model, _ = make_model(lambda _: next(answers))
    assert "".join(model.stream(PROMPT)) == "hello"
    assert [row["outcome"] for row in rows(storage)] == ["server-error", "ok"]

"""One call: what is asked, what is booked, what comes back."""

import logging
from datetime import datetime

import pytest
from pydantic import BaseModel, Field

from bot.errors import ModelError
from bot.model import Model, Prompt
from bot.settings import Settings
from storage import Storage
from tests.bot.model.conftest import MakeModel
from tests.bot.model.rows import rows
from tests.model_server import SERVED, ModelReply

PROMPT = Prompt(system="Be brief.", user="Say hello.", hash="abc123", name="greeting")


class Animal(BaseModel):
    name: str = Field(max_length=10)
    legs: int


def test_without_key_and_server_there_is_no_model(storage: Storage, now: datetime) -> None:
    assert Model.from_settings(Settings(), storage, lambda: now) is None


def test_a_local_server_needs_no_key(make_model: MakeModel) -> None:
    model, server = make_model(lambda _: ModelReply("hello"))
    completion = model.complete(PROMPT)
    assert (completion.text, completion.finish_reason) == ("hello", "stop")
    assert completion.model == SERVED
    assert server.headers[0]["authorization"].startswith("Bearer ")


def test_a_call_is_a_row_with_tokens_cost_and_outcome(
    make_model: MakeModel, storage: Storage
) -> None:
    model, _ = make_model(
        lambda _: ModelReply("hello", usage=(1000, 400, 50)), prices={"stub": (10.0, 1.0, 100.0)}
    )
    model.complete(PROMPT)
    (row,) = rows(storage)
    assert (row["purpose"], row["prompt_hash"], row["outcome"]) == ("greeting", "abc123", "ok")
    assert (row["model_asked"], row["model_served"]) == ("stub", SERVED)
    assert (row["input_tokens"], row["cached_tokens"], row["output_tokens"]) == (1000, 400, 50)
    assert row["cost_usd"] == pytest.approx((600 * 10 + 400 * 1 + 50 * 100) / 1e6)
    assert row["milliseconds"] >= 0


def test_a_server_that_counts_no_tokens_is_counted_for(
    make_model: MakeModel, storage: Storage
) -> None:
    model, _ = make_model(lambda _: ModelReply("hello there", usage=None))
    model.complete(PROMPT)
    assert rows(storage)[0]["input_tokens"] > 0
    assert rows(storage)[0]["output_tokens"] > 0


def test_a_text_that_was_cut_off_says_so(make_model: MakeModel) -> None:
    model, _ = make_model(lambda _: ModelReply("hel", finish="length"))
    assert model.complete(PROMPT).finish_reason == "length"


def test_an_object_is_asked_for_by_its_schema(make_model: MakeModel) -> None:
    model, server = make_model(lambda _: ModelReply('{"name": "cat", "legs": 4}'))
    assert model.complete(PROMPT, schema=Animal).parsed == Animal(name="cat", legs=4)
    asked = server.requests[0]["response_format"]
    assert asked["type"] == "json_schema"
    assert asked["json_schema"]["schema"]["properties"]["name"]["maxLength"] == 10


def test_a_server_that_refuses_schemas_is_asked_in_words_from_then_on(
    make_model: MakeModel, storage: Storage
) -> None:
    def reply(request: dict[str, object]) -> ModelReply:
        if "response_format" in request:
            return ModelReply(status=400, error="response_format is not supported")
        return ModelReply('{"name": "cat", "legs": 4}')

    model, server = make_model(reply)
    assert model.complete(PROMPT, schema=Animal).parsed.legs == 4
    assert "JSON" in server.requests[-1]["messages"][-1]["content"]
    first = len(server.requests)
    model.complete(PROMPT, schema=Animal)
    assert len(server.requests) == first + 1
    assert [row["outcome"] for row in rows(storage)].count("ok") == 2


def test_damaged_json_is_mended(make_model: MakeModel) -> None:
    text = "Sure!\n```json\n{name: 'cat', \"legs\": 4,}\n```\nHope that helps."
    model, server = make_model(lambda _: ModelReply(text))
    assert model.complete(PROMPT, schema=Animal).parsed == Animal(name="cat", legs=4)
    assert len(server.requests) == 1


def test_an_invalid_object_gets_one_more_try_with_what_was_wrong(make_model: MakeModel) -> None:
    answers = iter(['{"name": "a very long name for a cat"}', '{"name": "cat", "legs": 4}'])
    model, server = make_model(lambda _: ModelReply(next(answers)))
    assert model.complete(PROMPT, schema=Animal).parsed.name == "cat"
    told = server.requests[1]["messages"][-1]["content"]
    assert "legs" in told
    assert "10 characters" in told


def test_an_object_that_stays_invalid_is_an_error(make_model: MakeModel) -> None:
    model, server = make_model(lambda _: ModelReply("I'd rather not."))
    with pytest.raises(ModelError) as caught:
        model.complete(PROMPT, schema=Animal)
    assert caught.value.arguments["outcome"] == "invalid"
    assert len(server.requests) == 2


def test_an_object_that_was_cut_off_is_never_mended_into_a_whole_one(
    make_model: MakeModel,
) -> None:
    model, server = make_model(lambda _: ModelReply('{"legs": 4, "name": "ca', finish="length"))
    with pytest.raises(ModelError) as caught:
        model.complete(PROMPT, schema=Animal)
    assert caught.value.arguments["outcome"] == "truncated"
    assert "cut off" in server.requests[1]["messages"][-1]["content"]


def test_an_object_that_was_cut_off_is_given_as_far_as_it_goes_where_that_is_wished(
    make_model: MakeModel,
) -> None:
    model, server = make_model(lambda _: ModelReply('{"legs": 4, "name": "ca', finish="length"))
    answer = model.complete(PROMPT, schema=Animal, cut_off_too=True)
    assert (answer.parsed.name, answer.finish_reason) == ("ca", "length")
    assert len(server.requests) == 2


def test_a_parameter_that_the_server_calls_otherwise_is_renamed(make_model: MakeModel) -> None:
    def reply(request: dict[str, object]) -> ModelReply:
        if "max_tokens" in request:
            return ModelReply(status=400, error="Unsupported parameter: max_tokens")
        return ModelReply("hello")

    model, server = make_model(reply)
    assert model.complete(PROMPT, max_tokens=7).text == "hello"
    assert server.requests[-1]["max_completion_tokens"] == 7


def test_a_refused_and_a_filtered_answer_are_errors(make_model: MakeModel) -> None:
    for said in (ModelReply(refusal="no"), ModelReply("x", finish="content_filter")):
        model, server = make_model(lambda _, said=said: said)
        with pytest.raises(ModelError) as caught:
            model.complete(PROMPT)
        assert caught.value.arguments["outcome"] == "filtered"
        assert len(server.requests) == 1


def test_vectors_come_back_in_the_order_of_their_texts(
    make_model: MakeModel, storage: Storage
) -> None:
    model, server = make_model(lambda _: ModelReply(), embedding_model="embedder")
    texts = ["x" * length for length in range(1, 101)]
    assert [vector[0] for vector in model.embed(texts)] == [float(len(text)) for text in texts]
    assert {frozenset(request) for request in server.requests} == {frozenset(("model", "input"))}
    assert [row["purpose"] for row in rows(storage)] == ["embed", "embed"]


def test_vectors_without_an_embedding_model_are_an_error(make_model: MakeModel) -> None:
    model, _ = make_model(lambda _: ModelReply())
    with pytest.raises(ModelError, match="no-embedding-model"):
        model.embed(["x"])


def test_the_server_tells_its_models(make_model: MakeModel) -> None:
    model, _ = make_model(lambda _: ModelReply())
    assert model.served_models() == [SERVED]


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ({"max_model_len": 8192}, 8192),
        ({"meta": {"n_ctx": 16384, "n_ctx_train": 32768}}, 16384),
        ({"meta": None}, None),
        ({"max_model_len": "much"}, None),
    ],
)
def test_the_server_tells_how_much_its_model_can_take_in(
    make_model: MakeModel, told: dict[str, object], known: int | None
) -> None:
    model, server = make_model(lambda _: ModelReply())
    server.served = {"id": "stub", **told}
    assert model.context_tokens() == known
    server.served = {"id": "stub", "max_model_len": 1}
    assert model.context_tokens() == known


def test_a_context_that_is_set_is_not_asked_for(make_model: MakeModel) -> None:
    model, server = make_model(lambda _: ModelReply(), context_tokens=4096)
    server.served = {"id": "stub", "max_model_len": 8192}
    assert model.context_tokens() == 4096


def test_a_server_that_is_away_tells_no_context(make_model: MakeModel) -> None:
    model, server = make_model(lambda _: ModelReply())
    server.close()
    assert model.context_tokens() is None


def test_neither_contents_nor_keys_are_logged(
    make_model: MakeModel, caplog: pytest.LogCaptureFixture
) -> None:
    model, _ = make_model(
        lambda _: ModelReply(status=400, error="bad SECRET-QUESTION"),
        openai_api_key="sk-SECRET-KEY",
    )
    with caplog.at_level(logging.DEBUG), pytest.raises(ModelError) as caught:
        model.complete(Prompt("", "SECRET-QUESTION"))
    assert "SECRET" not in caplog.text
    assert "SECRET" not in str(caught.value)
    assert "SECRET" not in repr(Settings(openai_api_key="sk-SECRET-KEY"))


def test_a_server_that_has_understood_a_schema_is_not_asked_otherwise_after_a_refusal(
    make_model: MakeModel,
) -> None:
    answers = iter(
        [ModelReply('{"name": "cat", "legs": 4}'), ModelReply(status=400, error="bad words")]
    )
    model, server = make_model(lambda _: next(answers))
    model.complete(PROMPT, schema=Animal)
    with pytest.raises(ModelError):
        model.complete(PROMPT, schema=Animal)
    assert len(server.requests) == 2


def test_a_web_page_in_place_of_an_answer_is_an_error(make_model: MakeModel) -> None:
    page = ModelReply(raw=b"<html>Welcome</html>", headers={"Content-Type": "text/html"})
    model, _ = make_model(lambda _: page, embedding_model="embedder")
    with pytest.raises(ModelError):
        model.complete(PROMPT)
    with pytest.raises(ModelError):
        list(model.stream(PROMPT))
    with pytest.raises(ModelError):
        model.embed(["x"])


@pytest.mark.parametrize("body", [b"{}", b'{"choices": []}', b'{"choices": [{}]}', b"[]", b"null"])
def test_an_answer_without_its_parts_is_an_error(make_model: MakeModel, body: bytes) -> None:
    model, _ = make_model(lambda _: ModelReply(raw=body), embedding_model="embedder")
    with pytest.raises(ModelError):
        model.complete(PROMPT)
    with pytest.raises(ModelError):
        model.embed(["x"])

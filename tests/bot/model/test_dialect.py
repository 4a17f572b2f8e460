"""What servers understand, and what is tried next when one refuses."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from bot.errors import ModelError
from bot.model import Prompt
from bot.model.dialect import ROOMS, Dialect, JsonMode
from bot.model.faults import ATTEMPTS, Fault, RefusedError, fault_of
from bot.model.requests import Request, messages_of
from storage import Storage
from tests.bot.model.conftest import FakeTime, MakeModel, model_of
from tests.bot.model.rows import rows
from tests.model_server import ModelReply, ModelServer

PROMPT = Prompt(system="Be brief.", user="Name an animal.")
CAT = '{"name": "cat", "friends": []}'


class Animal(BaseModel):
    name: str = Field(max_length=10)
    friends: list[str] = Field(max_length=3)


def request(max_tokens: int = 100, schema: type[BaseModel] | None = Animal) -> Request:
    return Request(messages_of(PROMPT), PROMPT, max_tokens, schema)


def refusal(said: str, outcome: str = "bad-request", status: int = 400) -> Fault:
    return Fault(outcome, False, status=status, said=said)


def test_the_official_server_has_its_own_name_for_the_limit() -> None:
    official = Dialect.first_guess("gpt-4.1", official=True)
    assert official.arguments(request())["max_completion_tokens"] == 100
    assert Dialect.first_guess("llama", official=False).arguments(request())["max_tokens"] == 100


def test_a_reasoning_model_gets_room_for_its_thoughts() -> None:
    thinking = Dialect.first_guess("gpt-5-mini", official=True)
    arguments = thinking.arguments(request())
    assert arguments["reasoning_effort"] == "low"
    assert arguments["max_completion_tokens"] == 100 + ROOMS[1]
    assert not Dialect.first_guess("gpt-5-chat-latest", official=True).effort


def walk(first: Dialect, asked: Request, said: str = "no") -> list[Dialect]:
    """All ways to ask, until none is left."""
    ways: list[Dialect] = [first]
    while (after := ways[-1].after(refusal(said), asked, is_new=True)) is not None:
        ways.append(after)
    return ways


def test_the_way_down_ends_at_the_plainest_request_and_passes_nothing_twice() -> None:
    ways = walk(Dialect.first_guess("gpt-5", official=True), request())
    assert len(set(ways)) == len(ways) == 10
    assert ways[-1].arguments(request()).keys() == {"messages"}
    assert [one["role"] for one in ways[-1].arguments(request())["messages"]] == ["user"]
    assert [one.json_mode for one in ways if one.json_mode] == sorted(
        one.json_mode for one in ways if one.json_mode
    )


def test_what_a_server_names_is_given_up_first_and_nothing_else() -> None:
    first = Dialect()
    for said, changed in (
        ("unknown field stream_options", "usage_in_streams"),
        ("streaming is not available here", "streams"),
        ("this template knows no system role", "system_role"),
        ("bad grammar in response_format", "json_mode"),
        ("Unsupported parameter: max_tokens", "limit_names"),
        ("max_tokens must be at most 70", "limits_told"),
    ):
        after = first.after(refusal(said), request(), is_new=False)
        assert after is not None
        differing = {name for name in vars(first) if getattr(first, name) != getattr(after, name)}
        assert differing == {changed}, said


def test_what_a_server_points_at_is_given_up_without_words() -> None:
    fault = fault_of(
        RefusedError(422, {"detail": [{"loc": ["body", "max_tokens"], "msg": "not permitted"}]})
    )
    after = Dialect().after(fault, request(), is_new=True)
    assert after == replace(Dialect(), limit_names=("max_completion_tokens",))


@pytest.mark.parametrize("said", ["the system is busy", "upstream connect error"])
def test_trouble_behind_a_server_changes_no_request(said: str) -> None:
    assert Dialect().after(refusal(said, "server-error", 503), request(), is_new=True) is None


def test_a_server_that_understood_such_requests_is_not_guessed_at() -> None:
    assert Dialect().after(refusal("no"), request(), is_new=False) is None
    assert Dialect().after(refusal("no"), request(), is_new=True) is not None


@pytest.mark.parametrize(
    ("outcome", "status"), [("not-found", 404), ("server-error", 500), ("bad-request", 422)]
)
def test_a_schema_may_be_what_is_refused_under_any_status(outcome: str, status: int) -> None:
    dialect: Dialect | None = Dialect(usage_in_streams=False, system_role=False)
    modes = []
    while dialect is not None and dialect.limit_names == Dialect().limit_names:
        modes.append(dialect.json_mode)
        dialect = dialect.after(refusal("no", outcome, status), request(), is_new=True)
    assert modes == list(JsonMode)


def test_lengths_can_be_left_out_of_a_schema() -> None:
    bare = Dialect(json_mode=JsonMode.SCHEMA_WITHOUT_LENGTHS).arguments(request())
    assert bare["response_format"]["json_schema"]["strict"] is True
    assert "maxLength" not in str(bare)
    assert "maxItems" not in str(bare)
    assert "maxLength" in str(Dialect().arguments(request()))


def test_where_the_schema_is_not_sent_it_is_told_in_words() -> None:
    def words(mode: JsonMode) -> str:
        messages = Dialect(json_mode=mode).arguments(request())["messages"]
        return str(messages[-1]["content"])

    assert words(JsonMode.SCHEMA) == PROMPT.user
    for mode in (JsonMode.OBJECT, JsonMode.PLAIN):
        assert '"friends"' in words(mode)


def test_the_rules_go_before_the_question_where_there_is_no_system_role() -> None:
    (only,) = Dialect(system_role=False).arguments(request(schema=None))["messages"]
    assert only == {"role": "user", "content": "Be brief.\n\nName an animal."}


Refuses = Callable[[dict[str, Any]], bool]
# What a server may dislike in a request, with how it would say so.
DISLIKES: dict[str, tuple[Refuses, str]] = {
    "max_tokens": (lambda one: "max_tokens" in one, "max_tokens is not for this model"),
    "max_completion_tokens": (
        lambda one: "max_completion_tokens" in one,
        "no such argument here: max_completion_tokens",
    ),
    "system": (
        lambda one: one["messages"][0]["role"] == "system",
        "this template knows no system role",
    ),
    "usage": (lambda one: "stream_options" in one, "unknown: stream_options"),
    "stream": (lambda one: "stream" in one, "streaming is off"),
    "schema": (
        lambda one: one.get("response_format", {}).get("type") == "json_schema",
        "the grammar made from this schema cannot be parsed",
    ),
    "json": (lambda one: "response_format" in one, "response_format is not known"),
    "everything": (lambda _: True, "not today"),
}


STATUSES = [400, 403, 404, 405, 413, 415, 422, 500, 501, 503]


def server_that_dislikes(
    disliked: dict[str, tuple[int, bool]],
) -> Callable[[dict[str, Any]], ModelReply]:
    """Refuses each of these with a status, and says so where the flag is set."""

    def reply(asked: dict[str, Any]) -> ModelReply:
        for name, (status, is_named) in disliked.items():
            refuses, words = DISLIKES[name]
            if refuses(asked):
                return ModelReply(status=status, error=words if is_named else "bad request")
        return ModelReply(CAT)

    return reply


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    disliked=st.dictionaries(
        st.sampled_from(sorted(DISLIKES)),
        st.tuples(st.sampled_from(STATUSES), st.booleans()),
        max_size=5,
    ),
    wants_object=st.booleans(),
)
def test_whatever_a_server_dislikes_the_call_ends_within_the_rungs(
    storage: Storage,
    now: datetime,
    disliked: dict[str, tuple[int, bool]],
    wants_object: bool,
) -> None:
    asked = request(schema=Animal if wants_object else None)
    rungs = len(walk(Dialect(), asked)) + len(Dialect().limit_names)
    with ModelServer(server_that_dislikes(disliked)) as server:
        model = model_of(server, storage, now, FakeTime())
        try:
            if wants_object:
                assert model.complete(PROMPT, schema=Animal).parsed.name == "cat"
            else:
                assert model.complete(PROMPT).text == CAT
            answered = True
        except ModelError:
            answered = False
        first = len(server.requests)
        assert first <= rungs + ATTEMPTS
        sent = [str(one) for one in server.requests]
        assert all(one != other for one, other in pairwise(sent)) or {500, 503} & {
            status for status, _ in disliked.values()
        }
        if answered:
            model.complete(PROMPT, schema=Animal if wants_object else None)
            assert len(server.requests) == first + 1, "what it understands is remembered"
        said_so = all(is_named for _, is_named in disliked.values())
        assert answered or "everything" in disliked or not said_so
        model.close()


def test_both_names_of_the_limit_refused_cost_three_requests_and_one_from_then_on(
    make_model: MakeModel, storage: Storage
) -> None:
    def reply(asked: dict[str, Any]) -> ModelReply:
        if "max_tokens" in asked or "max_completion_tokens" in asked:
            name = next(one for one in DISLIKES if one in asked)
            return ModelReply(status=400, error=DISLIKES[name][1])
        return ModelReply("hello")

    model, server = make_model(reply)
    assert model.complete(PROMPT).text == "hello"
    assert len(server.requests) == 3
    assert model.complete(PROMPT).text == "hello"
    assert len(server.requests) == 4
    assert [row["outcome"] for row in rows(storage)] == ["bad-request", "bad-request", "ok", "ok"]


def test_a_server_that_refuses_every_way_is_asked_once_a_call_for_a_while(
    make_model: MakeModel,
) -> None:
    model, server = make_model(
        lambda _: ModelReply(status=400, error="neither max_tokens nor max_completion_tokens")
    )
    counts = []
    for _ in range(4):
        before = len(server.requests)
        with pytest.raises(ModelError) as caught:
            model.complete(PROMPT, schema=Animal)
        counts.append(len(server.requests) - before)
    assert counts[0] <= len(walk(Dialect(), request()))
    assert counts[1:] == [1, 1, 1]
    assert caught.value.arguments["said"] == "neither max_tokens nor max_completion_tokens"


def test_a_limit_that_is_told_is_kept_to_from_then_on(make_model: MakeModel) -> None:
    def reply(asked: dict[str, Any]) -> ModelReply:
        if asked["max_tokens"] > 64:
            return ModelReply(status=400, error="max_tokens must be in the range [1, 64]")
        return ModelReply("hello")

    model, server = make_model(reply)
    assert model.complete(PROMPT, max_tokens=3500).text == "hello"
    assert model.complete(PROMPT, max_tokens=3500).text == "hello"
    assert model.complete(PROMPT, max_tokens=16).text == "hello"
    assert [one["max_tokens"] for one in server.requests] == [3500, 64, 64, 16]


def test_a_server_that_tells_ever_smaller_limits_is_left(make_model: MakeModel) -> None:
    def reply(asked: dict[str, Any]) -> ModelReply:
        told = asked.get("max_tokens", asked.get("max_completion_tokens", 1)) - 1
        return ModelReply(status=400, error=f"max_tokens must be at most {told}")

    model, server = make_model(reply)
    with pytest.raises(ModelError):
        model.complete(PROMPT, max_tokens=3500)
    assert len(server.requests) <= 12


def test_an_answer_that_was_all_thoughts_gets_room_which_is_remembered(
    make_model: MakeModel,
) -> None:
    def reply(asked: dict[str, Any]) -> ModelReply:
        return (
            ModelReply("hello") if asked["max_tokens"] > 2000 else ModelReply("", finish="length")
        )

    model, server = make_model(reply)
    assert model.complete(PROMPT, max_tokens=700).text == "hello"
    assert "".join(model.stream(PROMPT, max_tokens=700)) == "hello"
    assert [one["max_tokens"] for one in server.requests] == [700, 700 + ROOMS[1], 700 + ROOMS[1]]


def test_thoughts_without_end_are_an_error(make_model: MakeModel) -> None:
    model, server = make_model(lambda _: ModelReply("<think>hm", finish="length"))
    with pytest.raises(ModelError) as caught:
        model.complete(PROMPT, max_tokens=700)
    assert caught.value.arguments["outcome"] == "no-room"
    assert len(server.requests) == len(ROOMS)


def test_a_refusal_of_what_is_asked_changes_nothing_for_the_next(make_model: MakeModel) -> None:
    random_words = " ".join(random.Random(1).sample(["red", "green", "blue"], 3))
    answers = iter([ModelReply(CAT), ModelReply(status=400, error=random_words), ModelReply(CAT)])
    model, server = make_model(lambda _: next(answers))
    model.complete(PROMPT, schema=Animal)
    with pytest.raises(ModelError):
        model.complete(PROMPT, schema=Animal)
    model.complete(PROMPT, schema=Animal)
    assert server.requests[0] == server.requests[2]

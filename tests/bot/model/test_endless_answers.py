"""Model servers whose answers never end: each call ends at its limits and frees its place."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from datetime import datetime
from itertools import repeat
from typing import Any

import pytest

from bot.errors import ModelError
from bot.model import Model, Prompt
from bot.settings import Settings
from storage import Storage
from tests.bot.model.rows import rows
from tests.dripping import DrippingServer
from tests.model_server import ModelReply, ModelServer

PROMPT = Prompt(system="Be brief.", user="Say hello.")
OK = b"HTTP/1.1 200 OK\r\n"
EVENTS = OK + b"Content-Type: text/event-stream\r\n\r\n"
WHOLE = OK + b"Content-Type: application/json\r\n\r\n"
PACKED = OK + b"Content-Type: application/json\r\nContent-Encoding: gzip\r\n\r\n"
GZIP = b"\x1f\x8b\x08\x00" + bytes(6)
THOUGHT = json.dumps({"id": "1", "choices": [{"index": 0, "delta": {"content": ""}}]}).encode()

ENDLESS: dict[str, tuple[bytes, bytes]] = {
    "nothing": (b"", b""),
    "headers": (OK, b"X-More: yes\r\n"),
    "interim answers": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "comments": (EVENTS, b": still thinking\n\n"),
    "events without text": (EVENTS, b"data: " + THOUGHT + b"\n\n"),
    "one line": (EVENTS + b"data: ", b"x"),
    "a whole answer byte by byte": (WHOLE, b" "),
    "empty blocks in gzip": (PACKED + GZIP, b"\x00\x00\x00\xff\xff"),
}
CALLS: dict[str, Callable[[Model], object]] = {
    "complete": lambda model: model.complete(PROMPT),
    "stream": lambda model: list(model.stream(PROMPT)),
    "embed": lambda model: model.embed(["a text"]),
    "served_models": lambda model: model.served_models(),
}
MakeModel = Callable[..., Model]


@pytest.fixture
def make_model(storage: Storage, now: datetime) -> Iterator[MakeModel]:
    """Makes models of one place, so that a call that keeps it stops the next one for ever."""
    with ExitStack() as stack:

        def make(url: str, **settings: Any) -> Model:
            values = {"openai_base_url": url, "embedding_model": "stub", "concurrency": 1}
            model = Model.from_settings(Settings(**{**values, **settings}), storage, lambda: now)
            assert model is not None
            stack.callback(model.close)
            return model

        yield make


def outcome_of(call: Callable[[Model], object], model: Model) -> object:
    with pytest.raises(ModelError) as caught:
        call(model)
    return caught.value.arguments["outcome"]


@pytest.mark.parametrize("what", ENDLESS)
def test_an_answer_that_drips_is_left_at_the_longest_call_and_frees_its_place(
    what: str, make_model: MakeModel, storage: Storage
) -> None:
    head, piece = ENDLESS[what]
    with DrippingServer(head, lambda: repeat(piece) if piece else (), pause=0.01) as server:
        model = make_model(server.base_url, model_longest_call=0.5)
        assert outcome_of(CALLS["complete"], model) == "too-slow"
        assert server.hung_up.wait(10)
        assert outcome_of(CALLS["complete"], model) == "too-slow"
    assert len(server.sent) == 2
    assert [row["outcome"] for row in rows(storage)] == ["too-slow", "too-slow"]
    assert rows(storage)[0]["output_tokens"] > 0  # it may have been written and billed


@pytest.mark.parametrize("call", ["stream", "embed", "served_models"])
@pytest.mark.parametrize("what", ["headers", "a whole answer byte by byte"])
def test_every_call_ends_at_the_same_limit(what: str, call: str, make_model: MakeModel) -> None:
    head, piece = ENDLESS[what]
    with DrippingServer(head, lambda: repeat(piece) if piece else (), pause=0.01) as server:
        model = make_model(server.base_url, model_longest_call=0.5)
        assert outcome_of(CALLS[call], model) == "too-slow"
        assert server.hung_up.wait(10)
    assert len(server.sent) == 1


@pytest.mark.parametrize("head", [b"", OK, EVENTS, WHOLE])
def test_a_server_that_falls_silent_is_left_at_the_time_out(
    head: bytes, make_model: MakeModel, storage: Storage
) -> None:
    with DrippingServer(head) as server:
        model = make_model(server.base_url, model_timeout=0.2)
        assert outcome_of(CALLS["complete"], model) == "timeout"
    assert [row["outcome"] for row in rows(storage)] == ["timeout", "timeout"]


@pytest.mark.parametrize("what", ["one line", "comments", "a whole answer byte by byte"])
def test_an_answer_that_floods_is_left_at_the_byte_limit(what: str, make_model: MakeModel) -> None:
    head, piece = ENDLESS[what]
    with DrippingServer(head, lambda: repeat(piece * (100_000 // len(piece)))) as server:
        assert outcome_of(CALLS["complete"], make_model(server.base_url)) == "too-large"
        assert server.hung_up.wait(10)
    # What was read, and what lay in the system's buffers.
    assert server.sent[0] < 40_000_000
    assert len(server.sent) == 1


@pytest.mark.parametrize("what", ENDLESS)
def test_closing_the_model_ends_a_call_that_hangs_and_those_that_wait_for_its_place(
    what: str, make_model: MakeModel
) -> None:
    head, piece = ENDLESS[what]
    with DrippingServer(head, lambda: repeat(piece) if piece else (), pause=0.01) as server:
        model, outcomes = make_model(server.base_url), []

        def ask() -> None:
            outcomes.append(outcome_of(CALLS["complete"], model))

        asking = [threading.Thread(target=ask, daemon=True) for _ in range(3)]
        for thread in asking:
            thread.start()
        while not server.sent:
            server.hung_up.wait(0.01)
        model.close()
        for thread in asking:
            thread.join(20)
        assert outcomes == ["closed"] * 3
    assert len(server.sent) == 1


def test_closing_the_model_ends_a_wait_before_another_try(make_model: MakeModel) -> None:
    refused = threading.Event()

    def busy(_: dict[str, Any]) -> ModelReply:
        refused.set()
        return ModelReply(status=503, error="busy")

    with ModelServer(busy) as server:
        model, outcomes = make_model(server.url), []
        asking = threading.Thread(
            target=lambda: outcomes.append(outcome_of(CALLS["complete"], model)), daemon=True
        )
        asking.start()
        assert refused.wait(10)
        model.close()
        asking.join(20)
    assert outcomes == ["closed"]


def test_a_redirect_takes_no_prompt_elsewhere(make_model: MakeModel, storage: Storage) -> None:
    with (
        ModelServer(lambda _: ModelReply("hello")) as other,
        ModelServer(
            lambda _: ModelReply(
                status=307, error="moved", headers={"Location": f"{other.url}/chat/completions"}
            )
        ) as server,
    ):
        assert outcome_of(CALLS["complete"], make_model(server.url)) == "refused"
        assert other.requests == []


def test_a_server_is_asked_through_the_proxy_unless_it_is_on_this_machine(
    storage: Storage, now: datetime
) -> None:
    with (
        ModelServer(lambda _: ModelReply("through it")) as proxy,
        ModelServer(lambda _: ModelReply()) as near,
    ):
        for url in ("http://models.example/v1", near.url):
            model = Model.from_settings(
                Settings(openai_base_url=url),
                storage,
                lambda: now,
                sleep=lambda _: None,
                proxies={"http": proxy.url.removesuffix("/v1")},
            )
            assert model is not None
            with closing(model), suppress(ModelError):
                model.complete(PROMPT)
        assert len(proxy.requests) == 1
        assert proxy.headers[0]["host"] == "models.example"
        assert near.requests


def test_the_official_server_is_reached_at_public_addresses_only(
    storage: Storage, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def poisoned(host: object, port: object, *_: object, **__: object) -> object:
        asked.append(host)
        return [(2, 1, 6, "", ("10.0.0.1", port))]

    monkeypatch.setattr("socket.getaddrinfo", poisoned)
    model = Model.from_settings(
        Settings(openai_api_key="sk-test"), storage, lambda: now, sleep=lambda _: None
    )
    assert model is not None
    assert outcome_of(CALLS["complete"], model) == "connection"
    model.close()
    assert set(asked) == {"api.openai.com"}


def test_the_longest_call_is_ten_minutes_unless_set() -> None:
    assert Settings().model_longest_call == 600.0

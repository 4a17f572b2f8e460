"""Sentences are judged by a second model, in few calls, and by rules where it can't be asked."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.model import Model
from bot.settings import Settings
from bot.verification import Statement, Verdict, Verifier
from storage import Storage
from tests.model_server import ModelReply, ModelServer

FAST = Statement("Lantern halves the latency.", ("Latency falls from 90 ms to 45 ms.",))
LARGE = Statement("Lantern is the largest ranker.", ("Lantern has 110M parameters.",))
SWAPPED = Statement(
    "Lantern takes 90 ms and the baseline takes 45 ms.",
    ("Lantern takes 45 ms, while the baseline takes 90 ms.",),
)
Make = Callable[..., tuple[Verifier, ModelServer]]


@pytest.fixture
def make(storage: Storage, now: datetime) -> Iterator[Make]:
    """Starts a server that replies as told, and a verifier that asks it."""
    with ExitStack() as stack:

        def made(
            reply: Callable[[dict[str, Any]], ModelReply], **more: Any
        ) -> tuple[Verifier, Any]:
            server = stack.enter_context(ModelServer(reply))
            settings = Settings(openai_base_url=server.url, model="stub", **more)
            model = Model.from_settings(settings, storage, lambda: now, sleep=lambda _: None)
            verifier = Verifier.from_settings(settings, storage, lambda: now, model)
            stack.callback(verifier.close)
            return verifier, server

        yield made


def verdicts(*judged: tuple[int, str, str]) -> ModelReply:
    told = [{"sentence": number, "verdict": said, "wrong": why} for number, said, why in judged]
    return ModelReply(json.dumps({"verdicts": told}))


def test_all_sentences_are_judged_in_one_call_that_holds_each_passage_once(make: Make) -> None:
    again = Statement("Latency falls.", FAST.passages)
    verifier, server = make(
        lambda _: verdicts((1, "supported", ""), (2, "Not_Told", "largest"), (3, "supported", ""))
    )
    verification = verifier.verify([FAST, LARGE, again])
    assert [one.verdict for one in verification.findings] == [
        Verdict.SUPPORTED,
        Verdict.NOT_TOLD,
        Verdict.SUPPORTED,
    ]
    assert (verification.findings[1].reason, verification.by) == ("largest", "stub")
    (request,) = server.requests
    assert request["messages"][-1]["content"].count(FAST.passages[0]) == 1


def test_what_stands_nearby_is_shown_after_what_is_cited(make: Make) -> None:
    verifier, server = make(lambda _: verdicts((1, "supported", "")))
    assert verifier.verify([replace(FAST, nearby=("It was measured twice.",))]).by
    asked = server.requests[0]["messages"][-1]["content"]
    assert f"[1] {FAST.passages[0]}\n\n[2] It was measured twice." in asked
    assert f"1. [1] {FAST.text}" in asked


def test_a_sentence_that_was_passed_over_is_judged_by_rules(make: Make) -> None:
    verifier, _ = make(lambda _: verdicts((1, "supported", ""), (2, "who knows", "")))
    assert [one.is_supported for one in verifier.verify([FAST, SWAPPED]).findings] == [True, False]


def test_many_sentences_are_shared_out_evenly_among_calls(make: Make) -> None:
    def supported(request: dict[str, Any]) -> ModelReply:
        lines = request["messages"][-1]["content"].partition("Sentences:\n")[2].splitlines()
        return verdicts(*((number, "supported", "") for number in range(1, len(lines) + 1)))

    verifier, server = make(supported)
    many = [Statement(f"Part {number} is small.", ("All are small.",)) for number in range(50)]
    assert len(verifier.verify(many).findings) == 50
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "reply",
    [ModelReply(status=400, error="no"), ModelReply("I would rather not."), ModelReply("{}")],
)
def test_rules_stand_in_for_a_verifier_that_does_not_judge(make: Make, reply: ModelReply) -> None:
    verifier, _ = make(lambda _: reply)
    findings = verifier.verify([FAST, SWAPPED]).findings
    assert [one.is_supported for one in findings] == [True, False]


def test_rules_stand_in_when_the_budget_is_spent(make: Make) -> None:
    verifier, server = make(
        lambda _: ModelReply("{}"), daily_budget_usd=1e-9, prices={"stub": (1.0, 1.0, 1.0)}
    )
    verification = verifier.verify([SWAPPED])
    assert (verification.by, server.requests) == ("", [])
    assert not verification.findings[0].is_supported


def test_a_verifier_can_be_switched_off(make: Make) -> None:
    verifier, server = make(lambda _: ModelReply("{}"), verifier_model="off")
    assert verifier.verify([FAST]).by == ""
    assert server.requests == []


def test_a_verifier_of_its_own_is_paid_for_as_the_chat_model_is(
    make: Make, storage: Storage, now: datetime
) -> None:
    verifier, server = make(
        lambda _: verdicts((1, "supported", "")),
        verifier_model="small",
        daily_budget_usd=1.0,
        prices={"small": (1.0, 1.0, 1.0)},
    )
    assert verifier.verify([FAST]).by == "small"
    assert server.requests[0]["model"] == "small"
    assert storage.model_calls.cost_since(now - timedelta(days=1)) > 0


def test_another_server_gets_its_own_key_and_never_the_chat_models(make: Make) -> None:
    with ModelServer(lambda _: verdicts((1, "supported", ""))) as other:
        verifier, server = make(
            lambda _: ModelReply(""), openai_api_key="secret", verifier_base_url=other.url
        )
        assert verifier.verify([FAST]).findings[0].is_supported
        assert server.requests == []
        assert "secret" not in other.headers[0]["authorization"]


def test_a_fact_checking_model_is_given_a_document_and_one_claim(make: Make) -> None:
    verifier, server = make(
        lambda request: ModelReply(
            "Yes" if "halves" in request["messages"][-1]["content"] else "No"
        ),
        verifier_format="yes-no",
    )
    findings = verifier.verify([FAST, LARGE]).findings
    assert [one.verdict for one in findings] == [Verdict.SUPPORTED, Verdict.NOT_TOLD]
    asked = {one["messages"][-1]["content"] for one in server.requests}
    assert asked == {f"Document: {one.passages[0]}\nClaim: {one.text}" for one in (FAST, LARGE)}

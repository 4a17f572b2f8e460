"""Questions answered through servers that do things otherwise: what the asker gets to see."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from bot.answers import Answer, Answers, Ask
from bot.answers.records import EXTRACTIVE
from bot.model import Model
from storage import Storage
from tests.bot.answers.conftest import KITE
from tests.bot.model.conftest import FakeTime, model_of
from tests.model_server import SERVED, ModelReply, ModelServer

QUESTION = "How does KITE release its rewards, and what does it reach on GSM-Lite?"
THOUGHTS = "The passage says that it reaches 71.5% [{results}]. I write that down."


def filled(text: str, request: dict[str, Any]) -> str:
    """*text* with the number of the passage that holds the results."""
    prompt = request["messages"][-1]["content"]
    before = prompt.split("KITE reaches 71.5% on GSM-Lite while")[0]
    return text.format(results=re.findall(r'<passage number="(\d+)"', before)[-1])


SENTENCE = "KITE reaches 71.5% on GSM-Lite [{results}]."
Asked = Callable[[Callable[[dict[str, Any]], ModelReply]], tuple[Answer, str, ModelServer]]


@pytest.fixture
def asked(make_answers: Callable[..., Answers], archive: Storage, now: Any) -> Iterator[Asked]:
    """Asks twice through a server: the answer, what was shown while it was written, the server."""
    with ExitStack() as stack:

        def ask(reply: Callable[[dict[str, Any]], ModelReply]) -> tuple[Answer, str, ModelServer]:
            server = stack.enter_context(ModelServer(reply))
            model: Model = model_of(server, archive, now, FakeTime())
            stack.callback(model.close)
            service = make_answers(model)
            service.answer(Ask(QUESTION, (KITE.id,), "en"))
            shown: list[str] = []
            found = service.answer(Ask(QUESTION, (KITE.id,), "en"), on_text=shown.append)
            return found, "".join(shown), server

        yield ask


@pytest.mark.parametrize("opening", ["<think>\n", ""])
def test_thoughts_are_never_shown_while_an_answer_is_written(asked: Asked, opening: str) -> None:
    text = f"{opening}{THOUGHTS}\n</think>\n\n{SENTENCE}"
    found, shown, _ = asked(lambda request: ModelReply(filled(text, request)))
    assert found.maker == SERVED
    assert found.text == shown.strip() == "KITE reaches 71.5% on GSM-Lite [1]."


def test_room_for_thoughts_is_asked_for_once(asked: Asked) -> None:
    def reply(request: dict[str, Any]) -> ModelReply:
        if request["max_tokens"] < 2000:
            return ModelReply("", finish="length", usage=(900, 0, 700))
        return ModelReply(filled(SENTENCE, request))

    found, _, server = asked(reply)
    assert found.maker == SERVED
    assert len(server.requests) == 3


def test_half_an_answer_has_no_source_behind_it(asked: Asked) -> None:
    found, shown, _ = asked(
        lambda request: ModelReply(filled(SENTENCE, request) + " It needs mo", finish="abort")
    )
    assert found.maker == EXTRACTIVE
    assert "mo" not in shown.split()
    assert any("model" in note for note in found.notes)


def test_a_question_is_asked_of_a_small_context_with_less_material(asked: Asked) -> None:
    def reply(request: dict[str, Any]) -> ModelReply:
        size = sum(len(one["content"]) for one in request["messages"])
        if size > 4_000:
            return ModelReply(
                status=400, error="the prompt exceeds the context size of 2048 tokens"
            )
        return ModelReply(filled(SENTENCE, request))

    found, _, server = asked(reply)
    assert found.maker == SERVED
    assert len(server.requests) <= 5
    sizes = [sum(len(one["content"]) for one in got["messages"]) for got in server.requests]
    assert sizes[-1] <= 4_000

"""What comes back from a server, in all the forms that were met."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import ModelError, ModelUnavailableError
from bot.model import Prompt
from bot.model.faults import RefusedError, UnusableAnswerError
from bot.model.reading import events
from bot.model.visible import VisibleText
from storage import Storage
from tests.bot.model.conftest import FakeTime, MakeModel, model_of
from tests.bot.model.rows import rows
from tests.model_server import ModelReply, ModelServer
from tests.shared_data import shared_data

PROMPT = Prompt(system="Be brief.", user="What was it tried on?")
ANSWER = "It was tried on English text only [1]."


def chunk(delta: dict[str, Any], reason: str | None = None) -> str:
    return json.dumps({"model": "m", "choices": [{"delta": delta, "finish_reason": reason}]})


def stream_of(*chunks: str, done: bool = True) -> bytes:
    lines = [f"data: {one}\n\n" for one in chunks]
    return ("".join(lines) + ("data: [DONE]\n\n" if done else "")).encode()


def written(text: str, reason: str | None = "stop", *, done: bool = True) -> ModelReply:
    """A stream of *text* in pieces of five letters."""
    pieces = [chunk({"content": text[at : at + 5]}) for at in range(0, len(text), 5)]
    return ModelReply(raw=stream_of(*pieces, chunk({}, reason), done=done))


def whole(message: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"model": "m", "choices": [{"message": message}], **more}).encode()


Make = Callable[[ModelReply], str]


@pytest.fixture
def shown(make_model: MakeModel) -> Make:
    """What a reader sees of an answer: the same at first, when nothing is known of the server,
    and later, and the same as one gets who waits for the whole."""

    def ask(said: ModelReply) -> str:
        model, server = make_model(lambda _: said)
        text = "".join(model.stream(PROMPT))
        assert "".join(model.stream(PROMPT)) == text
        assert model.complete(PROMPT).text == text
        assert len(server.requests) == 3
        return text

    return ask


@pytest.mark.parametrize(
    "text",
    [
        f"<think>\nThey ask about data [1]. So: English.\n</think>\n\n{ANSWER}",
        f"They ask about data [1]. So: English.\n</think>\n\n{ANSWER}",
        f"[THINK]They ask about data.[/THINK]{ANSWER}",
        f"◁think▷They ask about data.◁/think▷{ANSWER}",
        f"<|begin_of_thought|>They ask.<|end_of_thought|>{ANSWER}",
        f"<|START_THINKING|>They ask.<|END_THINKING|><|START_RESPONSE|>{ANSWER}<|END_RESPONSE|>",
        f"<think>They ask.</think>\n<answer>{ANSWER}</answer>",
        "<|channel|>analysis<|message|>They ask.<|end|>"
        f"<|start|>assistant<|channel|>final<|message|>{ANSWER}<|return|>",
        f"<|channel>thought\nThey ask.<channel|>{ANSWER}<turn|>",
        f'<details type="reasoning" done="true">\nThey <b>ask</b>.\n</details>\n{ANSWER}',
        f"<reflection >They ask.</reflection >{ANSWER}",
        f"<final_answer>{ANSWER}</final_answer>",
        f"[|assistant|]{ANSWER}[|endofturn|]",
        f"{ANSWER}<pad><pad>",
        f"{ANSWER}<|im_end|>",
        f"{ANSWER}<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nIt was",
        f"{ANSWER}</s>",
        f"{ANSWER}<｜end▁of▁sentence｜>",
        f"{ANSWER}<end_of_turn>\n<start_of_turn>user\nAnd now?",
        f"<|im_start|>assistant\n{ANSWER}<|im_end|>\n<|im_start|>user\nAnd",
        f"[/INST] {ANSWER}",
        f"<s> {ANSWER}",
    ],
)
def test_neither_thoughts_nor_tokens_of_a_template_are_shown(shown: Make, text: str) -> None:
    assert shown(written(text)) == ANSWER
    assert shown(ModelReply(raw=whole({"content": text}))) == ANSWER


@pytest.mark.parametrize(
    "text",
    [
        "It writes its thoughts into <think> tags [1].",
        "Thoughts stand between <think> and </think> in its template [1].",
        "Texts are joined by `<|endoftext|>` in training [2].",
        "For a <b class=x> c, d <e and then nothing that would end it for very long, f > g [1]",
        "a < b, and x[i] > 3 for <b> and [s] [1]",
        "The list is [1, 2",
        "2 <",
    ],
)
def test_what_only_looks_like_a_mark_is_text(shown: Make, text: str) -> None:
    assert shown(written(text)) == text


def test_an_object_may_speak_of_marks(make_model: MakeModel) -> None:
    text = json.dumps({"tldr": "Thoughts end at </think> here."})
    model, _ = make_model(lambda _: written(text))
    assert model.complete(PROMPT).text == text


@given(
    st.lists(st.sampled_from(["<", "|", "think>", "</", "[1]", "<|im_end|>", "안녕", "\n", " "]))
)
@example(["</", "안녕", " ", "[1]", "think>"])
def test_pieces_make_the_same_text_wherever_they_are_cut(parts: list[str]) -> None:
    text = "x" + "".join(parts)
    at_once, in_letters = VisibleText(held=True), VisibleText(held=True)
    at_once.feed(text)
    for letter in text:
        in_letters.feed(letter)
    assert at_once.close() == in_letters.close()


def test_thoughts_that_were_shown_as_an_answer_break_it_off(
    make_model: MakeModel, storage: Storage
) -> None:
    texts = iter([ANSWER, f"They ask [1].\n</think>\n{ANSWER}", f"So.\n</think>\n{ANSWER}"])
    model, _ = make_model(lambda _: written(next(texts)))
    assert "".join(model.stream(PROMPT)) == ANSWER
    with pytest.raises(ModelError):
        list(model.stream(PROMPT))
    assert "".join(model.stream(PROMPT)) == ANSWER
    assert [row["outcome"] for row in rows(storage)] == ["ok", "thoughts-shown", "ok"]


@pytest.mark.parametrize("name", ["reasoning_content", "reasoning"])
def test_thoughts_that_come_apart_are_left_out(make_model: MakeModel, name: str) -> None:
    body = stream_of(
        chunk({name: "They ask."}),
        chunk({"content": "It "}),
        chunk({"content": "is."}),
        chunk({}, "stop"),
    )
    model, _ = make_model(lambda _: ModelReply(raw=body))
    assert list(model.stream(PROMPT)) == ["It ", "is."], "it is shown as it comes"


@pytest.mark.parametrize(
    "parts",
    [
        [
            {"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]},
            {"type": "text", "text": ANSWER[:9]},
            {"type": "text", "text": ANSWER[9:]},
        ],
        [ANSWER[:9], ANSWER[9:]],
        {"type": "text", "text": ANSWER},
    ],
)
def test_a_text_may_come_in_parts(shown: Make, parts: object) -> None:
    assert shown(ModelReply(raw=whole({"content": parts}))) == ANSWER
    assert shown(ModelReply(raw=stream_of(chunk({"content": parts}), chunk({}, "stop")))) == ANSWER


@pytest.mark.parametrize("label", ["application/json", "text/event-stream", "text/plain", "x/y"])
@pytest.mark.parametrize(
    "body",
    [
        stream_of(chunk({"content": ANSWER}), chunk({}, "stop")),
        stream_of(chunk({"content": ANSWER}), chunk({}, "stop")).replace(b"\n", b"\r\n"),
        stream_of(chunk({"content": ANSWER}, "stop")).replace(b', "', b',\ndata: "'),
        stream_of(chunk({"content": ANSWER})).replace(b"[DONE]", b"[done]"),
        stream_of(
            chunk({"content": ANSWER}),
            json.dumps({"choices": [{"index": 1, "delta": {"content": "Another one."}}]}),
            chunk({}, "stop"),
        ),
        stream_of(json.dumps({"choices": [{"text": ANSWER, "finish_reason": "stop"}]})),
        b"\xef\xbb\xbf: hello\n\nevent: x\n"
        + stream_of(chunk({"content": ANSWER}), chunk({}, "stop")),
        stream_of(chunk({"content": ANSWER}), chunk({}, "stop")).replace(b"\n\n", b"\n"),
        stream_of(chunk({"content": ANSWER})),
        whole({"content": ANSWER}),
        json.dumps(json.loads(whole({"content": ANSWER})), indent=1).encode(),
        f"{chunk({'content': ANSWER})}\n{chunk({}, 'stop')}\n".encode(),
    ],
)
def test_a_stream_and_a_whole_are_told_by_what_they_are(
    shown: Make, label: str, body: bytes
) -> None:
    assert shown(ModelReply(raw=body, headers={"Content-Type": label})) == ANSWER


@pytest.mark.parametrize("reason", ["abort", "error", "cancelled", "tool_calls", "new-word"])
def test_an_answer_that_was_broken_off_is_asked_for_again(
    make_model: MakeModel, reason: str
) -> None:
    answers = iter([written("It was tried", reason), written(ANSWER)])
    model, _ = make_model(lambda _: next(answers))
    assert "".join(model.stream(PROMPT)) == ANSWER


@pytest.mark.parametrize("said", [written("It was", None, done=False), written("It was", "abort")])
def test_half_an_answer_is_never_given_for_a_whole_one(
    make_model: MakeModel, storage: Storage, said: ModelReply
) -> None:
    model, _ = make_model(lambda _: said)
    with pytest.raises(ModelError) as caught:
        list(model.stream(PROMPT))
    assert caught.value.arguments["outcome"] == "cut-off"
    assert {row["outcome"] for row in rows(storage)} == {"cut-off"}


@pytest.mark.parametrize("reason", ["max_tokens", "MAX_TOKENS", "model_length"])
def test_the_limit_has_several_names(make_model: MakeModel, reason: str) -> None:
    model, _ = make_model(lambda _: written("It was tried", reason))
    assert model.complete(PROMPT).finish_reason == "length"


@pytest.mark.parametrize("reason", ["SAFETY", "refusal", "recitation"])
def test_what_was_filtered_is_not_asked_for_again(make_model: MakeModel, reason: str) -> None:
    model, server = make_model(lambda _: written("I can't", reason))
    with pytest.raises(ModelError) as caught:
        model.complete(PROMPT)
    assert caught.value.arguments["outcome"] == "filtered"
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "error",
    [
        b'data: {"error": {"code": 503, "message": "overloaded"}}\n\n',
        b'event: error\ndata: {"detail": "overloaded"}\n\n',
        b'data: {"type": "error", "message": "overloaded"}\n\n',
        b'error: {"message": "overloaded"}\n\n',
        b"data: overloaded\n\n",
    ],
)
def test_an_error_in_the_middle_of_a_stream_is_one(make_model: MakeModel, error: bytes) -> None:
    begun = stream_of(chunk({"content": "It"}), done=False)
    bodies = iter([begun + error + b"data: [DONE]\n\n", whole({"content": ANSWER})])
    model, _ = make_model(lambda _: ModelReply(raw=next(bodies)))
    assert "".join(model.stream(PROMPT)) == ANSWER


def test_a_rate_limit_under_a_good_status_is_waited_for(
    make_model: MakeModel, fake_time: FakeTime
) -> None:
    limited = {"error": {"code": 429, "message": "Please try again in 7s"}}
    bodies = iter([json.dumps(limited).encode(), whole({"content": ANSWER})])
    model, _ = make_model(lambda _: ModelReply(raw=next(bodies)))
    assert model.complete(PROMPT).text == ANSWER
    assert sum(fake_time.sleeps) == 7.0


LONG = Prompt(system="", user="The method is told at length. " * 1_000)


def counted(read: int) -> ModelReply:
    return ModelReply(ANSWER, usage=(read, 0, 9))


def test_a_prompt_that_was_cut_by_the_server_is_told_and_remembered(
    make_model: MakeModel, caplog: pytest.LogCaptureFixture
) -> None:
    model, server = make_model(lambda _: counted(2048))
    with pytest.raises(ModelError) as caught:
        model.complete(LONG)
    assert caught.value.arguments["outcome"] == "too-long"
    assert len(server.requests) == 1
    assert model.context_tokens() == 2048
    assert "takes 2048 tokens" in caplog.text
    fitting = Prompt(system="", user=LONG.user[:6_000])
    assert model.complete(fitting).text == ANSWER


@pytest.mark.parametrize("read", [900, 6_000, 12_000])
def test_a_prompt_that_was_read_whole_is_fine(make_model: MakeModel, read: int) -> None:
    """Texts differ in how many tokens they are; a server that counts in another way, too."""
    model, _ = make_model(lambda _: counted(read))
    assert model.complete(LONG).text == ANSWER


@pytest.mark.parametrize(
    "body", [b"data: {", b"data: 5\n\n", b"[[[[", b"[" * 100_000, b"\xff", b""]
)
def test_what_cannot_be_read_is_an_error(body: bytes, make_model: MakeModel) -> None:
    model, server = make_model(lambda _: ModelReply(raw=body))
    with pytest.raises(ModelError):
        model.complete(PROMPT)
    assert len(server.requests) == 4


@given(st.binary(max_size=200), st.integers(1, 7))
def test_any_bytes_are_read_or_refused(body: bytes, size: int) -> None:
    chunks = [body[at : at + size] for at in range(0, len(body), size)]
    with suppress(UnusableAnswerError, UnicodeDecodeError):
        list(events(chunks))


def test_a_wait_that_stands_in_a_body_is_kept(make_model: MakeModel, fake_time: FakeTime) -> None:
    refused = [{"error": {"code": 429, "details": [{"retryDelay": "12s"}]}}]
    answers = iter([ModelReply(status=429, raw=json.dumps(refused).encode()), ModelReply(ANSWER)])
    model, _ = make_model(lambda _: next(answers))
    assert model.complete(PROMPT).text == ANSWER
    assert sum(fake_time.sleeps) == 12.0


def test_an_empty_account_is_not_asked_again(make_model: MakeModel, storage: Storage) -> None:
    model, _ = make_model(
        lambda _: ModelReply(status=402, error="3500 asked for, 1800 can be paid")
    )
    with pytest.raises(ModelUnavailableError):
        model.complete(PROMPT)
    assert [row["outcome"] for row in rows(storage)] == ["quota"]


def test_a_key_that_a_server_repeats_is_not_told(make_model: MakeModel) -> None:
    model, _ = make_model(
        lambda _: ModelReply(status=401, error="wrong key sk-SECRET-KEY"),
        openai_api_key="sk-SECRET-KEY",
    )
    with pytest.raises(ModelError) as caught:
        model.complete(PROMPT)
    assert caught.value.arguments["said"] == "wrong key …"


CASES = ["C04", "C05", "C06", "C08", "C15", "C16", "C24"]


@pytest.mark.parametrize("case", CASES)
def test_answers_met_outside_are_read(
    storage: Storage, now: datetime, fake_time: FakeTime, case: str
) -> None:
    (path,) = (one for one in shared_data("outside").glob(f"{case}_*") if one.suffix != ".should")
    with ModelServer(lambda _: met(path)) as server:
        model = model_of(server, storage, now, fake_time)
        if case == "C08":
            with pytest.raises(ModelError):
                list(model.stream(PROMPT))
        else:
            text = "".join(model.stream(PROMPT))
            assert "[1]" in text
            assert not any(mark in text for mark in ("think", "Let me", "<", "They want"))
        model.close()


def met(path: Path) -> ModelReply:
    body = path.read_bytes()
    if path.suffix == ".http":
        return ModelReply(raw=body.partition(b"\n\n")[2])
    return ModelReply(raw=body, headers={"Content-Type": "text/event-stream"})


def test_an_error_object_tells_its_words() -> None:
    body = {"error": {"message": "no\nway", "code": 400}}
    assert RefusedError.from_body(body).said == "no way"
    assert RefusedError.from_body({"error": "gone"}).said == "gone"
    assert RefusedError.from_body({"detail": [{"msg": "field required"}]}).said == "field required"

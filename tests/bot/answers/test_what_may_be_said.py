"""What an answer by a model may say without a passage, and what not."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from bot.answers import Answer, Answers, Ask
from bot.errors import ModelUnavailableError
from bot.model import Model
from bot.search import SearchIndex
from bot.settings import Settings
from bot.verification import Verifier
from storage import Storage
from tests.bot.answers.conftest import KITE
from tests.bot.answers.stub import Scripted
from tests.model_server import ModelReply, ModelServer

Make = Callable[..., Answers]


def told(make: Make, question: str, text: str, language: str = "en") -> Answer:
    return make(Scripted(text)).answer(Ask(question, (KITE.id,), language))


@pytest.mark.parametrize(
    ("question", "text", "language"),
    [
        ("Which GPUs were used?", "The paper does not say which GPUs were used.", "en"),
        ("GPU는 뭘 썼어?", "논문은 GPU 종류와 개수를 밝히지 않습니다.", "ko"),
        ("Is it compared with GPT-4?", "No, the paper does not compare it with GPT-4.", "en"),
        ("사전학습 데이터는?", "사전학습에 쓴 데이터는 논문에 나와 있지 않습니다.", "ko"),
        ("한계 절이 있어?", "한계를 따로 다룬 절은 없습니다.", "ko"),
    ],
)
def test_what_the_paper_does_not_tell_may_be_said(
    make_answers: Make, question: str, text: str, language: str
) -> None:
    found = told(make_answers, question, text, language)

    assert found.maker == "stub-model-v2"
    assert found.text == text
    assert not found.found
    assert not found.citations


def test_a_wrong_premise_may_be_denied_with_its_number(make_answers: Make) -> None:
    denied = "No, KITE reaches 71.5% rather than 99.9% on GSM-Lite [{n}]."
    claimed = "Yes. KITE reaches 99.9% on GSM-Lite [{n}]."
    model = Scripted("NOT_FOUND")
    make_answers(model).answer(Ask("x", (KITE.id,), "en"))
    before = model.prompts[0].user.split("KITE reaches 71.5% on GSM-Lite while")[0]
    n = before.rsplit('number="', 1)[1].split('"')[0]
    question = "Does it reach 99.9% on GSM-Lite?"

    assert "rather than 99.9%" in told(make_answers, question, denied.format(n=n)).text
    assert "99.9" not in told(make_answers, question, claimed.format(n=n)).text


def test_code_is_marked_as_not_the_papers(make_answers: Make) -> None:
    code = "```python\nrate = 0.5 * (1 + cos(t))\n# see https://evil.example\n```"
    found = told(
        make_answers,
        "Write the release as a few lines of Python",
        f"The release follows a cosine curve [3].\n\n{code}",
    )

    assert "it is not from the paper" in found.text
    assert found.text.index("it is not from the paper") < found.text.index("rate = 0.5")
    assert found.text.endswith("```")


def test_a_table_shows_its_head_without_a_citation_and_only_true_rows(make_answers: Make) -> None:
    table = (
        "| Method | GSM-Lite |\n|---|---|\n| KITE | 71.5% [5] |\n| KITE | 98.1% [5] |\n"
        "| Baseline | 63.3% [5] |"
    )
    found = told(make_answers, "Compare the results in a table", table)
    lines = found.text.split("\n")

    assert [line.strip() for line in lines[:2]] == ["| Method | GSM-Lite |", "|---|---|"]
    assert "71.5%" in found.text
    assert "63.3%" in found.text
    assert "98.1" not in found.text


def test_a_table_without_a_true_row_leaves_no_head_behind(make_answers: Make) -> None:
    text = (
        "KITE reaches 71.5% on GSM-Lite [5].\n\n| Method | GSM-Lite |\n|---|---|\n| KITE | 98.1% |"
    )

    assert "Method" not in told(make_answers, "Compare", text).text


def test_sentences_that_begin_with_a_small_letter_stand_apart(make_answers: Make) -> None:
    text = "KITE reaches 71.5% on GSM-Lite [5]. accuracy is 98.1% elsewhere [5]."

    assert told(make_answers, "How good is it?", text).text.startswith("KITE reaches 71.5%")
    assert "98.1" not in told(make_answers, "How good is it?", text).text


def test_an_answer_full_of_names_is_in_its_language_and_another_language_is_not(
    make_answers: Make,
) -> None:
    named = "KITE, Paced Rewards, GSM-Lite, Riddle Corpus를 씁니다 [4]."
    wrong = "The release of the reward follows a cosine curve over the first updates [3]."

    assert told(make_answers, "뭘 써?", named, "ko").maker == "stub-model-v2"
    assert told(make_answers, "보상은 어떻게 풀어?", wrong, "ko").maker == "extractive"
    assert told(make_answers, "영어로 번역해줘", wrong, "ko").maker == "stub-model-v2"


def verified(
    archive: Storage,
    search: SearchIndex,
    now: datetime,
    text: str,
    against: str,
    writer: Scripted | None = None,
) -> tuple[Answer, int]:
    """The answer *text* after a verifier that finds all supported but what holds *against*, and
    how often that was called."""

    def judged(request: dict[str, Any]) -> ModelReply:
        sentences = request["messages"][-1]["content"].split("Sentences:")[1].strip().split("\n")
        verdicts = [
            {
                "sentence": number,
                "verdict": "not told" if against in one else "supported",
                "wrong": "",
            }
            for number, one in enumerate(sentences, start=1)
        ]
        return ModelReply(json.dumps({"verdicts": verdicts}))

    with ModelServer(judged) as server:
        settings = Settings(openai_base_url=server.url, model="judge")
        model = Model.from_settings(settings, archive, lambda: now)
        verifier = Verifier.from_settings(settings, archive, lambda: now, model)
        answers = Answers(archive, search, writer or Scripted(text), verifier=verifier)
        found = answers.answer(Ask("How good is it?", (KITE.id,), "en"))
        verifier.close()
        return found, len(server.requests)


def test_a_sentence_that_the_verifier_does_not_find_supported_is_left_out(
    archive: Storage, search: SearchIndex, now: datetime
) -> None:
    text = "KITE reaches 71.5% on GSM-Lite [5]. The collapse of the entropy is harmless [5]."
    found, calls = verified(archive, search, now, text, against="harmless")

    assert found.text == "KITE reaches 71.5% on GSM-Lite [1]."
    assert any("judge" in note for note in found.notes)
    assert any("left out" in note for note in found.notes)
    assert calls == 1


REFUTED = "KITE reaches 71.5% on GSM-Lite [5]. The collapse of the entropy is harmless [5]."


def test_a_refuted_sentence_alone_is_written_anew_and_verified_again(
    archive: Storage, search: SearchIndex, now: datetime
) -> None:
    writer = Scripted(REFUTED, "1. Without pacing the entropy collapses.")
    found, calls = verified(archive, search, now, REFUTED, "harmless", writer)

    first, second = found.text.split(". ")
    assert first == "KITE reaches 71.5% on GSM-Lite [1]"
    assert second == "Without pacing the entropy collapses [1]."
    assert not any("left out" in note for note in found.notes)
    assert calls == 2
    mend = writer.prompts[-1].user
    assert "1. [1] The collapse of the entropy is harmless.\n   Wrong: not told" in mend
    assert "KITE reaches 71.5% on GSM-Lite." not in mend


@pytest.mark.parametrize(
    "again", ["1. It is harmless.", "2. No such line.", "", ModelUnavailableError("gone")]
)
def test_a_sentence_that_cannot_be_put_right_is_left_out(
    archive: Storage, search: SearchIndex, now: datetime, again: str | Exception
) -> None:
    found, _ = verified(archive, search, now, REFUTED, "harmless", Scripted(REFUTED, again))

    assert found.text == "KITE reaches 71.5% on GSM-Lite [1]."
    assert any("left out" in note for note in found.notes)


@pytest.mark.parametrize(("against", "is_shown"), [("nothing", True), ("nineteen", False)])
def test_the_verifier_has_the_last_word_on_a_sentence_that_the_rules_doubt(
    archive: Storage, search: SearchIndex, now: datetime, against: str, is_shown: bool
) -> None:
    doubted = "That is 19.25 points, or nineteen and a bit, better than before [5]."
    text = f"KITE reaches 71.5% on GSM-Lite [5]. {doubted}"
    found, calls = verified(archive, search, now, text, against=against)

    assert ("19.25 points" in found.text) is is_shown
    assert any("left out" in note for note in found.notes) is not is_shown
    assert found.text.count("[1]") == 1 + is_shown
    assert calls == 1


def test_without_a_verifier_a_sentence_that_the_rules_doubt_is_left_out(
    make_answers: Make,
) -> None:
    text = "KITE reaches 71.5% on GSM-Lite [5]. That is 19.25 points better than before [5]."
    assert "19.25" not in told(make_answers, "How good is it?", text).text

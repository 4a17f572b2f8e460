"""The quotations behind an answer, shown on demand."""

import json
from collections.abc import Callable

import pytest

from bot.answers import Answer, Answers, Ask, Citation, evidence_view
from bot.answers.quoting import GAP, around, in_order
from bot.languages import LANGUAGES
from bot.workspace.validation import validate_view
from tests.bot.answers.conftest import KITE, LOOM
from tests.bot.answers.stub import Scripted
from tests.bot.answers.test_modelled import QUESTION, number_of

TEXT = "Rewards come early. KITE holds back a part. It releases it slowly. Nothing else changes."


def shown(view: dict[str, object]) -> str:
    return json.dumps(view, ensure_ascii=False)


def bold(view: dict[str, object]) -> list[str]:
    """The pieces of rich text in bold, in order."""
    blocks: list[dict[str, object]] = view["blocks"]  # type: ignore[assignment]
    quotes = [block["elements"][0] for block in blocks if block["type"] == "rich_text"]  # type: ignore[index]
    return [one["text"] for quote in quotes for one in quote["elements"] if one.get("style")]


def test_a_quote_stands_among_its_neighbours() -> None:
    assert around(["KITE holds back a part."], TEXT) == (
        "Rewards come early. KITE holds back a part. It releases it slowly. …"
    )
    assert around(["Nothing else changes."], TEXT) == (
        "… It releases it slowly. Nothing else changes."
    )


def test_quotes_stand_in_the_order_of_the_text() -> None:
    quotes = ["Nothing else changes.", "Rewards come early."]
    assert in_order(quotes, TEXT) == quotes[::-1]
    assert around(quotes, TEXT) == TEXT


def test_a_quote_that_is_not_found_in_its_text_is_shown_alone() -> None:
    assert around(["An altered sentence."], TEXT) == "An altered sentence."


def test_an_extractive_answer_shows_its_sentences_in_bold_with_section_and_link(
    answers: Answers,
) -> None:
    found = answers.answer(Ask("How does KITE release rewards?", (KITE.id,), "en"))
    view = evidence_view(found, "en")
    assert validate_view(view) == []
    quoted = [quote for one in found.citations for quote in one.quote.split(GAP)]
    assert bold(view) == quoted
    assert "<https://arxiv.org/html/2503.00001#S3.SS2|[" in shown(view)
    assert "3.2 Paced rewards" in shown(view)


def test_a_models_answer_shows_the_sentences_nearest_to_what_it_claims(
    make_answers: Callable[..., Answers],
) -> None:
    probe = Scripted("NOT_FOUND")
    make_answers(probe).answer(Ask(QUESTION, (KITE.id,), "en"))
    place = number_of(probe, "KITE holds back")
    told = f"KITE uses a learning rate of 3e-6 and a batch of 256 [{place}]."
    found = make_answers(Scripted(told)).answer(Ask(QUESTION, (KITE.id,), "en"))
    view = evidence_view(found, "ko")
    assert validate_view(view) == []
    assert bold(view) == ["We use a learning rate of 3e-6 and a batch of 256."]
    assert "The release follows a cosine curve." in shown(view)


def test_several_papers_are_told_apart(answers: Answers) -> None:
    found = answers.answer(Ask("Compare the methods", (KITE.id, LOOM.id), "en"))
    view = shown(evidence_view(found, "en"))
    assert "KITE: " in view
    assert "Loom: " in view


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_a_quote_acts(language: str) -> None:
    quote = "<!channel> see <https://evil.example|here> *now*"
    answer = Answer("x [1]", True, "m", (Citation(1, "1", "<@U1> *S*", quote, "", quote),))
    view = evidence_view(answer, language)
    assert validate_view(view) == []
    marked = [one for one in view["blocks"] if one["type"] == "section"]
    assert "<@U1>" not in shown(marked[0])
    assert bold(view) == [quote]  # rich text takes it for plain characters


def test_an_answer_kept_by_an_earlier_version_shows_its_quote() -> None:
    stored = {"number": 1, "paper_id": "1", "section": "S", "quote": "A sentence.", "url": ""}
    answer = Answer.from_json(
        {"text": "x", "found": True, "maker": "m", "citations": [stored], "paper_ids": [],
         "notes": []}
    )  # fmt: skip
    assert bold(evidence_view(answer, "en")) == ["A sentence."]


def test_the_longest_answer_fits_a_modal() -> None:
    cited = tuple(Citation(n, "1", "S" * 400, "q " * 900, "", "q " * 2000) for n in range(1, 99))
    assert validate_view(evidence_view(Answer("x", True, "m", cited), "en")) == []

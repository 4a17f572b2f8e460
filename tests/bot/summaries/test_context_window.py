"""Long papers are shown_passages by choosing passages, and what is said is tied to passages."""

from dataclasses import replace

import pytest

from bot.model.records import estimate_tokens
from bot.summaries.context_window import LEAST_TOKENS, TokenBudget, choose_passages, token_budget
from bot.summaries.drafting import prompt_for
from bot.summaries.grounding import ground, known_names
from bot.summaries.source_texts import SourceTexts
from storage import Highlight, Paper, Passage, Summary
from tests.bot.summaries.conftest import ABSTRACT, paper


def source(passages: list[Passage], of: Paper | None = None) -> SourceTexts:
    return SourceTexts(of or paper(), "en", ABSTRACT, "en", tuple(passages))


def long_paper() -> list[Passage]:
    sections = ["1 Introduction", "2 Related Work", "3 Method", "4 Experiments", "5 Results"]
    texts = [
        Passage(10 * number + part, f"Passage {part} on rankers. " * 20, section)
        for number, section in enumerate(sections)
        for part in range(8)
    ]
    table = Passage(90, "Latency | 31 ms | 90 ms", "5 Results", kind="table")
    limits = Passage(95, "Our router has to be trained again for each ranker.", "6 Limitations")
    appendix = [
        Passage(100 + n, "Proof of rankers. " * 20, "A Appendix › Proofs") for n in range(9)
    ]
    return [*texts, table, limits, *appendix]


def test_what_fits_is_shown_whole_and_in_order() -> None:
    passages = [Passage(5, "One.", "1 Introduction"), Passage(7, "Two.", "2 Method")]
    shown = choose_passages(source(passages), tokens=1000)
    assert shown.text.endswith("[1] (1 Introduction) One.\n\n[2] (2 Method) Two.")
    assert shown.text.startswith("[0] (abstract) Large rankers")
    assert shown.stored([0, 2, 9]) == (7,)


def test_of_a_long_paper_all_telling_parts_are_shown_within_the_budget() -> None:
    shown = choose_passages(source(long_paper()), tokens=3000)
    assert estimate_tokens(shown.text) <= 3000
    for section in ("1 Introduction", "3 Method", "4 Experiments", "5 Results", "6 Limitations"):
        assert f"({section}" in shown.text
    assert "(5 Results, table)" in shown.text
    assert "Appendix" not in shown.text
    assert "Related Work" not in shown.text


def test_a_few_passages_that_speak_of_the_same_stand_beside_those_a_sentence_cites() -> None:
    shown = choose_passages(source(long_paper()), tokens=9000)
    cited = ("(5 Results, table) Latency | 31 ms | 90 ms",)
    nearby = shown.nearby("The router has to be trained for each ranker.", cited)
    assert nearby[0] == "(6 Limitations) Our router has to be trained again for each ranker."
    assert len(nearby) == 2
    assert shown.nearby("Latency is 31 ms.", cited) == ()


@pytest.mark.parametrize("context", [6144, 8192, 16_384, 32_768, 128_000])
def test_a_paper_two_drafts_and_the_rules_fit_into_the_context(context: int) -> None:
    budget = token_budget(context)
    rules = max(
        estimate_tokens(prompt_for("A title", "An author. " * 130, "", language).text)
        for language in ("ko", "en")
    )
    assert rules + budget.shown + 2 * budget.written <= context
    assert budget.shown >= LEAST_TOKENS


def test_nobody_knows_the_context_of_a_large_model_better_than_a_refusal() -> None:
    budget: TokenBudget | None = token_budget(None)
    shown = []
    while budget is not None:
        shown.append(budget.shown)
        budget = token_budget(None).less_than(budget)
    assert shown == [8_500, 4_250, 2_125, LEAST_TOKENS, 0]


def test_a_context_that_a_server_tells_is_kept_to_at_once() -> None:
    assert token_budget(6_000).less_than(TokenBudget()) == token_budget(6_000)
    assert token_budget(6_000).written < TokenBudget().written


def test_a_context_without_room_for_passages_is_for_the_abstract() -> None:
    shown = choose_passages(source(long_paper()), tokens=token_budget(2_048).shown)
    assert shown.passages == {}
    assert shown.text.startswith("[0] (abstract)")


def test_a_highlight_gets_the_passages_that_hold_its_numbers() -> None:
    shown = choose_passages(source(long_paper()), tokens=8000)
    summary = Summary(
        "1",
        "en",
        "Short.",
        highlights=(
            Highlight("performance", "Latency falls from 90 ms to 31 ms."),
            Highlight("new", "Quality stays at 98.5%."),
        ),
    )
    grounded = ground(summary, shown)
    assert grounded.highlights[0].passages == (90,)
    assert grounded.highlights[1].passages == ()  # it stands in the abstract


def test_passages_that_a_model_named_stay() -> None:
    shown = choose_passages(source(long_paper()), tokens=8000)
    summary = Summary("1", "en", "x", highlights=(Highlight("new", "No numbers here.", (95,)),))
    assert ground(summary, shown).highlights[0].passages == (95,)


def test_keywords_and_organisations_that_stand_nowhere_are_left_out() -> None:
    given = replace(
        source([], paper(organization="Seoul Lab")), front="A. Kim1, B. Lee2 1KAIST 2Busan Lab"
    )
    named = ["Click-logs", "router", "Router", "GPT-9", "Seoul Lab", "KAIST", "Busan Lab"]
    assert known_names(named, choose_passages(given, tokens=1000), given) == (
        "Click-logs",
        "router",
        "Router",
        "Seoul Lab",
        "KAIST",
        "Busan Lab",
    )

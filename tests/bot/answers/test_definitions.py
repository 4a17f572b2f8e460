"""Questions for what one thing is, and the sentences that tell it."""

import pytest

from bot.answers import Answers, Ask
from bot.answers.definitions import asked_terms
from tests.bot.answers.conftest import KITE


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What does Slow-Release do?", "Slow-Release"),
        ("what is the paced reward?", "paced rewards"),
        ("How does the crawler work?", "Crawler"),
        ("explain KITE", "KITE"),
        ("Slow-Release가 뭐야?", "Slow-Release"),
        ("KITE 설명해줘", "KITE"),
        ("Crawler의 역할은?", "crawlers"),
        ("동적 샘플링이 뭐예요?", "Dynamic Sampling"),
        ("부분 롤아웃은 어떻게 동작하나요?", "partial rollouts"),
    ],
)
def test_the_thing_asked_about_is_found_in_its_spellings(question: str, name: str) -> None:
    (term,) = asked_terms(question)

    assert term.names(f"3.2 On {name}")


def test_two_things_may_be_asked_about_at_once() -> None:
    assert len(asked_terms("Crawler랑 Selector는 뭐 하는 거야?")) == 2


@pytest.mark.parametrize(
    "question",
    [
        "What is this paper about?",
        "이 논문은 무슨 내용이야?",
        "이 논문 설명해줘",
        "What is the key idea?",
        "핵심 아이디어가 뭐야?",
        "what is it?",
        "그게 뭐야?",
        "what do they propose?",
        "What are the limitations?",
        "데이터셋이 뭐야?",
        "What is the learning rate?",
        "Is the code available?",
    ],
)
def test_other_questions_ask_for_no_single_thing(question: str) -> None:
    assert asked_terms(question) == ()


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("The Slow-Release strategy is a schedule of rewards.", "1 Introduction"),
        ("Slow-Release, which steadies the policy; ", "1 Introduction"),
        ("To steady it, we propose Slow-Release.", "Abstract"),
        ("We call this schedule slow release.", "3 Method"),
        ("In short, Slow-Release keeps the entropy up.", "3 Method"),
        ("To this end, we hold back a part of the reward.", "3.2 Pacing: Slow-Release"),
    ],
)
def test_a_sentence_tells_what_a_thing_is(sentence: str, title: str) -> None:
    (term,) = asked_terms("What does Slow-Release do?")

    assert term.told_by(sentence, title) > 0


@pytest.mark.parametrize(
    "sentence",
    [
        "With Slow-Release the same score is reached earlier.",
        "Slow-Release outperforms all others.",
        "If Slow-Release receives no rewards, nothing happens.",
        "We propose the Slow-Release Policy Optimization algorithm.",
        "The benefits of Slow-Release are many.",
        "To this end, we hold back a part of the reward.",
    ],
)
def test_a_sentence_that_only_names_a_thing_does_not_tell_it(sentence: str) -> None:
    (term,) = asked_terms("What does Slow-Release do?")

    assert term.told_by(sentence, "4 Experiments") == 0


def test_the_abbreviation_that_a_paper_introduces_counts_as_the_name() -> None:
    (term,) = asked_terms("What is sliding window attention?")
    known = term.as_in(["It has sliding window attention (SWA) in each layer."])

    assert not term.told_by("SWA is a pattern of sparse attention.", "2 Details")
    assert known.told_by("SWA is a pattern of sparse attention.", "2 Details")


def test_the_telling_sentence_is_quoted_before_those_that_only_name_the_thing(
    answers: Answers,
) -> None:
    made = answers.answer(Ask("What is KITE?", (KITE.id,), "en"))

    assert made.found
    assert "We propose KITE" in made.text.split("> ")[1]

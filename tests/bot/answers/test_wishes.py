"""What a question asks for."""

import pytest

from bot.answers.pointing import without_topic
from bot.answers.wishes import RECORD_KINDS, Examples, Kind
from bot.languages import LANGUAGES, language
from bot.search import Embedder

WITH_EXAMPLES = [code for code in LANGUAGES if language(code).asking.questions]


@pytest.fixture(scope="session")
def examples(embedder: Embedder | None) -> Examples:
    """The examples with the embedded encoder."""
    return Examples(embedder)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("이 논문의 한계가 뭐야?", Kind.LIMITATIONS),
        ("what are its weaknesses", Kind.LIMITATIONS),
        ("어떤 데이터셋을 썼어?", Kind.DATA),
        ("Which corpora are used?", Kind.DATA),
        ("성능은 얼마나 돼?", Kind.RESULTS),
        ("How much does it improve?", Kind.RESULTS),
        ("어떻게 작동해?", Kind.METHOD),
        ("기존 연구와 뭐가 달라?", Kind.CONTRIBUTIONS),
        ("후속 연구는?", Kind.FOLLOWUPS),
        ("한 줄로 요약해줘", Kind.SUMMARY),
        ("who came up with this?", Kind.AUTHORS),
        ("저자 명단 좀 보여줄래?", Kind.AUTHORS),
        ("what university did this come out of?", Kind.ORGANIZATION),
        ("how many people voted for it?", Kind.VOTES),
        ("repo 있어요?", Kind.CODE),
        ("소스코드 어디서 받아?", Kind.CODE),
        ("이거 언제 나온 거예요?", Kind.DATE),
        ("arxiv link please", Kind.LINK),
        ("which one got the most likes?", Kind.MOST_VOTES),
    ],
)
def test_questions_like_the_examples_are_of_their_kind(
    examples: Examples, question: str, expected: Kind
) -> None:
    assert examples.kind(question) is expected


@pytest.mark.parametrize(
    "question",
    [
        "저자들이 제안한 방법은?",
        "What do the authors claim about entropy?",
        "Why do the authors use GRPO?",
        "투표 기반 앙상블을 쓰나요?",
        "do they use majority voting?",
        "코드로도 학습했어?",
        "what links the two modules?",
        "추천 시스템에도 쓸 수 있어?",
        "who annotated the corpus?",
        "Who are the speakers in the recordings?",
    ],
)
def test_a_question_about_the_content_is_not_taken_for_one_about_the_record(
    examples: Examples, question: str
) -> None:
    assert examples.kind(question) not in RECORD_KINDS


@pytest.mark.parametrize("code", ["ko", "en"])
def test_a_question_that_begins_with_the_paper_asks_the_same(examples: Examples, code: str) -> None:
    topics = {"ko": ("이 논문은", "이 논문의", "논문에서"), "en": ("In this paper,",)}[code]
    every = [text for kind in Kind for text in examples.of(kind, code)]
    asked = [text for text in every if without_topic(text) == text]
    for topic in topics:
        assert [one for one in asked if examples.kind(f"{topic} {one}") != examples.kind(one)] == []


def test_nothing_but_the_paper_is_a_question_too(examples: Examples) -> None:
    (wish,) = examples.wishes("이 논문은?")
    assert wish.question == "이 논문은?"


def test_a_papers_own_name_makes_no_question_special(examples: Examples) -> None:
    title = "KITE: Training Small Language Models with Paced Rewards"
    for question in ("KITE의 한계는?", "What are the limitations of KITE?"):
        (wish,) = examples.wishes(question, title=title)
        assert (wish.kind, wish.is_general) == (Kind.LIMITATIONS, True)
    (special,) = examples.wishes("What are the limitations of majority voting?", title=title)
    assert not special.is_general


def test_two_questions_in_a_sentence_are_two_wishes(examples: Examples) -> None:
    asked = {
        "저자랑 코드 알려줘": [Kind.AUTHORS, Kind.CODE],
        "Who wrote it and is there code?": [Kind.AUTHORS, Kind.CODE],
        "What are the learning rate and batch size?": [Kind.OTHER],
        "학습률이랑 배치 크기는?": [Kind.OTHER],
    }
    for question, kinds in asked.items():
        assert [wish.kind for wish in examples.wishes(question)] == kinds


@pytest.mark.parametrize("code", WITH_EXAMPLES)
def test_without_an_encoder_words_tell_the_kinds(code: str) -> None:
    by_words = Examples(None)
    for kind in RECORD_KINDS:
        assert by_words.kind(language(code).asking.questions[kind][1]) is kind


@pytest.mark.parametrize("code", WITH_EXAMPLES)
def test_a_language_with_examples_has_some_of_every_kind(code: str) -> None:
    assert set(language(code).asking.questions) == set(Kind)

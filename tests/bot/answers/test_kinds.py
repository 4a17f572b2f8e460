"""What a question asks for."""

import pytest

from bot.answers.kinds import Kind, kind_of, look_for
from bot.answers.sentences import has_cue


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("이 논문의 한계가 뭐야?", Kind.LIMITATIONS),
        ("what are its weaknesses", Kind.LIMITATIONS),
        ("어떤 데이터셋을 썼어?", Kind.DATA),
        ("Which corpora are used?", Kind.DATA),
        ("성능은 얼마나 돼?", Kind.RESULTS),
        ("How much does it improve?", Kind.RESULTS),
        ("학습률은?", Kind.SETUP),
        ("어떻게 작동해?", Kind.METHOD),
        ("기존 연구와 뭐가 달라?", Kind.CONTRIBUTIONS),
        ("후속 연구는?", Kind.FOLLOWUPS),
        ("한 줄로 요약해줘", Kind.SUMMARY),
        ("what is this paper about?", Kind.SUMMARY),
        ("저자가 누구야?", Kind.AUTHORS),
        ("who wrote this?", Kind.AUTHORS),
        ("어느 회사 논문이야?", Kind.ORGANIZATION),
        ("추천 몇 개 받았어?", Kind.VOTES),
        ("코드 공개됐어?", Kind.CODE),
        ("is there a github repo?", Kind.CODE),
        ("언제 발표됐어?", Kind.DATE),
        ("논문 링크 줘", Kind.LINK),
    ],
)
def test_the_kind_is_told_by_the_words(question: str, expected: Kind) -> None:
    assert kind_of(question) is expected


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
    ],
)
def test_a_question_about_the_content_is_not_taken_for_one_about_the_record(
    question: str,
) -> None:
    assert kind_of(question) not in {
        Kind.AUTHORS,
        Kind.ORGANIZATION,
        Kind.VOTES,
        Kind.CODE,
        Kind.DATE,
        Kind.LINK,
    }


@pytest.mark.parametrize(
    ("sentence", "is_one"),
    [
        ("한계로는 수학 과제에서만 평가했다는 점이 있다.", True),
        ("다른 언어에서는 검증하지 못했다.", True),
        ("학습 비법이 공개되지 않아 다른 연구자가 결과를 재현하지 못한다.", False),
        ("기존 방법은 긴 글을 다루지 못했다.", False),
        ("우리는 기존 모델의 한계를 극복했다.", False),
    ],
)
def test_only_what_a_paper_says_of_itself_is_a_limitation(sentence: str, is_one: bool) -> None:
    assert has_cue(sentence, look_for(Kind.LIMITATIONS)) is is_one

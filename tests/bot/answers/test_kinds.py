"""What a question asks for."""

import pytest

from bot.answers.kinds import Kind, kind_of


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

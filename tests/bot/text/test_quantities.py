"""Numbers are told again in other words, digits and units, and are the same numbers."""

import pytest

from bot.text.quantities import Evidence

EVIDENCE = Evidence(
    "We use a constant learning rate of 1 × 10−6 and 17K prompts; SynthSet has 33,551 queries. "
    "The window is 4096 tokens and 131K are seen in theory; the cache shrinks by 8x. "
    "Recall is 0.6111 and precision 0.5146. The cost is less than 1/4 of it. It was preferred "
    "5020 times as of October 6, 2023. DeepSeek-R1-Zero scores 71.0% on AIME24avg@32; Mistral 7B – "
    "Instruct follows. Responses have 20,480 tokens; 13,107,200 bytes are read.\n"
    "Table 1: Sizes.\n | steps | ×10^6\nbase | 100K | 65\nbig | 300K | 213"
)


@pytest.mark.parametrize(
    "text",
    [
        "학습률은 1e-6입니다.",
        "학습률은 10⁻⁶입니다.",
        "학습률은 $1\\times10^{-6}$입니다.",
        "데이터셋은 1만 7천 개의 프롬프트입니다.",
        "이론상 13만 1천 토큰까지 봅니다.",
        "응답은 최대 2만 480토큰입니다.",
        "1,310만 7,200바이트를 읽습니다.",
        "학습에는 약 3만 3천 개의 질의를 씁니다.",
        "It is trained on roughly 33,000 queries.",
        "창 크기는 4K입니다.",
        "Responses may be up to 20K tokens long.",
        "재현율은 61.1%, 정밀도는 51.5%입니다.",
        "Recall doubles to 0.61.",
        "캐시 메모리를 8분의 1로 줄입니다.",
        "비용은 이전의 25%에 못 미칩니다.",
        "2023년 10월 6일 기준 5,020회 선호되었습니다.",
        "R1-Zero scores 71.0% on AIME24.",
        "Mistral-7B-Instruct follows.",
        "큰 모델의 매개변수는 2억 1,300만 개입니다.",
        "The big model has 213 million parameters after 300K steps.",
        "It needs Θ(N^2 d^2 M^-1) accesses.",
    ],
)
def test_a_number_told_in_another_way_stands_in_its_evidence(text: str) -> None:
    assert EVIDENCE.missing(text) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("학습률은 2e-6입니다.", ["2e-6"]),
        ("데이터셋은 1만 8천 개입니다.", ["1만 8천"]),
        ("이론상 13만 2천 토큰까지 봅니다.", ["13만 2천"]),
        ("It is trained on roughly 35,000 queries.", ["35,000"]),
        ("창 크기는 6K입니다.", ["6K"]),
        ("재현율은 63.1%입니다.", ["63.1%"]),
        ("Recall is 0.65.", ["0.65"]),
        ("캐시 메모리를 7분의 1로 줄입니다.", ["7분의 1"]),
        ("2023년 10월 9일 기준입니다.", ["9일"]),
        ("AIME25 is used.", ["AIME25"]),
        ("It gains 3 points.", ["3 points"]),
    ],
)
def test_another_number_is_told_whole(text: str, missing: list[str]) -> None:
    assert EVIDENCE.missing(text) == missing


def test_a_letter_behind_a_name_is_part_of_it() -> None:
    assert Evidence("We compare with GPT-4o.").missing("GPT-4 is better.") == ["GPT-4"]

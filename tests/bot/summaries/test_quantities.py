"""A number in a summary must stand in its evidence, however either of them writes it."""

import pytest

from bot.text.quantities import Evidence

RWKV = "3.1 trillion tokens, models from 0.19 billion to 2.9 billion parameters, at 3 billion scale"
DAPO = "50.0 points on AIME 2024 with Qwen2.5-32B, using 50% of the steps; 1,000 GPUs, runs 24/7"
LATEX = (
    r"a $3.2\times$ speedup, accuracy 89.1\%, $1{,}024$ tokens on H100, 3D data, three times "
    "faster at a third of the latency, twice the batch [45]"
)
TABLE = "latency (ms) | 31 | 90 || 3조 1,000억 개 토큰, 정확도 87.5%, 5분, 2만 5천 장 [12, 13]"


@pytest.mark.parametrize(
    ("evidence", "text"),
    [
        (RWKV, "3.1조 토큰"),
        (RWKV, "3조 1,000억 토큰"),
        (RWKV, "0.19B에서 29억까지"),
        (RWKV, "1.9억 개와 3.1T"),
        (DAPO, "AIME 2024에서 50점"),
        (DAPO, "Qwen2.5 32B로 1k GPU"),
        (DAPO, "1천 개의 GPU와 50 percent"),
        (LATEX, "3.2배, 89.1%, 1024 토큰"),
        (LATEX, "H100에서 3D 데이터로 3배"),
        (LATEX, "지연 시간은 3분의 1, 배치는 2배"),
        (TABLE, "31 ms에서 90ms"),
        (TABLE, "3.1 trillion tokens and 25,000 images in 5 minutes"),
        (TABLE, "an accuracy of 87.50%"),
        ("We use four small models.", "작은 모델 4개"),
        ("+33.8% on V-IRL", "33.8% 향상"),
        ("30-60% lower cost", "30~60% 낮은 비용"),
        ("pass@1 of 71.0", "pass@1은 71.0"),
        ("a top-5 accuracy and 4-bit weights", "top 5 정확도와 4비트 가중치"),
        ("no number", "숫자가 없습니다"),
    ],
)
def test_what_stands_there_is_found(evidence: str, text: str) -> None:
    assert Evidence(evidence).missing(text) == []


@pytest.mark.parametrize(
    ("evidence", "text", "lost"),
    [
        (RWKV, "4조 토큰", ["4조"]),
        (RWKV, "2.9%", ["2.9%"]),
        (RWKV, "2.9배", ["2.9배"]),
        (RWKV, "29B", ["29B"]),
        (DAPO, "51%와 50%", ["51%"]),
        (DAPO, "AIME 2025", ["2025"]),
        (DAPO, "GPT-4보다", ["GPT-4"]),
        (DAPO, "50배", ["50배"]),
        (LATEX, "H100에서 100%", ["100%"]),
        (LATEX, "A100에서 4배", ["A100", "4배"]),
        (LATEX, "45%", ["45%"]),
        (LATEX, "3.2%", ["3.2%"]),
        (TABLE, "12%와 13초", ["12%", "13초"]),
        (TABLE, "5초", ["5초"]),
        ("Accuracy is 98.53%.", "98.4%", ["98.4%"]),
        ("See Section 3.", "3배 빠릅니다", ["3배"]),
    ],
)
def test_what_does_not_stand_there_is_told(evidence: str, text: str, lost: list[str]) -> None:
    assert Evidence(evidence).missing(text) == lost

"""What speaks against a sentence by its words alone."""

import pytest

from bot.verification.rules import objection

PASSAGES = (
    "Lantern improves accuracy over BM25 and removes the value function.",
    "Lantern works while dispensing with a critic.",
    "Accuracy rises from 41% to 52% when the router is added on GPU clusters.",
    "The last layers are replaced by routers in all of them.",
)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Lantern was built by NorthLab.", "NorthLab stands in none"),
        ("Accuracy reaches 57%.", "57% stands in none"),
        ("Lantern is the first open system.", "don't say first open"),
        ("Lantern은 최초의 시스템입니다.", "don't say 최초"),
        ("Accuracy falls from 41% to 52%.", "other way"),
        ("정확도가 41%에서 52%로 떨어집니다.", "other way"),
        ("Lantern adds a value function.", "the use is the other way round"),
        ("BM25 removes the value function.", "compare with bm 25"),
        ("BM25 improves accuracy over Lantern.", "compare with bm 25"),
        ("The first layers are replaced by routers.", "the order is the other way round"),
        ("모든 과제에서 SOTA를 달성합니다.", "SOTA"),
    ],
)
def test_what_the_passages_do_not_bear_out_is_objected_to(sentence: str, told: str) -> None:
    assert told in objection(sentence, PASSAGES)


@pytest.mark.parametrize(
    "sentence",
    [
        "Lantern removes the value function.",
        "Accuracy rises from 41% to 52%.",
        "라우터를 더하면 정확도가 41%에서 52%로 오릅니다.",
        "Lantern works without a critic.",
        "Lantern runs on GPUs.",
        "BM25 falls behind Lantern in accuracy.",
        "SearchNet-52에서 Lantern은 41%로 BM25보다 높습니다.",
        "정확도는 41%에서 52%까지 낮아질 수 있습니다.",
        "The paper does not mention NorthLab.",
        "The authors measure it on SearchNet.",
    ],
)
def test_what_they_do_is_not(sentence: str) -> None:
    assert objection(sentence, PASSAGES, known="SearchNet: a data set. SearchNet-52") == ""

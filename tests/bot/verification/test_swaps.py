"""Numbers told the wrong way round."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.answers.claims import Claim
from bot.answers.evidence import PASSAGE, Source
from bot.answers.verify import Checker
from bot.verification.swaps import has_swapped_numbers

CORPUS = Path(__file__).resolve().parents[2] / "data" / "number_claims.jsonl"


def rows(*, swapped: bool) -> list[dict[str, Any]]:
    lines = map(json.loads, CORPUS.read_text(encoding="utf-8").splitlines())
    return [row for row in lines if row["swapped"] is swapped]


@pytest.mark.parametrize("row", rows(swapped=False), ids=lambda row: row["claim"][:40])
def test_an_honest_retelling_is_never_marked(row: dict[str, Any]) -> None:
    assert not has_swapped_numbers(row["claim"], [row["passage"]])


def test_most_swapped_numbers_are_noticed() -> None:
    swapped = rows(swapped=True)
    noticed = sum(has_swapped_numbers(row["claim"], [row["passage"]]) for row in swapped)

    assert len(swapped) >= 25
    assert noticed >= 19


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("A reaches 30 % and B 50 %.", "A and B reach 50 % and 30 % respectively."),
        ("| Alpha | 30 | 50 |", "Alpha scores 50 on MATH and 30 on Code."),
        ("30%를 달성한 Alpha와 50%를 달성한 Beta", "Alpha reaches 50% and Beta reaches 30%."),
    ],
)
def test_what_cannot_be_told_for_sure_is_let_pass(claim: str, passage: str) -> None:
    assert not has_swapped_numbers(claim, [passage])


def test_the_right_pairing_anywhere_in_the_evidence_clears_a_claim() -> None:
    claim = "Alpha scores 58.7 and Beta scores 61.2."
    crossed = "On MATH, Alpha scores 61.2 and Beta scores 58.7."
    agreeing = "On the newer MATH set, Alpha scores 58.7 and Beta scores 61.2."

    assert has_swapped_numbers(claim, [crossed])
    assert not has_swapped_numbers(claim, [crossed, agreeing])


def test_a_claim_with_swapped_numbers_does_not_reach_the_reader() -> None:
    text = "KITE reaches 71.5% on GSM-Lite while the baseline reaches 63.3%."
    checker = Checker([Source("1", "4 Results", text, "", PASSAGE)], ["KITE"], None)

    assert (
        checker.checked(Claim("KITE reaches 63.3% while the baseline reaches 71.5% [1].")) is None
    )
    kept = checker.checked(Claim("KITE reaches 71.5% while the baseline reaches 63.3% [1]."))

    assert kept == "KITE reaches 71.5% while the baseline reaches 63.3% [1]."
    assert checker.tally.left_out == 1

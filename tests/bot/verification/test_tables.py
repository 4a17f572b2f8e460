"""Numbers told of the wrong row, column or name."""

import json

import pytest

from bot.verification.tables import misplaced
from tests.bot.verification.test_swaps import rows

TABLE = (
    "Table 2: Scores of all models.\n"
    "Model | SearchEval | CodeEval\n"
    "Lantern 7B | 60.1% | 30.5%\n"
    "Torch 2 13B | 55.6% | 18.9%\n"
    "+ Slow Cooling (ours) | 50.0% | 41.0%"
)
PROSE = "Answers of Lantern 7B were preferred 5020 times, compared to 4143 times for Torch 2 13B."


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Lantern 7B scores 55.6% on SearchEval against 60.1% for Torch 2 13B.", "lantern 7 b"),
        ("SearchEval에서 55.6%로 Torch 2 13B의 60.1%보다 낮습니다.", "torch 2 13 b"),
        ("Slow cooling gets 60.1% on SearchEval.", "slow cooling"),
        ("CodeEval에서 55.6%를 얻습니다.", "codeeval"),
        ("Torch 2 13B was preferred 5020 times, Lantern 7B 4143 times.", "torch 2 13 b"),
    ],
)
def test_numbers_of_another_row_or_column_are_noticed(sentence: str, told: str) -> None:
    assert misplaced(sentence, [TABLE, PROSE]) == told


@pytest.mark.parametrize(
    "sentence",
    [
        "Lantern 7B scores 60.1% on SearchEval against 55.6% for Torch 2 13B.",
        "Slow cooling lifts SearchEval from 50.0% to 60.1%.",
        "CodeEval에서 Lantern 7B는 30.5%, Torch 2 13B는 18.9%입니다.",
        "Torch 2 13B has 13 billion parameters.",
        "Lantern 7B was preferred 5020 times, Torch 2 13B 4143 times.",
    ],
)
def test_numbers_of_their_own_row_are_not(sentence: str) -> None:
    assert misplaced(sentence, [TABLE, PROSE]) == ""


def test_what_a_sentence_speaks_of_may_be_told_of_any_of_its_numbers() -> None:
    passage = "RL raises recall by 6.2 on AutoQuery and 19.9 on RealQuery."

    assert not misplaced("Without RL recall falls by 19.9.", [passage])


def test_another_text_that_tells_them_together_clears_a_sentence() -> None:
    sentence = "Torch 2 13B gets 60.1%."

    assert misplaced(sentence, [TABLE])
    assert not misplaced(sentence, [TABLE, "With longer training Torch 2 13B gets 60.1%."])


@pytest.mark.parametrize("row", rows(swapped=False), ids=json.dumps)
def test_an_honest_retelling_is_never_marked(row: dict[str, str]) -> None:
    assert not misplaced(row["claim"], [row["passage"]])

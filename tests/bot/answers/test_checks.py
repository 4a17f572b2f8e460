"""The parts that check a written answer: claims, numbers, memory."""

from datetime import UTC, datetime

import pytest

from bot.answers.claims import Claim, claims_of, finished_length
from bot.answers.figures import figures, known_figures, named_figures
from bot.answers.memory import recall
from bot.model.records import estimate_tokens
from storage import Turn


def test_an_answer_is_cut_into_claims_with_their_line_starts() -> None:
    found = claims_of("One [1]. Two [2].\n\n- Three [3].\n| a | 1 [4] |")

    assert found == [
        Claim("One [1].", "", ends_line=False),
        Claim("Two [2].", "", ends_line=True),
        Claim("", "", ends_line=True),
        Claim("Three [3].", "- ", ends_line=True),
        Claim("| a | 1 [4] |", "", ends_line=True),
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("It works. [1] Next.", "It works [1]."),
        ("It works.[1][2] Next.", "It works [1][2]."),
        ("It works 【3】. Next.", "It works [3]."),
        ("It works (2). Next.", "It works [2]."),
        ("It works [passage 2]. Next.", "It works [2]."),
        ("It grew by (12 percent). Next.", "It grew by (12 percent)."),
    ],
)
def test_other_ways_of_citing_are_understood(written: str, expected: str) -> None:
    assert claims_of(written)[0].text == expected


@pytest.mark.parametrize(
    ("text", "finished"),
    [
        ("Half a sent", ""),
        ("A sentence [1].", ""),
        ("A sentence [1]. ", ""),
        ("A sentence. [", ""),
        ("A sentence. [1] N", "A sentence. [1] "),
        ("A sentence [1]. N", "A sentence [1]. "),
        ("A line\nand", "A line\n"),
        ("| a. B | 1", ""),
        ("text\n| a. B | 1", "text\n"),
        ("끝났습니다 [1]. 다", "끝났습니다 [1]. "),
        ("as in Fig. 3 and e.g. B", ""),
        ("He et al. 2016 showed", ""),
    ],
)
def test_a_stretch_is_finished_when_no_mark_can_follow_any_more(text: str, finished: str) -> None:
    assert text[: finished_length(text)] == finished


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50% on AIME", {50.0}),
        ("1,234.5 and 17K", {1234.5, 17000.0}),
        ("3e-6", {3e-6}),
        ("2만 개와 3억 개", {20000.0, 3e8}),
        ("GPT-4 and Qwen2.5", set()),
        ("about 300 questions", {300.0}),
    ],
)
def test_numbers_are_read_by_value(text: str, expected: set[float]) -> None:
    assert figures(text) == expected


def test_numbers_spelled_out_and_inside_names_count_as_known() -> None:
    assert {4.0, 17.0, 2.5} <= known_figures("four tricks on DAPO-Math-17K with Qwen2.5")


def test_names_with_numbers_are_compared_without_their_signs() -> None:
    assert named_figures("GPT-4는 AIME2024에서") == {"gpt4", "aime2024"}


def test_memory_keeps_the_newest_turns_that_fit() -> None:
    said = datetime(2025, 3, 20, tzinfo=UTC)
    turns = [
        Turn("C", "1", f"1.{n}", "paperboy" if n % 2 else "U1", f"turn {n} " + "word " * 50, said)
        for n in range(20)
    ]

    text = recall(turns, tokens=400)

    assert estimate_tokens(text) <= 420
    assert text.splitlines()[-1].startswith("You: turn 19")
    assert "turn 0 " not in text
    assert recall([]) == "-"


def test_one_endless_turn_is_cut_and_not_dropped() -> None:
    said = datetime(2025, 3, 20, tzinfo=UTC)
    text = recall([Turn("C", "1", "1.1", "U1", "word " * 5000, said)])

    assert text.endswith("…")
    assert 200 < estimate_tokens(text) < 400

"""The parts that check a written answer: claims, numbers, memory."""

from datetime import UTC, datetime

import pytest

from bot.answers.claims import Claim, claims_of, finished_length
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

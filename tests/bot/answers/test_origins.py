"""Chosen sentences are cited from where they stand in the paper."""

from bot.answers.evidence import by_passage
from storage import Passage

METHOD = Passage(3, "However, the critic is trained first and then frozen.\nThe actor follows.")
RESULTS = Passage(7, "The score rises from 30 to 50 points. Each technique adds some points.")


def test_each_sentence_finds_its_passage_although_its_beginning_was_changed() -> None:
    text = (
        "The critic is trained first and then frozen. The actor follows. "
        "The score rises from 30 to 50 points."
    )
    assert by_passage(text, [METHOD, RESULTS]) == [
        ("The critic is trained first and then frozen. The actor follows.", METHOD),
        ("The score rises from 30 to 50 points.", RESULTS),
    ]


def test_what_no_passage_holds_is_of_the_abstract() -> None:
    text = "We train in two stages without any labels. Each technique adds some points."
    assert by_passage(text, [RESULTS]) == [
        ("We train in two stages without any labels.", None),
        ("Each technique adds some points.", RESULTS),
    ]

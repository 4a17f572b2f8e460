"""Matching titles with papers: the same work however written, never a sister work."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.archive.titles import Titles, key_of, normalised
from bot.digests.buttons import paper_buttons
from storage import Paper

KNOWN = "Towards Hierarchical Multi-Step Reward Models for Enhanced Reasoning in LLMs"


@pytest.mark.parametrize(
    "written",
    [
        KNOWN,
        KNOWN.upper(),
        "Towards hierarchical multi step reward models — for enhanced reasoning in LLMs.",
        "Towards Hierarchical Multistep Reward Models for Enhanced Reasoning in LLMs",
        "Toward Hierarchical Multi-Step Reward Model for Enhanced Reasoning in LLM",
        "Towards Hierachical Multi-Step Reward Models for Enhanced Reasoning in LLMs",
    ],
)
def test_a_title_is_found_however_it_is_written(written: str) -> None:
    assert Titles([("2503.13551", KNOWN)]).find(written) == "2503.13551"


@pytest.mark.parametrize(
    ("known", "other"),
    [
        ("Qwen2.5-Omni Technical Report", "Qwen3.5-Omni Technical Report"),
        ("Scaling Laws for Image Generation Models", "Scaling Laws for Video Generation Models"),
        ("A Study of Supervised Learning at Scale", "A Study of Unsupervised Learning at Scale"),
        ("Bagel: Unified Pretraining of Models", "Bagel: Unified Pretraining of Models, Part II"),
        ("Short title", "Short titles"),
        ("???", "!!!"),
    ],
)
def test_a_sister_work_is_another_one(known: str, other: str) -> None:
    assert Titles([("2503.13551", known)]).find(other) is None


def test_a_title_that_two_papers_share_stands_for_neither() -> None:
    titles = Titles([("2503.00001", "Technical Report of Models"), ("2503.00002", "Other")])
    titles.add("2503.00003", "Technical report of models")
    assert titles.find("Technical Report of Models") is None
    assert titles.find("Other") == "2503.00002"


def test_papers_without_an_id_are_no_answer() -> None:
    assert Titles([(key_of(KNOWN), KNOWN)]).find(KNOWN) is None


def test_titles_in_any_script_have_keys_of_their_own() -> None:
    titles = ["量子计算综述", "注意力机制", "Квантовые сети", "???", "!!!", "a" * 200, "a" * 201]
    assert len({key_of(title) for title in titles}) == len(titles)
    assert key_of("Known by Title -- Only") == key_of("known by title only")


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=300))
def test_a_key_is_short_and_stable(title: str) -> None:
    key = key_of(title)
    assert key.startswith("title:")
    assert len(key) < 150
    assert key == key_of(f"  {title} ") or not normalised(title)


def test_the_key_of_any_title_fits_into_the_menu_of_its_card() -> None:
    for title in ("A" * 500, "가나다 " * 100, "word " * 24, "x" * 96, "y" * 97):
        paper_buttons(Paper(key_of(title), title), "ko")

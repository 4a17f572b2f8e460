"""Escaping, truncating and splitting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.blocks import (
    bold,
    button,
    context,
    escape,
    header,
    link,
    section,
    truncate,
)
from bot.text import one_line

HOSTILE = ["<!channel>", "<@U123>", "a & b <b>", "x" * 10_000, "\u202egnp.exe", "a|b>c", "\n\n"]


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_holds_no_control_sequence(text: str) -> None:
    assert "<" not in escape(text)
    assert ">" not in escape(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_link_is_one_link_whatever_its_label_holds(text: str) -> None:
    made = link("https://arxiv.org/abs/1", text)
    assert made.count("<") == made.count(">") == made.count("|") == 1


def test_a_url_cannot_leave_its_link() -> None:
    assert link("https://a.b/c|d>e", "x") == "<https://a.b/c%7Cd%3Ee|x>"


def test_formatting_characters_in_bold_text_lose_their_power() -> None:
    assert bold("a*b_c`d").count("*") == 2


def test_direction_overrides_and_line_breaks_go() -> None:
    assert one_line("a\u202eb\n  c\u200b") == "ab c"


@given(st.text(max_size=300), st.integers(min_value=2, max_value=100))
def test_truncated_text_fits(text: str, limit: int) -> None:
    assert len(truncate(text, limit)) <= limit


def test_parts_obey_slacks_limits() -> None:
    long = "가" * 5000
    assert len(header(long)["text"]["text"]) == 150
    assert len(section(long)["text"]["text"]) == 3000
    assert len(button(long, "a", "v")["text"]["text"]) == 75
    assert len(context(*["x"] * 20)["elements"]) == 10

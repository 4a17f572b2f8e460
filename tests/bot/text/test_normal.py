"""Text from outside gets one spelling before anything reads it."""

import json
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import folded, normalised, normalised_pieces, one_line

DECOMPOSED = unicodedata.normalize("NFD", "한계가 뭐야?")


def test_decomposed_hangul_is_composed() -> None:
    assert normalised(DECOMPOSED) == "한계가 뭐야?"


def test_hangul_apart_by_what_cannot_be_seen_is_composed() -> None:
    assert normalised("\u200b".join(DECOMPOSED)) == "한계가 뭐야?"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("h\u200bttps://x", "https://x"),
        ("a\u202eb\u2066c", "abc"),
        ("soft\u00adhyphen", "softhyphen"),
        ("tag\U000e0041\U000e0042", "tag"),
        ("half\ud800", "half"),
        ("bell\x07rings\x9b", "bell rings "),
        ("j\u200doined", "joined"),
        ("가\u3164나", "가나"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
    ],
)
def test_what_cannot_be_seen_is_taken_out(text: str, seen: str) -> None:
    assert normalised(text) == seen


@pytest.mark.parametrize(
    "text", ["👩\u200d💻", "❤️", "می\u200cخواهم", "क्\u200dष", "  def f():\n\tx"]
)
def test_what_scripts_emoji_and_code_need_stays(text: str) -> None:
    assert normalised(text) == text


def test_white_space_is_folded() -> None:
    text = "\n\n그\u3000  것은 \t\n" + "\n" * 4_000 + "x  뭐야? \n"
    assert folded(text) == "그 것은\n\nx 뭐야?"
    assert one_line(text) == "그 것은 x 뭐야?"


def test_length_is_bounded() -> None:
    assert len(normalised("가" * 50_000)) == 40_000
    assert one_line("word " * 10, 8) == "word wor"


def test_piled_up_marks_take_no_time() -> None:
    text = "a" + "\u0301\u0316" * 20_000
    began = time.thread_time()
    assert len(normalised(text)) <= 31
    assert time.thread_time() - began < 1


@given(st.text())
def test_a_second_time_changes_nothing(text: str) -> None:
    for spell in (normalised, folded, one_line):
        once = spell(text)
        assert spell(once) == once
        assert json.loads(json.dumps(once.encode("utf-8").decode())) == once


@given(st.text(alphabet="한\u1112\u1161\u11ab e\u0301\n"), st.integers(1, 5))
def test_a_stream_reads_like_the_whole(text: str, size: int) -> None:
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    assert "".join(normalised_pieces(pieces)) == normalised(text)


def test_a_stream_without_spaces_is_not_held_back_for_ever() -> None:
    shown = normalised_pieces("가" for _ in range(1_000))
    assert next(shown)

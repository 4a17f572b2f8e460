"""Messages as text for a terminal."""

from typing import Any

from bot.workspace import Entry, Message, transcript
from bot.workspace.transcript import Renderer, width, wrap


def lines(*blocks: dict[str, Any], columns: int = 60) -> list[str]:
    return Renderer(columns).blocks(blocks)


def text(words: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": words}


def test_korean_letters_take_two_columns() -> None:
    assert width("논문 a") == 6
    assert wrap(["오늘의", "논문", "목록"], 8) == ["오늘의", "논문", "목록"]
    assert wrap(["가나다라마바사"], 6) == ["가나다", "라마바", "사"]


def test_marks_go_and_links_stay_readable() -> None:
    assert Renderer(60).plain("*Bold* <https://a.org|Title &amp; more> &lt;b&gt;") == (
        "Bold Title & more (https://a.org) <b>"
    )
    assert Renderer(60, {"U1": "민지", "C1": "daily"}).plain("<@U1> in <#C1>") == "@민지 in #daily"
    assert Renderer(60).plain("`/papers show 3`처럼 *굵게*") == "/papers show 3처럼 굵게"
    assert Renderer(60).plain("snake_case_name and 2*3*4") == "snake_case_name and 2*3*4"


def test_a_section_shows_its_button() -> None:
    button = {"type": "button", "text": {"type": "plain_text", "text": "자세히"}}
    assert lines({"type": "section", "text": text("*1.* 제목"), "accessory": button}) == [
        "1. 제목",
        "[자세히]",
    ]


def test_headers_are_underlined_in_their_width() -> None:
    header = {"type": "header", "text": {"type": "plain_text", "text": "오늘"}}
    assert lines(header) == ["오늘", "════"]


def test_tables_stand_in_columns() -> None:
    rows = [["논문", "표"], ["Attention", "12"]]
    cells = [[{"type": "raw_text", "text": one} for one in row] for row in rows]
    assert lines({"type": "table", "rows": cells})[0::2] == ["논문      │ 표", "Attention │ 12"]


def test_markdown_loses_its_marks() -> None:
    block = {"type": "markdown", "text": "**Short** answer [3.1](https://a.org)\n\n- one"}
    assert lines(block) == ["Short answer 3.1 (https://a.org)", "", "- one"]


def test_every_kind_of_block_has_a_line() -> None:
    shown = lines(
        {"type": "divider"},
        {"type": "image", "alt_text": "Figure 1", "image_url": "x"},
        {"type": "context", "elements": [text("42 votes"), text("code")]},
        {"type": "mystery"},
    )
    assert shown[1:3] == ["🖼 Figure 1", "42 votes code"]
    assert shown[-1] == "(mystery)"


def test_a_transcript_moves_replies_to_the_right() -> None:
    root = Message("C1", "1.0", "U1", "무엇인가요?")
    reply = Message("C1", "2.0", "UB", "답입니다.", thread_ts="1.0")
    shown = transcript(
        [Entry("민지", root, place="#daily", remark="나만 봄"), Entry("Paperboy", reply)]
    )
    assert shown.splitlines() == [
        "▌ 민지 · #daily (나만 봄)",
        "  무엇인가요?",
        "",
        "    ▌ Paperboy",
        "    │ 답입니다.",
    ]

"""The trends of a week as a picture."""

import json
import struct
from dataclasses import replace
from datetime import date

import pytest

from bot.digests.chart import Chart, chart_block, chart_from, chart_of, chart_text, draw, shares
from bot.digests.content import DigestContent
from bot.digests.trends import Trend
from bot.digests.weeks import Week
from bot.languages import BOTH, LANGUAGES

TREND = Trend("agents", False, (0, 2, 6), (20, 25, 24), ())
WEEK = DigestContent(
    kind="weekly",
    period="2025-W12",
    day=date(2025, 3, 23),
    language="ko",
    style="weekly",
    entries=(),
    listed=24,
    weeks=tuple(Week(2025, number) for number in (10, 11, 12)),
    trends=(TREND, replace(TREND, topic="flow matching", is_keyword=True, counts=(1, 1, 6))),
)


def chart(language: str) -> Chart:
    found = chart_of(replace(WEEK, language=language))
    assert found is not None
    return found


@pytest.mark.parametrize("language", [*LANGUAGES, BOTH])
def test_it_is_a_png_of_the_size_that_slack_shows_sharp(language: str) -> None:
    picture = draw(chart(language))
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture[16:24]) == (1200, 675)
    assert len(picture) < 200_000


def test_no_trends_no_picture() -> None:
    assert chart_of(replace(WEEK, trends=())) is None
    assert chart_of(replace(WEEK, weeks=WEEK.weeks[-1:])) is None


def test_its_text_says_what_it_shows() -> None:
    assert shares(TREND) == [0.0, 8.0, 25.0]
    told = chart_text(chart("en"))
    assert "0, 8, 25 (%)." in told
    assert "flow matching: 5, " in told
    assert "0, 8, 25(%)." in chart_text(chart("ko"))


@pytest.mark.parametrize("language", [*LANGUAGES, BOTH])
def test_it_can_be_drawn_and_told_from_its_block_as_stored(language: str) -> None:
    block = json.loads(json.dumps(chart_block(chart(language))))
    assert chart_from(block) == chart(language)

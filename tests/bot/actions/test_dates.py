"""Days as people type them."""

from datetime import date

import pytest

from bot.actions.dates import parse_day
from bot.errors import InputError

THURSDAY = date(2025, 3, 20)


def parse(text: str, *, today: date = THURSDAY, latest: date = THURSDAY) -> date:
    return parse_day(text, today=today, latest=latest, first=date(2023, 5, 4))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2025-01-29", date(2025, 1, 29)),
        ("2025.1.29", date(2025, 1, 29)),
        ("2025/01/29", date(2025, 1, 29)),
        ("20250129", date(2025, 1, 29)),
        ("25-01-29", date(2025, 1, 29)),
        ("1/29", date(2025, 1, 29)),
        ("12/24", date(2024, 12, 24)),
        ("１/２９", date(2025, 1, 29)),
        ("1월 29일", date(2025, 1, 29)),
        ("2024년 12월 3일", date(2024, 12, 3)),
        ("Jan 29", date(2025, 1, 29)),
        ("January 29, 2025", date(2025, 1, 29)),
        ("29 Jan 2025", date(2025, 1, 29)),
        ("3rd Mar", date(2025, 3, 3)),
        ("오늘", THURSDAY),
        ("today", THURSDAY),
        ("어제", date(2025, 3, 19)),
        ("Yesterday", date(2025, 3, 19)),
        ("그저께", date(2025, 3, 18)),
        ("3일 전", date(2025, 3, 17)),
        ("2 days ago", date(2025, 3, 18)),
        ("월요일", date(2025, 3, 17)),
        ("friday", date(2025, 3, 14)),
        ("목요일", THURSDAY),
        ("지난 목요일", date(2025, 3, 13)),
        ("last Thurs", date(2025, 3, 13)),
        ("Sept. 3, 2024", date(2024, 9, 3)),
    ],
)
def test_a_day_is_read_in_every_common_form(typed: str, day: date) -> None:
    assert parse(typed) == day


def test_today_in_seoul_is_the_newest_listing_while_it_is_still_yesterday_in_utc() -> None:
    assert parse("오늘", latest=date(2025, 3, 19)) == date(2025, 3, 19)
    assert parse("어제", latest=date(2025, 3, 19)) == date(2025, 3, 19)


@pytest.mark.parametrize(
    ("typed", "message_id"),
    [
        ("", "actions-no-date"),
        ("내일", "actions-not-a-date"),
        ("soon", "actions-not-a-date"),
        ("2025-02-30", "actions-no-such-day"),
        ("2/30", "actions-no-such-day"),
        ("13월 1일", "actions-no-such-day"),
        ("2025-03-21", "actions-future-date"),
        ("2099-01-01", "actions-future-date"),
        ("2019-01-01", "actions-early-date"),
        ("9999일 전", "actions-early-date"),
        ("x" * 5000, "actions-not-a-date"),
    ],
)
def test_what_is_no_day_is_refused_with_the_reason(typed: str, message_id: str) -> None:
    with pytest.raises(InputError) as refused:
        parse(typed)
    assert refused.value.message_id == message_id

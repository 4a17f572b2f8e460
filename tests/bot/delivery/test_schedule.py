"""When a subscription is due: a table of cases, and a slow reference for all the others."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.schedule import NeverDueError, last_due, next_run
from tests.bot.delivery.fakes import subscription

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
WORKDAYS = (0, 1, 2, 3, 4)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


CASES = [
    # zone, local time, weekdays, now, next run; all instants in UTC
    ("Asia/Seoul", "09:00", WORKDAYS, "2025-03-17 00:00", "2025-03-18 00:00"),
    ("Asia/Seoul", "09:00", WORKDAYS, "2025-03-16 23:59", "2025-03-17 00:00"),
    ("Asia/Seoul", "09:00", WORKDAYS, "2025-03-21 00:00", "2025-03-24 00:00"),  # over a weekend
    ("Asia/Seoul", "09:00", WORKDAYS, "2025-12-31 00:30", "2026-01-01 00:00"),  # year's end
    ("Asia/Seoul", "00:00", (3,), "2025-12-31 14:00", "2025-12-31 15:00"),  # Thursday there
    ("UTC", "23:59", EVERY_DAY, "2024-02-28 23:59", "2024-02-29 23:59"),  # leap day
    ("UTC", "09:00", (6,), "2025-03-17 09:00", "2025-03-23 09:00"),
    ("UTC", "09:00", (0,), "2025-03-17 09:00", "2025-03-24 09:00"),  # exactly a week
    # New York, 9 March 2025: 02:00 becomes 03:00. 2 November: 02:00 becomes 01:00.
    ("America/New_York", "02:30", EVERY_DAY, "2025-03-09 00:00", "2025-03-09 07:00"),
    ("America/New_York", "02:00", EVERY_DAY, "2025-03-09 00:00", "2025-03-09 07:00"),
    ("America/New_York", "03:00", EVERY_DAY, "2025-03-09 00:00", "2025-03-09 07:00"),
    ("America/New_York", "02:30", EVERY_DAY, "2025-03-09 07:00", "2025-03-10 06:30"),
    ("America/New_York", "09:00", WORKDAYS, "2025-03-07 15:00", "2025-03-10 13:00"),
    ("America/New_York", "01:30", EVERY_DAY, "2025-11-02 00:00", "2025-11-02 05:30"),
    ("America/New_York", "01:30", EVERY_DAY, "2025-11-02 05:30", "2025-11-03 06:30"),
    ("America/New_York", "01:30", EVERY_DAY, "2025-11-02 06:00", "2025-11-03 06:30"),
    ("America/New_York", "09:00", EVERY_DAY, "2025-12-31 15:00", "2026-01-01 14:00"),
    # Sao Paulo, 4 November 2018: midnight became 01:00. 18 February 2018: midnight became 23:00.
    ("America/Sao_Paulo", "00:00", EVERY_DAY, "2018-11-04 00:00", "2018-11-04 03:00"),
    ("America/Sao_Paulo", "00:30", EVERY_DAY, "2018-11-04 00:00", "2018-11-04 03:00"),
    ("America/Sao_Paulo", "23:30", EVERY_DAY, "2018-02-17 12:00", "2018-02-18 01:30"),
    ("America/Sao_Paulo", "23:30", EVERY_DAY, "2018-02-18 01:30", "2018-02-19 02:30"),
    ("America/Sao_Paulo", "09:00", WORKDAYS, "2025-07-01 12:00", "2025-07-02 12:00"),
    # Lord Howe shifts by half an hour: 5 October 2025 02:00 to 02:30, 6 April 2025 back to 01:30.
    ("Australia/Lord_Howe", "02:10", EVERY_DAY, "2025-10-04 12:00", "2025-10-04 15:30"),
    ("Australia/Lord_Howe", "01:45", EVERY_DAY, "2025-04-05 12:00", "2025-04-05 14:45"),
    ("Australia/Lord_Howe", "01:45", EVERY_DAY, "2025-04-05 14:45", "2025-04-06 15:15"),
    ("Australia/Lord_Howe", "09:00", EVERY_DAY, "2025-12-31 00:00", "2025-12-31 22:00"),
    # Apia had no 30 December 2011.
    ("Pacific/Apia", "09:00", EVERY_DAY, "2011-12-29 19:00", "2011-12-30 19:00"),
    ("Pacific/Apia", "09:00", (4,), "2011-12-29 00:00", "2012-01-05 19:00"),
]


@pytest.mark.parametrize(("zone", "at", "weekdays", "now", "expected"), CASES)
def test_the_next_run_is_at_the_local_time_on_a_wanted_day(
    zone: str, at: str, weekdays: tuple[int, ...], now: str, expected: str
) -> None:
    one = subscription(timezone=zone, time=time.fromisoformat(at), weekdays=weekdays)
    assert next_run(one, utc(now)) == utc(expected)
    assert last_due(one, utc(expected)) == utc(expected)


def test_without_weekdays_nothing_is_ever_due() -> None:
    one = subscription(weekdays=())
    assert last_due(one, utc("2025-03-17 00:00")) is None
    with pytest.raises(NeverDueError):
        next_run(one, utc("2025-03-17 00:00"))


def by_looking_at_every_minute(zone: ZoneInfo, day: date, at: time) -> datetime:
    """The first minute at which a clock that is watched all the time shows *at* or later."""
    minute = datetime.combine(day, time(0), tzinfo=UTC) - timedelta(hours=15)
    wanted = datetime.combine(day, at)
    while minute.astimezone(zone).replace(tzinfo=None) < wanted:
        minute += timedelta(minutes=1)
    return minute


ZONES = st.sampled_from(
    ["Asia/Seoul", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "UTC"]
)
# Days around the transitions of those zones and around year ends, and any others.
TURNING_DAYS = [
    date(2025, 3, 9),
    date(2025, 11, 2),
    date(2018, 11, 4),
    date(2018, 2, 18),
    date(2025, 10, 5),
    date(2025, 4, 6),
    date(2024, 12, 31),
    date(2024, 2, 29),
]
DAYS = st.one_of(
    st.builds(
        lambda day, shift: day + timedelta(days=shift),
        st.sampled_from(TURNING_DAYS),
        st.integers(-1, 1),
    ),
    st.dates(date(2018, 1, 1), date(2027, 12, 31)),
)
TIMES = st.times().map(lambda one: one.replace(second=0, microsecond=0))
MASKS = st.sets(st.integers(0, 6), min_size=1).map(lambda one: tuple(sorted(one)))


@settings(max_examples=150, deadline=None)
@given(zone=ZONES, day=DAYS, at=TIMES)
def test_a_run_comes_when_the_local_clock_first_shows_its_time(
    zone: str, day: date, at: time
) -> None:
    one = subscription(timezone=zone, time=at, weekdays=(day.weekday(),))
    instant = by_looking_at_every_minute(ZoneInfo(zone), day, at)
    assert next_run(one, instant - timedelta(minutes=1)) == instant
    assert last_due(one, instant) == instant


@settings(max_examples=200, deadline=None)
@given(zone=ZONES, day=DAYS, at=TIMES, minute=st.integers(0, 1439), weekdays=MASKS)
def test_runs_follow_each_other_once_a_wanted_day(
    zone: str, day: date, at: time, minute: int, weekdays: tuple[int, ...]
) -> None:
    one = subscription(timezone=zone, time=at, weekdays=weekdays)
    now = datetime.combine(day, time(0), tzinfo=UTC) + timedelta(minutes=minute)
    following = next_run(one, now)
    before = last_due(one, now)
    assert before is not None
    assert before <= now < following
    assert next_run(one, before) == following
    assert last_due(one, following - timedelta(microseconds=1)) == before
    days = [moment.astimezone(ZoneInfo(zone)).date() for moment in (before, following)]
    assert all(one.weekday() in weekdays for one in days)
    between = (days[0] + timedelta(days=step) for step in range(1, (days[1] - days[0]).days))
    assert not any(one.weekday() in weekdays for one in between)


@given(zone=ZONES, day=DAYS, at=TIMES)
@settings(max_examples=60, deadline=None)
def test_a_month_has_one_run_for_each_of_its_days(zone: str, day: date, at: time) -> None:
    one = subscription(timezone=zone, time=at, weekdays=EVERY_DAY)
    moment = datetime.combine(day, time(0), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    found = []
    for _ in range(31):
        moment = next_run(one, moment)
        found.append(moment.astimezone(ZoneInfo(zone)).date())
    assert len(set(found)) == 31
    assert (found[-1] - found[0]).days == 30

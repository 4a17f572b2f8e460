"""Days as people type them, in Korean and English. Pure; *today* is the member's own."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

from bot.errors import InputError

# The first day of Hugging Face Daily Papers.
FIRST_LISTING = date(2023, 5, 4)
_WORDS = {
    "today": 0,
    "오늘": 0,
    "금일": 0,
    "yesterday": 1,
    "어제": 1,
    "어저께": 1,
    "그제": 2,
    "그저께": 2,
    "엊그제": 2,
}
_WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            ("monday", "mon", "월요일", "월"),
            ("tuesday", "tue", "tues", "화요일", "화"),
            ("wednesday", "wed", "수요일", "수"),
            ("thursday", "thu", "thur", "thurs", "목요일", "목"),
            ("friday", "fri", "금요일", "금"),
            ("saturday", "sat", "토요일", "토"),
            ("sunday", "sun", "일요일", "일"),
        )
    )
    for word in words
}
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for word in words
}
_MONTH = "(?P<name>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_PATTERNS = [
    re.compile(pattern)
    for pattern in (
        r"(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})\.?",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        r"(?P<year>\d{2})[-.](?P<month>\d{2})[-.](?P<day>\d{2})",
        r"(?P<month>\d{1,2})[-./](?P<day>\d{1,2})\.?",
        r"(?:(?P<year>\d{4})년\s*)?(?P<month>\d{1,2})월\s*(?P<day>\d{1,2})일?",
        _MONTH + r"\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{4}))?",
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+" + _MONTH + r"(?:,?\s+(?P<year>\d{4}))?",
    )
]
_AGO = re.compile(r"(\d{1,4})\s*(?:일\s*전|days?\s+ago)")
_WEEKDAY = re.compile(r"(last\s+|지난\s*)?(\w+)")


def parse_day(text: str, *, today: date, latest: date) -> date:
    """The day *text* means. A word that means a day after *latest* (the newest listing that can
    exist, by UTC) means *latest* itself; a date without a year is the last such day.

    Raises:
        InputError: not a date, a day to come, or one before listings began.
    """
    typed = unicodedata.normalize("NFKC", text).strip().lower()
    if not typed:
        raise InputError("no date given", message_id="desk-no-date")
    for reading in _WORD_READINGS:
        meant = reading(typed, today)
        if meant is not None:
            return _not_before_listings(min(meant, latest))
    day = _written(typed, today)
    if day > latest:
        raise InputError(
            f"{day} is to come", message_id="desk-future-date", day=str(day), latest=str(latest)
        )
    return _not_before_listings(day)


def _not_before_listings(day: date) -> date:
    if day < FIRST_LISTING:
        raise InputError(
            f"{day} is too early",
            message_id="desk-early-date",
            day=str(day),
            first=str(FIRST_LISTING),
        )
    return day


def _word(typed: str, today: date) -> date | None:
    back = _WORDS.get(typed)
    return None if back is None else today - timedelta(days=back)


def _ago(typed: str, today: date) -> date | None:
    found = _AGO.fullmatch(typed)
    return None if found is None else today - timedelta(days=int(found[1]))


def _weekday(typed: str, today: date) -> date | None:
    found = _WEEKDAY.fullmatch(typed)
    number = _WEEKDAYS.get(found[2]) if found else None
    if found is None or number is None:
        return None
    back = (today.weekday() - number) % 7
    return today - timedelta(days=back or (7 if found[1] else 0))


def _written(typed: str, today: date) -> date:
    for pattern in _PATTERNS:
        found = pattern.fullmatch(typed)
        if found is not None:
            return _from_parts(found.groupdict(), typed, today)
    raise InputError(f"not a date: {typed!r}", message_id="desk-not-a-date", typed=typed[:60])


def _from_parts(parts: dict[str, str | None], typed: str, today: date) -> date:
    name = parts.get("name")
    month = _MONTHS[name] if name else int(parts["month"] or 0)
    day, year = int(parts["day"] or 0), int(parts.get("year") or 0)
    if 0 < year < 100:
        year += 2000
    try:
        if year:
            return date(year, month, day)
        this_year = date(today.year, month, day)
        return this_year if this_year <= today else date(today.year - 1, month, day)
    except ValueError:
        raise InputError(
            f"no such day: {typed!r}", message_id="desk-no-such-day", typed=typed[:60]
        ) from None


_WORD_READINGS: tuple[Callable[[str, date], date | None], ...] = (_word, _ago, _weekday)

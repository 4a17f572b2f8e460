"""Days as people type them, in any language. Pure; *today* is the member's own."""

import re
import unicodedata
from datetime import date, timedelta
from functools import cache

from bot.errors import InputError
from bot.languages import any_of, languages, months, weekdays
from bot.sources.ports import OLDEST

# In every language, and the same in all.
_DIGITS = (
    r"(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})\.?",
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
    r"(?P<year>\d{2})[-.](?P<month>\d{2})[-.](?P<day>\d{2})",
    r"(?P<month>\d{1,2})[-./](?P<day>\d{1,2})\.?",
)


_DAYS_AGO = {word: days for one in languages() for word, days in one.dates.days_ago.items()}
_AGO = any_of(lambda one: one.dates.ago)
_WEEKDAY = re.compile(rf"({'|'.join(one.dates.last for one in languages())})?(\w+)")


@cache
def _written_dates() -> list[re.Pattern[str]]:
    names = "|".join(sorted(map(re.escape, months()), key=len, reverse=True))
    return [re.compile(pattern) for pattern in _DIGITS] + [
        re.compile(pattern.replace("{month}", f"(?P<name>{names})"))
        for one in languages()
        for pattern in one.dates.written
    ]


def parse_day(text: str, *, today: date, latest: date, first: date = OLDEST) -> date:
    """The day *text* means. A word that means a day after *latest* (the newest listing that can
    exist, by UTC) means *latest* itself; a date without a year is the last such day. Listings began
    on the *first*.

    Raises:
        InputError: not a date, a day to come, or one before listings began.
    """
    typed = unicodedata.normalize("NFKC", text).strip().lower()
    if not typed:
        raise InputError("no date given", message_id="actions-no-date")
    for reading in (_word, _ago, _weekday):
        meant = reading(typed, today)
        if meant is not None:
            return _not_before(first, min(meant, latest))
    day = _written(typed, today)
    if day > latest:
        raise InputError(
            f"{day} is to come", message_id="actions-future-date", day=str(day), latest=str(latest)
        )
    return _not_before(first, day)


def _not_before(first: date, day: date) -> date:
    if day < first:
        raise InputError(
            f"{day} is too early",
            message_id="actions-early-date",
            day=str(day),
            first=str(first),
        )
    return day


def _word(typed: str, today: date) -> date | None:
    back = _DAYS_AGO.get(typed)
    return None if back is None else today - timedelta(days=back)


def _ago(typed: str, today: date) -> date | None:
    found = _AGO.fullmatch(typed)
    return None if found is None else today - timedelta(days=int(found[found.lastindex or 0]))


def _weekday(typed: str, today: date) -> date | None:
    found = _WEEKDAY.fullmatch(typed)
    number = weekdays().get(found[2]) if found else None
    if found is None or number is None:
        return None
    back = (today.weekday() - number) % 7
    return today - timedelta(days=back or (7 if found[1] else 0))


def _written(typed: str, today: date) -> date:
    for pattern in _written_dates():
        found = pattern.fullmatch(typed)
        if found is not None:
            return _from_parts(found.groupdict(), typed, today)
    raise InputError(f"not a date: {typed!r}", message_id="actions-not-a-date", typed=typed[:60])


def _from_parts(parts: dict[str, str | None], typed: str, today: date) -> date:
    name = parts.get("name")
    month = months()[name] if name else int(parts["month"] or 0)
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
            f"no such day: {typed!r}", message_id="actions-no-such-day", typed=typed[:60]
        ) from None

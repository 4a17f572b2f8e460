"""Days and times of day as people type them in English."""

from bot.languages.language import Dates

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>\d{4}))?"

DATES = Dates(
    days_ago={"today": 0, "yesterday": 1},
    ago=r"(\d{1,4})\s*days?\s+ago",
    weeks_ago={"this week": 0, "last week": 1},
    last=r"last\s+",
    weekdays={"tues": 1, "thur": 3, "thurs": 3},
    months={"sept": 9},
    written=(rf"{{month}}\.?\s+{_DAY}{_YEAR}", rf"{_DAY}\s+{{month}}\.?{_YEAR}"),
    morning="am",
    afternoon="pm",
)

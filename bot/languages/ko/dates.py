"""Days and times of day as people type them in Korean."""

from bot.languages.language import Dates

DATES = Dates(
    days_ago={"오늘": 0, "금일": 0, "어제": 1, "어저께": 1, "그제": 2, "그저께": 2, "엊그제": 2},
    ago=r"(\d{1,4})\s*일\s*전",
    weeks_ago={
        "이번 주": 0,
        "이번주": 0,
        "금주": 0,
        "지난주": 1,
        "지난 주": 1,
        "저번 주": 1,
        "저번주": 1,
    },
    last=r"지난\s*",
    written=(r"(?:(?P<year>\d{4})년\s*)?(?P<month>\d{1,2})월\s*(?P<day>\d{1,2})일?",),
    morning="오전",
    afternoon="오후",
    clock=r"시(?:(?P<minutes>\d{1,2})분|(?P<half>반))?",
)

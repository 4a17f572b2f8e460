"""Numbers and units in Korean."""

import re

from bot.languages.language import Numbers

NUMBERS = Numbers(
    scales={
        "천": 10**3, "만": 10**4, "십만": 10**5, "백만": 10**6, "천만": 10**7, "억": 10**8,
        "십억": 10**9, "백억": 10**10, "천억": 10**11, "조": 10**12,
    },
    units={
        "percent": "퍼센트포인트|퍼센트|포인트|점",
        "times": "배",
        "ms": "밀리초",
        "seconds": "초",
        "minutes": "분",
        "hours": "시간",
        "days": "일",
    },
    parts={"절반": (1, 2)},
    fraction=re.compile(r"(?P<whole>\d{1,12})\s?분의\s?(?P<part>\d{1,12})"),
)  # fmt: skip

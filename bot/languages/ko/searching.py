"""Korean words typed into a search."""

from bot.languages.language import Searching

SEARCHING = Searching(
    filters={
        "저자": "author",
        "기관": "org",
        "이후": "after",
        "이전": "before",
        "포함": "has",
    },
    saved="저장",
    mine="나|내",
    code="코드",
)

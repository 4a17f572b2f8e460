"""Words of a subscription that is typed in one line, in Korean."""

from bot.languages.language import Subscribing

SUBSCRIBING = Subscribing(
    values={
        **dict.fromkeys(("한국어", "한글", "국문"), ("language", "ko")),
        **dict.fromkeys(("영어", "영문"), ("language", "en")),
        **dict.fromkeys(("둘다", "모두"), ("language", "both")),
        **dict.fromkeys(("간단히", "간단"), ("style", "brief")),
        "핵심": ("style", "highlights"),
        "항목별": ("style", "sections"),
        "리뷰": ("style", "review"),
        "목록": ("layout", "list"),
        "카드": ("layout", "cards"),
        "질문": ("thread_policy", "questions"),
        "언급": ("thread_policy", "mentions"),
        "전부": ("thread_policy", "all"),
        "평일": ("weekdays", (0, 1, 2, 3, 4)),
        "매일": ("weekdays", (0, 1, 2, 3, 4, 5, 6)),
        **dict.fromkeys(("한국", "서울"), ("timezone", "Asia/Seoul")),
    },
    topics=r"(?:관심\s*)?주제",
    sources="출처|소스",
    now=("지금", "바로", "당장"),
    weekly=("주간",),
    never=("끄기", "안함", "없음"),
    papers="편|개",
)

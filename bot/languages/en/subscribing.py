"""Words of a subscription that is typed in one line, in English."""

from bot.languages.language import Subscribing

SUBSCRIBING = Subscribing(
    values={
        "korean": ("language", "ko"),
        "english": ("language", "en"),
        "weekdays": ("weekdays", (0, 1, 2, 3, 4)),
        **dict.fromkeys(("daily", "everyday"), ("weekdays", (0, 1, 2, 3, 4, 5, 6))),
        "kst": ("timezone", "Asia/Seoul"),
    },
    topics="topics?",
    sources="(?:sources?|from)",
    now=("now",),
    weekly=("weekly",),
    never=("off", "no", "never"),
    papers="papers?",
)

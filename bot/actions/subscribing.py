"""A subscription said in words: ``09:00 Asia/Seoul mon-fri ko highlights topics: agents, -robots``.

Pure: every word changes one thing of the subscription the channel has (or would get).
"""

import difflib
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import time
from typing import Any

from bot.errors import InputError
from bot.setting_values import WEEKDAYS, parse_time, parse_timezone, parse_weekdays
from bot.settings import STYLES
from storage import Subscription

MOST_TOPICS = 30
LONGEST_TOPIC = 80
MOST_PAPERS = 50
_TOPICS = re.compile(
    r"(?:^|\s)(?:topics?|주제|관심\s*주제)\s*[:=]\s*(.*)$", re.IGNORECASE | re.DOTALL
)
_SHOWN = 40

_LANGUAGES = {
    "ko": "ko", "korean": "ko", "한국어": "ko", "한글": "ko", "국문": "ko",
    "en": "en", "english": "en", "영어": "en", "영문": "en",
    "both": "both", "둘다": "both", "모두": "both",
}  # fmt: skip
_STYLES = {
    **{style: style for style in STYLES},
    "간단히": "brief", "간단": "brief",
    "핵심": "highlights",
    "항목별": "sections",
    "리뷰": "review",
}  # fmt: skip
_LAYOUTS = {"list": "list", "목록": "list", "cards": "cards", "카드": "cards"}
_POLICIES = {
    "questions": "questions", "질문": "questions",
    "mentions": "mentions", "언급": "mentions",
    "all": "all", "전부": "all",
}  # fmt: skip
_WORKDAYS, _EVERY_DAY = (0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 5, 6)
_DAYS = {
    "평일": _WORKDAYS, "weekdays": _WORKDAYS,
    "매일": _EVERY_DAY, "daily": _EVERY_DAY, "everyday": _EVERY_DAY,
}  # fmt: skip
_KOREAN_DAYS = dict(zip("월화수목금토일", WEEKDAYS, strict=True))
_ZONES = {"한국": "Asia/Seoul", "서울": "Asia/Seoul", "kst": "Asia/Seoul", "utc": "UTC"}
_TIME = re.compile(
    r"(오전|오후|am|pm)?(\d{1,2})(?::(\d{2})|시(?:(\d{1,2})분|(반))?|(?=am|pm))(am|pm)?"
)
_WEEKLY = re.compile(r"(?:weekly|주간)(?:[:=](\S+))?")
_OFF = frozenset({"off", "no", "never", "끄기", "안함", "없음"})
_COUNT = re.compile(r"(\d{1,3})(?:편|개|papers?)")

Change = dict[str, Any]


def parse_words(words: str, base: Subscription) -> Subscription:
    """*base* with what *words* say changed.

    Raises:
        InputError: a word means nothing here, or a value cannot be.
    """
    text = unicodedata.normalize("NFKC", words).strip()
    found = _TOPICS.search(text)
    changes: Change = {}
    if found:
        changes |= topics_from(found[1])
        text = text[: found.start()]
    for word in text.split():
        changes |= _meaning(word.strip(","))
    return replace(base, **changes)


def topics_from(text: str, *, negative: bool | None = None) -> Change:
    """Topics from ``agents, "vision language", -robotics``; a leading ``-`` means: leave out.

    With *negative* given, all of them are of that one kind.

    Raises:
        InputError: too many, or one too long.
    """
    entries = [part.strip() for part in re.split(r"[,\n;]", text)]
    if negative is not None:
        return {"negative_topics" if negative else "topics": _checked(entries)}
    wanted = [one for one in entries if not one.startswith("-")]
    unwanted = [one for one in entries if one.startswith("-")]
    return {"topics": _checked(wanted), "negative_topics": _checked(unwanted)}


def _checked(entries: Sequence[str]) -> tuple[str, ...]:
    plain = (one.lstrip("- ").strip("\"' ") for one in entries)
    topics = tuple(dict.fromkeys(one for one in plain if one))
    for one in topics:
        if len(one) > LONGEST_TOPIC:
            raise InputError("long topic", message_id="desk-topic-too-long", topic=one[:_SHOWN])
    if len(topics) > MOST_TOPICS:
        raise InputError("many topics", message_id="desk-too-many-topics", most=MOST_TOPICS)
    return topics


def check_count(count: int) -> int:
    """How many papers a digest shows in full.

    Raises:
        InputError: not between 1 and 50.
    """
    if not 1 <= count <= MOST_PAPERS:
        raise InputError(f"count {count}", message_id="desk-bad-count", most=MOST_PAPERS)
    return count


def _meaning(word: str) -> Change:
    for reading in _READINGS:
        change = reading(word)
        if change is not None:
            return change
    near = difflib.get_close_matches(word.lower(), _KNOWN_WORDS, n=1, cutoff=0.5)
    if near:
        raise InputError(word, message_id="desk-subscribe-near", typed=word[:_SHOWN], near=near[0])
    raise InputError(word, message_id="desk-subscribe-unknown", typed=word[:_SHOWN])


def _named(field: str, table: dict[str, str]) -> Callable[[str], Change | None]:
    def read(word: str) -> Change | None:
        value = table.get(word.lower())
        return None if value is None else {field: value}

    return read


def _time(word: str) -> Change | None:
    found = _TIME.fullmatch(word.lower())
    if found is None:
        return None
    before, hours, minutes, korean_minutes, half, after = found.groups()
    hour = int(hours)
    if (before in ("오후", "pm") or after == "pm") and hour < 12:
        hour += 12
    if (before in ("오전", "am") or after == "am") and hour == 12:
        hour = 0
    minute = 30 if half else int(minutes or korean_minutes or 0)
    return {"time": _valid_time(f"{hour:02d}:{minute:02d}", word)}


def _valid_time(text: str, word: str) -> time:
    try:
        return parse_time(text)
    except ValueError:
        raise InputError(word, message_id="desk-bad-time", typed=word[:_SHOWN]) from None


def _zone(word: str) -> Change | None:
    if word.lower() in _ZONES:
        return {"timezone": _ZONES[word.lower()]}
    if "/" not in word:
        return None
    try:
        return {"timezone": parse_timezone(word)}
    except ValueError:
        raise InputError(word, message_id="desk-bad-timezone", typed=word[:_SHOWN]) from None


def _weekdays(word: str) -> Change | None:
    if word.lower() in _DAYS:
        return {"weekdays": _DAYS[word.lower()]}
    plain = re.sub(r"요일", "", word.lower()).replace("~", "-").replace("–", "-")
    if re.fullmatch(r"[월화수목금토일]{2,7}", plain):
        plain = ",".join(plain)
    english = "".join(_KOREAN_DAYS.get(letter, letter) for letter in plain)
    try:
        return {"weekdays": parse_weekdays(english)}
    except ValueError:
        return None


def _count(word: str) -> Change | None:
    found = _COUNT.fullmatch(word.lower())
    return None if found is None else {"count": check_count(int(found[1]))}


def _weekly(word: str) -> Change | None:
    found = _WEEKLY.fullmatch(word.lower())
    if found is None:
        return None
    day = found[1] or "mon"
    if day in _OFF:
        return {"weekly": None}
    days: tuple[int, ...] = (_weekdays(day) or {}).get("weekdays", ())
    if len(days) != 1:
        raise InputError(word, message_id="desk-bad-weekly", typed=word[:_SHOWN])
    return {"weekly": days[0]}


_READINGS: tuple[Callable[[str], Change | None], ...] = (
    _time,
    _zone,
    _named("language", _LANGUAGES),
    _named("style", _STYLES),
    _named("layout", _LAYOUTS),
    _named("thread_policy", _POLICIES),
    _weekly,
    _weekdays,
    _count,
)
_KNOWN_WORDS = [*_LANGUAGES, *_STYLES, *_LAYOUTS, *_POLICIES, *_DAYS, *_ZONES, "weekly", "주간"]

"""A subscription said in words: ``09:00 mon-fri ko highlights topics: agents, -robots sources:
huggingface, arxiv:cs.CL``.

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
from bot.languages import BOTH, LANGUAGES, any_of, languages, weekdays
from bot.settings import STYLES
from bot.sources.kinds import parse_sources
from bot.text.values import parse_time, parse_timezone
from storage import Subscription

LAYOUTS = ("list", "cards")
POLICIES = ("questions", "mentions", "all")
MOST_TOPICS = 30
LONGEST_TOPIC = 80
MOST_PAPERS = 50
_SHOWN = 40

Change = dict[str, Any]

# Words that set a field: the values themselves, and what the languages call them.
_VALUES: dict[str, tuple[str, Any]] = {
    **{one: ("language", one) for one in (*LANGUAGES, BOTH)},
    **{one: ("style", one) for one in STYLES},
    **{one: ("layout", one) for one in LAYOUTS},
    **{one: ("thread_policy", one) for one in POLICIES},
    "utc": ("timezone", "UTC"),
    **{word: change for one in languages() for word, change in one.subscribing.values.items()},
}
_WEEKLY = frozenset(word for one in languages() for word in one.subscribing.weekly)
_NEVER = frozenset(word for one in languages() for word in one.subscribing.never)
# Where the topics or the sources begin.
_TOPICS = any_of(lambda one: rf"(?:^|\s)(?:{one.subscribing.topics})\s{{0,9}}[:=]")
_SOURCES = any_of(lambda one: rf"(?:^|\s)(?:{one.subscribing.sources})\s{{0,9}}[:=]")
_NOW = frozenset(word for one in languages() for word in one.subscribing.now)
_TIMES = [
    re.compile(
        rf"(?P<before>{one.dates.morning}|{one.dates.afternoon})?(?P<hour>\d{{1,2}})"
        rf"(?::(?P<minute>\d{{2}})|(?P<clock>{one.dates.clock}))?"
        rf"(?P<after>{one.dates.morning}|{one.dates.afternoon})?"
    )
    for one in languages()
]
_AFTERNOON = any_of(lambda one: one.dates.afternoon)
_MORNING = any_of(lambda one: one.dates.morning)
_COUNT = any_of(lambda one: rf"(\d{{1,3}})(?:{one.subscribing.papers})")


def parse_words(words: str, base: Subscription) -> Subscription:
    """*base* with what *words* say changed.

    Raises:
        InputError: a word means nothing here, or a value cannot be.
    """
    text = unicodedata.normalize("NFKC", words).strip()
    changes: Change = {}
    parts = [(found.start(), found.end(), read) for found, read in _lists(text)]
    begins = [*(start for start, _, _ in parts), len(text)]
    for (_, start, read), end in zip(parts, begins[1:], strict=True):
        changes |= read(text[start:end])
    for word in text[: begins[0]].split():
        if word.lower() not in _NOW:
            changes |= _meaning(word.strip(","))
    return replace(base, **changes)


def says_now(words: str) -> bool:
    """Whether *words* ask for the newest digest at once."""
    text = unicodedata.normalize("NFKC", words).lower()
    first = next((found.start() for found, _ in _lists(text)), len(text))
    return any(word in _NOW for word in text[:first].split())


def sources_from(text: str) -> Change:
    """Sources from ``huggingface, arxiv:cs.CL``.

    Raises:
        InputError: one is none, or there is none at all.
    """
    try:
        sources = parse_sources(text)
    except ValueError as problem:
        raise InputError(
            str(problem), message_id="actions-bad-source", typed=text.strip()[:_SHOWN]
        ) from None
    if not sources:
        raise InputError("no source", message_id="actions-no-source")
    return {"sources": sources}


def _lists(text: str) -> list[tuple[re.Match[str], Callable[[str], Change]]]:
    """Where the lists of topics and sources begin, in their order, and what reads each."""
    found = [(_TOPICS.search(text), topics_from), (_SOURCES.search(text), sources_from)]
    there = [(one, read) for one, read in found if one is not None]
    return sorted(there, key=lambda pair: pair[0].start())


def topics_from(text: str, *, negative: bool | None = None) -> Change:
    """Topics from ``agents, "vision language", -robotics``; a leading ``-`` means: leave out.

    Topics of one kind leave those of the other as they were. With *negative* given, all of them
    are of that one kind.

    Raises:
        InputError: too many, or one too long.
    """
    entries = [part.strip() for part in re.split(r"[,\n;]", text)]
    if negative is not None:
        return {"negative_topics" if negative else "topics": _checked(entries)}
    wanted = [one for one in entries if not one.startswith("-")]
    unwanted = [one for one in entries if one.startswith("-")]
    said = {"topics": _checked(wanted), "negative_topics": _checked(unwanted)}
    # What is not named stays, unless nothing is: that ends both.
    return {field: topics for field, topics in said.items() if topics} or said


def _checked(entries: Sequence[str]) -> tuple[str, ...]:
    plain = (one.lstrip("- ").strip("\"' ") for one in entries)
    topics = tuple(dict.fromkeys(one for one in plain if one))
    for one in topics:
        if len(one) > LONGEST_TOPIC:
            raise InputError("long topic", message_id="actions-topic-too-long", topic=one[:_SHOWN])
    if len(topics) > MOST_TOPICS:
        raise InputError("many topics", message_id="actions-too-many-topics", most=MOST_TOPICS)
    return topics


def check_count(count: int) -> int:
    """How many papers a digest shows in full.

    Raises:
        InputError: not between 1 and 50.
    """
    if not 1 <= count <= MOST_PAPERS:
        raise InputError(f"count {count}", message_id="actions-bad-count", most=MOST_PAPERS)
    return count


def _meaning(word: str) -> Change:
    for reading in _READINGS:
        change = reading(word)
        if change is not None:
            return change
    near = difflib.get_close_matches(word.lower(), [*_VALUES, *sorted(_WEEKLY)], n=1, cutoff=0.5)
    if near:
        raise InputError(
            word, message_id="actions-subscribe-near", typed=word[:_SHOWN], near=near[0]
        )
    raise InputError(word, message_id="actions-subscribe-unknown", typed=word[:_SHOWN])


def _value(word: str) -> Change | None:
    change = _VALUES.get(word.lower())
    return None if change is None else dict([change])


def _time(word: str) -> Change | None:
    found = next(filter(None, (pattern.fullmatch(word.lower()) for pattern in _TIMES)), None)
    if found is None:
        return None
    parts = found.groupdict()
    if not (parts["minute"] or parts["clock"] or parts["after"]):
        return None  # a bare number
    half_of_day = parts["after"] or parts["before"] or ""
    hour = int(parts["hour"])
    if _AFTERNOON.fullmatch(half_of_day) and hour < 12:
        hour += 12
    if _MORNING.fullmatch(half_of_day) and hour == 12:
        hour = 0
    minute = 30 if parts.get("half") else int(parts["minute"] or parts.get("minutes") or 0)
    return {"time": _valid_time(f"{hour:02d}:{minute:02d}", word)}


def _valid_time(text: str, word: str) -> time:
    try:
        return parse_time(text)
    except ValueError:
        raise InputError(word, message_id="actions-bad-time", typed=word[:_SHOWN]) from None


def _zone(word: str) -> Change | None:
    if "/" not in word:
        return None
    try:
        return {"timezone": parse_timezone(word)}
    except ValueError:
        raise InputError(word, message_id="actions-bad-timezone", typed=word[:_SHOWN]) from None


def _weekdays(word: str) -> Change | None:
    """``mon-fri``, ``mon,wed`` or names of one letter in a row."""
    parts, known = re.sub("[~–]", "-", word.lower()).split(","), weekdays()
    if len(parts) == 1 and parts[0] not in known and all(day in known for day in parts[0]):
        parts = list(parts[0])
    days: set[int] = set()
    for part in parts:
        first, _, last = part.partition("-")
        if first not in known or (last and last not in known):
            return None
        start, end = known[first], known[last or first]
        days.update((start + step) % 7 for step in range((end - start) % 7 + 1))
    return {"weekdays": tuple(sorted(days))}


def _count(word: str) -> Change | None:
    found = _COUNT.fullmatch(word.lower())
    return None if found is None else {"count": check_count(int(found[found.lastindex or 0]))}


def _weekly(word: str) -> Change | None:
    name, _, day = word.lower().replace("=", ":").partition(":")
    if name not in _WEEKLY:
        return None
    if not day:
        return {"weekly": 0}
    if day in _NEVER:
        return {"weekly": None}
    days: tuple[int, ...] = (_weekdays(day) or {}).get("weekdays", ())
    if len(days) != 1:
        raise InputError(word, message_id="actions-bad-weekly", typed=word[:_SHOWN])
    return {"weekly": days[0]}


_READINGS: tuple[Callable[[str], Change | None], ...] = (
    _value,
    _time,
    _zone,
    _weekly,
    _weekdays,
    _count,
)

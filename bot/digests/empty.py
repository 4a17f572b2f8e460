"""What is said when there is nothing to list."""

from collections.abc import Sequence
from datetime import date

from bot.digests.voice import Voice
from bot.languages import Catalog
from bot.slack.blocks import Message, header, section
from bot.slack.blocks.fallback import fallback

_SATURDAY = 5


def empty_day(day: date, language: str, *, notices: Sequence[str] = ()) -> Message:
    """The listing of *day* has no papers (or none that this channel hasn't had or doesn't want)."""
    voice = Voice(language)
    known = [voice.say(f"digests-notice-{one}", joint="\n", count=0) for one in notices]
    key = "digests-empty-weekend" if day.weekday() >= _SATURDAY else "digests-empty-weekday"
    return _message(day, voice, [_dated(voice, key, day), *known])


def late_day(day: date, language: str) -> Message:
    """The listing of *day* could not be read yet; it comes later."""
    voice = Voice(language)
    return _message(day, voice, [_dated(voice, "digests-late", day)])


def nothing_new(day: date, language: str) -> Message:
    """All papers of the listing have been shown in this channel before."""
    voice = Voice(language)
    return _message(day, voice, [_dated(voice, "digests-nothing-new", day)])


def empty_week(period: str, language: str) -> Message:
    """No listing of the week has papers."""
    voice = Voice(language)
    line = voice.say("digests-empty-week", joint="\n", week=period)
    return Message(text=fallback([line]), blocks=(section(line),))


def _message(day: date, voice: Voice, lines: Sequence[str]) -> Message:
    title = voice.say("digests-title-daily", day=lambda words: words.day(day))
    return Message(
        text=fallback([title, *lines]), blocks=(header(title), section("\n".join(lines)))
    )


def _dated(voice: Voice, key: str, day: date) -> str:
    def written(words: Catalog) -> str:
        return words.short_day(day)

    return voice.say(key, joint="\n", day=written)

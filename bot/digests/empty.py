"""What is said when there is nothing to list."""

from collections.abc import Sequence
from datetime import date

from bot.digests.localisation import Localisation
from bot.languages import Catalog
from bot.slack.blocks import Message, header, section
from bot.slack.blocks.message import fallback

_SATURDAY = 5


def empty_day(day: date, language: str, *, notices: Sequence[str] = ()) -> Message:
    """The listing of *day* has no papers (or none that this channel hasn't had or doesn't want)."""
    l10n = Localisation(language)
    known = [l10n.text(f"digests-notice-{one}", joint="\n", count=0) for one in notices]
    key = "digests-empty-weekend" if day.weekday() >= _SATURDAY else "digests-empty-weekday"
    return _message(day, l10n, [_dated(l10n, key, day), *known])


def late_day(day: date, language: str) -> Message:
    """The listing of *day* could not be read yet; it comes later."""
    l10n = Localisation(language)
    return _message(day, l10n, [_dated(l10n, "digests-late", day)])


def nothing_new(day: date, language: str) -> Message:
    """All papers of the listing have been shown in this channel before."""
    l10n = Localisation(language)
    return _message(day, l10n, [_dated(l10n, "digests-nothing-new", day)])


def empty_week(period: str, language: str) -> Message:
    """No listing of the week has papers."""
    l10n = Localisation(language)
    line = l10n.text("digests-empty-week", joint="\n", week=period)
    return Message(text=fallback([line]), blocks=(section(line),))


def _message(day: date, l10n: Localisation, lines: Sequence[str]) -> Message:
    title = l10n.text("digests-title-daily", day=lambda words: words.day(day))
    return Message(
        text=fallback([title, *lines]), blocks=(header(title), section("\n".join(lines)))
    )


def _dated(l10n: Localisation, key: str, day: date) -> str:
    def written(words: Catalog) -> str:
        return words.short_day(day)

    return l10n.text(key, joint="\n", day=written)

"""ISO weeks: ``2025-W12`` is Monday 17 to Sunday 23 March 2025."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.errors import InputError
from bot.languages import languages

_WORD = "|".join(word for one in languages() for word in one.week_words)
_FORM = re.compile(
    rf"\A(?:(\d{{4}})[ ]?(?:[-/]|{_WORD})?[ ]?)?(?:{_WORD})?[ ]?(\d{{1,2}})[ ]?(?:{_WORD})?",
    re.IGNORECASE,
)
_WEEKS_AGO = {word: weeks for one in languages() for word, weeks in one.dates.weeks_ago.items()}


@dataclass(frozen=True, order=True)
class Week:
    """A week that exists; ``year`` is the ISO year, which differs from the date's at its edges."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Week":
        """The week that *day* is in."""
        iso = day.isocalendar()
        return cls(iso.year, iso.week)

    @classmethod
    def parse(cls, text: str, *, today: date) -> "Week":
        """``2025-W12``, ``2025W12`` and ``W12`` (of this year), a date within it, or
        words for it ("last week").

        Raises:
            InputError: there is no such week, or it has not begun yet.
        """
        week = cls._read(text.strip(), today)
        if week is None:
            raise InputError(f"no week {text!r}", message_id="digests-unknown-week", week=text[:40])
        if week.first > today:
            raise InputError(f"week {week}", message_id="digests-future-week", week=str(week))
        return week

    @classmethod
    def in_text(cls, text: str, *, today: date) -> "Week | None":
        """The week that a sentence speaks of in words ("last week"); None where it names none."""
        line = " ".join(text.lower().split())
        back = next((weeks for word, weeks in _WEEKS_AGO.items() if word in line), None)
        return None if back is None else cls.of(today).before(back)

    @classmethod
    def _read(cls, text: str, today: date) -> "Week | None":
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
                return cls.of(date.fromisoformat(text))
            found = _FORM.fullmatch(text)
            if found is None:
                return cls.in_text(text, today=today) if text.lower() in _WEEKS_AGO else None
            year = int(found[1]) if found[1] else today.isocalendar().year
            return cls.of(date.fromisocalendar(year, int(found[2]), 1))
        except ValueError:
            return None

    @property
    def first(self) -> date:
        """Its Monday."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.first + timedelta(days=6)

    def before(self, weeks: int) -> "Week":
        """The week that many weeks earlier."""
        return Week.of(self.first - timedelta(weeks=weeks))

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"

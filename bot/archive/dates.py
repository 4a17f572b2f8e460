"""Which day or week a digest is about: from its heading, its front matter, its file's name. Pure.

The languages' ways of writing dates in words stand as templates in their folders.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import PurePosixPath
from typing import NamedTuple

from bot.archive.names import all_texts
from bot.digests.weeks import Week
from bot.languages import months

_YEAR = r"(?:19|20)\d\d"
_NUMERIC = (
    r"{y} ?[-/._] ?{m} ?[-/._] ?{d}",
    r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)",
    r"(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})\. ?{y}",
    # Two digits of this century, as in 25.03.11 and 250311.
    r"'?(?P<yy>[0-4]\d)(?P<s>[-/.]) ?(?P<m>0?[1-9]|1[0-2])(?P=s) ?(?P<d>\d{1,2})(?!\d)",
    r"(?P<yy>[12]\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?![.\d])",
    r"{m}[-/._]{d}",
)
_WEEK = re.compile(rf"(?<!\d)(?P<y>{_YEAR})[-/ ]?W(?P<w>\d{{1,2}})(?!\d)", re.IGNORECASE)
_BY_FOLDERS = re.compile(rf"(?<!\d)({_YEAR})[-/._]?(\d\d?)/(\d\d?)(?!\d)[^/]*\Z")
_NAMED_MONTH = re.compile(r"(?<![^\W\d_])[^\W\d_]{3,20}/\d\d?\Z")
_TO = re.compile(r"\s{0,3}[~∼〜～–—-]{1,3}\s{0,3}")
_LONE_DAY = re.compile(r"(?P<d>\d{1,2})(?!\d)")
_DAY_AT_END = re.compile(r"(?<![\w./-])\d{1,2}\Z")
_LONE_YEAR = re.compile(rf"(?<!\d)(?P<y>{_YEAR})(?!\d)|['’](?P<yy>[0-4]\d)(?!\d)")
_LONGEST = 400


@dataclass(frozen=True)
class Written:
    """A date as somebody wrote it; a part that is not there is None. ``text`` is what was
    written; ``is_range`` when an end follows."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    week: int | None = None
    is_range: bool = False
    text: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it names one day or week of one year."""
        return self.year is not None and (self.week is not None or self.day is not None)

    def first(self) -> date:
        """The day, or the first one of the week.

        Raises:
            ValueError: there is no such day.
        """
        year = self.year or 0
        if self.week is not None and self.month is not None:
            # A month's first week is the one with its first Thursday.
            start = date(year, self.month, 4) - timedelta(date(year, self.month, 4).weekday())
            return start + timedelta(weeks=self.week - 1)
        if self.week is not None:
            return date.fromisocalendar(year, self.week, 1)
        return date(year, self.month or 0, self.day or 0)

    def period(self) -> str:
        """``2025-01-29`` or ``2025-W12``.

        Raises:
            ValueError: there is no such day.
        """
        first = self.first()
        is_week = self.is_range or self.week is not None
        return str(Week.of(first)) if is_week else first.isoformat()


@dataclass(frozen=True)
class Origin:
    """Where a text comes from, for the dates that its names tell: ``name`` is the path from the
    folder that was asked for, with ``/``."""

    name: str = ""
    year: int | None = None

    def written(self) -> Written:
        """The date of the file's name, as far as it and its folders tell one."""
        path = PurePosixPath(self.name)
        stem = path.stem.replace("_", "-")
        own = find(stem) or Written(year=year_in(stem))
        if own.year is not None:
            return own
        if own.day is None:
            folders = "/".join([*path.parts[-4:-1], path.stem])
            if by_folders := _BY_FOLDERS.search(folders):
                year, month, day = map(int, by_folders.groups())
                return Written(year, month, day, text=by_folders[0])
            named = _WEEK.search(folders) or _NAMED_MONTH.search(folders)
            if named and (found := find(named[0].replace("/", " "))):
                return found
        return own

    def folder_year(self) -> int | None:
        """The year that a folder is named after, the nearest one's."""
        parts = reversed(PurePosixPath(self.name).parts[:-1])
        return next((year for part in parts if (year := year_in(part))), None)


class Decision(NamedTuple):
    """``period`` is empty when there is none: then ``message_id`` says why
    (``archive-which-year``, ``archive-which-day``, ``archive-no-such-day``) of which ``text``.
    With a period it says that the file's name won over another date."""

    period: str = ""
    message_id: str = ""
    text: str = ""


def find(text: str) -> Written | None:
    """The first date in *text*, whole ones before those without a year."""
    text = text[:_LONGEST]
    if not any(map(str.isdigit, text)):
        return None
    if found := _WEEK.search(text):
        return Written(int(found["y"]), week=int(found["w"]), text=found[0])
    for pattern in _patterns("dates"):
        if found := pattern.search(text):
            return _complete(found, text)
    for pattern in _patterns("weeks"):
        if found := pattern.search(text):
            return _week(found, text)
    return None


def year_in(text: str) -> int | None:
    """The year that stands in *text* by itself."""
    found = _LONE_YEAR.search(text)
    return int(found["y"] or f"20{found['yy']}") if found else None


def decide(heading: Written | None, front: str, origin: Origin, *, alone: bool) -> Decision:
    """The period of a digest. *front* is the front matter's date; *alone* says whether the file
    holds this digest only, so that its name tells about it."""
    named = origin.written() if alone else Written()
    further = None if alone else origin.written().year
    fronted = find(front) or Written()
    is_possible = heading is not None and _is_possible(heading)
    if named.is_whole and not (heading and is_possible and _agree(heading, named)):
        return _decided(named, heading.text if heading is not None else "")
    if heading is not None and not is_possible and heading.is_whole:
        return _decided(heading)
    # What the heading, the front matter and the names tell together.
    base = next((one for one in (heading, fronted, named) if one and (one.day or one.week)), None)
    if base is None:
        return Decision(message_id="archive-which-day")
    years = (named.year, base.year, further, fronted.year, origin.folder_year(), origin.year)
    year = next((one for one in years if one is not None), None)
    if year is None:
        return Decision(message_id="archive-which-year", text=base.text)
    return _decided(replace(base, year=year), base.text if base.year not in (None, year) else "")


def _decided(written: Written, instead: str = "") -> Decision:
    """The period that is written, *instead* of another date."""
    if not _is_possible(written):
        return Decision(message_id="archive-no-such-day", text=written.text)
    period = written.period()
    return (
        Decision(period, "archive-name-wins", f"{instead} → {period}")
        if instead
        else Decision(period)
    )


def _agree(heading: Written, named: Written) -> bool:
    """Whether a heading's date may stand beside that of the file's name: a week's name may be any
    day of its year, such as the one on which it was posted."""
    if heading.is_range or heading.week is not None:
        return abs((heading.first() - named.first()).days) <= 31
    if heading.year is None:
        return (heading.month, heading.day) == (named.month, named.day)
    return heading.first() == named.first()


def _is_possible(written: Written) -> bool:
    if not written.is_whole:
        # The leap year takes every day that there is in some year.
        written = replace(written, year=written.year or 2024)
    try:
        return bool(written.period())
    except ValueError:
        return False


def _complete(found: re.Match[str], text: str) -> Written:
    """The date with the other end of a range, if there is one, and a year that stands apart."""
    written = _one_day(found)
    year = written.year or year_in(text[found.end() :])
    to = _TO.match(text, found.end())
    if to and (end := _end_at(text, to.end())):
        return replace(written, year=year, is_range=True, text=text[found.start() : end])
    if begun := _begun_before(text, found.start(), written):
        return replace(begun, text=text[text.index(begun.text) : found.end()])
    return replace(written, year=year)


def _end_at(text: str, start: int) -> int | None:
    """Where a range ends that goes on at *start*."""
    for pattern in (*_patterns("dates"), _LONE_DAY):
        if found := pattern.match(text, start):
            return found.end()
    return None


def _one_day(found: re.Match[str]) -> Written:
    groups = found.groupdict()
    named = months()[groups["month"].lower()] if groups.get("month") else None
    month = int(groups["m"]) if groups.get("m") else named
    year = int(groups["y"]) if groups.get("y") else None
    if groups.get("yy"):
        year = 2000 + int(groups["yy"])
    return Written(year, month, int(groups["d"]), text=found[0])


def _begun_before(text: str, at: int, last: Written) -> Written | None:
    """The first day of a range that says its year, or all but the day, at its end only."""
    before = text[:at].rstrip()
    start = before.rstrip("~∼〜～–—-").rstrip()
    if start == before or last.year is None:
        return None
    whole = (hit for one in _patterns("dates") for hit in one.finditer(start))
    found = next((_one_day(one) for one in whole if one.end() == len(start)), None)
    if found is None and (day := _DAY_AT_END.search(start)):
        found = replace(last, day=int(day[0]), text=day[0])
    if found is None or found.month is None or last.month is None:
        return None
    year = last.year - ((found.month, found.day or 0) > (last.month, last.day or 0))
    return replace(found, year=found.year or year, is_range=True)


def _week(found: re.Match[str], text: str) -> Written:
    """A week of a year or of a month."""
    groups = found.groupdict()
    year = int(groups["y"]) if groups.get("y") else year_in(text[found.end() :])
    month = int(groups["m"]) if groups.get("m") else None
    return Written(year, month, week=int(groups["w"]), text=found[0])


@cache
def _patterns(kind: str) -> Sequence[re.Pattern[str]]:
    """All ways of writing a date or a week, those with a year first."""
    told = [*_NUMERIC, *all_texts(kind)] if kind == "dates" else list(all_texts(kind))
    ordered = sorted(told, key=lambda one: (not re.search("[{<]y", one), one in _NUMERIC))
    return tuple(re.compile(_compiled(one), re.IGNORECASE) for one in ordered)


def _compiled(template: str) -> str:
    fields = {
        "{y}": rf"(?P<y>{_YEAR})",
        "{m}": r"(?P<m>\d{1,2})",
        "{d}": r"(?P<d>\d{1,2})(?!\d)",
        "{w}": r"(?P<w>\d{1,2})(?!\d)",
        "{month}": rf"(?P<month>{'|'.join(sorted(map(re.escape, months()), key=len)[::-1])})\b",
    }
    for name, pattern in fields.items():
        template = template.replace(name, pattern)
    return rf"(?<![\w.])(?:{template})(?!\d)"

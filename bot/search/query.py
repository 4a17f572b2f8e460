"""A search as it was typed: free words, and filters such as ``author:`` or ``after:2025-03``."""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date

from bot.languages import any_of, languages
from bot.text.words import in_pairs, phrase, query_words
from storage import WHOLE_TEAM, PaperFilter

_FILTERS = {name: name for name in ("author", "org", "after", "before", "has")} | {
    word: name for one in languages() for word, name in one.searching.filters.items()
}
_SAVED = any_of(
    lambda one: (
        one.searching.saved
        and rf"(?<!\S)(?:{one.searching.saved})\s*:\s*(?:(?:{one.searching.mine})(?!\S))?"
    )
)
_FILTER = re.compile(
    rf"(?P<name>{'|'.join(_FILTERS)})\s*:\s*(?P<value>\"[^\"]*\"|\S+)", re.IGNORECASE
)
_CODE = any_of(lambda one: one.searching.code)


@dataclass(frozen=True)
class Query:
    """``words`` is the free text; ``unknown`` are filters whose value made no sense.
    ``wants_saved`` asks for saved papers only; whose, the text doesn't say. ``place`` is where what
    is found will be seen."""

    words: str
    where: PaperFilter = field(default_factory=PaperFilter)
    unknown: tuple[str, ...] = ()
    wants_saved: bool = False
    place: str = WHOLE_TEAM

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing at all."""
        return not (self.words or self.wants_saved) and self.where == PaperFilter()


def parse_query(text: str) -> Query:
    """Split the filters from the words. A year or a month stands for its first or last day."""
    found: dict[str, list[str]] = {"author": [], "org": [], "after": [], "before": [], "has": []}
    unknown: list[str] = []
    text, saved = _SAVED.subn(" ", text)
    for match in _FILTER.finditer(text):
        name = _FILTERS[match["name"].lower()]
        value = match["value"].strip('"').strip()
        if _is_usable(name, value):
            found[name].append(value)
        else:
            unknown.append(match.group())
    where = PaperFilter(
        authors=tuple(found["author"]),
        organizations=tuple(found["org"]),
        after=max((_edge(value, last=False) for value in found["after"]), default=None),
        before=min((_edge(value, last=True) for value in found["before"]), default=None),
        has_code=bool(found["has"]),
        people=" AND ".join(map(_named, [*found["author"], *found["org"]])),
    )
    words = " ".join(_FILTER.sub(" ", text).split())
    return Query(words=words, where=where, unknown=tuple(unknown), wants_saved=bool(saved))


def _named(name: str) -> str:
    """The expression for a name, whose last word may be a beginning."""
    words = [one for one in map(phrase, query_words(name)) if one]
    *whole, last = words or ['""']
    beginning = last if last.endswith("*") or in_pairs(last) else f"{last} *"
    return "people : (" + " AND ".join([*whole, beginning]) + ")"


def _is_usable(name: str, value: str) -> bool:
    if name == "has":
        return _CODE.fullmatch(value) is not None
    if name in ("after", "before"):
        return bool(_edge(value, last=False))
    return bool(query_words(value))


def _edge(value: str, *, last: bool) -> str:
    """The first or last day of ``2025``, ``2025-03`` or ``2025-03-19``; empty when it is none."""
    match = re.fullmatch(r"(\d{4})(?:[-./](\d{1,2}))?(?:[-./](\d{1,2}))?", value)
    if match is None:
        return ""
    year, month, day = int(match[1]), match[2], match[3]
    try:
        first = date(year, int(month or (12 if last else 1)), 1)
        days = calendar.monthrange(first.year, first.month)[1]
        return first.replace(day=int(day or (days if last else 1))).isoformat()
    except ValueError:
        return ""

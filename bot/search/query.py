"""A search as it was typed: free words, and filters such as ``author:`` or ``after:2025-03``."""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date

from storage import PaperFilter

_FILTER = re.compile(
    r"(?P<name>author|org|after|before|has|저자|기관|이후|이전)\s*:\s*"
    r"(?P<value>\"[^\"]*\"|\S+)",
    re.IGNORECASE,
)
_NAMES = {"저자": "author", "기관": "org", "이후": "after", "이전": "before"}
_CODE = {"code", "코드"}


@dataclass(frozen=True)
class Query:
    """``words`` is the free text; ``unknown`` are filters whose value made no sense."""

    words: str
    where: PaperFilter = field(default_factory=PaperFilter)
    unknown: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing at all."""
        return not self.words and self.where == PaperFilter()


def parse_query(text: str) -> Query:
    """Split the filters from the words. A year or a month stands for its first or last day."""
    found: dict[str, list[str]] = {"author": [], "org": [], "after": [], "before": [], "has": []}
    unknown: list[str] = []
    for match in _FILTER.finditer(text):
        name = _NAMES.get(match["name"], match["name"].lower())
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
    )
    words = " ".join(_FILTER.sub(" ", text).split())
    return Query(words=words, where=where, unknown=tuple(unknown))


def _is_usable(name: str, value: str) -> bool:
    if name == "has":
        return value.lower() in _CODE
    if name in ("after", "before"):
        return bool(_edge(value, last=False))
    return bool(value)


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

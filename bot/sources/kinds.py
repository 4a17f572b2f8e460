"""The kinds of sources there are, and what a subscription's sources mean.

A source is named ``huggingface`` or, where there are many lists, ``arxiv:cs.CL``.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache

from bot.plugins import found_in
from bot.sources.ports import OLDEST, SourceKind

# The source of imported digests, and of those who wish for none.
DEFAULT_SOURCE = "huggingface"
LONGEST_SOURCE = 300
MOST_SOURCES = 20
_WEEK = 7


@cache
def kinds() -> Mapping[str, SourceKind]:
    """Each kind by its name."""
    found: list[SourceKind] = found_in("bot.sources", "SOURCE")
    return {one.name: one for one in found}


def kind_of(source: str) -> SourceKind | None:
    """The kind of a source; None for one that no module knows (any more)."""
    return kinds().get(kind_name(source))


def kind_name(source: str) -> str:
    """What a source's name says before the colon."""
    return source.partition(":")[0]


def part_of(source: str) -> str:
    """What a source's name says after its kind."""
    return source.partition(":")[2]


def canonical(text: str) -> str:
    """A source's one spelling.

    Raises:
        ValueError: there is no such source.
    """
    name, _, part = text.strip().partition(":")
    kind = kinds().get(name.strip().lower())
    if kind is None or len(text) > LONGEST_SOURCE:
        raise ValueError(f"no source {text[:40]!r}: there are {', '.join(kinds())}")
    part = kind.canonical(" ".join(part.split()))
    return f"{kind.name}:{part}" if part else kind.name


def parse_sources(text: str) -> tuple[str, ...]:
    """The sources of ``huggingface, arxiv:cs.CL``, each once; a comma within a query separates
    nothing.

    Raises:
        ValueError: one is none, or there are too many.
    """
    names = "|".join(map(re.escape, kinds()))
    parts = re.split(rf"[,;\n](?=\s{{0,9}}(?:{names})\b)", text, flags=re.IGNORECASE)
    found = tuple(dict.fromkeys(canonical(one.strip(" ,;")) for one in parts if one.strip(" ,;")))
    if len(found) > MOST_SOURCES:
        raise ValueError(f"{MOST_SOURCES} sources at most")
    return found


def label(source: str) -> str:
    """What people call a source."""
    kind = kind_of(source)
    return source if kind is None else f"{kind.title} {part_of(source)}".strip()


def labels(sources: Iterable[str]) -> list[str]:
    """What people call several sources, each once."""
    return list(dict.fromkeys(map(label, sources)))


def short_labels(sources: Iterable[str]) -> list[str]:
    """What a headline calls them: one by its whole name, several by their kinds alone."""
    named = labels(sources)
    return named if len(named) == 1 else labels(map(kind_name, sources))


def newest_day(source: str, now: datetime) -> date:
    """The newest day whose listing is worth posting at *now*."""
    kind = kind_of(source)
    return now.date() if kind is None else kind.newest(now)


def first_day(sources: Sequence[str]) -> date:
    """The first day of which one of the sources can have a listing."""
    known = (kind_of(one) for one in sources)
    return min((one.first for one in known if one is not None), default=OLDEST)


def latest_day(source: str, now: datetime) -> date:
    """The newest day on which a source usually lists papers and that may be asked for at *now*."""
    kind = kind_of(source)
    day = now.date() if kind is None else kind.latest(now)
    back = (day - timedelta(days=step) for step in range(_WEEK))
    return next((one for one in back if not rests(source, one)), day)


def rests(source: str, day: date) -> bool:
    """Whether a source usually lists nothing on a day."""
    kind = kind_of(source)
    return kind is not None and kind.rests(day)


def is_lasting(source: str) -> bool:
    """Whether a source's entries go on changing after their listing has settled."""
    kind = kind_of(source)
    return kind is not None and kind.lasting


def next_listing(sources: Sequence[str], day: date) -> date | None:
    """The first day after *day* on which one of the sources usually lists papers."""
    days = (day + timedelta(days=step) for step in range(1, _WEEK + 1))
    return next((one for one in days if not all(rests(each, one) for each in sources)), None)


def listing_page(source: str, day: date) -> str | None:
    """Where a listing is on the web."""
    kind = kind_of(source)
    return None if kind is None else kind.page(part_of(source), day)


def paper_page(paper_id: str) -> str | None:
    """Where a paper is that only one kind of source has; None for one of arXiv's."""
    pages = (kind.paper_page(paper_id) for kind in kinds().values())
    return next(filter(None, pages), None)

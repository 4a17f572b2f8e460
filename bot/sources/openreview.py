"""A venue's papers on OpenReview (``openreview:ICLR.cc/2026/Conference``), by the UTC day on which
they became public. Asks version 2 of its API, which needs no account for what is public.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from bot.errors import SourceError
from bot.net import HttpClient
from bot.sources.fields import LONGEST_NAME, LONGEST_TITLE, folded, mapping, texts
from bot.sources.links import code_link_in, repository
from bot.sources.ports import DayListing, SourceKind
from storage import Paper

API = "https://api2.openreview.net"
PAGE, MOST_PAGES = 1_000, 30
MAX_BYTES = 20_000_000
SETTLES_AFTER = timedelta(hours=36)
# Half a day after a venue's morning in the Americas its papers are there.
FILLED_AFTER = timedelta(hours=12)
_PREFIX = "openreview:"
_VENUE = re.compile(r"[A-Za-z0-9_.-]{2,60}(?:/[A-Za-z0-9_.-]{1,60}){1,6}")
_FORUM = re.compile(r"[A-Za-z0-9_-]{5,40}")


class OpenReview:
    """The source ``openreview``."""

    name = "openreview"

    def __init__(self, http: HttpClient, base_url: str = API) -> None:
        self._http = http
        self._url = f"{base_url.rstrip('/')}/notes"

    def listing(self, venue: str, day: date, /) -> DayListing:
        """The venue's papers that became public on *day*, in the order of their submission.

        Raises:
            SourceError: OpenReview is down, refuses, or answers something else than notes.
        """
        papers: dict[str, Paper] = {}
        skipped = 0
        for page in range(MOST_PAGES):
            notes = self._notes(venue, page * PAGE)
            of_day = [note for note in notes if _public_on(note) == day]
            found = [paper for paper in map(_paper, of_day) if paper is not None]
            papers.update((paper.id, paper) for paper in found)
            skipped += len(of_day) - len(found)
            if len(notes) < PAGE:
                break
        return DayListing(tuple(papers.values()), skipped, settles=_settles(day))

    def ping(self) -> str | None:
        """One small request: None when OpenReview answers, otherwise what is wrong."""
        try:
            self._ask({"invitation": "ICLR.cc/2025/Conference/-/Submission", "limit": 1})
        except SourceError as error:
            return str(error)
        return None

    def _notes(self, venue: str, offset: int) -> list[Any]:
        asked: dict[str, str | int] = {
            "invitation": f"{venue}/-/Submission",
            "sort": "number:asc",
            "limit": PAGE,
            "offset": offset,
        }
        return self._ask(asked)

    def _ask(self, params: Mapping[str, str | int]) -> list[Any]:
        answer = self._http.get(
            self._url,
            params=params,
            accept="application/json",
            max_bytes=MAX_BYTES,
            verify=lambda got: parse_notes(got.body),
        )
        return parse_notes(answer.body)


def parse_notes(payload: bytes) -> list[Any]:
    """The notes of one answer.

    Raises:
        SourceError: not JSON, or without notes.
    """
    try:
        notes = mapping(json.loads(payload)).get("notes")
    except (ValueError, RecursionError):
        raise SourceError("OpenReview answered something else than JSON") from None
    if not isinstance(notes, list):
        raise SourceError("OpenReview answered no notes")
    return list(islice(notes, PAGE))


def _paper(note: Any) -> Paper | None:
    outer = mapping(note)
    content = mapping(outer.get("content"))
    forum = folded(outer.get("forum"), most=LONGEST_NAME)
    title = folded(_value(content, "title"), most=LONGEST_TITLE)
    if not _FORUM.fullmatch(forum) or not title:
        return None
    abstract = folded(_value(content, "abstract"))
    return Paper(
        id=_PREFIX + forum,
        title=title,
        abstract=abstract,
        authors=texts(_value(content, "authors")),
        published=_moment(outer, "odate") or _moment(outer, "cdate"),
        code_url=repository(_value(content, "code")) or code_link_in(abstract),
        keywords=texts(_value(content, "keywords")),
    )


def _value(content: Mapping[str, Any], name: str) -> Any:
    return mapping(content.get(name)).get("value")


def _public_on(note: Any) -> date | None:
    outer = mapping(note)
    moment = _moment(outer, "odate") or _moment(outer, "cdate")
    return None if moment is None else moment.date()


def _moment(note: Mapping[str, Any], name: str) -> datetime | None:
    """A time in milliseconds."""
    told = note.get(name)
    if not isinstance(told, int) or isinstance(told, bool):
        return None
    try:
        return datetime.fromtimestamp(told / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _settles(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC) + SETTLES_AFTER


def _canonical(part: str) -> str:
    if not _VENUE.fullmatch(part):
        raise ValueError("use a venue such as openreview:ICLR.cc/2026/Conference")
    return part


def _paper_page(paper_id: str) -> str | None:
    forum = paper_id.removeprefix(_PREFIX)
    known = forum != paper_id and _FORUM.fullmatch(forum)
    return f"https://openreview.net/forum?id={forum}" if known else None


SOURCE = SourceKind(
    name="openreview",
    title="OpenReview",
    build=lambda http, _addresses: OpenReview(http),
    canonical=_canonical,
    newest=lambda now: (now.astimezone(UTC) - FILLED_AFTER).date(),
    rests=lambda _day: False,
    page=lambda venue, _day: f"https://openreview.net/group?id={venue}",
    paper_page=_paper_page,
    hosts=("openreview.net", "api2.openreview.net"),
)

"""Hugging Face Daily Papers: the listing of one UTC day, with votes, links and organisations."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.errors import SourceError
from bot.net import HttpClient, Response
from bot.sources.fields import (
    LONGEST_NAME,
    LONGEST_TITLE,
    MOST_NAMES,
    count,
    folded,
    mapping,
    moment,
    texts,
    web_url,
)
from bot.sources.ids import arxiv_id
from bot.sources.links import code_link_in, repository
from bot.sources.ports import DayListing, SourceKind
from storage import Paper

log = logging.getLogger(__name__)

FIRST = date(2023, 5, 4)
PAGE_SIZE = 100
PING_SIZE = 20
MOST_PAGES = 20
# A hundred entries, the most that are given, take a tenth of a megabyte or two.
MAX_BYTES, MOST_ENTRIES = 4_000_000, 1_000
LONGEST_QUESTION = 250
# Before this, a UTC day's listing holds next to nothing: the day before is the newest.
FILLED_AFTER = timedelta(hours=7, minutes=30)
SETTLES_AFTER = timedelta(hours=36)


@dataclass(frozen=True)
class ListingPage:
    """One answer: its papers in the source's order, how many entries it had, how many unusable."""

    papers: tuple[Paper, ...]
    entries: int
    skipped: int


class HuggingFace:
    """The source ``huggingface``."""

    name = "huggingface"

    def __init__(self, http: HttpClient, base_url: str) -> None:
        self._http = http
        base = base_url.rstrip("/")
        self._url, self._search_url = f"{base}/api/daily_papers", f"{base}/api/papers/search"

    def listing(self, _part: str, day: date) -> DayListing:
        """All pages of the listing of *day*, which must not be later than today in UTC.

        Raises:
            SourceError: the source is down, refuses, or answers something else than a listing.
        """
        papers: dict[str, Paper] = {}
        skipped = 0
        for number in range(MOST_PAGES):
            response = self._page(day, number)
            page = parse_listing(response.body)
            skipped += page.skipped
            for paper in page.papers:
                # Votes move between two pages, so that an entry may come twice.
                papers.setdefault(paper.id, paper)
            if not page.entries or not _has_next(response, page):
                break
        if skipped:
            log.warning("listing of %s: %d entries could not be read", day, skipped)
        return DayListing(tuple(papers.values()), skipped, settles=settles(day))

    def search(self, title: str) -> tuple[Paper, ...]:
        """Papers whose title is like *title*.

        Raises:
            SourceError: as :meth:`listing` does.
        """
        response = self._http.get(
            self._search_url,
            params={"q": title[:LONGEST_QUESTION]},
            accept="application/json",
            max_bytes=MAX_BYTES,
            retries=1,
            verify=lambda answer: parse_listing(answer.body),
        )
        return parse_listing(response.body).papers

    def ping(self) -> str | None:
        """One small request: None when the source answers, otherwise what is wrong."""
        try:
            answer = self._http.get(
                self._url, params={"limit": PING_SIZE}, max_bytes=MAX_BYTES, retries=0
            )
            page = parse_listing(answer.body)
        except SourceError as error:
            return str(error)
        # A single paper may well be none of arXiv's; all of them mean that the form has changed.
        return (
            f"none of {page.skipped} entries could be read"
            if page.skipped and not page.papers
            else None
        )

    def _page(self, day: date, number: int) -> Response:
        return self._http.get(
            self._url,
            params={"date": day.isoformat(), "limit": PAGE_SIZE, "p": number},
            accept="application/json",
            max_bytes=MAX_BYTES,
            verify=lambda answer: parse_listing(answer.body),
        )


def newest(now: datetime) -> date:
    """The newest UTC day whose listing is worth posting at *now*."""
    return (now.astimezone(UTC) - FILLED_AFTER).date()


def settles(day: date) -> datetime:
    """When a reading of the listing of *day* is the last one needed.

    A listing takes in papers until its UTC day ends, and votes go on; twelve hours after that
    end it no longer changes enough to be read again.
    """
    return datetime.combine(day, time.min, tzinfo=UTC) + SETTLES_AFTER


def parse_listing(payload: bytes) -> ListingPage:
    """The papers of one answer. An entry without an arXiv id or a title is skipped and counted, as
    are those behind the first thousand.

    Raises:
        SourceError: not JSON, or not an array.
    """
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError):
        raise SourceError("Hugging Face answered something else than JSON") from None
    if not isinstance(answer, list):
        problem = folded(mapping(answer).get("error"))[:200] or "not a list"
        raise SourceError(f"Hugging Face answered no listing: {problem}")
    papers = tuple(paper for paper in map(_paper, answer[:MOST_ENTRIES]) if paper is not None)
    return ListingPage(papers=papers, entries=len(answer), skipped=len(answer) - len(papers))


def _paper(entry: Any) -> Paper | None:
    outer = mapping(entry)
    inner = mapping(outer.get("paper"))
    paper_id = arxiv_id(folded(inner.get("id"), most=LONGEST_NAME))
    title = folded(inner.get("title"), most=LONGEST_TITLE)
    title = title or folded(outer.get("title"), most=LONGEST_TITLE)
    if paper_id is None or not title:
        return None
    abstract = folded(inner.get("summary")) or folded(outer.get("summary"))
    return Paper(
        id=paper_id,
        title=title,
        abstract=abstract,
        authors=_authors(inner),
        organization=_organization(inner) or _organization(outer),
        published=moment(inner.get("publishedAt")) or moment(outer.get("publishedAt")),
        votes=count(inner.get("upvotes")) or 0,
        comments=count(outer.get("numComments")) or 0,
        code_url=repository(inner.get("githubRepo")) or code_link_in(abstract),
        code_stars=count(inner.get("githubStars")),
        project_url=web_url(inner.get("projectPage")),
        thumbnail_url=web_url(outer.get("thumbnail")),
        ai_summary=folded(inner.get("ai_summary")) or None,
        keywords=texts(inner.get("ai_keywords")),
        withdrawn_at=moment(inner.get("withdrawnAt")),
    )


def _authors(inner: Mapping[str, Any]) -> tuple[str, ...]:
    """Names in order; those that Hugging Face hides (wrongly extracted ones) are left out."""
    entries = inner.get("authors")
    shown = (
        mapping(entry).get("name")
        for entry in (entries[:MOST_NAMES] if isinstance(entries, list) else [])
        if mapping(entry).get("hidden") is not True
    )
    return texts(list(shown))


def _organization(holder: Mapping[str, Any]) -> str | None:
    found = mapping(holder.get("organization"))
    names = (folded(found.get(key), most=LONGEST_NAME) for key in ("fullname", "name"))
    return next(filter(None, names), None)


def _has_next(response: Response, page: ListingPage) -> bool:
    return 'rel="next"' in response.headers.get("link", "") or page.entries >= PAGE_SIZE


SOURCE = SourceKind(
    name="huggingface",
    title="Hugging Face",
    build=lambda http, addresses: HuggingFace(http, addresses["hf_url"]),
    first=FIRST,
    newest=newest,
    lasting=True,
    page=lambda _part, day: f"https://huggingface.co/papers/date/{day.isoformat()}",
    hosts=("huggingface.co",),
)

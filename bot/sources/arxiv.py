"""arXiv's Atom feeds: metadata of papers by id or query, and what was announced on a day."""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from itertools import islice
from typing import TYPE_CHECKING

from bot.errors import SourceError
from bot.net import HttpClient
from bot.sources.fields import (
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_NAMES,
    folded,
    moment,
)
from bot.sources.ids import arxiv_id
from bot.sources.links import code_link_in
from bot.sources.withdrawn import says_withdrawn
from storage import Paper

if TYPE_CHECKING:
    from lxml import etree

log = logging.getLogger(__name__)

BATCH, PAGE = 50, 200
MOST_ASKED = 2_000
# Fifty entries take a tenth of a megabyte or two.
MAX_BYTES, MOST_ENTRIES = 4_000_000, 1_000
MOST_ANNOUNCED = 5_000
SECONDS_BETWEEN_CALLS = 3.0
MOST_WORDS, MOST_FOUND = 20, 10
PING_ID = "1706.03762"

_NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
    "dc": "http://purl.org/dc/elements/1.1/",
    "search": "http://a9.com/-/spec/opensearch/1.1/",
}
_VERSION = re.compile(r"v(\d{1,3})$")
_BEFORE_ABSTRACT = re.compile(r"^arXiv:\S{1,40} Announce Type: \S{1,20} Abstract: ")


@dataclass(frozen=True)
class Feed:
    """What was announced on a day: new papers, those of other categories that were cross-listed,
    and new versions. ``skipped`` entries could not be read."""

    day: date
    new: tuple[Paper, ...]
    cross: tuple[Paper, ...]
    replaced: tuple[Paper, ...]
    skipped: int


class Arxiv:
    """The source ``arxiv``. The client must keep to :data:`SECONDS_BETWEEN_CALLS`."""

    name = "arxiv"

    def __init__(self, http: HttpClient, base_url: str) -> None:
        self._http = http
        self._url = f"{base_url.rstrip('/')}/api/query"

    def papers(self, ids: Iterable[str]) -> list[Paper]:
        """The papers with these ids, in the order asked for; unknown ids are left out.

        Raises:
            SourceError: arXiv is down, refuses, or answers something else than a feed.
        """
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Paper] = {}
        for batch in _batches(wanted, BATCH):
            found.update((paper.id, paper) for paper in parse_feed(self._feed(batch)))
        return [found[one] for one in wanted if one in found]

    def search(self, title: str) -> list[Paper]:
        """Papers with the words of *title* in theirs.

        Raises:
            SourceError: as :meth:`papers` does.
        """
        # Marks of any kind have a meaning in arXiv's queries.
        words = re.findall(r"\w+", title)[:MOST_WORDS]
        query = " AND ".join(f"ti:{word}" for word in words)
        if not words:
            return []
        asked: dict[str, str | int] = {"search_query": query, "max_results": MOST_FOUND}
        return parse_feed(self._ask(asked, retries=1))

    def query(self, query: str, first: datetime, last: datetime) -> list[Paper]:
        """The papers that a query in arXiv's own language finds, submitted between two moments,
        newest first; of very many the newest.

        Raises:
            SourceError: as :meth:`papers` does, or arXiv doesn't understand the query.
        """
        window = " TO ".join(one.strftime("%Y%m%d%H%M") for one in (first, last))
        asked: dict[str, str | int] = {
            "search_query": f"({query}) AND submittedDate:[{window}]",
            "sortBy": "submittedDate",
            "sortOrder": "descending",
            "max_results": PAGE,
        }
        found: dict[str, Paper] = {}
        for start in range(0, MOST_ASKED, PAGE):
            page = parse_feed(self._ask({**asked, "start": start}))
            found.update((paper.id, paper) for paper in page)
            if len(page) < PAGE:
                break
        return list(found.values())

    def ping(self) -> str | None:
        """One small request: None when arXiv answers, otherwise what is wrong."""
        try:
            parse_feed(self._feed([PING_ID], retries=0))
        except SourceError as error:
            return str(error)
        return None

    def _feed(self, ids: Sequence[str], *, retries: int | None = None) -> bytes:
        return self._ask({"id_list": ",".join(ids), "max_results": len(ids)}, retries=retries)

    def _ask(self, params: Mapping[str, str | int], *, retries: int | None = None) -> bytes:
        response = self._http.get(
            self._url,
            params=params,
            accept="application/atom+xml",
            max_bytes=MAX_BYTES,
            allow=(400,),  # the feed says what was wrong
            retries=retries,
            # Now and then arXiv answers with nothing, or with a word that it is too busy.
            verify=lambda answer: _entries(answer.body),
        )
        return response.body


def parse_feed(body: bytes) -> list[Paper]:
    """The papers of a feed, in its order; those behind the first thousand are left out.

    Raises:
        SourceError: not an Atom feed, or one that tells of an error.
    """
    papers = (_paper(entry) for entry in _entries(body)[:MOST_ENTRIES])
    return [paper for paper in papers if paper is not None]


def parse_day(body: bytes, zone: tzinfo) -> Feed:
    """A day's feed; its day is the one in *zone* on which it was made.

    Raises:
        SourceError: not an Atom feed, or one that does not say when it was made.
    """
    made = moment(_text(_tree(body), "atom:updated"))
    if made is None:
        raise SourceError("arXiv's feed does not say of which day it is")
    entries = _entries(body)[:MOST_ANNOUNCED]
    read = [(_text(entry, "arxiv:announce_type"), _announced(entry)) for entry in entries]

    def told(*kinds: str) -> tuple[Paper, ...]:
        return tuple(paper for kind, paper in read if paper is not None and kind in kinds)

    return Feed(
        made.astimezone(zone).date(),
        told("new"),
        told("cross"),
        told("replace", "replace-cross"),
        sum(paper is None for _, paper in read),
    )


def _announced(entry: "etree._Element") -> Paper | None:
    """A feed's entry, which says some things otherwise than an answer of the API."""
    paper = _paper(entry)
    if paper is None:
        return None
    creators = _text(entry, "dc:creator").split(",")[:MOST_NAMES]
    is_first = (paper.version or 1) == 1
    return replace(
        paper,
        abstract=_BEFORE_ABSTRACT.sub("", paper.abstract),
        authors=tuple(name for one in creators if (name := folded(one, most=LONGEST_NAME))),
        # Of a later version the feed tells its own day, not the paper's.
        published=paper.published if is_first else None,
    )


def _entries(body: bytes) -> "list[etree._Element]":
    if not body.strip():
        raise SourceError("arXiv answered nothing")
    feed = _tree(body)
    entries = feed.findall("atom:entry", _NAMES)
    if not entries and _text(feed, "search:totalResults") not in ("", "0"):
        raise SourceError("arXiv answered an empty feed")
    return entries


def _tree(body: bytes) -> "etree._Element":
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        feed = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise SourceError("arXiv answered something else than XML") from None
    if feed.tag != f"{{{_NAMES['atom']}}}feed":
        raise SourceError("arXiv answered something else than a feed")
    return feed


def _paper(entry: "etree._Element") -> Paper | None:
    link = _text(entry, "atom:id", most=LONGEST_NAME)
    if "/api/errors" in link:
        raise SourceError(f"arXiv: {_text(entry, 'atom:summary')[:200]}")
    # A day's feed has ids such as oai:arXiv.org:2508.13426v1.
    paper_id = arxiv_id(link.removeprefix("oai:arXiv.org:"))
    title = _text(entry, "atom:title", most=LONGEST_TITLE)
    if paper_id is None or not title:
        log.warning("an arXiv entry without id or title is skipped: %.100s", link)
        return None
    abstract, comment = _text(entry, "atom:summary"), _text(entry, "arxiv:comment")
    version = _VERSION.search(link)
    withdrawn = says_withdrawn(title=title, comment=comment, abstract=abstract)
    return Paper(
        id=paper_id,
        title=title,
        abstract=abstract,
        authors=tuple(islice(_texts(entry, "atom:author/atom:name", LONGEST_NAME), MOST_NAMES)),
        published=moment(_text(entry, "atom:published")),
        version=int(version[1]) if version else None,
        categories=_categories(entry),
        code_url=code_link_in(f"{abstract} {comment}"),
        withdrawn_at=moment(_text(entry, "atom:updated")) if withdrawn else None,
    )


def _categories(entry: "etree._Element") -> tuple[str, ...]:
    """The primary category first, then the others."""
    marks = [
        *entry.findall("arxiv:primary_category", _NAMES),
        *entry.findall("atom:category", _NAMES),
    ][:MOST_NAMES]
    terms = (folded(str(mark.get("term") or ""), most=LONGEST_NAME) for mark in marks)
    return tuple(dict.fromkeys(term for term in terms if term))


def _text(element: "etree._Element", path: str, *, most: int = LONGEST_TEXT) -> str:
    return next(_texts(element, path, most), "")


def _texts(element: "etree._Element", path: str, most: int) -> Iterator[str]:
    for found in element.findall(path, _NAMES):
        whole = "".join(map(str, found.itertext(with_tail=False)))
        if text := folded(whole, most=most):
            yield text


def _batches(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))

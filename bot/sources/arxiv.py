"""The arXiv API: metadata of papers by id, as an Atom feed."""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from lxml import etree

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

log = logging.getLogger(__name__)

BATCH = 50
# Fifty entries take a tenth of a megabyte or two.
MAX_BYTES, MOST_ENTRIES = 4_000_000, 1_000
SECONDS_BETWEEN_CALLS = 3.0
MOST_WORDS, MOST_FOUND = 20, 10
PING_ID = "1706.03762"

_NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
    "search": "http://a9.com/-/spec/opensearch/1.1/",
}
_VERSION = re.compile(r"v(\d{1,3})$")


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


def _entries(body: bytes) -> list[etree._Element]:
    if not body.strip():
        raise SourceError("arXiv answered nothing")
    feed = _tree(body)
    entries = feed.findall("atom:entry", _NAMES)
    if not entries and _text(feed, "search:totalResults") not in ("", "0"):
        raise SourceError("arXiv answered an empty feed")
    return entries


def _tree(body: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        feed = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise SourceError("arXiv answered something else than XML") from None
    if feed.tag != f"{{{_NAMES['atom']}}}feed":
        raise SourceError("arXiv answered something else than a feed")
    return feed


def _paper(entry: etree._Element) -> Paper | None:
    link = _text(entry, "atom:id", most=LONGEST_NAME)
    if "/api/errors" in link:
        raise SourceError(f"arXiv: {_text(entry, 'atom:summary')[:200]}")
    paper_id, title = arxiv_id(link), _text(entry, "atom:title", most=LONGEST_TITLE)
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


def _categories(entry: etree._Element) -> tuple[str, ...]:
    """The primary category first, then the others."""
    marks = [
        *entry.findall("arxiv:primary_category", _NAMES),
        *entry.findall("atom:category", _NAMES),
    ][:MOST_NAMES]
    terms = (folded(str(mark.get("term") or ""), most=LONGEST_NAME) for mark in marks)
    return tuple(dict.fromkeys(term for term in terms if term))


def _text(element: etree._Element, path: str, *, most: int = LONGEST_TEXT) -> str:
    return next(_texts(element, path, most), "")


def _texts(element: etree._Element, path: str, most: int) -> Iterator[str]:
    for found in element.findall(path, _NAMES):
        whole = "".join(map(str, found.itertext(with_tail=False)))
        if text := folded(whole, most=most):
            yield text


def _batches(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))

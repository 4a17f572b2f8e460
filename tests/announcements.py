"""A loopback arXiv that announces: a day's feeds, and the query API over all that was announced.

with ArxivAnnouncements() as arxiv:
    arxiv.today = date(2025, 3, 19)
    arxiv.announce(arxiv.today, Announced("2503.00001", "A title", ("cs.CL",)))
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from lxml import etree

from bot.sources.arxiv_listings import EASTERN, submitted
from tests.replay import ATOM, SEARCH, LoopbackServer, Reply, Request

ARXIV = "http://arxiv.org/schemas/atom"
DC = "http://purl.org/dc/elements/1.1/"
_REPLACED = ("replace", "replace-cross")
_WINDOW = re.compile(r"\((?P<query>.*)\) AND submittedDate:\[(?P<first>\d+) TO (?P<last>\d+)\]")


@dataclass(frozen=True)
class Announced:
    """An entry of a feed: the primary category stands first."""

    id: str
    title: str
    categories: tuple[str, ...]
    kind: str = "new"
    version: int = 1
    abstract: str = "We show a thing. It works."
    authors: str = "Ada One, Bob Two"


class ArxivAnnouncements(LoopbackServer):
    """``/atom/CATEGORY`` of ``today``, and ``/api/query`` for categories, titles and authors."""

    def __init__(self) -> None:
        self.days: dict[date, tuple[Announced, ...]] = {}
        self.today = date.min
        super().__init__()

    def announce(self, day: date, *entries: Announced) -> None:
        """Let these be the announcements of *day*."""
        self.days[day] = entries

    def answer(self, request: Request) -> Reply:
        """A feed, as arXiv makes it."""
        if request.path.startswith("/atom/"):
            return self._feed(request.path.removeprefix("/atom/"))
        if request.path == "/api/query":
            return self._found(request)
        return super().answer(request)

    def _feed(self, category: str) -> Reply:
        made = datetime.combine(self.today, time(0, 0, 19), EASTERN)
        feed = etree.Element(f"{{{ATOM}}}feed")
        etree.SubElement(feed, f"{{{ATOM}}}updated").text = made.isoformat()
        for one in self.days.get(self.today, ()):
            if category in one.categories:
                feed.append(_announced(one, made, _kind(one, category)))
        return Reply(body=etree.tostring(feed))

    def _found(self, request: Request) -> Reply:
        feed = etree.Element(f"{{{ATOM}}}feed")
        wanted = self._wanted(request)
        etree.SubElement(feed, f"{{{SEARCH}}}totalResults").text = str(len(wanted))
        start = int(request.query.get("start", 0))
        for one, moment in wanted[start : start + int(request.query.get("max_results", 10))]:
            feed.append(_entry(one, moment))
        return Reply(body=etree.tostring(feed))

    def _wanted(self, request: Request) -> list[tuple[Announced, datetime]]:
        window = _WINDOW.fullmatch(request.query.get("search_query", ""))
        known = self._known()
        if window is None:
            ids = request.query.get("id_list", "").split(",")
            return [known[one] for one in ids if one in known]
        first, last = (
            datetime.strptime(window[name], "%Y%m%d%H%M").replace(tzinfo=UTC)
            for name in ("first", "last")
        )
        return [
            (one, moment)
            for one, moment in known.values()
            if first <= moment <= last and _fits(one, window["query"])
        ]

    def _known(self) -> dict[str, tuple[Announced, datetime]]:
        """What was announced so far, in its newest version, with when it was first submitted: of
        papers that are only replaced, long ago."""
        known: dict[str, tuple[Announced, datetime]] = {}
        for day in sorted(one for one in self.days if one <= self.today):
            for one in self.days[day]:
                moment = submitted(day)[1] - timedelta(hours=1)
                before = datetime.min.replace(tzinfo=UTC) if one.kind in _REPLACED else moment
                known[one.id] = (one, known[one.id][1] if one.id in known else before)
        return known


def _fits(one: Announced, query: str) -> bool:
    field, _, value = query.partition(":")
    told = {"cat": " ".join(one.categories), "au": one.authors, "ti": one.title}
    return value.strip('"').lower() in told.get(field, f"{one.title} {one.abstract}").lower()


def _kind(one: Announced, category: str) -> str:
    """How a category's feed tells of a paper: one that is new in another is cross-listed there."""
    is_crossed = one.kind == "new" and category != one.categories[0]
    return "cross" if is_crossed else one.kind


def _announced(one: Announced, made: datetime, kind: str) -> etree._Element:
    entry = etree.Element(f"{{{ATOM}}}entry")
    told = f"arXiv:{one.id}v{one.version} Announce Type: {kind} \nAbstract: {one.abstract}"
    texts = {
        f"{{{ATOM}}}id": f"oai:arXiv.org:{one.id}v{one.version}",
        f"{{{ATOM}}}title": one.title,
        f"{{{ATOM}}}summary": told,
        f"{{{ATOM}}}published": datetime.combine(made.date(), time(), EASTERN).isoformat(),
        f"{{{ARXIV}}}announce_type": kind,
        f"{{{DC}}}creator": one.authors,
    }
    return _with(entry, texts, one)


def _entry(one: Announced, moment: datetime) -> etree._Element:
    entry = etree.Element(f"{{{ATOM}}}entry")
    texts = {
        f"{{{ATOM}}}id": f"http://arxiv.org/abs/{one.id}v{one.version}",
        f"{{{ATOM}}}title": one.title,
        f"{{{ATOM}}}summary": one.abstract,
        f"{{{ATOM}}}published": moment.isoformat(),
        f"{{{ATOM}}}updated": moment.isoformat(),
    }
    for name in one.authors.split(", "):
        author = etree.SubElement(entry, f"{{{ATOM}}}author")
        etree.SubElement(author, f"{{{ATOM}}}name").text = name
    return _with(entry, texts, one)


def _with(entry: etree._Element, texts: dict[str, str], one: Announced) -> etree._Element:
    for name, text in texts.items():
        etree.SubElement(entry, name).text = text
    for term in one.categories:
        etree.SubElement(entry, f"{{{ATOM}}}category").set("term", term)
    return entry

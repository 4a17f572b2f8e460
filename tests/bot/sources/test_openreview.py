"""A venue's papers on OpenReview, from a loopback server."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.errors import SourceError
from bot.net import HttpClient
from bot.sources.kinds import canonical, paper_page
from bot.sources.openreview import OpenReview
from tests.replay import LoopbackServer, Reply, Request

DAY = date(2025, 3, 19)
VENUE = "ICLR.cc/2026/Conference"


def note(forum: str, *, day: date = DAY, **content: Any) -> dict[str, Any]:
    """A note as version 2 of the API gives it: each field of its content has a value."""
    moment = datetime(day.year, day.month, day.day, 15, tzinfo=UTC)
    told = {"title": f"On {forum}", "authors": ["Ada One"], "keywords": ["agents"], **content}
    return {
        "id": forum,
        "forum": forum,
        "cdate": 1_700_000_000_000,
        "odate": int(moment.timestamp() * 1000),
        "content": {name: {"value": value} for name, value in told.items()},
    }


class Notes(LoopbackServer):
    """``/notes`` by invitation, in pages."""

    def __init__(self) -> None:
        self.notes: list[Any] = []
        super().__init__()

    def answer(self, request: Request) -> Reply:
        """A page, or none for another venue."""
        if request.query.get("invitation") != f"{VENUE}/-/Submission":
            return Reply(body=b'{"notes": []}')
        start, size = int(request.query["offset"]), int(request.query["limit"])
        return Reply(body=json.dumps({"notes": self.notes[start : start + size]}).encode())


def test_a_day_holds_what_became_public_on_it(make_http: Callable[..., HttpClient]) -> None:
    with Notes() as server:
        server.notes = [
            note("abcdEFGH12", abstract="We show it."),
            note("other12345", day=date(2025, 3, 18)),
            note("bad id"),
            "nonsense",
        ]
        listing = OpenReview(make_http(), server.base_url).listing(VENUE, DAY)
    (paper,) = listing.papers
    assert (paper.id, paper.title, paper.abstract) == (
        "openreview:abcdEFGH12",
        "On abcdEFGH12",
        "We show it.",
    )
    assert (paper.authors, paper.keywords) == (("Ada One",), ("agents",))
    assert listing.skipped == 1
    assert paper_page(paper.id) == "https://openreview.net/forum?id=abcdEFGH12"
    assert paper_page("2503.14476") is None


def test_all_pages_are_read(make_http: Callable[..., HttpClient]) -> None:
    with Notes() as server:
        server.notes = [note(f"paper{number:05d}") for number in range(1_001)]
        listing = OpenReview(make_http(), server.base_url).listing(VENUE, DAY)
        assert len(server.requests) == 2
    assert len(listing.papers) == 1_001


@pytest.mark.parametrize("body", [b"<html>", b'{"name": "ForbiddenError"}', b"[]"])
def test_what_holds_no_notes_is_a_failure(
    make_http: Callable[..., HttpClient], body: bytes
) -> None:
    with Notes() as server:
        server.always = Reply(body=body)
        with pytest.raises(SourceError):
            OpenReview(make_http(retries=0), server.base_url).listing(VENUE, DAY)


def test_a_source_names_a_venue() -> None:
    assert canonical(f"OpenReview:{VENUE}") == f"openreview:{VENUE}"
    for wrong in ("openreview", "openreview:ICLR", "openreview:a b/c"):
        with pytest.raises(ValueError, match="venue"):
            canonical(wrong)

"""What arXiv announces: a day's feed from a loopback server, and the query API for the rest."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.errors import SourceError
from bot.net import HttpClient
from bot.sources.arxiv import parse_day
from bot.sources.arxiv_listings import EASTERN, ArxivListings, canonical, newest, submitted
from tests.announcements import Announced, ArxivAnnouncements
from tests.replay import Fault, Reply
from tests.shared_data import shared_data

WEDNESDAY = date(2025, 3, 19)


@dataclass
class Desk:
    """The source, and the server that plays arXiv."""

    source: ArxivListings
    arxiv: ArxivAnnouncements


@pytest.fixture
def desk(make_http: Callable[..., HttpClient]) -> Iterator[Desk]:
    with ArxivAnnouncements() as arxiv:
        arxiv.today = WEDNESDAY
        arxiv.announce(
            WEDNESDAY,
            Announced("2503.00001", "One", ("cs.CL",)),
            Announced("2503.00002", "Two", ("cs.LG", "cs.CL"), kind="cross"),
            Announced("2501.00003", "Three", ("cs.CL",), kind="replace", version=2),
        )
        yield Desk(ArxivListings(make_http(retries=0), arxiv.base_url, arxiv.base_url), arxiv)


def test_a_real_feed_tells_new_papers_from_cross_lists() -> None:
    feed = parse_day(shared_data("arxiv_api/rss_atom_cs.AI.xml").read_bytes(), EASTERN)
    assert (feed.day, len(feed.new), len(feed.cross)) == (date(2025, 8, 20), 2, 5)
    assert (feed.replaced, feed.skipped) == ((), 0)
    paper = feed.new[0]
    assert (paper.id, paper.version, paper.categories[0]) == ("2508.14001", 1, "cs.AI")
    assert paper.authors == ("Alice Smith", "Bob Jones")
    assert paper.abstract.startswith("We propose")


def test_a_category_is_its_new_papers_and_with_cross_its_cross_lists_too(desk: Desk) -> None:
    listing = desk.source.listing("cs.CL", WEDNESDAY)
    assert [one.id for one in listing.papers] == ["2503.00001"]
    assert [(one.id, one.version) for one in listing.renewed] == [("2501.00003", 2)]
    both = desk.source.listing("cs.CL+cross", WEDNESDAY)
    assert [one.id for one in both.papers] == ["2503.00001", "2503.00002"]
    assert listing.settles < datetime.now(UTC)


def test_an_empty_feed_on_a_weekday_is_a_holiday_that_is_asked_for_again(desk: Desk) -> None:
    desk.arxiv.announce(WEDNESDAY)
    listing = desk.source.listing("cs.CL", WEDNESDAY)
    assert (listing.papers, listing.quiet) == ((), "holiday")
    assert listing.settles > datetime(2025, 3, 20, tzinfo=UTC)


def test_nobody_is_asked_about_weekends(desk: Desk) -> None:
    assert desk.source.listing("cs.CL", date(2025, 3, 22)).papers == ()
    assert desk.arxiv.requests == []


def test_a_feed_that_is_not_made_yet_is_no_quiet_day(desk: Desk) -> None:
    with pytest.raises(SourceError, match="not there yet"):
        desk.source.listing("cs.CL", WEDNESDAY + timedelta(days=1))


def test_a_day_that_is_over_comes_from_the_query_api(desk: Desk) -> None:
    tuesday = WEDNESDAY - timedelta(days=1)
    desk.arxiv.announce(
        tuesday,
        Announced("2503.00004", "Four", ("cs.CL",)),
        Announced("2503.00005", "Five", ("cs.LG", "cs.CL"), kind="cross"),
    )
    assert [one.id for one in desk.source.listing("cs.CL", tuesday).papers] == ["2503.00004"]
    both = desk.source.listing("cs.CL+cross", tuesday).papers
    assert {one.id for one in both} == {"2503.00004", "2503.00005"}
    # Once a newer feed was seen, nobody asks for it again.
    assert [one.path for one in desk.arxiv.requests] == [
        "/atom/cs.CL",
        "/api/query",
        "/api/query",
    ]


def test_where_the_feed_is_broken_the_query_api_stands_in(desk: Desk) -> None:
    desk.arxiv.faults.append(Fault(status=503))
    listing = desk.source.listing("cs.CL", WEDNESDAY)
    assert [one.id for one in listing.papers] == ["2503.00001"]
    assert listing.settles > datetime(2025, 3, 20, tzinfo=UTC), "it is read again"


@pytest.mark.parametrize(
    "refusal",
    [Fault(status=429, body=b"Rate exceeded."), Reply(body=b"<html>Rate exceeded.</html>")],
)
def test_a_host_that_has_enough_is_a_failure_whatever_form_it_takes(
    desk: Desk, refusal: Reply
) -> None:
    desk.arxiv.always = refusal
    with pytest.raises(SourceError):
        desk.source.listing("cs.CL", WEDNESDAY)


def test_a_query_finds_papers_by_the_week_and_says_that_it_overlaps(desk: Desk) -> None:
    listing = desk.source.listing('ti:"One"', WEDNESDAY)
    assert [one.id for one in listing.papers] == ["2503.00001"]
    assert listing.overlaps
    asked = desk.arxiv.requests[-1].query["search_query"]
    assert asked == '(ti:"One") AND submittedDate:[202503101800 TO 202503181800]'


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2025, 3, 17), "13 18:00", "14 18:00"),
        (date(2025, 3, 18), "14 18:00", "17 18:00"),
        (date(2025, 3, 19), "17 18:00", "18 18:00"),
    ],
)
def test_a_day_announces_what_came_before_two_in_the_afternoon_of_the_working_day_before(
    day: date, first: str, last: str
) -> None:
    assert [f"{one:%d %H:%M}" for one in submitted(day)] == [first, last]


def test_the_newest_day_is_eastern_and_begins_when_its_feed_is_made() -> None:
    midnight = datetime(2025, 3, 19, 4, 0, tzinfo=UTC)
    assert newest(midnight) == date(2025, 3, 18)
    assert newest(midnight + timedelta(hours=1)) == WEDNESDAY


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("CS.cl", "cs.CL"),
        ("hep-th", "hep-th"),
        ("cond-mat.str-el", "cond-mat.str-el"),
        ("cs.LG+cross", "cs.LG+cross"),
        ('au:"Del Maestro"', 'au:"Del Maestro"'),
    ],
)
def test_categories_have_one_spelling(written: str, meant: str) -> None:
    assert canonical(written) == meant


@pytest.mark.parametrize("text", ["", "some words", "cs.", "x" * 20])
def test_what_is_neither_a_category_nor_a_query_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"arxiv:cs\.CL"):
        canonical(text)

"""Collecting real and made-up days through loopback sources, with the sources failing too."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import InputError, SourceError
from bot.languages import catalog
from bot.net import HttpClient
from bot.sample.offline import NoPapers
from bot.sources.arxiv import Arxiv
from bot.sources.collector import Collector, DayReport
from bot.sources.huggingface import HuggingFace, settles
from bot.sources.ports import DayListing, day_in_utc
from storage import ListingDay, Paper, Storage, open_storage
from tests.bot.conftest import PlayedTime
from tests.replay import ArxivReplay, Fault, HuggingFaceReplay, Reply
from tests.shared_data import shared_data

DAY = date(2025, 3, 19)
EVENING = datetime(2025, 3, 19, 21, 0, tzinfo=UTC)


@dataclass
class Desk:
    """A collector between two loopback sources and a real database."""

    collector: Collector
    huggingface: HuggingFaceReplay
    arxiv: ArxivReplay
    storage: Storage
    now: datetime = EVENING

    def write(self, *papers: dict[str, Any], day: date = DAY) -> None:
        """Let this be the listing of a day."""
        entries = [{"paper": {"upvotes": 1, "title": "A title", **paper}} for paper in papers]
        (self.huggingface.folder / f"{day}.json").write_text(json.dumps(entries))

    def read(self, first: date, last: date) -> list[DayReport]:
        """Collect the days from *first* to *last*."""
        days = (first + timedelta(days=step) for step in range((last - first).days + 1))
        return [self.collector.collect_day("huggingface", day) for day in days]

    def votes(self, day: date = DAY) -> dict[str, int]:
        listing = self.storage.listings.get("huggingface", day)
        return {one.paper_id: one.votes for one in listing.entries} if listing else {}

    def problems(self) -> dict[str, str | None]:
        return {read.source: read.problem for read in self.storage.listings.last_reads()}


@pytest.fixture
def desk(tmp_path: Path, storage: Storage, make_http: Callable[..., HttpClient]) -> Iterator[Desk]:
    folder = tmp_path / "listings"
    folder.mkdir()
    with HuggingFaceReplay(folder, today=DAY) as huggingface, ArxivReplay() as arxiv:
        http = make_http(retries=1)
        made: list[Desk] = []
        collector = Collector(
            storage,
            {"huggingface": HuggingFace(http, huggingface.base_url)},
            Arxiv(http, arxiv.base_url),
            lambda: made[0].now,
        )
        made.append(Desk(collector, huggingface, arxiv, storage))
        yield made[0]


def test_real_days_give_85_papers_and_a_day_later_136_with_new_votes_and_no_duplicates(
    desk: Desk,
) -> None:
    first, last = date(2025, 3, 17), date(2025, 3, 21)
    desk.now = datetime(2025, 3, 21, 8, 0, tzinfo=UTC)
    desk.huggingface.today = last
    desk.huggingface.folder = shared_data("hf_daily/same_day")
    reports = desk.read(first, last)
    assert [(one.new, one.updated, one.total) for one in reports] == [
        (12, 0, 12),
        (17, 0, 17),
        (18, 0, 18),
        (13, 0, 13),
        (25, 0, 25),
    ]
    assert desk.storage.counts()["papers"] == 85
    assert desk.votes()["2503.14476"] == 15

    desk.huggingface.folder = shared_data("hf_daily/next_day")
    desk.now += timedelta(days=1)
    reports = desk.read(first, last)
    assert [(one.new, one.updated, one.total) for one in reports] == [
        (14, 12, 26),
        (7, 17, 24),
        (8, 18, 26),
        (5, 13, 18),
        (17, 25, 42),
    ]
    assert desk.storage.counts()["papers"] == 136
    assert sum(len(desk.votes(first + timedelta(days=step))) for step in range(5)) == 136
    later = json.loads(shared_data("hf_daily/next_day/2025-03-19.json").read_bytes())
    assert desk.votes() == {one["paper"]["id"]: one["paper"]["upvotes"] for one in later}
    assert all(one.problem is None for one in reports)
    assert desk.arxiv.requests == []


def test_a_listing_read_again_unchanged_changes_nothing(desk: Desk) -> None:
    desk.write({"id": "2503.14476", "summary": "S", "upvotes": 15})
    assert desk.collector.collect_day("huggingface", DAY) == DayReport(
        "huggingface", DAY, new=1, total=1
    )
    assert desk.collector.collect_day("huggingface", DAY) == DayReport(
        "huggingface", DAY, updated=1, total=1
    )


def test_ranks_follow_the_source(desk: Desk) -> None:
    desk.write({"id": "2503.00002", "summary": "S"}, {"id": "2503.00001", "summary": "S"})
    desk.collector.collect_day("huggingface", DAY)
    listing = desk.storage.listings.get("huggingface", DAY)
    assert listing
    assert [(one.paper_id, one.rank) for one in listing.entries] == [
        ("2503.00002", 1),
        ("2503.00001", 2),
    ]


def test_a_weekend_is_empty_and_no_problem(desk: Desk) -> None:
    sunday = date(2025, 3, 16)
    assert desk.collector.collect_day("huggingface", sunday) == DayReport("huggingface", sunday)
    listing = desk.storage.listings.get("huggingface", sunday)
    assert listing
    assert (listing.entries, listing.settled) == ((), True)


def test_entries_that_cannot_be_read_are_counted_and_stop_nothing(desk: Desk) -> None:
    desk.write({"id": "2503.14476", "summary": "S"}, {"id": "nonsense"})
    assert desk.collector.collect_day("huggingface", DAY) == DayReport(
        "huggingface", DAY, new=1, total=1, skipped=1
    )
    listing = desk.storage.listings.get("huggingface", DAY)
    assert listing
    assert listing.unreadable == 1
    desk.write({"id": "2503.14476", "summary": "S"}, {"id": "2503.14477", "summary": "S"})
    desk.collector.collect_day("huggingface", DAY)
    listing = desk.storage.listings.get("huggingface", DAY)
    assert listing
    assert listing.unreadable == 0


def test_a_listing_of_which_nothing_can_be_read_is_a_failure_of_its_source(desk: Desk) -> None:
    desk.write({"id": "nonsense"}, {"id": "67d8a1b2c3d4e5f6a7b8c9d0"})
    report = desk.collector.collect_day("huggingface", DAY)
    assert report.problem is not None
    assert "none of the 2 entries" in report.problem
    assert desk.storage.listings.get("huggingface", DAY) is None
    (read,) = desk.storage.listings.last_reads()
    assert read.problem == report.problem


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (Fault(status=500), "127.0.0.1 answered 500"),
        (Fault(status=429), "127.0.0.1 answered 429"),
        (Fault(status=429, headers={"Retry-After": "600"}), "127.0.0.1 answered 429"),
        (Fault(resets=True), "127.0.0.1: the connection broke off"),
        (Reply(body=b'{"error": "x"}'), "Hugging Face answered no listing: x"),
        (Reply(body=b"<html>"), "Hugging Face answered something else than JSON"),
        (Reply(body=b"[]"), "Hugging Face answered an empty listing for 2025-03-19"),
    ],
)
def test_a_source_that_is_down_costs_nothing_that_is_stored_and_is_told(
    fault: Reply, problem: str, desk: Desk, played: PlayedTime
) -> None:
    desk.write({"id": "2503.14476", "summary": "S", "upvotes": 15})
    desk.collector.collect_day("huggingface", DAY)
    desk.huggingface.always = fault
    report = desk.collector.collect_day("huggingface", DAY)
    assert report == DayReport("huggingface", DAY, total=1, problem=problem)
    assert desk.votes() == {"2503.14476": 15}
    assert desk.problems() == {"huggingface": problem}
    desk.huggingface.always = None
    played.seconds += 600
    assert desk.collector.collect_day("huggingface", DAY).problem is None
    assert desk.problems() == {"huggingface": None}


def test_a_source_that_is_gone_is_told(
    storage: Storage, make_http: Callable[..., HttpClient]
) -> None:
    with HuggingFaceReplay(Path("nowhere")) as gone:
        pass
    source = HuggingFace(make_http(), gone.base_url)
    collector = Collector(
        storage, {"huggingface": source}, Arxiv(make_http(), gone.base_url), lambda: EVENING
    )
    assert "no connection" in (collector.collect_day("huggingface", DAY).problem or "")
    assert storage.listings.get("huggingface", DAY) is None


def test_a_paper_without_abstract_is_completed_from_arxiv(desk: Desk) -> None:
    desk.write({"id": "2503.14476", "upvotes": 15}, {"id": "2503.14456", "summary": "S"})
    desk.arxiv.add("2503.14476", title="Other title", abstract="From arXiv.", version=2)
    assert desk.collector.collect_day("huggingface", DAY).problem is None
    paper = desk.storage.papers.get("2503.14476")
    assert paper
    assert (paper.title, paper.abstract) == ("A title", "From arXiv.")
    assert (paper.version, paper.votes) == (2, 15)
    assert [request.query["id_list"] for request in desk.arxiv.requests] == ["2503.14476"]
    desk.collector.collect_day("huggingface", DAY)
    assert len(desk.arxiv.requests) == 1


def test_when_arxiv_is_down_too_the_listing_is_stored_as_it_came(desk: Desk) -> None:
    desk.write({"id": "2503.14476", "upvotes": 15})
    desk.arxiv.always = Fault(status=429, body=b"Rate exceeded.")
    report = desk.collector.collect_day("huggingface", DAY)
    assert report == DayReport("huggingface", DAY, new=1, total=1, problem="127.0.0.1 answered 429")
    assert desk.votes() == {"2503.14476": 15}
    assert desk.problems() == {"huggingface": None, "arxiv": "127.0.0.1 answered 429"}


def test_papers_are_fetched_once_and_keep_their_order(desk: Desk) -> None:
    desk.write({"id": "2503.14476", "summary": "S", "upvotes": 15})
    desk.collector.collect_day("huggingface", DAY)
    desk.arxiv.add("1706.03762", title="Attention", abstract="A.", version=7)
    for _ in range(2):
        papers = desk.collector.ensure_papers(["1706.03762", "2503.14476", "2503.99999"])
        assert [paper.id for paper in papers] == ["1706.03762", "2503.14476"]
    assert papers[1].votes == 15
    asked = [request.query["id_list"] for request in desk.arxiv.requests]
    assert asked == ["1706.03762,2503.99999", "2503.99999"]


def test_a_missing_paper_that_cannot_be_asked_for_is_a_source_error(desk: Desk) -> None:
    desk.arxiv.always = Fault(status=503)
    with pytest.raises(SourceError):
        desk.collector.ensure_papers(["1706.03762"])
    assert desk.problems() == {"arxiv": "127.0.0.1 answered 503"}


def test_a_day_that_has_not_begun_in_utc_is_refused_before_anything_is_asked(desk: Desk) -> None:
    with pytest.raises(InputError) as caught:
        desk.collector.collect_day("huggingface", DAY + timedelta(days=1))
    for language, word in (("ko", "2025-03-19"), ("en", "2025-03-19")):
        text = catalog(language).text(caught.value.message_id, **caught.value.arguments)
        assert word in text
        assert "2025-03-20" in text
    assert desk.huggingface.requests == []


@pytest.mark.parametrize(
    ("seoul", "expected"),
    [
        ("2025-03-20T08:59:59+09:00", date(2025, 3, 19)),
        ("2025-03-20T09:00:00+09:00", date(2025, 3, 20)),
        ("2025-03-19T20:00:00-04:00", date(2025, 3, 20)),
    ],
)
def test_the_latest_day_that_may_be_asked_for_is_today_in_utc(seoul: str, expected: date) -> None:
    assert day_in_utc(datetime.fromisoformat(seoul)) == expected


def test_a_listing_settles_36_hours_after_its_day_began() -> None:
    noon_after = datetime(2025, 3, 20, 12, 0, tzinfo=UTC)
    assert settles(DAY) == noon_after


def test_an_early_reading_leaves_the_listing_open_and_a_late_one_settles_it(desk: Desk) -> None:
    desk.write({"id": "2503.14476", "summary": "S"})
    desk.collector.collect_day("huggingface", DAY)
    assert desk.storage.listings.unsettled() == [ListingDay("huggingface", DAY)]
    desk.now += timedelta(hours=15)
    desk.collector.collect_day("huggingface", DAY)
    assert desk.storage.listings.unsettled() == []


def test_papers_are_renewed_from_their_listing_and_from_arxiv(desk: Desk) -> None:
    desk.write({"id": "2503.00001", "summary": "S"}, {"id": "2503.00002", "summary": "S"})
    desk.collector.collect_day("huggingface", DAY)
    code = "https://github.com/owner/name"
    desk.write(
        {"id": "2503.00001", "summary": "S", "upvotes": 4, "githubRepo": code},
        {"id": "2503.00002", "summary": "S"},
    )
    desk.arxiv.add("2503.00001", title="T", abstract="A.", version=2)
    desk.arxiv.add("2503.00002", title="T", abstract="A.", comment="This paper is withdrawn")
    desk.collector.renew(["2503.00001", "2503.00002"])
    first, second = desk.storage.papers.get_many(["2503.00001", "2503.00002"])
    assert (first.title, first.abstract, first.votes) == ("A title", "S", 4)
    assert (first.version, first.code_url) == (2, code)
    assert second.withdrawn_at is not None


def test_renewing_goes_on_with_the_source_that_answers(desk: Desk) -> None:
    desk.write({"id": "2503.00001", "summary": "S"})
    desk.arxiv.add("2503.00001", title="T", abstract="A.")
    desk.collector.collect_day("huggingface", DAY)
    desk.write({"id": "2503.00001", "summary": "S", "upvotes": 2})
    desk.arxiv.always = Fault(status=503)
    desk.collector.renew(["2503.00001"])
    assert desk.votes() == {"2503.00001": 2}

    desk.arxiv.always = None
    desk.huggingface.always = Fault(status=500)
    desk.arxiv.add("2503.00001", title="T", abstract="A.", version=3)
    desk.collector.renew(["2503.00001"])
    paper = desk.storage.papers.get("2503.00001")
    assert paper
    assert paper.version == 3


def test_to_renew_nothing_asks_nobody(desk: Desk) -> None:
    desk.collector.renew([])
    assert desk.problems() == {}


def test_what_is_no_arxiv_id_is_not_asked_for(desk: Desk) -> None:
    assert desk.collector.ensure_papers(["DAPO", "", "2503.14476v2"]) == []
    assert desk.arxiv.requests == []


def test_several_threads_that_collect_one_day_store_it_once(desk: Desk) -> None:
    desk.write(*({"id": f"2503.{number:05d}", "summary": "S"} for number in range(30)))
    with ThreadPoolExecutor(6) as threads:
        reports = list(threads.map(desk.collector.collect_day, ["huggingface"] * 12, [DAY] * 12))
    assert sum(report.new for report in reports) == 30
    assert {report.total for report in reports} == {30}
    assert desk.storage.counts()["papers"] == 30


@dataclass
class Readings:
    """A listing source that gives one prepared reading after the other; None is a failure."""

    left: list[dict[str, int] | None]
    name: str = "huggingface"

    def listing(self, _part: str, day: date, /) -> DayListing:
        reading = self.left.pop(0)
        if reading is None:
            raise SourceError("down")
        papers = (Paper(id=one, title="T", abstract="A", votes=v) for one, v in reading.items())
        return DayListing(papers=tuple(papers), skipped=0)

    def ping(self) -> None:
        """Always there."""


ids = st.integers(1, 6).map(lambda number: f"2503.{number:05d}")
readings = st.none() | st.dictionaries(ids, st.integers(0, 50), max_size=6)


@settings(max_examples=40, deadline=None)
@given(st.lists(readings, max_size=5))
def test_whatever_readings_come_each_paper_is_there_once_with_its_last_votes(
    sequence: list[dict[str, int] | None],
) -> None:
    expected: dict[str, int] = {}
    with TemporaryDirectory() as folder, closing(open_storage(Path(folder) / "p.db")) as storage:
        source = Readings(list(sequence))
        collector = Collector(storage, {"huggingface": source}, NoPapers(), lambda: EVENING)
        for reading in sequence:
            report = collector.collect_day("huggingface", DAY)
            expected.update(reading or {})
            listing = storage.listings.get("huggingface", DAY)
            entries = listing.entries if listing else ()
            assert {one.paper_id: one.votes for one in entries} == expected
            assert report.total == len(entries) == storage.counts()["papers"]

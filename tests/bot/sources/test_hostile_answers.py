"""What a source may send to do harm: each ends in a clear error or in what could be read, within
bounds of time and memory, and stops nothing else."""

import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest

from bot.errors import SourceError
from bot.net import HttpClient
from bot.sample.offline import NoPapers
from bot.sources.arxiv import MAX_BYTES, MOST_ENTRIES, Arxiv, parse_feed
from bot.sources.collector import Collector
from bot.sources.fields import LONGEST_NAME, LONGEST_TEXT, LONGEST_TITLE, MOST_NAMES
from bot.sources.huggingface import HuggingFace, parse_listing
from storage import Paper, Storage
from tests.bot.sources.hostile import FEEDS, LISTINGS, REFUSED, read
from tests.dripping import DrippingServer
from tests.process import ROOT
from tests.replay import HuggingFaceReplay, Reply
from tests.shared_data import shared_data

REFUSED_FEEDS = {
    *("billion laughs", "billion laughs in an attribute", "quadratic blow-up"),
    *("an entity of itself", "deep nesting", "truncated"),
}
REFUSED_LISTINGS = {
    *("deep arrays", "deep objects", "a number of a million digits", "no text", "truncated"),
}
MEGABYTE = 1_000_000


def check_small(papers: list[Paper]) -> None:
    """That what is passed on is of the size of real papers."""
    assert len(papers) <= MOST_ENTRIES
    for paper in papers:
        assert len(paper.title) <= LONGEST_TITLE
        assert len(paper.abstract or "") <= LONGEST_TEXT
        assert len(paper.authors) <= MOST_NAMES
        assert all(len(name) <= LONGEST_NAME for name in (*paper.authors, *paper.categories))
        assert "root:" not in f"{paper.title}{paper.abstract}"


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", FEEDS)
def test_a_hostile_feed_of_arxiv_is_refused_or_read_in_bounds(name: str) -> None:
    found = read(parse_feed, FEEDS[name]())
    assert (found == REFUSED) is (name in REFUSED_FEEDS)
    if not isinstance(found, str):
        check_small(found)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", LISTINGS)
def test_a_hostile_listing_of_hugging_face_is_refused_or_read_in_bounds(name: str) -> None:
    found = read(parse_listing, LISTINGS[name]())
    assert (found == REFUSED) is (name in REFUSED_LISTINGS)
    if not isinstance(found, str):
        check_small(found)


def test_of_a_key_that_stands_twice_the_last_one_counts_and_no_number_is_none() -> None:
    (paper,) = parse_listing(LISTINGS["a key twice"]()).papers
    assert paper.title == "last"
    for name in ("infinity and no number", "a number of four thousand digits"):
        (paper,) = parse_listing(LISTINGS[name]()).papers
        assert (paper.votes, paper.published, paper.code_stars) == (0, None, None)


def test_entries_beyond_any_real_answer_are_counted_as_left_out() -> None:
    page = parse_listing(LISTINGS["very many papers"]())
    assert (len(page.papers), page.skipped) == (1_000, 89_000)


def test_all_of_them_are_read_within_memory_and_time_of_a_small_process() -> None:
    """The system ends a process beyond its limits; a bomb that went off would not come back."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bot.sources.hostile", str(700 * MEGABYTE), "90"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    assert len(done.stdout.splitlines()) == len(FEEDS) + len(LISTINGS)


def answer(*head: str) -> bytes:
    return "\r\n".join(("HTTP/1.1 200 OK", *head, "", "")).encode()


def blocks() -> Iterator[bytes]:
    """200 MB of an array that goes on."""
    for _ in range(200):
        yield b"[]," * (MEGABYTE // 3)


def chunks() -> Iterator[bytes]:
    """The same in chunks, of no length that anybody told before."""
    for block in blocks():
        yield f"{len(block):x}\r\n".encode() + block + b"\r\n"


def bomb(times: int = 1) -> bytes:
    """200 MB of an array, packed; packed again and again."""
    packed = b"[" + b"[]," * (200 * MEGABYTE // 3)
    for _ in range(times):
        packed = gzip.compress(packed, compresslevel=1)
    return packed


LENGTH = "Content-Length: 200000000"
SOURCES: dict[str, Callable[[HttpClient, str], object]] = {
    "a listing": lambda http, url: HuggingFace(http, url).listing("", date(2025, 3, 19)),
    "a search": lambda http, url: HuggingFace(http, url).search("title"),
    "papers": lambda http, url: Arxiv(http, url).papers(["2501.00001"]),
}


@pytest.mark.parametrize("what", SOURCES)
@pytest.mark.parametrize("head", [LENGTH, "Transfer-Encoding: chunked"])
def test_an_answer_of_200_megabytes_is_left_after_four(
    head: str, what: str, http: HttpClient
) -> None:
    with DrippingServer(answer(head), blocks if head == LENGTH else chunks) as server:
        with pytest.raises(SourceError, match=f"longer than {MAX_BYTES} bytes"):
            SOURCES[what](http, server.base_url)
        assert server.hung_up.wait(10)
    # What was read, and what lay in the system's buffers.
    assert server.sent[0] < 20 * MEGABYTE
    assert len(server.sent) == 1


@pytest.mark.parametrize(("times", "encoding"), [(1, "gzip"), (2, "gzip, gzip")])
def test_a_gzip_bomb_is_left_after_four_megabytes(
    times: int, encoding: str, http: HttpClient
) -> None:
    packed = bomb(times)
    head = answer(f"Content-Encoding: {encoding}", f"Content-Length: {len(packed)}")
    with (
        DrippingServer(head, lambda: [packed]) as server,
        pytest.raises(SourceError, match=f"longer than {MAX_BYTES} bytes"),
    ):
        HuggingFace(http, server.base_url).listing("", date(2025, 3, 19))


def test_a_gzip_bomb_takes_little_memory() -> None:
    """A client in a process that has no room for what is packed."""
    packed = gzip.compress(b"\0" * 700 * MEGABYTE, compresslevel=1)
    code = (
        "import resource, sys\n"
        "from bot.errors import SourceError\nfrom bot.net import HttpClient\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({500 * MEGABYTE},) * 2)\n"
        "http = HttpClient(user_agent='t', retries=0, private_hosts=['127.0.0.1'])\n"
        "try: http.get(sys.argv[1], max_bytes=4_000_000)\n"
        "except SourceError as error: print(error)\n"
    )
    head = answer("Content-Encoding: gzip", f"Content-Length: {len(packed)}")
    with DrippingServer(head, lambda: [packed]) as server:
        done = subprocess.run(
            [sys.executable, "-c", code, server.base_url],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert "longer than 4000000 bytes" in done.stdout, done.stderr[-1000:]


def test_days_after_a_hostile_one_are_collected(storage: Storage, http: HttpClient) -> None:
    with HuggingFaceReplay(shared_data("hf_daily/same_day")) as server:
        collector = Collector(
            storage,
            {"huggingface": HuggingFace(http, server.base_url)},
            NoPapers(),
            lambda: datetime(2025, 3, 21, tzinfo=UTC),
        )
        server.always = Reply(body=LISTINGS["deep arrays"]())
        bad = collector.collect_day("huggingface", date(2025, 3, 18))
        server.always = None
        good = collector.collect_day("huggingface", date(2025, 3, 19))
    assert bad.problem == "Hugging Face answered something else than JSON"
    assert bad.total == 0
    assert good.problem is None
    assert good.total > 10


def test_one_hostile_paper_costs_only_itself() -> None:
    good = json.loads(LISTINGS["a key twice"]())
    deep = json.loads(f'{{"paper": {{"id": "2501.00002", "title": {"[" * 400}{"]" * 400}}}}}')
    page = parse_listing(json.dumps([deep, *good]).encode())
    assert ([one.title for one in page.papers], page.skipped) == (["last"], 1)

import io
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from bot.fulltext.document import Document
from bot.fulltext.html_document import parse_html
from bot.fulltext.service import FulltextService
from bot.fulltext.worker import _pdf
from bot.net import HttpClient
from storage import Paper, Storage
from tests.bot.fulltext.papers import latexml, make_pdf, para, paragraph, prose, section
from tests.fakes import FakeClock
from tests.replay import LoopbackServer, Reply, Request

PAPER = Paper(id="2501.00001", title="A Study of Insects", version=1)
HTML = "/html/2501.00001"
PDF = "/pdf/2501.00001"


class Arxiv(LoopbackServer):
    """Papers by path; anything else is not there."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        super().__init__()

    def answer(self, request: Request) -> Reply:
        body = self.files.get(request.path)
        return Reply(status=404) if body is None else Reply(body=body)

    def paths(self) -> list[str]:
        return [request.path for request in self.requests]


@pytest.fixture
def arxiv() -> Iterator[Arxiv]:
    server = Arxiv()
    yield server
    server.close()


def parsed_here(data: bytes, kind: str, url: str) -> Document:
    """Without a process of its own: these files are ours."""
    return parse_html(data, url=url) if kind == "html" else _pdf(data, io.BytesIO())


@pytest.fixture
def clock(now: datetime) -> FakeClock:
    return FakeClock(now)


@pytest.fixture
def service(storage: Storage, arxiv: Arxiv, clock: FakeClock) -> Iterator[FulltextService]:
    storage.papers.save([PAPER], now=clock())
    http = HttpClient(user_agent="test", retries=0, timeout=5.0, private_hosts=("127.0.0.1",))
    yield FulltextService(
        storage=storage, http=http, arxiv_url=arxiv.base_url, clock=clock, parser=parsed_here
    )
    http.close()


def page(topic: str, *, extra: str = "") -> bytes:
    return latexml(section("1", "Introduction", para(prose(topic, 400)) + extra))


def test_html_is_taken_first_and_stored_once(
    service: FulltextService, storage: Storage, arxiv: Arxiv
) -> None:
    arxiv.files = {HTML: page("ants"), PDF: b"%PDF"}
    first = service.ensure(PAPER)
    assert (first.origin, first.problem, first.version) == ("html", None, 1)
    assert service.ensure(PAPER) == first
    assert arxiv.paths() == [HTML]
    passages = storage.fulltexts.passages(PAPER.id)
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))
    assert passages[0].section == "1 Introduction"


def test_the_pdf_is_taken_where_there_is_no_html(
    service: FulltextService, storage: Storage, arxiv: Arxiv
) -> None:
    arxiv.files = {PDF: make_pdf([paragraph(prose("bees", 100), 72, 740)])}
    assert service.ensure(PAPER).origin == "pdf"
    assert storage.fulltexts.passages(PAPER.id)[0].page == 1


def test_the_pdf_is_taken_where_the_html_is_a_failed_conversion(
    service: FulltextService, arxiv: Arxiv
) -> None:
    arxiv.files = {
        HTML: latexml(section("1", "A", para("Only this."))),
        PDF: make_pdf([paragraph(prose("bees", 100), 72, 740)]),
    }
    assert service.ensure(PAPER).origin == "pdf"


BROKE_OFF = (
    "<div class='ltx_para'><div class='ltx_p'><span class='ltx_ERROR'>Conversion to HTML had a "
    "Fatal error and exited abruptly. This document may be truncated or damaged."
    "</span></div></div>"
)


@pytest.mark.parametrize("within", [True, False])
def test_the_pdf_is_taken_where_the_html_says_that_its_conversion_broke_off(
    service: FulltextService, arxiv: Arxiv, within: bool
) -> None:
    broken = (
        page("ants", extra=BROKE_OFF)
        if within
        else page("ants").replace(b"</article>", f"</article>{BROKE_OFF}".encode())
    )
    arxiv.files = {HTML: broken, PDF: make_pdf([paragraph(prose("bees", 100), 72, 740)])}
    assert service.ensure(PAPER).origin == "pdf"


def test_a_conversion_that_broke_off_is_better_than_nothing_and_is_told(
    service: FulltextService, storage: Storage, arxiv: Arxiv
) -> None:
    arxiv.files = {HTML: page("ants", extra=BROKE_OFF)}
    result = service.ensure(PAPER)
    assert (result.origin, result.problem) == ("html", "the HTML conversion broke off")
    assert "Fatal" not in " ".join(one.text for one in storage.fulltexts.passages(PAPER.id))


@pytest.mark.parametrize("page", [b"Rate exceeded.", b"<html><h1>Rate exceeded.</h1></html>"])
def test_a_notice_that_arxiv_is_busy_is_never_taken_for_the_paper(
    service: FulltextService, storage: Storage, arxiv: Arxiv, page: bytes
) -> None:
    arxiv.always = Reply(body=page)
    assert service.ensure(PAPER).origin == "none"
    assert storage.fulltexts.get(PAPER.id) is None
    arxiv.always = None
    arxiv.files = {PDF: make_pdf([paragraph(prose("bees", 100), 72, 740)])}
    assert service.ensure(PAPER).origin == "pdf"


def test_a_paper_without_text_is_told_and_tried_again_after_six_hours(
    service: FulltextService, arxiv: Arxiv, clock: FakeClock
) -> None:
    result = service.ensure(PAPER)
    assert (result.origin, result.problem) == ("none", "no html at arXiv; no pdf at arXiv")
    clock.now += timedelta(hours=5)
    service.ensure(PAPER)
    assert len(arxiv.requests) == 2
    arxiv.files = {HTML: page("ants")}
    clock.now += timedelta(hours=2)
    assert service.ensure(PAPER).origin == "html"


def test_a_new_version_takes_the_place_of_the_old_one(
    service: FulltextService, storage: Storage, arxiv: Arxiv
) -> None:
    arxiv.files = {HTML: page("ants")}
    service.ensure(PAPER)
    arxiv.files = {HTML: page("bees")}
    newer = Paper(id=PAPER.id, title=PAPER.title, version=2)
    assert service.ensure(newer).version == 2
    assert "bees" in storage.fulltexts.passages(PAPER.id)[0].text


def test_the_old_text_stays_where_the_new_version_has_none(
    service: FulltextService, storage: Storage, arxiv: Arxiv
) -> None:
    arxiv.files = {HTML: page("ants")}
    service.ensure(PAPER)
    arxiv.files = {}
    newer = Paper(id=PAPER.id, title=PAPER.title, version=2)
    assert service.ensure(newer).origin == "html"
    assert "ants" in storage.fulltexts.passages(PAPER.id)[0].text
    requests = len(arxiv.requests)
    service.ensure(newer)
    assert len(arxiv.requests) == requests


def test_while_arxiv_is_unreachable_nothing_is_stored_and_nobody_waits_twice(
    service: FulltextService, storage: Storage, arxiv: Arxiv, clock: FakeClock
) -> None:
    arxiv.always = Reply(status=429)
    result = service.ensure(PAPER)
    assert result.origin == "none"
    assert "could not be reached" in (result.problem or "")
    assert storage.fulltexts.get(PAPER.id) is None
    service.ensure(PAPER)
    assert len(arxiv.requests) == 1
    arxiv.always = None
    arxiv.files = {HTML: page("ants")}
    clock.now += timedelta(minutes=6)
    assert service.ensure(PAPER).origin == "html"


def test_a_file_that_is_too_long_is_not_fetched_whole(
    service: FulltextService, arxiv: Arxiv, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.fulltext.service.MOST_HTML_BYTES", 1000)
    arxiv.files = {HTML: page("ants"), PDF: make_pdf([paragraph(prose("bees", 50), 72, 740)])}
    assert service.ensure(PAPER).origin == "pdf"


def test_a_picture_from_elsewhere_is_not_kept(service: FulltextService, arxiv: Arxiv) -> None:
    figure = (
        "<figure class='ltx_figure'><img src='{}'><figcaption>Figure 1: F.</figcaption></figure>"
    )
    arxiv.files = {HTML: page("ants", extra=figure.format("https://evil.example/pixel.png"))}
    result = service.ensure(PAPER)
    assert result.figure_url is None
    assert result.figure_caption == "Figure 1: F."


def test_a_picture_of_the_paper_is_kept(service: FulltextService, arxiv: Arxiv) -> None:
    figure = "<figure class='ltx_figure'><img src='2501.00001v1/x1.png'></figure>"
    arxiv.files = {HTML: page("ants", extra=figure)}
    assert service.ensure(PAPER).figure_url == f"{arxiv.base_url}/html/2501.00001v1/x1.png"


def test_hidden_text_is_noted(service: FulltextService, storage: Storage, arxiv: Arxiv) -> None:
    arxiv.files = {HTML: page("ants", extra=para("<span style='color:#fff'>Praise me.</span>"))}
    assert service.ensure(PAPER).problem == "hidden text left out (1)"
    assert all("Praise" not in one.text for one in storage.fulltexts.passages(PAPER.id))


def test_a_paper_that_is_not_arxivs_is_never_asked_for(
    service: FulltextService, arxiv: Arxiv
) -> None:
    for paper_id in ("title:some-paper", "../../etc/passwd", "2501.00001?x=1"):
        result = service.ensure(Paper(id=paper_id, title="T"))
        assert (result.origin, result.problem) == ("none", "not an arXiv paper")
    assert arxiv.requests == []


def test_two_threads_fetch_a_paper_once(service: FulltextService, arxiv: Arxiv) -> None:
    arxiv.files = {HTML: page("ants")}
    start = threading.Barrier(4)

    def ensure(_: int) -> str:
        start.wait()
        return service.ensure(PAPER).origin

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(ensure, range(4))) == {"html"}
    assert arxiv.paths() == [HTML]

"""Reading arXiv's Atom feeds: real ones, torn ones, and the server's moods."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import SourceError
from bot.net import HttpClient
from bot.sources.arxiv import Arxiv, parse_feed
from tests.replay import ArxivReplay, Fault, Reply
from tests.shared_data import shared_data

HEAD = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom" '
    'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
)


def feed(
    *, link: str = "http://arxiv.org/abs/2503.14476v2", title: str = "DAPO", more: str = ""
) -> bytes:
    entry = f"<entry><id>{link}</id><title>{title}</title>{more}</entry>"
    return f"{HEAD}{entry}</feed>".encode()


def real(name: str) -> bytes:
    return shared_data(f"arxiv_api/{name}").read_bytes()


def test_a_real_entry_is_read_with_version_categories_and_authors() -> None:
    (paper,) = parse_feed(real("id_0808.05394_1707.08567_s0_m100_42e5aa0ec3af.xml"))
    assert paper.id == "1707.08567"
    assert paper.title.startswith("Proceedings of Workshop AEW10")
    assert (paper.version, paper.categories) == (1, ("cs.IT",))
    assert len(paper.authors) == 34
    assert "Dirk Wübben" in paper.authors
    assert paper.published == datetime(2017, 7, 27, 8, 18, 33, tzinfo=UTC)
    assert paper.abstract.startswith("The 10th Asia-Europe workshop")
    assert paper.withdrawn_at is None


def test_old_ids_and_old_feeds_are_read() -> None:
    (old,) = parse_feed(real("id_astro-ph_0601001_s0_m100_3150dca9dc76.xml"))
    assert old.id == "astro-ph/0601001"
    papers = parse_feed(real("arxiv-vanity_2018_query.xml"))
    assert len(papers) == 10
    assert papers[0].title == (
        "Radical-level Ideograph Encoder for RNN-based Sentiment Analysis of Chinese and Japanese"
    )


def test_every_real_feed_is_read_whole() -> None:
    paths = set(shared_data("arxiv_api").glob("[aiq]*.xml"))
    malformed = set(shared_data("arxiv_api").glob("id_abc*.xml"))
    assert len(paths) > len(malformed) == 1
    for path in paths - malformed:
        for paper in parse_feed(path.read_bytes()):
            assert paper.title
            assert paper.abstract
            assert paper.authors
            assert paper.version
            assert paper.categories


def test_a_missing_id_is_simply_not_there() -> None:
    assert parse_feed(real("id_0000.0000_s0_m100_8b51d9633a68.xml")) == []


def test_the_error_entry_is_told() -> None:
    with pytest.raises(SourceError, match="incorrect id format for abc"):
        parse_feed(real("id_abc_s0_m100_b79c8dcf6bc3.xml"))


@pytest.mark.parametrize(
    "body",
    [b"Rate exceeded.", b"<html><body>502</body></html>", b"<feed/>", feed()[:-9], b"\x00\x01"],
)
def test_an_answer_that_is_no_feed_is_a_source_error(body: bytes) -> None:
    with pytest.raises(SourceError):
        parse_feed(body)


def test_entities_are_not_expanded_and_files_not_read() -> None:
    bomb = '<!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa"><!ENTITY x SYSTEM "file:///etc/hostname">]>'
    body = bomb.encode() + feed(title="T &a;&x; end")
    (paper,) = parse_feed(body)
    assert "aaaaaaaaaa" not in paper.title
    assert paper.title.startswith("T ")


@pytest.mark.parametrize(
    ("comment", "abstract", "withdrawn"),
    [
        ("This paper has been withdrawn by the authors", "", True),
        ("Withdrawn due to an error in Lemma 2", "", True),
        ("12 pages. The manuscript was subsequently withdrawn", "", True),
        ("This submission has been temporarily withdrawn", "", True),
        ("", "This paper has been withdrawn by the author due to a crucial error.", True),
        ("12 pages; Section 4 withdrawn from v1", "", False),
        ("", "We study how troops were withdrawn from cities.", False),
        ("", "", False),
    ],
)
def test_a_withdrawn_paper_is_told_by_its_comment_or_abstract(
    comment: str, abstract: str, withdrawn: bool
) -> None:
    more = (
        f"<arxiv:comment>{comment}</arxiv:comment><summary>{abstract}</summary>"
        "<updated>2025-04-01T00:00:00Z</updated>"
    )
    (paper,) = parse_feed(feed(more=more))
    assert paper.withdrawn_at == (datetime(2025, 4, 1, tzinfo=UTC) if withdrawn else None)


def test_an_entry_without_id_or_title_is_skipped() -> None:
    assert parse_feed(feed(link="http://arxiv.org/abs/nonsense")) == []
    assert parse_feed(feed(title="")) == []


@settings(max_examples=200, deadline=None)
@given(st.binary() | st.text().map(lambda text: HEAD.encode() + text.encode() + b"</feed>"))
def test_whatever_bytes_come_the_parser_answers_or_raises_a_source_error(body: bytes) -> None:
    with suppress(SourceError):
        parse_feed(body)


xml_text = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
)
tags = st.sampled_from(["summary", "published", "updated", "arxiv:comment", "author", "nonsense"])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(tags, xml_text)), xml_text)
def test_whatever_stands_in_an_entry_it_is_read(fields: list[tuple[str, str]], title: str) -> None:
    more = "".join(f"<{tag}>{text}</{tag}>" for tag, text in fields)
    papers = parse_feed(feed(title="T " + title, more=more + '<category term="cs.LG"/>'))
    assert [paper.id for paper in papers] == ["2503.14476"]
    assert papers[0].categories == ("cs.LG",)


@pytest.fixture
def server() -> Iterator[ArxivReplay]:
    with ArxivReplay() as running:
        for number in range(120):
            running.add(f"2503.{number:05d}", title=f"Paper {number}", abstract="An abstract.")
        yield running


def test_many_papers_come_in_batches_in_the_order_asked_for(
    server: ArxivReplay, http: HttpClient
) -> None:
    ids = [f"2503.{number:05d}" for number in reversed(range(120))]
    papers = Arxiv(http, server.base_url).papers([*ids, ids[0], "2503.99999"])
    assert [paper.id for paper in papers] == ids
    assert len(server.requests) == 3


def test_no_ids_are_no_request(server: ArxivReplay, http: HttpClient) -> None:
    assert Arxiv(http, server.base_url).papers([]) == []
    assert server.requests == []


def test_real_answers_are_replayed(http: HttpClient) -> None:
    with ArxivReplay(shared_data("arxiv_api")) as server:
        papers = Arxiv(http, server.base_url).papers(["1707.08567", "quant-ph/0201082"])
    assert [paper.id for paper in papers] == ["1707.08567", "quant-ph/0201082"]


EMPTY_THOUGH_SOME = (HEAD + "<opensearch:totalResults>3</opensearch:totalResults></feed>").encode()


RATE_TEXT = b"Rate exceeded."
RATE_PAGE = b"<html><body><h1>429 Too Many Requests</h1>Rate exceeded.</body></html>"


@pytest.mark.parametrize(
    "instead", [b"", b"  \n", EMPTY_THOUGH_SOME, RATE_TEXT, RATE_PAGE], ids=repr
)
def test_what_arxiv_answers_instead_of_a_feed_passes(
    instead: bytes, server: ArxivReplay, http: HttpClient
) -> None:
    source = Arxiv(http, server.base_url)
    server.faults += [Reply(body=instead), Reply(body=instead)]
    assert [paper.id for paper in source.papers(["2503.00001"])] == ["2503.00001"]
    assert len(server.requests) == 3
    server.always = Reply(body=instead)
    with pytest.raises(SourceError):
        source.papers(["2503.00001"])


def test_rate_limiting_with_a_page_passes_too(server: ArxivReplay, http: HttpClient) -> None:
    server.faults.append(Reply(status=429, body=RATE_PAGE))
    assert len(Arxiv(http, server.base_url).papers(["2503.00001"])) == 1


def test_an_error_entry_is_told_with_either_status(server: ArxivReplay, http: HttpClient) -> None:
    body = real("id_abc_s0_m100_b79c8dcf6bc3.xml")
    for status in (200, 400):
        server.faults.append(Reply(status=status, body=body))
        with pytest.raises(SourceError, match="incorrect id format"):
            Arxiv(http, server.base_url).papers(["2503.00001"])


def test_rate_limiting_without_end_is_a_source_error(server: ArxivReplay, http: HttpClient) -> None:
    server.always = Fault(status=429, body=b"Rate exceeded.")
    with pytest.raises(SourceError) as caught:
        Arxiv(http, server.base_url).papers(["2503.00001"])
    assert caught.value.status == 429
    assert len(server.requests) == 4


def test_a_ping_says_what_is_wrong(
    server: ArxivReplay, make_http: Callable[..., HttpClient]
) -> None:
    source = Arxiv(make_http(retries=0), server.base_url)
    assert source.ping() is None
    server.always = Fault(status=503)
    assert source.ping() == "127.0.0.1 answered 503"

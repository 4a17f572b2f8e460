"""Reading Hugging Face listings: real ones, torn ones, and the server's moods."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import SourceError
from bot.net import HttpClient
from bot.sources.huggingface import HuggingFace, parse_listing
from bot.sources.ids import arxiv_id
from storage import Paper
from tests.replay import Fault, HuggingFaceReplay, Reply
from tests.shared_data import shared_data

DAY = date(2025, 3, 19)


def entry(paper_id: str = "2503.14476", **changes: Any) -> dict[str, Any]:
    """One entry as Hugging Face sends it; a change to None takes a field of ``paper`` away."""
    paper = {
        "id": paper_id,
        "authors": [{"_id": "1", "name": "Qiying Yu", "hidden": False}],
        "publishedAt": "2025-03-18T17:49:06.000Z",
        "title": "DAPO: An Open-Source LLM\n  Reinforcement Learning System at Scale",
        "summary": "Inference scaling\nhelps.\n  It is open.",
        "upvotes": 15,
        **changes,
    }
    kept = {name: value for name, value in paper.items() if value is not None}
    return {"paper": kept, "title": "Outer title", "numComments": 1}


def parsed(*entries: Any) -> tuple[Paper, ...]:
    return parse_listing(json.dumps(entries).encode()).papers


def test_a_paper_is_read_with_its_lines_joined() -> None:
    (paper,) = parsed(entry())
    assert paper == Paper(
        id="2503.14476",
        title="DAPO: An Open-Source LLM Reinforcement Learning System at Scale",
        abstract="Inference scaling helps. It is open.",
        authors=("Qiying Yu",),
        published=datetime(2025, 3, 18, 17, 49, 6, tzinfo=UTC),
        votes=15,
        comments=1,
    )


def test_the_richer_fields_of_later_years_are_read() -> None:
    (paper,) = parsed(
        entry(
            githubRepo="https://github.com/volcengine/verl",
            githubStars=138,
            projectPage="https://dapo-sia.github.io/",
            ai_summary="A system\nfor RL.",
            ai_keywords=["RL", "GRPO", "RL", "", 3],
            organization={"_id": "1", "name": "ByteDance-Seed", "fullname": "ByteDance Seed"},
            withdrawnAt="2025-04-01T00:00:00.000Z",
            authors=[{"name": "A"}, {"name": "University", "hidden": True}, {"name": "B"}],
        )
    )
    assert paper.code_url == "https://github.com/volcengine/verl"
    assert (paper.code_stars, paper.project_url) == (138, "https://dapo-sia.github.io/")
    assert (paper.ai_summary, paper.keywords) == ("A system for RL.", ("RL", "GRPO"))
    assert (paper.organization, paper.authors) == ("ByteDance Seed", ("A", "B"))
    assert paper.withdrawn_at == datetime(2025, 4, 1, tzinfo=UTC)


def test_an_organisation_may_stand_outside_or_have_only_a_short_name() -> None:
    outside = {**entry(), "organization": {"name": "nvidia"}}
    (paper,) = parsed(outside)
    assert paper.organization == "nvidia"


@pytest.mark.parametrize(
    "broken",
    [None, [], "text", 7, {}, {"paper": None}, {"paper": {"title": "No id"}}, entry("nonsense")],
)
def test_an_unusable_entry_is_skipped_and_counted(broken: Any) -> None:
    page = parse_listing(json.dumps([entry(), broken, entry("2503.14456")]).encode())
    assert [paper.id for paper in page.papers] == ["2503.14476", "2503.14456"]
    assert (page.entries, page.skipped) == (3, 1)


@pytest.mark.parametrize(
    ("field", "value", "attribute", "expected"),
    [
        ("title", None, "title", "Outer title"),
        ("summary", None, "abstract", ""),
        ("summary", {"text": "x"}, "abstract", ""),
        ("authors", None, "authors", ()),
        ("authors", "Qiying Yu", "authors", ()),
        ("authors", [None, 3, {"name": None}, {}], "authors", ()),
        ("upvotes", None, "votes", 0),
        ("upvotes", "15", "votes", 0),
        ("upvotes", -1, "votes", 0),
        ("upvotes", True, "votes", 0),
        ("upvotes", 10**30, "votes", 0),
        ("publishedAt", "yesterday", "published", None),
        ("publishedAt", "0001-01-01T00:00:00+14:00", "published", None),
        ("publishedAt", "2025-03-18", "published", datetime(2025, 3, 18, tzinfo=UTC)),
        ("githubRepo", "https://evil.example/x/y", "code_url", None),
        ("githubRepo", "https://github.com/", "code_url", None),
        ("githubRepo", "javascript:alert(1)", "code_url", None),
        ("githubRepo", "https://github.com@evil.example/x/y", "code_url", None),
        ("projectPage", "file:///etc/passwd", "project_url", None),
        ("projectPage", "http://localhost:3000/", "project_url", None),
        ("projectPage", "http://192.168.0.1/", "project_url", None),
        ("projectPage", "https://a.example/|x>", "project_url", None),
        ("projectPage", "https://[broken", "project_url", None),
        ("projectPage", "https://a.example/" + "x" * 600, "project_url", None),
        ("ai_keywords", {"a": 1}, "keywords", ()),
        ("organization", "NVIDIA", "organization", None),
        ("title", "bad \ud800 half\x00pair", "title", "bad half pair"),
    ],
)
def test_a_missing_or_malformed_field_costs_only_itself(
    field: str, value: Any, attribute: str, expected: Any
) -> None:
    (paper,) = parsed(entry(**{field: value}))
    assert getattr(paper, attribute) == expected


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"<!doctype html><title>502</title>",
        b'[{"paper": {"id": "2503.1',
        b'{"error": "Invalid date"}',
        b"null",
        b'"text"',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b"[" + b"9" * 5000 + b"]",
    ],
)
def test_an_answer_that_is_no_listing_is_a_source_error(payload: bytes) -> None:
    with pytest.raises(SourceError):
        parse_listing(payload)


def test_an_error_object_is_told() -> None:
    with pytest.raises(SourceError, match="Invalid date"):
        parse_listing(b'{"error": "Invalid date"}')


def test_an_empty_day_has_no_papers() -> None:
    assert parse_listing(b"[]").papers == ()


@pytest.mark.parametrize("folder", ["same_day", "next_day"])
def test_every_real_listing_is_read_whole(folder: str) -> None:
    paths = sorted(shared_data(f"hf_daily/{folder}").glob("*.json"))
    assert paths
    for path in paths:
        page = parse_listing(path.read_bytes())
        assert page.skipped == 0, path.name
        for paper in page.papers:
            assert paper.title
            assert paper.abstract
            assert paper.authors
            assert paper.published
            assert paper.thumbnail_url
            assert "\n" not in paper.title + paper.abstract


def test_the_listings_of_2026_bring_organisations_stars_and_code() -> None:
    paths = sorted(shared_data("hf_daily/same_day").glob("2026-08-*.json"))
    papers = [paper for path in paths for paper in parse_listing(path.read_bytes()).papers]
    raw = [one["paper"] for path in paths for one in json.loads(path.read_bytes())]
    assert len(papers) == len(raw) > 0
    for paper, fields in zip(papers, raw, strict=True):
        organization = fields.get("organization", {}).get("fullname")
        assert paper.organization == (organization and organization.strip())
        assert paper.code_stars == fields.get("githubStars")
        assert paper.project_url == fields.get("projectPage")
        if "githubRepo" in fields:
            assert paper.code_url == fields["githubRepo"]
    assert sum(paper.organization is not None for paper in papers) > 0


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
field_names = st.sampled_from(
    [*entry()["paper"], "githubRepo", "projectPage", "organization", "ai_keywords", "withdrawnAt"]
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.dictionaries(field_names, json_values)
        .map(lambda paper: {"paper": {"id": "2503.14476", "title": "T", **paper}})
        .filter(bool)
        | json_values,
        max_size=5,
    )
)
def test_whatever_stands_in_a_listing_each_entry_is_read_or_counted(entries: list[Any]) -> None:
    page = parse_listing(json.dumps(entries).encode())
    assert len(page.papers) + page.skipped == page.entries == len(entries)
    for paper in page.papers:
        assert arxiv_id(paper.id) == paper.id
        assert paper.title
        paper.title.encode()
        for url in (paper.code_url, paper.project_url, paper.thumbnail_url):
            assert url is None or url.startswith(("http://", "https://"))


@settings(max_examples=200, deadline=None)
@given(st.binary() | st.text().map(str.encode))
def test_whatever_bytes_come_the_parser_answers_or_raises_a_source_error(payload: bytes) -> None:
    with suppress(SourceError):
        parse_listing(payload)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[HuggingFaceReplay]:
    with HuggingFaceReplay(tmp_path) as running:
        yield running


def write(folder: Path, day: date, count: int) -> None:
    entries = [entry(f"2503.{number:05d}", upvotes=count - number) for number in range(count)]
    (folder / f"{day}.json").write_text(json.dumps(entries))


def test_all_pages_are_read_in_order(
    server: HuggingFaceReplay, tmp_path: Path, http: HttpClient
) -> None:
    write(tmp_path, DAY, 230)
    listing = HuggingFace(http, server.base_url).listing("", DAY)
    assert [paper.votes for paper in listing.papers] == list(range(230, 0, -1))
    assert [request.query["p"] for request in server.requests] == ["0", "1", "2"]
    assert {request.query["limit"] for request in server.requests} == {"100"}


def test_a_full_page_without_a_link_is_followed_by_a_look_at_the_next(
    server: HuggingFaceReplay, tmp_path: Path, http: HttpClient
) -> None:
    write(tmp_path, DAY, 100)
    assert len(HuggingFace(http, server.base_url).listing("", DAY).papers) == 100
    assert len(server.requests) == 2


def test_a_short_page_with_a_link_has_a_successor(
    server: HuggingFaceReplay, http: HttpClient
) -> None:
    first = Reply(
        body=json.dumps([entry()]).encode(), headers={"Link": '<https://x.example>; rel="next"'}
    )
    second = Reply(body=json.dumps([entry(), entry("2503.14456")]).encode())
    server.faults += [first, second]
    listing = HuggingFace(http, server.base_url).listing("", DAY)
    assert [paper.id for paper in listing.papers] == ["2503.14476", "2503.14456"]


def test_a_server_that_always_promises_more_is_left_at_last(
    server: HuggingFaceReplay, http: HttpClient
) -> None:
    server.always = Reply(body=json.dumps([entry()]).encode(), headers={"Link": 'rel="next"'})
    assert len(HuggingFace(http, server.base_url).listing("", DAY).papers) == 1
    assert len(server.requests) == 20


def test_a_form_that_nobody_can_read_is_told_by_a_ping(
    server: HuggingFaceReplay, make_http: Callable[..., HttpClient]
) -> None:
    source = HuggingFace(make_http(retries=0), server.base_url)
    renamed = [{"paper": {"arxivId": f"2503.0000{n}", "title": "T"}} for n in range(3)]
    server.always = Reply(body=json.dumps(renamed).encode())
    assert source.ping() == "none of 3 entries could be read"
    server.always = Reply(body=json.dumps([*renamed, entry()]).encode())
    assert source.ping() is None


def test_a_page_of_a_gateway_passes(server: HuggingFaceReplay, http: HttpClient) -> None:
    server.faults += [Reply(body=b"<html>busy</html>"), Reply(body=b'{"error": "busy"}')]
    server.faults.append(Reply(body=json.dumps([entry()]).encode()))
    assert len(HuggingFace(http, server.base_url).listing("", DAY).papers) == 1


def test_a_ping_says_what_is_wrong(
    server: HuggingFaceReplay, make_http: Callable[..., HttpClient]
) -> None:
    source = HuggingFace(make_http(retries=0), server.base_url + "/")
    assert source.ping() is None
    server.always = Fault(status=503)
    assert source.ping() == "127.0.0.1 answered 503"
    server.always = Fault(body=b"<html>")
    assert source.ping() == "Hugging Face answered something else than JSON"

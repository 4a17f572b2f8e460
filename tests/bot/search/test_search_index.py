"""Search over the archive."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Barrier

import numpy as np
import pytest

from bot.search import SearchIndex, load_embedder
from bot.search.embedder import Vectors
from storage import Fulltext, ListingEntry, Note, Paper, Passage, Section, Storage, Summary

NOW = datetime(2025, 3, 20, tzinfo=UTC)
PAPERS = [
    Paper(
        id="2503.00001",
        title="Paced Rewards for Small Models",
        abstract="We stabilise reinforcement learning of small language models.",
        authors=("Mina Park",),
        organization="Example Lab",
        published=datetime(2025, 3, 18, tzinfo=UTC),
        code_url="https://github.com/example/paced",
    ),
    Paper(
        id="2502.00002",
        title="Four-bit Quantization without Tears",
        abstract="Weights are rounded to four bits with hardly any loss.",
        authors=("Jonas Weber",),
        organization="Other University",
        published=datetime(2025, 2, 10, tzinfo=UTC),
    ),
    Paper(
        id="2501.00003",
        title="Sketches to Video",
        abstract="A diffusion model that draws video from a few sketches.",
        published=datetime(2025, 1, 5, tzinfo=UTC),
    ),
]


@pytest.fixture
def index(storage: Storage, now: datetime) -> SearchIndex:
    storage.papers.save(PAPERS, now=now)
    storage.listings.save(
        "huggingface", date(2025, 3, 19), [ListingEntry(PAPERS[0].id, 1, 3)], settled=True, now=now
    )
    storage.summaries.save(
        Summary(
            paper_id=PAPERS[0].id,
            language="ko",
            tldr="강화 학습으로 작은 언어 모델을 안정시킵니다.",
            sections=(Section("method", "보상을 나누어 줍니다."),),
        ),
        now=now,
    )
    made = SearchIndex(storage, None)
    made.index([paper.id for paper in PAPERS])
    return made


def found(index: SearchIndex, query: str) -> list[str]:
    return [hit.paper.id for hit in index.papers(query, limit=10)]


@pytest.mark.parametrize("query", ["강화학습", "강화 학습", "강화학습을", "강화학습으로 안정"])
def test_korean_is_found_whatever_its_spacing_and_particles(index: SearchIndex, query: str) -> None:
    assert found(index, query) == ["2503.00001"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("양자화", "2502.00002"),
        ("확산 모델", "2501.00003"),
        ("quantized weights", "2502.00002"),
        ("jonas weber", "2502.00002"),
        ("Example Lab", "2503.00001"),
        ("보상", "2503.00001"),
        ("sketch", "2501.00003"),
    ],
)
def test_words_of_both_languages_people_and_summaries_are_searched(
    index: SearchIndex, query: str, expected: str
) -> None:
    assert found(index, query)[0] == expected


def test_filters_narrow_the_search(index: SearchIndex) -> None:
    assert found(index, "model after:2025-03") == ["2503.00001"]
    assert found(index, "before:2025-01") == ["2501.00003"]
    assert found(index, "has:code") == ["2503.00001"]
    assert found(index, "author:weber") == ["2502.00002"]
    assert found(index, 'org:"Example Lab"') == ["2503.00001"]
    assert found(index, "author:100%") == []


def test_saved_papers_are_those_of_the_asker_or_of_anybody(
    index: SearchIndex, storage: Storage, now: datetime
) -> None:
    storage.library.save("U1", PAPERS[0].id, now=now)
    storage.library.save("U2", PAPERS[1].id, now=now)

    def ids(query: str, member: str | None) -> list[str]:
        found = index.find(query, limit=5, most=5, member=member)
        return [hit.paper.id for hit in found.hits]

    assert ids("saved:", "U1") == [PAPERS[0].id]
    assert ids("저장: 모델", "U1") == [PAPERS[0].id]
    assert ids("saved: quantization", "U1") == []
    assert ids("saved:", "U3") == []
    assert ids("saved:", None) == [PAPERS[0].id, PAPERS[1].id]


def test_a_filter_and_words_keep_what_is_near_in_meaning_within_the_filter(
    storage: Storage, now: datetime
) -> None:
    embedder = load_embedder()
    if embedder is None:
        pytest.skip("the embedded encoder is not installed")
    storage.papers.save(PAPERS, now=now)
    index = SearchIndex(storage, embedder)
    index.index([paper.id for paper in PAPERS])

    hits = index.papers("그림 몇 장으로 동영상 만들기 after:2025-02", limit=3)

    assert PAPERS[2].id not in [hit.paper.id for hit in hits]


def test_one_page_of_results_counts_all_and_says_what_it_did_not_understand(
    index: SearchIndex,
) -> None:
    found = index.find("before:2026 after:nonsense", limit=1, offset=1, most=50)

    assert len(found.hits) == 1
    assert found.total == 3
    assert found.unclear == ("after:nonsense",)


def test_pages_follow_each_other_without_overlap(index: SearchIndex) -> None:
    first = index.papers("before:2026", limit=2)
    second = index.papers("before:2026", limit=2, offset=2)

    assert len(first) == 2
    assert len(second) == 1
    assert not {hit.paper.id for hit in first} & {hit.paper.id for hit in second}


def test_a_snippet_shows_the_hit_marked_and_escaped(index: SearchIndex) -> None:
    hit = index.papers("reinforcement", limit=1)[0]

    assert "*reinforcement*" in hit.marked
    assert "reinforcement learning" in hit.snippet
    assert hit.date == date(2025, 3, 19)


def test_a_snippet_says_nothing_twice(index: SearchIndex, storage: Storage, now: datetime) -> None:
    sentence = "낡은 양자화 없이 무게를 네 비트로 줄입니다."
    summary = Summary(
        paper_id=PAPERS[1].id,
        language="ko",
        tldr=sentence,
        sections=(Section("method", f"{sentence} 그 뒤에 오차를 고칩니다."),),
    )
    storage.summaries.save(summary, now=now)
    index.index([PAPERS[1].id])
    hit = index.papers("낡은 양자화", limit=1)[0]
    assert hit.snippet.count("무게를") == 1


@pytest.mark.parametrize("query", ["", "   ", '"', "OR AND NOT", "*", "a:b:c", "((("])
def test_odd_queries_find_little_and_break_nothing(index: SearchIndex, query: str) -> None:
    assert isinstance(index.papers(query, limit=5), list)


def test_indexing_again_changes_nothing_and_new_text_replaces_the_old(
    index: SearchIndex, storage: Storage, now: datetime
) -> None:
    before = storage.search.content_hashes([paper.id for paper in PAPERS])
    index.index([paper.id for paper in PAPERS])
    assert storage.search.content_hashes([paper.id for paper in PAPERS]) == before

    storage.papers.save([Paper(id="2501.00003", title="Doodles to Film")], now=now)
    index.index(["2501.00003"])

    assert found(index, "doodles") == ["2501.00003"]
    assert found(index, "Sketches to Video author:nobody") == []


def test_passages_are_searched_and_forgotten_with_their_version(
    index: SearchIndex, storage: Storage, now: datetime
) -> None:
    paper_id = PAPERS[1].id
    old = [Passage(0, "The zebra calibration set has 512 samples.", section="Data")]
    storage.fulltexts.save(Fulltext(paper_id, 1, "html"), old, now=now)
    index.index([paper_id])
    assert found(index, "zebra") == [paper_id]

    new = [Passage(0, "The giraffe calibration set is larger.", section="Data")]
    storage.fulltexts.save(Fulltext(paper_id, 2, "html"), new, now=now)
    index.index([paper_id])

    assert found(index, "zebra") == []
    assert found(index, "giraffe") == [paper_id]


def test_meaning_finds_a_paper_that_shares_no_word(storage: Storage, now: datetime) -> None:
    embedder = load_embedder()
    if embedder is None:
        pytest.skip("the embedded encoder is not installed")
    storage.papers.save(PAPERS, now=now)
    index = SearchIndex(storage, embedder)
    index.index([paper.id for paper in PAPERS])

    hits = index.papers("그림 몇 장으로 동영상 만들기", limit=3)

    assert hits[0].paper.id == "2501.00003"
    assert not hits[0].matched


def test_a_new_paper_is_near_as_soon_as_it_is_indexed(storage: Storage, now: datetime) -> None:
    embedder = load_embedder()
    if embedder is None:
        pytest.skip("the embedded encoder is not installed")
    storage.papers.save(PAPERS[:2], now=now)
    index = SearchIndex(storage, embedder)
    index.index([paper.id for paper in PAPERS[:2]])
    index.papers("동영상 생성", limit=3)

    storage.papers.save(PAPERS[2:], now=now)
    index.index([PAPERS[2].id])

    assert index.papers("스케치로 동영상 만들기", limit=3)[0].paper.id == "2501.00003"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("quantisation", "quantization"),
        ("quantizaton", "quantization"),
        ("difusion model", "diffusion model"),
        ("jonas webre", "jonas weber"),
        ("강화학슴", "강화학습"),
    ],
)
def test_a_slip_of_the_pen_gets_a_suggestion(index: SearchIndex, typed: str, meant: str) -> None:
    assert index.suggest(typed) == meant


@pytest.mark.parametrize("query", ["quantization", "강화학습", "xyzzyqwerty", "", "a"])
def test_a_well_written_or_hopeless_query_gets_none(index: SearchIndex, query: str) -> None:
    assert index.suggest(query) is None


class Compass:
    """An embedder of two dimensions: texts of robots point one way, all others the other."""

    name, dimension = "compass", 2

    def embed(self, texts: Sequence[str]) -> Vectors:
        ways = [(1.0, 0.0) if "robot" in one or "로봇" in one else (0.0, 1.0) for one in texts]
        return np.array(ways, dtype=np.float32).reshape(-1, 2)


def test_a_topic_is_near_to_papers_that_stand_out_in_the_archive(storage: Storage) -> None:
    papers = [Paper(f"2503.{n:05}", f"Paper {n}", abstract="Of language.") for n in range(70)]
    papers[3] = replace(papers[3], abstract="Of robots and robot arms.")
    ids = [one.id for one in papers]
    storage.papers.save(papers, now=NOW)
    index = SearchIndex(storage, Compass())
    index.index(ids[:50])
    assert not any(near for _, near in index.near("로봇", ids).values())  # too few
    index.index(ids)
    assert [one for one, (_, near) in index.near("로봇", ids).items() if near] == [ids[3]]
    assert not any(near for _, near in index.near("로봇", ids[10:]).values())
    assert not any(near for _, near in SearchIndex(storage, None).near("로봇", ids).values())


def test_threads_that_index_the_same_papers_at_once_do_it_once(
    storage: Storage, now: datetime
) -> None:
    storage.papers.save(PAPERS, now=now)
    ids = [paper.id for paper in PAPERS]
    passages = [Passage(number, f"A walrus, number {number}.") for number in range(200)]
    for paper_id in ids:
        storage.fulltexts.save(Fulltext(paper_id, 1, "html"), passages, now=now)
        storage.notes.add(Note(paper_id, "U1", "walrus", "slack", now))
    index, together = SearchIndex(storage, None), Barrier(6)

    def bring_up_to_date(_number: int) -> None:
        together.wait()
        index.index(ids)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(bring_up_to_date, range(6)))
    assert sorted(found(index, "walrus")) == sorted(ids)
    rows = storage._connections.row("SELECT count(*) FROM passage_text")
    assert rows[0] == len(ids) * len(passages)
    assert storage._connections.row("SELECT count(*) FROM member_words")[0] == len(ids)

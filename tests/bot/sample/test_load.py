"""The bundled day: complete, in both languages, in its own words, and harmless to real data."""

import json
import re
from datetime import date, datetime
from importlib.resources import files

import pytest

from bot.fulltext.injection import InjectionFilter
from bot.fulltext.parsing import parse
from bot.fulltext.passages import cut
from bot.languages import LANGUAGES, is_in
from bot.sample import load_sample
from bot.search import load_embedder
from bot.sources.fields import web_url
from bot.sources.ids import arxiv_id
from bot.sources.links import repository
from storage import ListingDay, ListingEntry, Paper, Storage
from tests.shared_data import shared_data

DAY = date(2025, 3, 19)
DAPO = "2503.14476"


def stored(storage: Storage) -> list[Paper]:
    listing = storage.listings.get("huggingface", DAY)
    assert listing
    return storage.papers.get_many([one.paper_id for one in listing.entries])


def test_the_sample_is_a_whole_day_with_dapo_in_it(storage: Storage, now: datetime) -> None:
    assert load_sample(storage, now) == DAY
    papers = stored(storage)
    assert len(papers) == 15
    assert [paper.votes for paper in papers] == sorted(
        (paper.votes for paper in papers), reverse=True
    )
    assert "DAPO: An Open-Source LLM Reinforcement Learning System at Scale" in {
        paper.title for paper in papers
    }
    assert storage.listings.unsettled() == []


def test_each_paper_has_its_facts_and_a_description_in_both_languages(
    storage: Storage, now: datetime
) -> None:
    load_sample(storage, now)
    for paper in stored(storage):
        assert arxiv_id(paper.id) == paper.id
        assert paper.authors
        assert paper.published
        assert (paper.code_url is None) == (repository(paper.code_url) is None)
        assert paper.project_url == web_url(paper.project_url)
        korean = storage.papers.abstract(paper.id, "ko") or ""
        for text, ending in ((paper.abstract, r"\.$"), (korean, r"다\.$")):
            sentences = re.split(r"(?<=\.)\s+(?=[A-Z가-힣])", text)
            assert 4 <= len(sentences) <= 8
            assert all(re.search(ending, sentence) for sentence in sentences)
        assert re.search("[가-힣]", korean)


def test_both_languages_tell_the_same_numbers(storage: Storage, now: datetime) -> None:
    load_sample(storage, now)

    def numbers(text: str) -> set[str]:
        return set(re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?=%|점|편|개|K|B|T|조|\s|$)", text))

    for paper in stored(storage):
        korean = storage.papers.abstract(paper.id, "ko") or ""
        told = set(re.findall(r"\d+(?:\.\d+)?", korean))
        assert numbers(paper.abstract) <= told, paper.id


def test_loading_twice_changes_nothing(storage: Storage, now: datetime) -> None:
    load_sample(storage, now)
    before = (stored(storage), storage.counts())
    load_sample(storage, now)
    assert (stored(storage), storage.counts()) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_paper_is_retold_section_by_section(
    storage: Storage, now: datetime, language: str
) -> None:
    load_sample(storage, now, language=language)
    passages = storage.fulltexts.passages(DAPO)
    assert len(passages) > 20
    assert all(is_in(one.text, language) for one in passages if one.kind == "text")
    assert [one.text.count("|") for one in passages if one.kind == "table"] == [8]
    told = [one.text for one in passages]
    assert InjectionFilter(load_embedder()).clean(told) == told


def test_both_tellings_have_the_same_numbers(storage: Storage, now: datetime) -> None:
    told = json.loads((files("bot.sample") / "fulltext.json").read_text(encoding="utf-8"))
    for passage in told[DAPO]:
        english, korean = (
            set(re.findall(r"\d[\d.,]*\d|\d{2,}", passage[one])) for one in ("en", "ko")
        )
        assert english == korean, passage["section"]


def test_the_retelling_has_the_pages_and_none_of_the_wording_of_the_paper(
    storage: Storage, now: datetime
) -> None:
    path = shared_data("arxiv_fulltext/pdf/2503.14476_DAPO.pdf")
    real = cut(parse(path.read_bytes(), "pdf").blocks)
    load_sample(storage, now)
    told = storage.fulltexts.passages(DAPO)
    places = {(one.section, one.page) for one in real}
    assert {(one.section, one.page) for one in told} <= places
    written = _runs(" ".join(one.text for one in real))
    assert [one.text for one in told if one.kind == "text" and _runs(one.text) & written] == []


def test_what_was_really_collected_stays(storage: Storage, now: datetime) -> None:
    storage.papers.save([Paper(id=DAPO, title="Real", abstract="Real.", votes=99)], now=now)
    storage.listings.save(
        "huggingface", DAY, [ListingEntry(DAPO, rank=1, votes=99)], settled=False, now=now
    )
    load_sample(storage, now)
    (paper,) = stored(storage)
    assert (paper.title, paper.abstract, paper.votes) == ("Real", "Real.", 99)
    assert "AIME 2024" in (storage.papers.abstract(DAPO, "ko") or "")
    assert storage.listings.unsettled() == [ListingDay("huggingface", DAY)]


@pytest.fixture
def listing() -> dict[str, dict[str, object]]:
    path = shared_data("hf_daily/same_day/2025-03-19.json")
    return {one["paper"]["id"]: one["paper"] for one in json.loads(path.read_bytes())}


def test_the_facts_are_those_of_the_real_listing(
    listing: dict[str, dict[str, object]], storage: Storage, now: datetime
) -> None:
    load_sample(storage, now)
    papers = stored(storage)
    assert [paper.id for paper in papers] == list(listing)[: len(papers)]
    for paper in papers:
        real = listing[paper.id]
        assert paper.title == " ".join(str(real["title"]).split())
        assert paper.votes == real["upvotes"]


def test_the_descriptions_are_not_the_abstracts(
    listing: dict[str, dict[str, object]], storage: Storage, now: datetime
) -> None:
    """No eight words in a row are the same."""
    load_sample(storage, now)
    for paper in stored(storage):
        assert not _runs(paper.abstract) & _runs(str(listing[paper.id]["summary"])), paper.id


def test_no_bundled_description_is_taken_for_an_order_to_a_model(
    storage: Storage, now: datetime
) -> None:
    day = load_sample(storage, now)
    listing = storage.listings.get("huggingface", day)
    assert listing is not None
    texts = [
        storage.papers.abstract(entry.paper_id, language) or ""
        for entry in listing.entries
        for language in ("ko", "en")
    ]
    assert all(texts)
    injections = InjectionFilter(load_embedder())
    assert [text for text in texts if injections.clean([text]) != [text]] == []


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[\w.%$-]+", text.lower())
    return {tuple(words[at : at + 8]) for at in range(len(words) - 7)}

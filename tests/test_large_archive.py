"""The large archive is the same each time, and can be searched in both languages."""

from pathlib import Path

from bot.search import SearchIndex
from storage import open_storage
from tests.large_archive import LAST_DAY, PAPERS_A_DAY, Maker, fill, real_papers
from tests.shared_data import shared_data


def test_the_same_number_of_papers_gives_the_same_archive() -> None:
    shared_data("hf_daily")
    originals = real_papers()
    first, second = (list(Maker(originals).papers(60)) for _ in range(2))
    assert first == second
    assert len({made.paper.id for made in first}) == 60
    assert len({made.paper.title for made in first}) == 60


def test_its_papers_are_listed_and_found_in_both_languages(tmp_path: Path) -> None:
    shared_data("hf_daily")
    storage = open_storage(tmp_path / "large.db")
    fill(storage, 60, fulltexts=2)
    index = SearchIndex(storage, None)
    listing = storage.listings.get("huggingface", LAST_DAY)
    assert listing is not None
    assert len(listing.entries) == 60 - PAPERS_A_DAY
    assert index.papers("모델", limit=5)
    assert index.papers("model", limit=5)
    assert storage.counts()["passages"] == 50
    storage.close()

"""Which earlier papers a new one is near to, and what it adds."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from bot.digests import compose_daily, paper_card, render_digest
from bot.digests.content import Related
from bot.digests.related import related_of
from bot.digests.wish import Wish
from bot.languages import BOTH, LANGUAGES
from bot.search import SearchIndex
from bot.search.nearness import Rarity, Words, nearness, new_words
from bot.search.related import RelatingIndex, RelationFinder
from storage import ListingEntry, Paper, Relation, Storage, open_storage
from tests.bot.digests.samples import HOSTILE_TITLES, NOW, entry, paper, summary
from tests.slack_limits import problems

EARLIER, LATER = date(2025, 3, 12), date(2025, 3, 19)
INPAINTING = "Video inpainting fills masked regions of long clips with diffusion."
OLD = Paper("2503.11111", "Video inpainting with diffusion", abstract=INPAINTING)
NEW = Paper(
    "2503.22222",
    "MTV: long video inpainting",
    abstract=f"{INPAINTING} We add a dual-branch attention for text.",
    keywords=("video inpainting", "dual-branch attention", "MTV", "large language models"),
)
FIELDS = ("protein folding", "speech synthesis", "legal reasoning", "robot grasping", "music")


@pytest.fixture
def storage(database: Path | str) -> Iterator[Storage]:
    storage = open_storage(database)
    yield storage
    storage.close()


def _list(storage: Storage, day: date, papers: Sequence[Paper]) -> None:
    storage.papers.save(papers, now=NOW)
    entries = [ListingEntry(one.id, rank, one.votes) for rank, one in enumerate(papers, start=1)]
    storage.listings.save("huggingface", day, entries, settled=True, now=NOW)


def _finder(storage: Storage) -> tuple[SearchIndex, RelationFinder]:
    others = [
        Paper(f"2503.3000{n}", f"A study of {field}", abstract=f"We study {field} in depth.")
        for n, field in enumerate(FIELDS)
    ]
    _list(storage, EARLIER, [OLD, *others])
    _list(storage, LATER, [NEW])
    search = SearchIndex(storage, None)
    search.index([OLD.id, NEW.id, *(one.id for one in others)])
    return search, RelationFinder(storage, search)


def test_papers_on_the_same_rare_subject_are_near() -> None:
    words = [Words.of(OLD), Words.of(NEW), Words.of(paper(1)), Words.of(paper(2))]
    rarity = Rarity(words)
    assert nearness(words[0], words[1], rarity) > 0.5
    assert nearness(words[0], words[2], rarity) < 0.1
    assert nearness(words[0], Words.of(Paper("x", "")), rarity) == 0


def test_new_words_are_keywords_that_the_other_paper_says_nothing_of() -> None:
    assert new_words(Words.of(NEW), Words.of(OLD)) == ("dual-branch attention",)


def test_only_earlier_papers_are_related(storage: Storage) -> None:
    _, finder = _finder(storage)
    (found,) = finder.find(NEW)
    assert (found.other_id, found.strong) == (OLD.id, True)
    assert found.new_words == ("dual-branch attention",)
    assert finder.find(OLD) == []


def test_relations_are_found_when_papers_are_indexed_and_not_again(storage: Storage) -> None:
    search, finder = _finder(storage)
    index = RelatingIndex(search, finder)
    index.index([NEW.id])
    first = storage.relations.of_papers([NEW.id])
    assert [one.other_id for one in first[NEW.id]] == [OLD.id]
    index.index([NEW.id])
    assert storage.relations.of_papers([NEW.id]) == first


def test_a_paper_without_relations_is_looked_at_once_for_all_channels(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    search, finder = _finder(storage)
    asked: list[str] = []

    def find(paper: Paper, _: Rarity | None) -> list[Relation]:
        asked.append(paper.id)
        return []

    monkeypatch.setattr(finder, "find", find)
    for _channel in range(3):
        RelatingIndex(search, finder).index([OLD.id])
    assert asked == [OLD.id]


def test_a_failure_to_relate_stops_nothing(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    search, finder = _finder(storage)

    def fail(paper_ids: Sequence[str]) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(finder, "update", fail)
    RelatingIndex(search, finder).index([NEW.id])


class Same:
    """An embedder for which all texts mean the same."""

    name = "same"
    dimension = 2

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        return np.full((len(texts), 2), np.sqrt(0.5), dtype=np.float32)


def test_meaning_alone_relates_nothing(storage: Storage) -> None:
    _finder(storage)
    search = SearchIndex(storage, Same())
    listing = storage.listings.get("huggingface", EARLIER)
    assert listing is not None
    search.index([*(one.paper_id for one in listing.entries), NEW.id])
    found = RelationFinder(storage, search).find(NEW)
    assert [one.other_id for one in found] == [OLD.id]


def test_a_strong_relation_is_told_in_the_digest_with_its_day(storage: Storage) -> None:
    _list(storage, EARLIER, [OLD])
    _list(storage, LATER, [NEW])
    storage.relations.save(NEW.id, [Relation(NEW.id, OLD.id, 1.1, True, ("attention",))])
    content = compose_daily(storage, LATER, Wish("ko"))
    (message,) = render_digest(content)
    link = "<https://arxiv.org/abs/2503.11111|Video inpainting with diffusion>"
    assert f"지난 관련 논문: {link} · 2025년 3월 12일" in str(message.blocks)


def test_a_weak_relation_is_told_in_the_card_only(storage: Storage) -> None:
    _list(storage, EARLIER, [OLD])
    _list(storage, LATER, [NEW])
    storage.relations.save(NEW.id, [Relation(NEW.id, OLD.id, 0.9, False, ("attention",))])
    (message,) = render_digest(compose_daily(storage, LATER, Wish("en")))
    assert "Earlier related paper" not in str(message.blocks)
    related = related_of(storage, [NEW.id])[NEW.id]
    card = paper_card(entry(NEW, related=related), "en")
    assert "Earlier related papers" in str(card.blocks)
    assert "New in this paper: attention" in str(card.blocks)


@pytest.mark.parametrize("title", HOSTILE_TITLES)
@pytest.mark.parametrize("language", [*LANGUAGES, BOTH])
def test_slack_takes_relations_with_any_title(title: str, language: str) -> None:
    related = [Related(paper(n, title=title), LATER, True, (title, title)) for n in range(3)]
    first = "en" if language == "en" else "ko"
    told = summary("2503.14001", first)
    card = paper_card(entry(paper(1), told, related=related), language)
    assert problems(card) == []

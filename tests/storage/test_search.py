"""The tables of the search index."""

from datetime import datetime

from storage import Fulltext, IndexedText, Paper, PaperFilter, Passage, Storage, StoredVector

EVERYTHING = PaperFilter()


def indexed(storage: Storage, now: datetime, paper_id: str, title: str) -> None:
    storage.papers.save([Paper(id=paper_id, title=title)], now=now)
    storage.search.save_text(IndexedText(paper_id, title, title.lower(), "", "", ""))


def test_a_new_text_takes_the_place_of_the_old(storage: Storage, now: datetime) -> None:
    indexed(storage, now, "1", "Old words")
    indexed(storage, now, "1", "New words")

    assert storage.search.match_papers('"old"', EVERYTHING, limit=5) == []
    assert storage.search.match_papers('"new"', EVERYTHING, limit=5) == ["1"]
    assert storage.search.content_hashes(["1", "2"]) == {"1": "New words"}


def test_the_better_match_comes_first_and_the_newest_can_be_looked_at_alone(
    storage: Storage, now: datetime
) -> None:
    indexed(storage, now, "1", "reward reward reward")
    indexed(storage, now, "2", "reward in a long title of many words")

    assert storage.search.match_papers('"reward"', EVERYTHING, limit=5) == ["1", "2"]
    assert storage.search.match_papers('"reward"', EVERYTHING, limit=5, newest=1) == ["2"]
    assert storage.search.frequency("rewa") == 2


def test_a_malformed_expression_finds_nothing(storage: Storage, now: datetime) -> None:
    indexed(storage, now, "1", "words")

    assert storage.search.match_papers('"unclosed', EVERYTHING, limit=5) == []
    assert storage.search.match_passages("AND", EVERYTHING, limit=5) == []


def test_what_is_deleted_leaves_the_index(storage: Storage, now: datetime) -> None:
    indexed(storage, now, "1", "words")
    storage.fulltexts.save(Fulltext("1", 1, "html"), [Passage(0, "zebra")], now=now)
    passage_id = storage.search.unindexed_passages("1")[0][0]
    storage.search.save_passage_texts([(passage_id, "zebra")])
    storage.search.save_passage_vectors({passage_id: StoredVector("1", "m", 1, b"\x00\x00")})
    assert storage.search.match_passages('"zebra"', EVERYTHING, limit=5) == ["1"]
    before = storage.search.passages_state("1")

    storage.fulltexts.save(Fulltext("1", 2, "html"), [], now=now)

    assert storage.search.match_passages('"zebra"', EVERYTHING, limit=5) == []
    assert storage.search.passage_vectors("1", model="m") == {}
    assert storage.search.passages_state("1") != before


def test_a_replaced_vector_is_seen_as_new(storage: Storage, now: datetime) -> None:
    storage.papers.save([Paper(id="1", title="t")], now=now)
    storage.search.save_paper_vectors([StoredVector("1", "m", 1, b"\x00\x00", "a")])
    seen = storage.search.newest_vector()

    storage.search.save_paper_vectors([StoredVector("1", "m", 1, b"\x01\x00", "b")])

    fresh = storage.search.paper_vectors(model="m", after=seen)
    assert [one.data for one in fresh] == [b"\x01\x00"]
    assert storage.search.vector_hashes(["1"], model="m") == {"1": "b"}
    assert storage.search.vector_hashes(["1"], model="other") == {}

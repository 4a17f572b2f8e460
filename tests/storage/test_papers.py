"""Papers and abstracts."""

from datetime import date, datetime

from storage import ListingEntry, Note, Paper, Storage, Turn
from storage.papers import _USING


def test_a_new_paper_is_added_and_a_known_one_updated(storage: Storage, now: datetime) -> None:
    assert storage.papers.save([Paper("2503.14476", "DAPO", votes=3)], now=now) == (1, 0)
    assert storage.papers.save([Paper("2503.14476", "DAPO", votes=9)], now=now) == (0, 1)
    stored = storage.papers.get("2503.14476")
    assert stored is not None
    assert stored.votes == 9


def test_what_a_source_leaves_out_wipes_nothing(storage: Storage, now: datetime) -> None:
    full = Paper(
        "1", "Title", "Abstract.", ("Ada",), organization="Lab", code_url="https://github.com/a/b"
    )
    storage.papers.save([full], now=now)
    storage.papers.save([Paper("1", "Title")], now=now)
    stored = storage.papers.get("1")
    assert stored is not None
    assert (stored.abstract, stored.authors) == ("Abstract.", ("Ada",))
    assert (stored.organization, stored.code_url) == ("Lab", "https://github.com/a/b")


def test_papers_come_in_the_order_asked_for_without_the_unknown(
    storage: Storage, now: datetime
) -> None:
    storage.papers.save([Paper("1", "One"), Paper("2", "Two")], now=now)
    assert [p.id for p in storage.papers.get_many(["2", "missing", "1"])] == ["2", "1"]


def test_an_abstract_is_kept_for_each_language(storage: Storage, now: datetime) -> None:
    storage.papers.save([Paper("1", "One", "English.")], now=now)
    storage.papers.save_abstract("1", "ko", "한국어 초록.", origin="bundled")
    assert storage.papers.abstract("1", "ko") == "한국어 초록."
    assert storage.papers.abstract("1", "en") == "English."


def test_papers_without_an_abstract_are_named(storage: Storage, now: datetime) -> None:
    storage.papers.save([Paper("1", "One", "Text."), Paper("2", "Two")], now=now)
    assert storage.papers.without_abstract(["1", "2", "3"]) == ["2", "3"]


def test_a_paper_known_by_title_becomes_the_one_with_the_id(
    storage: Storage, now: datetime
) -> None:
    storage.papers.save([Paper("title:dapo", "DAPO", "Words.", votes=3)], now=now)
    storage.notes.add(Note("title:dapo", "U1", "좋은 논문", "slack", now))
    storage.papers.merge("title:dapo", "2503.14476")
    assert storage.papers.get("title:dapo") is None
    moved = storage.papers.get("2503.14476")
    assert moved is not None
    assert (moved.title, moved.abstract, moved.votes) == ("DAPO", "Words.", 3)
    assert [note.text for note in storage.notes.of_paper("2503.14476")] == ["좋은 논문"]


def test_a_merge_keeps_what_the_known_paper_has_and_moves_the_rest(
    storage: Storage, now: datetime
) -> None:
    by_title = Paper("title:논문", "논문", "By title.", ("Ada",), organization="Lab", votes=3)
    by_id = Paper("2503.14476", "DAPO", "By id.", votes=9, code_url="https://github.com/a/b")
    storage.papers.save([by_title, by_id], now=now)
    storage.papers.save_abstract("title:논문", "ko", "한국어 초록.", origin="import")
    storage.listings.save(
        "huggingface", date(2025, 3, 19), [ListingEntry("title:논문", 1, 3)], settled=True, now=now
    )
    turn = Turn("C1", "1.0", "1.1", "U1", "무엇?", now, ("1", "title:논문"))
    storage.threads.add_turn(turn)
    storage.papers.merge("title:논문", "2503.14476")
    merged = storage.papers.get("2503.14476")
    assert merged is not None
    assert (merged.title, merged.abstract, merged.votes) == ("DAPO", "By id.", 9)
    assert (merged.authors, merged.organization) == (("Ada",), "Lab")
    assert storage.papers.abstract("2503.14476", "ko") == "한국어 초록."
    assert storage.listings.dates_of("2503.14476") == [date(2025, 3, 19)]
    assert storage.threads.turns("C1", "1.0")[0].paper_ids == ("1", "2503.14476")
    storage.papers.merge("title:논문", "2503.14476")
    assert storage.counts()["papers"] == 1


# What is known of a paper and goes with it; whatever else refers to one keeps it.
OF_THE_PAPER = {
    "abstracts",
    "extras",
    "indexed_papers",
    "paper_news",
    "paper_vectors",
    "passages",
    "relations",
    "summaries",
    "titles",
}


def test_each_table_about_papers_either_keeps_its_papers_or_goes_with_them(
    storage: Storage,
) -> None:
    referring = {table for table, _ in storage._connections.references("papers")}
    assert referring - OF_THE_PAPER <= set(_USING)
    assert referring >= OF_THE_PAPER

"""Papers and abstracts."""

from datetime import datetime

from storage import Paper, Storage


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

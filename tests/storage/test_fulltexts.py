from datetime import datetime, timedelta

from storage import Fulltext, Paper, Passage, Storage

PAPER = Paper(id="2501.00001", title="A Study of Insects")
TEXT = [
    Passage(ordinal=0, text="Ants.", section="1 A", anchor="S1.p1"),
    Passage(1, "Bees.", page=2),
]


def stored(storage: Storage) -> list[tuple[str, str]]:
    return [(passage.section, passage.text) for passage in storage.fulltexts.passages(PAPER.id)]


def test_passages_come_back_in_order_and_a_new_version_replaces_them(
    storage: Storage, now: datetime
) -> None:
    storage.papers.save([PAPER], now=now)
    assert storage.fulltexts.get(PAPER.id) is None
    storage.fulltexts.save(Fulltext(PAPER.id, 1, "html"), TEXT, now=now)
    assert stored(storage) == [("1 A", "Ants."), ("", "Bees.")]
    storage.fulltexts.save(Fulltext(PAPER.id, 2, "pdf"), TEXT[:1], now=now)
    assert stored(storage) == [("1 A", "Ants.")]
    found = storage.fulltexts.get(PAPER.id)
    assert found is not None
    assert (found.version, found.origin, found.fetched_at) == (2, "pdf", now)


def test_passages_are_found_by_their_ordinals(storage: Storage, now: datetime) -> None:
    storage.papers.save([PAPER], now=now)
    storage.fulltexts.save(Fulltext(PAPER.id, 1, "html"), TEXT, now=now)
    assert [one.text for one in storage.fulltexts.cited(PAPER.id, {1, 7})] == ["Bees."]


def test_a_try_without_text_keeps_the_text_there_is(storage: Storage, now: datetime) -> None:
    storage.papers.save([PAPER], now=now)
    storage.fulltexts.save(Fulltext(PAPER.id, 1, "html"), TEXT, now=now)
    later = now + timedelta(hours=1)
    storage.fulltexts.save(Fulltext(PAPER.id, 2, "none", problem="gone"), [], now=later)
    found, tried = storage.fulltexts.get(PAPER.id), storage.fulltexts.last_try(PAPER.id)
    assert found is not None
    assert found.version == 1
    assert tried is not None
    assert (tried.version, tried.problem, tried.fetched_at) == (2, "gone", later)
    assert len(stored(storage)) == 2

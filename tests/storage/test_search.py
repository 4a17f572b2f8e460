"""The tables of the search index."""

from datetime import UTC, date, datetime

from storage import (
    Fulltext,
    IndexedText,
    ListingEntry,
    Paper,
    PaperFilter,
    Passage,
    Storage,
    StoredVector,
)

EVERYTHING = PaperFilter()


def indexed(storage: Storage, now: datetime, paper_id: str, title: str) -> None:
    storage.papers.save([Paper(id=paper_id, title=title)], now=now)
    storage.search.save_texts([IndexedText(paper_id, title, title.lower(), "", "", "")])


def test_a_new_text_takes_the_place_of_the_old(storage: Storage, now: datetime) -> None:
    indexed(storage, now, "1", "Old words")
    indexed(storage, now, "1", "New words")

    assert storage.words.match_papers('"old"', EVERYTHING, limit=5) == []
    assert storage.words.match_papers('"new"', EVERYTHING, limit=5) == ["1"]
    assert storage.search.content_hashes(["1", "2"]) == {"1": "New words"}


def test_the_better_match_comes_first(storage: Storage, now: datetime) -> None:
    indexed(storage, now, "1", "reward reward reward")
    indexed(storage, now, "2", "reward in a long title of many words")

    assert storage.words.match_papers('"reward"', EVERYTHING, limit=5) == ["1", "2"]


def test_papers_are_ranked_alike_in_every_database(storage: Storage, now: datetime) -> None:
    texts = {
        "often, in a long text": ("", "reward " * 3 + "filler " * 60),
        "rare word once": ("", "zebra " + "filler " * 20),
        "in the title": ("reward model", "filler " * 20),
        "once": ("", "reward " + "filler " * 20),
        "as a run": ("", "reward model " + "filler " * 20),
        "apart": ("", "reward filler model " + "filler " * 20),
        "neither": ("", "filler"),
    }
    storage.papers.save([Paper(id=one, title=one) for one in texts], now=now)
    storage.search.save_texts(
        [IndexedText(one, one, title, "", text, "") for one, (title, text) in texts.items()]
    )

    def ranked(expression: str) -> list[str]:
        return storage.words.match_papers(expression, EVERYTHING, limit=9)

    assert ranked('"reward" OR "zebra"') == [
        "rare word once",
        "in the title",
        "often, in a long text",
        "once",
        "as a run",
        "apart",
    ]
    assert ranked('"reward model"') == ["in the title", "as a run"]
    assert ranked('("filler") OR ("zebra") OR ("zebra")')[0] == "rare word once"


def test_each_papers_best_passage_is_found(storage: Storage, now: datetime) -> None:
    texts = {"1": ("no word", "a reward", "reward, reward"), "2": ("reward",), "3": ("nothing",)}
    storage.papers.save([Paper(id=one, title=one) for one in [*texts, "4"]], now=now)
    for one, told in texts.items():
        passages = [Passage(at, text) for at, text in enumerate(told)]
        storage.fulltexts.save(Fulltext(one, 1, "html"), passages, now=now)
    unindexed = storage.words.unindexed_passages([*texts])
    storage.words.save_passages([(one, text) for one, _, text in unindexed])

    found = storage.words.matching_passages(["1", "2", "3", "4"], '"reward"')

    assert found == {"1": "reward, reward", "2": "reward"}
    assert storage.words.matching_passages(["3"], '"reward"') == {}
    assert storage.words.matching_passages(["1"], '"reward" AND (') == {}


def test_of_a_common_word_only_the_newest_papers_are_looked_at(
    storage: Storage, now: datetime
) -> None:
    for number in range(40):
        indexed(storage, now, f"{number:02}", f"reward {'rare' if number in (3, 38) else ''}")

    common = storage.words.match_papers('"reward"', EVERYTHING, limit=50, most=10)
    rare = storage.words.match_papers('"rare"', EVERYTHING, limit=50, most=10)

    assert min(common) == "29"
    assert sorted(rare) == ["03", "38"]
    assert storage.words.estimates(['"reward"', '"none"']) == {'"reward"': 40, '"none"': 0}


def test_a_day_filter_looks_at_the_right_end_of_the_archive(
    storage: Storage, now: datetime
) -> None:
    for number in range(1, 29):
        paper = Paper(f"{number:02}", "reward", published=datetime(2025, 2, number, tzinfo=UTC))
        storage.papers.save([paper], now=now)
        storage.search.save_texts([IndexedText(paper.id, "h", "reward", "", "", "")])
    storage.listings.save(
        "huggingface", date(2025, 3, 5), [ListingEntry("02", 1, 3)], settled=True, now=now
    )

    def matching(where: PaperFilter) -> list[str]:
        return sorted(storage.words.match_papers('"reward"', where, limit=50, most=5))

    assert matching(PaperFilter(before="2025-02-04")) == ["01", "03", "04"]
    assert matching(PaperFilter(after="2025-02-27")) == ["27", "28"]
    assert storage.words.filtered(PaperFilter(after="2025-02-27"), limit=9) == ["02", "28", "27"]
    assert storage.search.days(["02", "28"]) == {"02": "2025-03-05", "28": "2025-02-28"}


def test_a_malformed_expression_finds_nothing(storage: Storage, now: datetime) -> None:
    indexed(storage, now, "1", "words")

    assert storage.words.match_papers('"unclosed', EVERYTHING, limit=5) == []
    assert storage.words.match_passages("AND", EVERYTHING, limit=5) == []


def test_what_is_deleted_leaves_the_index(storage: Storage, now: datetime) -> None:
    indexed(storage, now, "1", "words")
    storage.fulltexts.save(Fulltext("1", 1, "html"), [Passage(0, "zebra")], now=now)
    passage_id = storage.words.unindexed_passages(["1"])[0][0]
    storage.words.save_passages([(passage_id, "zebra")])
    storage.search.save_passage_vectors({passage_id: StoredVector("1", "m", 1, b"\x00\x00")})
    assert storage.words.match_passages('"zebra"', EVERYTHING, limit=5) == ["1"]
    before = storage.search.passages_state("1")

    storage.fulltexts.save(Fulltext("1", 2, "html"), [], now=now)

    assert storage.words.match_passages('"zebra"', EVERYTHING, limit=5) == []
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


def test_what_has_gone_while_it_was_prepared_is_left_out(storage: Storage, now: datetime) -> None:
    indexed(storage, now, "1", "One")
    storage.fulltexts.save(Fulltext("1", 1, "html"), [Passage(0, "Old words")], now=now)
    ((old, _, text),) = storage.words.unindexed_passages(["1"])
    storage.fulltexts.save(Fulltext("1", 2, "html"), [Passage(0, "New"), Passage(1, "x")], now=now)
    vector = StoredVector("2", "m", 1, b"xx")

    storage.words.save_passages([(old, text)])
    storage.search.save_passage_vectors({old: vector})
    storage.search.save_texts([IndexedText("2", "2", "gone", "", "", "")])
    storage.search.save_paper_vectors([vector])

    assert storage.words.match_papers('"gone"', EVERYTHING, limit=5) == []
    assert storage.search.count_vectors(model="m") == 0
    assert len(storage.words.unindexed_passages(["1"])) == 2


def test_words_of_a_letter_are_found(storage: Storage, now: datetime) -> None:
    indexed(storage, now, "1", "the model s k v")

    assert storage.words.match_papers('"model s"', EVERYTHING, limit=5) == ["1"]
    assert storage.words.match_papers('"k v"', EVERYTHING, limit=5) == ["1"]

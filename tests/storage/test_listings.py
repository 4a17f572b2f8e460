"""Listings of a day."""

from datetime import date, datetime, timedelta

from storage import ListingDay, ListingEntry, Paper, Storage

DAY = date(2025, 3, 19)


def save(storage: Storage, votes: dict[str, int], now: datetime) -> tuple[int, int]:
    storage.papers.save([Paper(one, one) for one in votes], now=now)
    entries = [ListingEntry(one, rank, n) for rank, (one, n) in enumerate(votes.items(), 1)]
    return storage.listings.save("huggingface", DAY, entries, settled=False, now=now)


def test_reading_again_updates_votes_and_adds_papers_but_never_doubles(
    storage: Storage, now: datetime
) -> None:
    assert save(storage, {"1": 5, "2": 3}, now) == (2, 0)
    assert save(storage, {"2": 9, "1": 6, "3": 1}, now + timedelta(days=1)) == (1, 2)
    listing = storage.listings.get("huggingface", DAY)
    assert listing is not None
    assert [(e.paper_id, e.votes) for e in listing.entries] == [("2", 9), ("1", 6), ("3", 1)]
    assert listing.first_read == now
    assert listing.entries[2].first_seen == now + timedelta(days=1)


def test_a_settled_listing_stays_settled(storage: Storage, now: datetime) -> None:
    storage.listings.save("huggingface", DAY, [], settled=True, now=now)
    storage.listings.save("huggingface", DAY, [], settled=False, now=now)
    assert storage.listings.unsettled() == []


def test_an_empty_day_is_no_newest_listing(storage: Storage, now: datetime) -> None:
    save(storage, {"1": 5}, now)
    storage.listings.save("huggingface", date(2025, 3, 22), [], settled=False, now=now)
    assert storage.listings.newest_with_papers() == DAY
    assert storage.listings.newest_with_papers(until=date(2025, 3, 18)) is None


def test_the_newest_listing_of_each_source_is_found_with_its_papers(
    storage: Storage, now: datetime
) -> None:
    save(storage, {"1": 5, "2": 9}, now)
    earlier, later = DAY - timedelta(days=3), DAY + timedelta(days=1)
    for day in (earlier, later):
        storage.listings.save("arxiv", day, [ListingEntry("1", 1, 0)], settled=False, now=now)
    sources = ("arxiv", "none", "huggingface")
    found = storage.listings.newest(sources, until=DAY)
    assert [(one.source, one.date) for one in found] == [("arxiv", earlier), ("huggingface", DAY)]
    assert [one.paper_id for one in found[1].entries] == ["1", "2"]
    assert storage.listings.newest((), until=DAY) == []


def test_listings_come_in_the_order_asked_for(storage: Storage, now: datetime) -> None:
    save(storage, {"1": 5}, now)
    storage.listings.save("arxiv", DAY, [], settled=True, now=now)
    days = [ListingDay(one, DAY) for one in ("huggingface", "none", "arxiv")]
    found = storage.listings.these(days)
    assert [(one.source, len(one.entries)) for one in found] == [("huggingface", 1), ("arxiv", 0)]
    assert storage.listings.last_read(days) == {days[0]: now, days[2]: None}
    assert (storage.listings.these([]), storage.listings.last_read([])) == ([], {})


def test_a_sources_last_success_survives_its_failures(storage: Storage, now: datetime) -> None:
    storage.listings.save_read("arxiv", problem=None, now=now)
    storage.listings.save_read("arxiv", problem="429", now=now + timedelta(hours=1))
    (read,) = storage.listings.last_reads()
    assert (read.succeeded_at, read.problem) == (now, "429")

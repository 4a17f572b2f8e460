"""One way to hold rows, for the messages, the runs and the questions alike."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.leases import GRACE, LeaseKeeper, is_gone, new_owner
from storage import DatabaseUnusableError, Leases, Storage, Trouble
from tests.fakes import FakeClock

NOW = datetime(2025, 3, 20, tzinfo=UTC)
LEASE = timedelta(seconds=60)
Claim = Callable[[str, datetime], bool]


def messages(storage: Storage) -> tuple[Leases, Claim]:
    storage.deliveries.plan(key="k", channel="C1", kind="notice", payload={"text": "x"}, now=NOW)

    def claim(owner: str, now: datetime) -> bool:
        return storage.deliveries.claim_next(owner=owner, now=now, lease=LEASE) is not None

    return storage.deliveries.leases, claim


def runs(storage: Storage) -> tuple[Leases, Claim]:
    def claim(owner: str, now: datetime) -> bool:
        return storage.runs.claim("C1", NOW, owner=owner, now=now, lease=LEASE)

    return storage.runs.leases, claim


def questions(storage: Storage) -> tuple[Leases, Claim]:
    asked = storage.questions.record(
        key="q", channel="C1", thread_ts="1", ts="1", user="U1", text="?", language="en", now=NOW
    )
    assert asked is not None

    def claim(owner: str, now: datetime) -> bool:
        held = storage.questions.claim(asked, owner=owner, now=now, lease=LEASE)
        return held is not None

    return storage.questions.leases, claim


@pytest.fixture(params=[messages, runs, questions])
def table(request: pytest.FixtureRequest, storage: Storage) -> tuple[Leases, Claim]:
    made: tuple[Leases, Claim] = request.param(storage)
    return made


def keeper(leases: Leases) -> tuple[LeaseKeeper, FakeClock]:
    clock = FakeClock(NOW)
    return LeaseKeeper(leases, clock, lasting=LEASE), clock


def test_what_is_held_is_nobody_elses_until_the_lease_runs_out(
    table: tuple[Leases, Claim],
) -> None:
    _, claim = table
    assert claim("one:1:x", NOW)
    assert not claim("two:2:y", NOW + LEASE - timedelta(seconds=1))
    assert claim("two:2:y", NOW + LEASE)


def test_a_renewed_lease_lasts_longer_and_a_lost_one_cannot_be_renewed(
    table: tuple[Leases, Claim],
) -> None:
    leases, claim = table
    mine, clock = keeper(leases)
    with mine.piece() as owner:
        assert claim(owner, NOW)
        clock.forward(seconds=50)
        assert mine.renew() == 1
        assert not claim("two:2:y", NOW + LEASE)
        assert claim("two:2:y", NOW + timedelta(seconds=110))
        assert mine.renew() == 0


def test_only_the_rows_that_are_named_are_renewed(storage: Storage) -> None:
    leases, claim = questions(storage)
    mine, clock = keeper(leases)
    with mine.piece() as owner:
        assert claim(owner, NOW)
        clock.forward(seconds=50)
        assert mine.renew([]) == 0
        assert mine.renew([999]) == 0
        assert claim("two:2:y", NOW + LEASE)


def test_what_a_dead_process_of_this_machine_held_is_free_at_once(
    table: tuple[Leases, Claim],
) -> None:
    leases, claim = table
    mine, _ = keeper(leases)
    assert claim(f"{new_owner()}", NOW)
    assert mine.free_dead() == 1
    assert mine.free_dead() == 0
    assert claim("two:2:y", NOW)


def test_what_others_hold_and_what_is_held_here_stays_held(table: tuple[Leases, Claim]) -> None:
    leases, claim = table
    mine, _ = keeper(leases)
    with mine.piece() as owner:
        assert claim(owner, NOW)
        assert mine.free_dead() == 0
        assert not claim("two:2:y", NOW)
        mine.let_go()
        assert claim("another-machine:1:x", NOW)
        assert mine.free_dead() == 0


def test_it_can_be_asked_for_a_while_in_which_a_request_may_still_arrive(
    table: tuple[Leases, Claim],
) -> None:
    leases, claim = table
    mine, _ = keeper(leases)
    assert claim(new_owner(), NOW)
    assert mine.free_dead(after=timedelta(seconds=10)) == 1
    assert not claim("two:2:y", NOW + timedelta(seconds=9))
    assert claim("two:2:y", NOW + timedelta(seconds=10))


def test_what_a_piece_of_work_left_is_free_before_the_next_begins(
    table: tuple[Leases, Claim],
) -> None:
    leases, claim = table
    mine, _ = keeper(leases)
    with mine.piece() as owner:
        assert claim(owner, NOW)
    doubtful(mine)
    with mine.piece() as owner:
        assert claim(owner, NOW)


def test_what_a_piece_of_work_left_is_neither_renewed_nor_kept_from_others(
    table: tuple[Leases, Claim],
) -> None:
    leases, claim = table
    mine, _ = keeper(leases)
    with mine.piece() as owner:
        assert claim(owner, NOW)
    assert mine.renew() == 0
    assert mine.free_dead() == 1
    assert claim("two:2:y", NOW)


def test_after_an_outage_others_have_time_to_renew_what_they_work_on(
    table: tuple[Leases, Claim],
) -> None:
    leases, claim = table
    mine, clock = away_while_another_works(leases, claim)
    with mine.piece() as owner:
        assert not claim(owner, clock())
        assert leases.renew(["another-machine:1:x"], until=clock() + LEASE) == 1
        assert not claim(owner, clock() + GRACE)


def test_after_an_outage_what_nobody_renews_is_free_a_little_later(
    table: tuple[Leases, Claim],
) -> None:
    mine, clock = away_while_another_works(*table)
    _, claim = table
    with mine.piece() as owner:
        assert not claim(owner, clock())
        assert claim(owner, clock() + GRACE)


def test_after_an_outage_what_is_in_hand_is_kept(table: tuple[Leases, Claim]) -> None:
    leases, claim = table
    mine, clock = keeper(leases)
    with mine.piece() as owner:
        assert claim(owner, NOW)
        doubtful(mine)
        clock.forward(minutes=10)
        mine.free_dead()
        assert not claim("two:2:y", clock() + LEASE - timedelta(seconds=1))


def away_while_another_works(leases: Leases, claim: Claim) -> tuple[LeaseKeeper, FakeClock]:
    """The database was away for so long that the other could not renew its lease."""
    mine, clock = keeper(leases)
    assert claim("another-machine:1:x", NOW)
    doubtful(mine)
    clock.forward(minutes=10)
    return mine, clock


def doubtful(keeper: LeaseKeeper) -> None:
    """The database is away when it looks."""
    with pytest.raises(DatabaseUnusableError), keeper.piece():
        raise DatabaseUnusableError("paperboy.db", Trouble.UNREACHABLE)


def test_a_process_that_runs_is_not_gone() -> None:
    machine = new_owner().rsplit(":", 2)[0]
    assert not is_gone(f"{machine}:1:x", mine=new_owner())
    assert is_gone(f"{machine}:{2**22 + 1}:x", mine=new_owner())

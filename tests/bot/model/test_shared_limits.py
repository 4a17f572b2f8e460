"""Places for calls that several processes share: none is kept by work that has ended."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest

from bot.leases import new_owner
from bot.model.shared_limits import HELD, SharedLimits
from storage import DatabaseUnusableError, Storage, Trouble, open_storage
from tests.postgres import empty

NOW = datetime(2025, 3, 20, tzinfo=UTC)
MOST_LOOKS = 100


@pytest.fixture
def there(postgresql: str) -> Iterator[Storage]:
    empty(postgresql)
    with closing(open_storage(postgresql)) as storage:
        yield storage


def limits(there: Storage) -> tuple[SharedLimits, list[float]]:
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        assert len(waited) < MOST_LOOKS

    return SharedLimits(there, lambda: NOW, sleep), waited


def take(there: Storage, owner: str) -> int | None:
    return there.model_limits.take_place(
        "s", places=1, per_minute=None, owner=owner, now=NOW, lasting=HELD
    )


def test_the_place_of_a_process_that_died_on_this_machine_is_free_at_once(there: Storage) -> None:
    assert take(there, new_owner().rsplit(":", 1)[0] + ":earlier-life")
    mine, waited = limits(there)
    with mine.place("s", 1, None, for_people=True):
        assert len(waited) == 1
    mine.close()


def test_a_place_whose_end_could_not_be_stored_is_kept_by_nobody(
    there: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, waited = limits(there)

    def away(*_: object, **__: object) -> None:
        raise DatabaseUnusableError("postgresql://", Trouble.UNREACHABLE)

    with monkeypatch.context() as patch:
        patch.setattr(there.model_limits, "let_go", away)
        with mine.place("s", 1, None, for_people=True):
            pass
    with mine.place("s", 1, None, for_people=True):
        assert len(waited) == 1
    mine.close()


def test_a_place_that_is_in_use_or_another_machines_is_left_alone(there: Storage) -> None:
    assert take(there, "another-machine:1:x")
    mine, _ = limits(there)
    with pytest.raises(AssertionError), mine.place("s", 1, None, for_people=True):
        pass
    mine.close()

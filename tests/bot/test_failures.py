"""How far a failure reaches."""

import logging

import pytest

from bot.failures import contained
from storage import DatabaseUnusableError, Trouble

log = logging.getLogger("tests")


def test_a_contained_failure_is_logged_and_what_comes_next_is_done(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done = []
    for number in range(3):
        with contained(log, "number %s failed", number):
            done.append(1 // (number - 1))
    assert done == [-1, 1]
    assert [one.getMessage() for one in caplog.records] == ["number 1 failed"]
    assert "ZeroDivisionError" in caplog.text


def test_what_the_database_cuts_short_is_not_contained(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(DatabaseUnusableError), contained(log, "failed"):
        raise DatabaseUnusableError("postgresql://", Trouble.UNREACHABLE)
    assert not caplog.records

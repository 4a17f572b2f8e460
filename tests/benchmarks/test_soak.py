"""A short soak, and that its judge notices what it is there for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.benchmarks.month_replay import month_days
from tests.benchmarks.soak.judge import judge
from tests.benchmarks.soak.meter import Sample, not_flat
from tests.benchmarks.soak.month import Plan, month
from tests.shared_data import shared_data

SHORT = Plan(
    questions=12,
    kills=frozenset((0,)),
    source_down=None,
    thrown_out=None,
    encoder=False,
    step=timedelta(hours=4),
)
EVENINGS = [
    Sample(
        day,
        1,
        memory=150.0,
        threads=20,
        files=40,
        database_files=20,
        database=10.0 + day,
        wal=4.0,
    )
    for day in range(20)
]


def live_through(plan: Plan) -> list[str]:
    folder = shared_data("hf_daily")
    with month(folder, month_days(folder, "2025-02")[:1], plan) as one:
        one.go()
        return [*judge(one), *not_flat(one.samples)]


@pytest.mark.timeout(600)
def test_days_with_faults_and_a_kill_keep_every_promise() -> None:
    assert live_through(SHORT) == []


@pytest.mark.timeout(600)
def test_a_bot_that_says_its_digest_again_is_found_out() -> None:
    quick = replace(SHORT, plant="double", questions=0, kills=frozenset(), step=timedelta(hours=8))
    assert any("nobody promised" in one for one in live_through(quick))


def test_a_steady_process_is_flat() -> None:
    assert not_flat(EVENINGS) == []


@pytest.mark.parametrize(
    ("growing", "told"),
    [
        ({"memory": 3.0}, "memory grows by 3.00 MB a day"),
        ({"threads": 2}, "more threads"),
        ({"files": 2}, "more files"),
        ({"database_files": 2}, "42 files of the database for 20 threads"),
        ({"wal": 3.0}, "write-ahead log"),
    ],
)
def test_what_grows_is_told(growing: dict[str, float], told: str) -> None:
    grown = [
        replace(
            one, **{name: getattr(one, name) + step * one.day for name, step in growing.items()}
        )
        for one in EVENINGS
    ]
    assert any(told in one for one in not_flat(grown))

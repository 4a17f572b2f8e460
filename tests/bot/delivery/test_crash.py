"""Processes that die, and processes that share: small versions of the crash harness."""

import random

import pytest

from tests.benchmarks.crash_harness import CHANNELS, Harness


@pytest.mark.parametrize("seed", range(3))
def test_a_morning_whose_process_is_killed_is_finished_by_the_next(seed: int) -> None:
    result = Harness(papers=4, channels=CHANNELS[:2]).run(random.Random(seed))
    assert result.good, result


def test_two_processes_on_one_database_post_each_message_once() -> None:
    result = Harness(papers=6, processes=2, kills=False).run(random.Random(1))
    assert result.good, result
    assert result.deaths == []

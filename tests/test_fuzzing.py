"""Some random cases at each door; ``python -m tests.benchmarks.fuzz`` runs thousands."""

import pytest

from tests.fuzzing import KINDS, Kind, run

CASES = 60


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name.replace(" ", "-"))
def test_whatever_comes_nothing_breaks_and_what_is_posted_keeps_to_the_limits(kind: Kind) -> None:
    run(kind, CASES)

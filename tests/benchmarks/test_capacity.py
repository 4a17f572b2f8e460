"""A run that tells what one machine holds is not lost when one of its parts is."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tests.benchmarks.capacity import __main__ as capacity
from tests.benchmarks.capacity.__main__ import Part, Run
from tests.benchmarks.capacity.archives import Archives
from tests.benchmarks.capacity.rows import Row

Measure = Callable[[Run], Iterable[Row]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., int]:
    """Measures the given parts in place of the real ones; the exit code."""

    def main(*, minutes: float = 1.0, **parts: Measure) -> int:
        named = {name: Part(measure, minutes) for name, measure in parts.items()}
        monkeypatch.setattr(capacity, "PARTS", named)
        monkeypatch.setattr(capacity, "shared_folder", lambda: tmp_path)
        monkeypatch.setattr(
            sys, "argv", ["capacity", "--only", ",".join(parts), "--plot", str(tmp_path / "a.png")]
        )
        return capacity.main()

    return main


def measuring(_: Run) -> list[Row]:
    return [Row("good", "speed", 3.0, "ms", 1.5, "the limit")]


def breaking(_: Run) -> Iterator[Row]:
    yield Row("bad", "before it broke", 1.0, "s")
    raise ValueError("no | more")


def hanging(_: Run) -> Iterator[Row]:
    yield Row("slow", "before it hung", 1.0, "s")
    time.sleep(30)


def test_a_part_that_fails_keeps_its_rows_and_the_others_go_on(
    run: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(bad=breaking, good=measuring) == 1

    told = capsys.readouterr().out
    assert "| bad | before it broke | 1.00 s |  |  |" in told
    assert "| bad | **failed**: ValueError: no \\| more | | | |" in told
    assert "| good | speed | 3.00 ms | 1.50 ms the limit | 2.00 |" in told


def test_a_part_has_no_more_than_its_time(
    run: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.monotonic()

    assert run(slow=hanging, good=measuring, minutes=0.005) == 1

    told = capsys.readouterr().out
    assert time.monotonic() - began < 20
    assert "| slow | before it hung |" in told
    assert "TimeoutError" in told
    assert "| good | speed |" in told


def test_a_run_without_failure_ends_well(run: Callable[..., int]) -> None:
    assert run(good=measuring) == 0


def test_what_needs_an_archive_that_was_not_made_says_so(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="no archive"):
        _ = Archives(tmp_path, None, quick=True).largest

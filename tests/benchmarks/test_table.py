"""The table shows what got better and what got worse, and nothing that nobody measured."""

import json

from tests.benchmarks.figures import Figure
from tests.benchmarks.table import Row, benchmarks, kept, table

FOUND = Row("search", "30 queries", Figure("recall", 0.9, bare=0.6))
LOST = Row("search", "30 queries", Figure("lost", 3, less_is_better=True))


def line(rows: list[Row], before: dict[str, float], name: str) -> list[str]:
    """The cells of the figure with this name."""
    (found,) = [one for one in table(rows, before).splitlines() if f"| {name}" in one]
    return [cell.strip() for cell in found.strip("|").split("|")]


def test_a_worse_figure_is_marked_and_so_is_a_better_one() -> None:
    assert line([FOUND], {"search: recall": 0.95}, "recall")[3:] == [
        "0.95",
        "0.9",
        "0.6",
        "**worse**",
    ]
    assert line([FOUND], {"search: recall": 0.8}, "recall")[-1] == "better"


def test_of_some_figures_less_is_better() -> None:
    assert line([LOST], {"search: lost": 5}, "lost")[2:] == ["lost ↓", "5", "3", "", "better"]
    assert line([LOST], {"search: lost": 2}, "lost")[-1] == "**worse**"


def test_what_nobody_measured_is_left_empty() -> None:
    assert line([FOUND], {}, "recall")[3:] == ["", "0.9", "0.6", ""]
    assert line([FOUND], {"topics: precision": 0.5}, "precision")[3:] == ["0.5", "", "", ""]


def test_what_was_kept_a_moment_ago_is_neither_better_nor_worse() -> None:
    third = Row("search", "30 queries", Figure("precision", 1 / 3))
    before = json.loads(json.dumps(kept([third, LOST])))
    assert [line([third, LOST], before, name)[-1] for name in ("precision", "lost")] == ["", ""]


def test_every_benchmark_of_the_table_says_what_it_measures_on() -> None:
    known = benchmarks()
    assert {"answers", "grounding", "month_replay"} <= known.keys()
    assert [name for name, one in known.items() if not one.DATA or "|" in one.DATA] == []

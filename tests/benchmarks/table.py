"""The benchmarks' headline figures in one table: ``python -m tests.benchmarks.table [NAME …]``.

Each benchmark with a function ``figures`` is in it, and says as ``DATA`` what it measures on. No
figure depends on how fast the machine is: two runs of the same code tell the same. ``--json``
prints the figures as an object, to be kept; ``--beside FILE`` lays such an earlier object beside
today's figures and marks what got better and what got worse. ``bare`` is what the bare minimum
reaches: a library's default, or the simplest way.
"""

import argparse
import json
import pkgutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from tests.benchmarks.figures import Figure

_COLUMNS = ("benchmark", "data", "figure", "before", "now", "bare", "")
_DIGITS = 3


@dataclass(frozen=True)
class Row:
    """A figure with the benchmark that it comes from."""

    benchmark: str
    data: str
    figure: Figure

    @property
    def key(self) -> str:
        """Its name among the figures of all benchmarks."""
        return f"{self.benchmark}: {self.figure.name}"


def benchmarks() -> dict[str, ModuleType]:
    """Every benchmark that tells figures, by name."""
    names = (one.name for one in pkgutil.iter_modules([str(Path(__file__).parent)]))
    modules = {name: import_module(f"tests.benchmarks.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "figures")}


def measured(name: str, benchmark: ModuleType) -> Iterator[Row]:
    """The figures of one benchmark, measured now."""
    print(f"{name} …", file=sys.stderr, flush=True)
    with redirect_stdout(sys.stderr):
        found: list[Figure] = list(benchmark.figures())
    return (Row(name, benchmark.DATA, one) for one in found)


def kept(rows: Sequence[Row]) -> dict[str, float]:
    """The figures as an object, to be kept."""
    return {row.key: round(row.figure.value, _DIGITS) for row in rows}


def table(rows: Sequence[Row], before: Mapping[str, float]) -> str:
    """The rows in Markdown beside earlier figures. A cell is empty where nothing was measured;
    what is not measured any more comes last. The data stand once a benchmark."""
    ruler = ("---", "---", "---", "--:", "--:", "--:", "---")
    cells: list[tuple[str, ...]] = [_COLUMNS, ruler]
    for at, row in enumerate(rows):
        is_first = at == 0 or rows[at - 1].benchmark != row.benchmark
        cells.append(_cells(row, before.get(row.key), data=row.data if is_first else ""))
    gone = before.keys() - {row.key for row in rows}
    for key in before:
        if key in gone:
            benchmark, _, name = key.partition(": ")
            cells.append((benchmark, "", name, _shown(before[key]), "", "", ""))
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


def _cells(row: Row, before: float | None, *, data: str) -> tuple[str, ...]:
    figure = row.figure
    name = f"{figure.name} ↓" if figure.less_is_better else figure.name
    numbers = (_shown(one) for one in (before, figure.value, figure.bare))
    return (row.benchmark, data, name, *numbers, _change(figure, before))


def _shown(value: float | None) -> str:
    return "" if value is None else format(round(value, _DIGITS), ",")


def _change(figure: Figure, before: float | None) -> str:
    now = round(figure.value, _DIGITS)
    if before is None or now == before:
        return ""
    return "better" if (now < before) == figure.less_is_better else "**worse**"


def main() -> None:
    """Measure and print."""
    known = benchmarks()
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.table")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of {', '.join(known)}")
    parser.add_argument("--json", action="store_true", help="print an object, to be kept")
    parser.add_argument("--beside", type=Path, help="an object that was kept, for comparison")
    options = parser.parse_args()
    asked = options.names or list(known)
    if unknown := set(asked) - known.keys():
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    rows = [row for name in asked for row in measured(name, known[name])]
    if options.json:
        print(json.dumps(kept(rows), indent=1))
        return
    before = json.loads(options.beside.read_text("utf-8")) if options.beside else {}
    print(table(rows, {key: one for key, one in before.items() if key.split(":")[0] in asked}))


if __name__ == "__main__":
    main()

"""The figures as one picture: each part a panel, each row a bar beside its baseline."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from tests.benchmarks.capacity.rows import Row, number

MOST_TIMES = 50
OURS, BESIDE = "#2f6f8f", "#c9c4b8"


def draw(rows: Sequence[Row], file: Path) -> None:
    """Write a PNG. Rows of a unit share a panel; its scale is logarithmic where they are far
    apart."""
    panels: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.unit and row.measured > 0:
            panels.setdefault((row.part, row.unit), []).append(row)
    if not panels:
        return
    heights = [len(one) + 1.5 for one in panels.values()]
    figure, axes = plt.subplots(
        len(panels),
        1,
        figsize=(11, 0.36 * sum(heights) + 1),
        height_ratios=heights,
        layout="constrained",
        squeeze=False,
    )
    for axis, ((part, unit), held) in zip(axes[:, 0], panels.items(), strict=True):
        _panel(axis, f"{part} ({unit})", held)
    figure.legend(
        handles=[
            Patch(color=OURS, label="Paperboy"),
            Patch(color=BESIDE, label="baseline or limit"),
        ],
        loc="outside upper right",
        ncols=2,
        frameon=False,
    )
    figure.savefig(file, dpi=110)
    plt.close(figure)


def _panel(axis: Axes, title: str, rows: Sequence[Row]) -> None:
    places = range(len(rows))
    axis.barh([p - 0.19 for p in places], [r.measured for r in rows], 0.36, color=OURS)
    axis.barh([p + 0.19 for p in places], [r.beside or 0 for r in rows], 0.36, color=BESIDE)
    for place, row in zip(places, rows, strict=True):
        axis.text(row.measured, place - 0.19, f" {number(row.measured)}", va="center", fontsize=8)
    axis.set_yticks(list(places), [row.what for row in rows], fontsize=8)
    sizes = [one for row in rows for one in (row.measured, row.beside or 0) if one > 0]
    if max(sizes) > MOST_TIMES * min(sizes):
        axis.set_xscale("log")
    axis.margins(x=0.12)
    axis.invert_yaxis()
    axis.set_title(title, loc="left", fontsize=10, fontweight="bold")
    axis.spines[["top", "right"]].set_visible(False)
    axis.tick_params(axis="x", labelsize=8)

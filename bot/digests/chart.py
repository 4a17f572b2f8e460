"""A week's trends as a chart: a block of Slack's, or a picture where such blocks are refused and in
Markdown.

matplotlib comes with the extra ``charts`` and is loaded when the first picture is drawn; without it
the words of a week stand alone.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.digests.content import DigestContent
from bot.digests.trends import Trend
from bot.languages import Catalog, catalog, languages_of
from bot.slack.blocks.plainer import CHART
from bot.slack.blocks.text import truncate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH_INCHES, HEIGHT_INCHES, DOTS_PER_INCH = 8.0, 4.5, 150
# Colours that can be told apart with any colour vision; each line has its own marker as well.
_COLOURS, _MARKS = ("#0072b2", "#d55e00", "#009e73"), ("o", "s", "^")
_INK, _PALE = "#1d1c1d", "#d5d5d5"
# Slack's limits, in characters.
_SERIES_NAME, _CHART_TITLE = 20, 50
_BLOCK = "trends-"


@dataclass(frozen=True)
class Chart:
    """What is drawn: a label for each week, and for each line its name and its value each week,
    in per cent. ``language`` is that of the words."""

    title: str
    y_label: str
    labels: tuple[str, ...]
    lines: tuple[tuple[str, tuple[float, ...]], ...]
    language: str


def chart_of(content: DigestContent) -> Chart | None:
    """The share of each trend's papers, a line each; None when there are no trends, or no week to
    compare with."""
    if not content.trends or len(content.weeks) < 2:
        return None
    language = languages_of(content.language)[0]
    words = catalog(language)
    return Chart(
        title=words.text("digests-chart-title", weeks=len(content.weeks)),
        y_label=words.text("digests-chart-share"),
        labels=tuple(f"W{one.number:02d}" for one in content.weeks),
        lines=tuple((trend_name(trend, words), tuple(shares(trend))) for trend in content.trends),
        language=language,
    )


def chart_block(chart: Chart) -> dict[str, Any]:
    """The chart as a block for Slack to draw. Its id names the language, so that the picture and
    its description can be made of the block alone where Slack refuses it."""
    return {
        "type": CHART,
        "block_id": f"{_BLOCK}{chart.language}",
        "title": truncate(chart.title, _CHART_TITLE),
        "chart": {
            "type": "line",
            "series": [
                {
                    "name": truncate(name, _SERIES_NAME),
                    "data": [
                        {"label": label, "value": value}
                        for label, value in zip(chart.labels, values, strict=True)
                    ],
                }
                for name, values in chart.lines
            ],
            "axis_config": {"categories": list(chart.labels), "y_label": chart.y_label},
        },
    }


def chart_from(block: Mapping[str, Any]) -> Chart:
    """The chart that :func:`chart_block` made *block* of."""
    drawn = block["chart"]
    return Chart(
        title=block["title"],
        y_label=drawn["axis_config"]["y_label"],
        labels=tuple(drawn["axis_config"]["categories"]),
        lines=tuple(
            (one["name"], tuple(point["value"] for point in one["data"])) for one in drawn["series"]
        ),
        language=str(block["block_id"]).removeprefix(_BLOCK),
    )


def can_draw() -> bool:
    """Whether the libraries that draw a picture are installed."""
    return find_spec("matplotlib") is not None


def draw(chart: Chart) -> bytes:
    """The chart as a PNG.

    Raises:
        ModuleNotFoundError: the libraries are not installed (``can_draw``).
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH_INCHES, HEIGHT_INCHES), dpi=DOTS_PER_INCH, facecolor="white")
    axes = figure.subplots()
    for (_, values), colour, mark in zip(chart.lines, _COLOURS, _MARKS, strict=False):
        axes.plot(
            chart.labels,
            values,
            color=colour,
            marker=mark,
            linewidth=2.2,
            markersize=6,
            clip_on=False,
            zorder=3,
        )
    _ends(axes, chart)
    _frame(axes, chart)
    figure.tight_layout()
    picture = io.BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def chart_text(chart: Chart) -> str:
    """What the picture shows, for those who cannot see it."""
    words = catalog(chart.language)
    told = (
        words.text("digests-chart-line", name=name, values=", ".join(f"{one:g}" for one in values))
        for name, values in chart.lines
    )
    weeks = f"{chart.labels[0]}–{chart.labels[-1]}"
    return " ".join([f"{chart.title} ({weeks}):", *told])


def shares(trend: Trend) -> list[float]:
    """The percentage of each week's papers, oldest week first."""
    return [
        round(100 * count / total, 1) if total else 0.0
        for count, total in zip(trend.counts, trend.totals, strict=True)
    ]


def trend_name(trend: Trend, words: Catalog) -> str:
    """The topic's name in the catalogue; a keyword as its source wrote it."""
    return trend.topic if trend.is_keyword else words.text(f"digests-topic-{trend.topic}")


def _ends(axes: "Axes", chart: Chart) -> None:
    """Each line's name and last value beside its end, kept apart from each other."""
    highest = max(max(values) for _, values in chart.lines)
    room, below, weeks = highest * 0.075, -1.0, len(chart.labels)
    ranked = sorted(zip(chart.lines, _COLOURS, strict=False), key=lambda pair: pair[0][1][-1])
    for (name, values), colour in ranked:
        value = values[-1]
        height = max(value, below + room)
        below = height
        axes.annotate(
            f"{name}  {value:g}%",
            (weeks - 1, value),
            xytext=(weeks - 0.8, height),
            color=colour,
            va="center",
            fontproperties=_font(12, bold=True),
            annotation_clip=False,
        )


def _frame(axes: "Axes", chart: Chart) -> None:
    from matplotlib.ticker import MaxNLocator

    bold = _font(14, bold=True)
    axes.set_title(chart.title, loc="left", pad=14, color=_INK, fontproperties=bold)
    axes.set_ylabel(chart.y_label, color=_INK, fontproperties=_font(11))
    axes.set_ylim(bottom=0)
    axes.grid(axis="y", color=_PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_PALE)
    axes.tick_params(length=0, colors=_INK)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(_font(11))


def _font(points: int, *, bold: bool = False) -> Any:
    """The bundled Korean font. Its package is located but not imported, since importing it would
    change the settings of all of matplotlib."""
    from matplotlib.font_manager import FontProperties

    spec = find_spec("koreanize_matplotlib")
    name = "NanumGothicBold.ttf" if bold else "NanumGothic.ttf"
    if spec is None or spec.origin is None:
        return FontProperties(size=points, weight="bold" if bold else "normal")
    return FontProperties(fname=Path(spec.origin).parent / "fonts" / name, size=points)

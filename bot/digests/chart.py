"""A week's trends as a picture, for where Slack's own charts cannot be had, and for Markdown.

matplotlib is loaded when the first picture is drawn: it is the only thing that needs it.
"""

import io
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.digests.content import DigestContent
from bot.digests.trends import Trend
from bot.digests.voice import languages_of
from bot.digests.weeks import Week
from bot.i18n import Catalog, catalog

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH_INCHES, HEIGHT_INCHES, DOTS_PER_INCH = 8.0, 4.5, 150
# Colours that people who see few of them can tell apart; each line has its own mark, too.
_COLOURS, _MARKS = ("#0072b2", "#d55e00", "#009e73"), ("o", "s", "^")
_INK, _PALE = "#1d1c1d", "#d5d5d5"


def trend_chart(content: DigestContent) -> bytes | None:
    """A PNG of the share of each trend's papers a week; None when there are no trends."""
    if not content.trends:
        return None
    from matplotlib.figure import Figure

    words = catalog(languages_of(content.language)[0])
    figure = Figure(figsize=(WIDTH_INCHES, HEIGHT_INCHES), dpi=DOTS_PER_INCH, facecolor="white")
    axes = figure.subplots()
    weeks = len(content.trends[0].counts)
    last = Week.of(content.day)
    labels = [f"W{last.before(back).number:02d}" for back in range(weeks - 1, -1, -1)]
    for trend, colour, mark in zip(content.trends, _COLOURS, _MARKS, strict=False):
        axes.plot(
            labels,
            shares(trend),
            color=colour,
            marker=mark,
            linewidth=2.2,
            markersize=6,
            clip_on=False,
            zorder=3,
        )
    _ends(axes, content.trends, words)
    _frame(axes, words, weeks)
    figure.tight_layout()
    picture = io.BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def chart_text(content: DigestContent) -> str:
    """What the picture shows, for those who cannot see it."""
    words = catalog(languages_of(content.language)[0])
    told = (
        words.text(
            "digests-chart-line",
            name=trend_name(trend, words),
            first=shares(trend)[0],
            last=shares(trend)[-1],
        )
        for trend in content.trends
    )
    weeks = len(content.trends[0].counts) if content.trends else 0
    return " ".join([words.text("digests-chart-title", weeks=weeks) + ":", *told])


def shares(trend: Trend) -> list[float]:
    """The percentage of each week's papers, oldest week first."""
    return [
        round(100 * count / total, 1) if total else 0.0
        for count, total in zip(trend.counts, trend.totals, strict=True)
    ]


def trend_name(trend: Trend, words: Catalog) -> str:
    """What people call the topic; keywords stay as their source wrote them."""
    return trend.topic if trend.is_keyword else words.text(f"digests-topic-{trend.topic}")


def _ends(axes: "Axes", trends: Sequence[Trend], words: Catalog) -> None:
    """Each line's name and last value beside its end, kept apart from each other."""
    highest = max(max(shares(trend)) for trend in trends)
    room, below = highest * 0.075, -1.0
    ranked = sorted(zip(trends, _COLOURS, strict=False), key=lambda pair: shares(pair[0])[-1])
    for trend, colour in ranked:
        value = shares(trend)[-1]
        height = max(value, below + room)
        below = height
        axes.annotate(
            f"{trend_name(trend, words)}  {value:g}%",
            (len(trend.counts) - 1, value),
            xytext=(len(trend.counts) - 0.8, height),
            color=colour,
            va="center",
            fontproperties=_font(12, bold=True),
            annotation_clip=False,
        )


def _frame(axes: "Axes", words: Catalog, weeks: int) -> None:
    from matplotlib.ticker import MaxNLocator

    title = words.text("digests-chart-title", weeks=weeks)
    axes.set_title(title, loc="left", pad=14, color=_INK, fontproperties=_font(14, bold=True))
    axes.set_ylabel(words.text("digests-chart-share"), color=_INK, fontproperties=_font(11))
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
    """The bundled Korean font; its package is not imported, which would change all of
    matplotlib's settings."""
    from matplotlib.font_manager import FontProperties

    spec = find_spec("koreanize_matplotlib")
    name = "NanumGothicBold.ttf" if bold else "NanumGothic.ttf"
    if spec is None or spec.origin is None:
        return FontProperties(size=points, weight="bold" if bold else "normal")
    return FontProperties(fname=Path(spec.origin).parent / "fonts" / name, size=points)

"""``paperboy export``: a day's or a week's digest as a Markdown file."""

import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.background import in_time
from bot.cli.context import CommandContext, pass_context
from bot.cli.options import DAY
from bot.clock import utc_now
from bot.languages import LANGUAGES
from bot.sources.ids import arxiv_id

if TYPE_CHECKING:
    from bot.services import Services
    from storage import Paper

STYLES = ("brief", "highlights", "sections", "review", "weekly")
# A paper's page comes within this or not at all.
_PATIENCE = 15


@click.command("export")
@click.option("--style", type=click.Choice(STYLES), required=True)
@click.option("--date", "day", type=DAY)
@click.option("--week", metavar="2025-W12")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(LANGUAGES))
@click.option("--offline", is_flag=True)
@click.option("--front-matter", is_flag=True)
@pass_context
def COMMAND(
    context: CommandContext,
    style: str,
    day: date | None,
    week: str | None,
    out: Path,
    language: str | None,
    offline: bool,
    front_matter: bool,
) -> None:
    if style == "weekly" and not (week and day is None):
        raise click.UsageError(context.words("usage-week-needed"))
    if style != "weekly" and not (day and week is None):
        raise click.UsageError(context.words("usage-date-needed", style=style))
    from bot.archive.exporter import Exporter
    from bot.digests import Week
    from bot.digests.chart import can_draw

    def summarize(papers: "Sequence[Paper]", language: str) -> None:
        if _can_ask(context.services, papers[0]):
            context.services.summarizer.ensure(papers, language)
        else:
            context.say("archive-export-offline")

    exporter = Exporter(context.team_storage, summarize=None if offline else summarize)
    paths = exporter.export(
        style,
        day=day,
        week=Week.parse(week, today=utc_now().date()) if week else None,
        language=language or context.settings.first_language,
        out=out,
        front_matter=front_matter,
    )
    for path in paths:
        click.echo(path)
    if style == "weekly" and not can_draw():
        context.say("cli-no-charts")


def _can_ask(services: "Services", paper: "Paper") -> bool:
    """Whether papers can be had: without a network, each of them would take its time to fail."""
    until = time.monotonic() + _PATIENCE
    try:
        fulltext = in_time(lambda: services.fulltexts.ensure(paper), until=until, name="fulltext")
    except TimeoutError:
        return False
    return fulltext.fetched_at is not None or arxiv_id(paper.id) is None

"""``paperboy collect``: fetch and store listings and papers."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from bot.cli.context import CommandContext, pass_context
from bot.cli.options import DAY
from bot.clock import utc_now
from bot.sources.kinds import label, latest_day
from bot.sources.ports import day_in_utc

if TYPE_CHECKING:
    from storage import ListingDay


@click.command("collect")
@click.option("--date", "day", type=DAY)
@click.option("--from", "first", type=DAY)
@click.option("--to", "last", type=DAY)
@pass_context
def COMMAND(
    context: CommandContext, day: date | None, first: date | None, last: date | None
) -> int:
    days = _days(context, day, first, last)
    problems = 0
    reports = []
    with context.progress("cli-collecting", length=len(days)) as bar:
        for one in days:
            reports.append(context.services.collector.collect_day(one.source, one.date))
            bar.update(1)
    for report in reports:
        where = {"date": report.day.isoformat(), "source": label(report.source)}
        counts = {"total": report.total, "new": report.new, "updated": report.updated}
        if report.total or not report.problem:
            click.echo(context.words("cli-collected", **where, **counts))
        if report.skipped:
            context.say("cli-unreadable", **where, count=report.skipped)
        if report.problem:
            problems += 1
            context.say("cli-source-problem", detail=report.problem, **where)
    return 1 if problems else 0


def _days(
    context: CommandContext, day: date | None, first: date | None, last: date | None
) -> "list[ListingDay]":
    """The listings to be read, of the sources that are set or wished for by anybody."""
    from storage import ListingDay

    if day and (first or last):
        raise click.UsageError(context.words("usage-date-or-range"))
    storage = context.team_storage
    wished = (one for wish in storage.subscriptions.active() for one in wish.sources)
    sources = list(dict.fromkeys([*context.settings.sources, *wished]))
    if first or last or day:
        start, end = first or day or last, last or day or day_in_utc(utc_now())
        if start is None or start > end:
            raise click.UsageError(context.words("usage-range-backwards"))
        days = [start + timedelta(days=step) for step in range((end - start).days + 1)]
        return [ListingDay(source, one) for one in days for source in sources]
    newest = [ListingDay(one, latest_day(one, utc_now())) for one in sources]
    return sorted({*storage.listings.unsettled(), *newest}, key=lambda one: one.date)

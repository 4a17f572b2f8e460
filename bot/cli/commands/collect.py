"""``paperboy collect``: fetch and store listings and papers."""

from datetime import date, timedelta

import click

from bot.cli.context import CommandContext, pass_context
from bot.cli.options import DAY
from bot.clock import utc_now
from bot.sources.collector import DayReport, latest_askable_day


@click.command("collect")
@click.option("--date", "day", type=DAY, help="One day; default: the newest and all unsettled.")
@click.option("--from", "first", type=DAY, help="First day of a range.")
@click.option("--to", "last", type=DAY, help="Last day of a range; default: the newest.")
@pass_context
def COMMAND(
    context: CommandContext, day: date | None, first: date | None, last: date | None
) -> int:
    """Fetch and store listings and papers."""
    days = _days(context, day, first, last)
    problems = 0
    reports: list[DayReport] = []
    with context.progress("cli-collecting", length=len(days)) as bar:
        for one in days:
            reports.append(context.services.collector.collect_day(one))
            bar.update(1)
    for report in reports:
        click.echo(
            context.words(
                "cli-collected",
                date=report.day.isoformat(),
                total=report.total,
                new=report.new,
                updated=report.updated,
            )
        )
        if report.skipped:
            context.say("cli-unreadable", date=report.day.isoformat(), count=report.skipped)
        if report.problem:
            problems += 1
            context.say("cli-source-problem", date=report.day.isoformat(), reason=report.problem)
    return 1 if problems else 0


def _days(
    context: CommandContext, day: date | None, first: date | None, last: date | None
) -> list[date]:
    if day and (first or last):
        raise click.UsageError("--date goes without --from and --to")
    newest = latest_askable_day(utc_now())
    if first or last:
        start, end = first or last or newest, last or newest
        if start > end:
            raise click.UsageError("--from is after --to")
        return [start + timedelta(days=step) for step in range((end - start).days + 1)]
    if day:
        return [day]
    unsettled = context.services.storage.listings.unsettled()
    return sorted({*unsettled, newest})

"""``paperboy weekly``: read what a week lacks, compose its digest; print it, or post it."""

from datetime import timedelta

import click

from bot.cli.context import CommandContext, pass_context
from bot.cli.digest_output import make_summaries, output_digest
from bot.cli.options import language_option
from bot.clock import utc_now
from bot.digests import Week
from bot.digests.weekly import Scope
from bot.errors import InputError
from bot.languages import languages_of
from bot.sources.kinds import label

WEEK = timedelta(days=7)


@click.command("weekly")
@click.option("--week", "text", metavar="2025-W12")
@language_option
@click.option("--count", type=click.IntRange(1, 50), default=10, show_default=True)
@click.option("--channel")
@click.option("--dry-run", is_flag=True)
@pass_context
def COMMAND(
    context: CommandContext,
    text: str | None,
    language: str | None,
    count: int,
    channel: str | None,
    dry_run: bool,
) -> int:
    today = utc_now().date()
    week = Week.parse(text, today=today) if text else Week.of(today - WEEK)
    weeks, storage = context.services.weeks, context.services.storage
    wish = storage.subscriptions.get(channel) if channel else None
    scope = Scope.of(wish) if wish else Scope(context.settings.sources, channel=channel)
    wanted = language or (wish.language if wish else context.settings.language)
    _read(context, week, scope)
    choice = weeks.choose(week, scope, language=wanted, count=count)
    if not choice.chosen:
        raise InputError("no papers", message_id="cli-no-week", week=str(week))
    make_summaries(context, [one.paper for one in choice.chosen], languages_of(wanted))
    content = weeks.compose(week, scope, choice, language=wanted)
    return output_digest(context, content, channel=channel, dry_run=dry_run)


def _read(context: CommandContext, week: Week, scope: Scope) -> None:
    """Read with a progress bar, and say which source could not be read."""
    weeks = context.services.weeks
    days = weeks.to_read(week, scope)
    if not days:
        return
    with context.progress("cli-collecting", length=len(days)) as bar:
        problems = weeks.read(days, progress=lambda _day: bar.update(1))
    for source, problem in problems.items():
        context.say("cli-source-problem", detail=problem, date=str(week), source=label(source))

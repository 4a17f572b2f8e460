"""``paperboy weekly``: read what a week lacks, compose its digest; print it, or post it."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from bot.cli.context import CommandContext, pass_context
from bot.cli.options import language_option
from bot.clock import utc_now
from bot.errors import InputError
from bot.sources.kinds import label

if TYPE_CHECKING:
    from bot.digests import Week
    from bot.digests.wish import Wish

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
    from bot.cli.digest_output import make_summaries, output_digest
    from bot.digests import Week
    from bot.digests.wish import WEEKLY, Wish

    today = utc_now().date()
    week = Week.parse(text, today=today) if text else Week.of(today - WEEK)
    weeks, storage = context.services.weeks, context.services.storage
    subscribed = storage.subscriptions.get(channel) if channel else None
    wish = (
        Wish.of(subscribed, style=WEEKLY, count=count)
        if subscribed
        else Wish(
            context.settings.language, WEEKLY, count, context.settings.sources, channel=channel
        )
    )
    wish = replace(wish, language=language or wish.language)
    _read(context, week, wish)
    choice = weeks.choose(week, wish)
    if not choice.chosen:
        raise InputError("no papers", message_id="cli-no-week", week=str(week))
    make_summaries(context, [one.paper for one in choice.chosen], wish.languages)
    content = weeks.compose(week, wish, choice)
    return output_digest(context, content, channel=channel, dry_run=dry_run)


def _read(context: CommandContext, week: "Week", wish: "Wish") -> None:
    """Read with a progress bar, and say which source could not be read."""
    weeks = context.services.weeks
    days = weeks.to_read(week, wish)
    if not days:
        return
    with context.progress("cli-collecting", length=len(days)) as bar:
        problems = weeks.read(days, progress=lambda _day: bar.update(1))
    for source, problem in problems.items():
        context.say("cli-source-problem", detail=problem, date=str(week), source=label(source))

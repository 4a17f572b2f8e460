"""``paperboy weekly``: compose a week's digest with its trends; print it, or post it."""

from datetime import timedelta

import click

from bot.cli.context import CommandContext, pass_context
from bot.cli.digest_output import make_summaries, output_digest
from bot.cli.options import language_option
from bot.clock import utc_now
from bot.digests import Week, choose_weekly, compose_week, weekly_languages
from bot.digests.weekly import team_votes
from bot.errors import InputError

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
    wanted = language or context.settings.language
    storage = context.services.storage
    own = team_votes(storage, channel) if channel else {}
    choice = choose_weekly(storage, week, count=count, signals=own)
    if not choice.chosen:
        raise InputError("no listing", message_id="cli-no-listing", date=str(week))
    make_summaries(context, [one.paper for one in choice.chosen], weekly_languages(wanted))
    content = compose_week(storage, week, choice, language=wanted)
    return output_digest(context, content, channel=channel, dry_run=dry_run)

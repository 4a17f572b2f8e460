"""``paperboy digest``: compose a day's digest; print it, or post it through the outbox."""

from datetime import date

import click

from bot.cli.context import DAY, CommandContext, language_option, pass_context
from bot.cli.posting import make_summaries, put_out
from bot.digests import compose_daily
from bot.digests.styles import daily_styles
from bot.errors import InputError


@click.command("digest")
@click.option("--date", "day", type=DAY, help="Default: the newest stored listing.")
@click.option("--style", type=click.Choice(daily_styles()), help="Default: PAPERBOY_STYLE.")
@language_option
@click.option("--count", type=click.IntRange(1, 100), default=20, show_default=True)
@click.option("--channel", help="Post it there, through the outbox.")
@click.option("--dry-run", is_flag=True, help="Print the Block Kit JSON and send nothing.")
@pass_context
def COMMAND(
    context: CommandContext,
    day: date | None,
    style: str | None,
    language: str | None,
    count: int,
    channel: str | None,
    dry_run: bool,
) -> int:
    """Compose a day's digest; with --channel post it."""
    storage, settings = context.services.storage, context.settings
    chosen = day or storage.listings.newest_with_papers()
    listing = storage.listings.get(chosen) if chosen else None
    if chosen is None or listing is None:
        raise InputError("no listing", message_id="cli-no-listing", date=str(chosen or "-"))
    wanted = language or settings.language
    papers = storage.papers.get_many([entry.paper_id for entry in listing.entries])
    make_summaries(context, papers[:count], wanted)
    content = compose_daily(
        storage, chosen, language=wanted, style=style or settings.style, count=count
    )
    return put_out(context, content, channel=channel, dry_run=dry_run)
